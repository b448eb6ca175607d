"""How two claims may stand to each other, with the reason in words: a suggestion, which a person confirms or dismisses.

Numbers with their units, names, dates, negation, denial, opposites and reversed roles are compared; meaning is not
understood. Where nothing speaks for a relation, there is none: an update of a figure is no contradiction, solidarity
beside non-intervention neither, nor one narrative with two claimants. A suggestion never carries a verdict.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from annotations.core.claim_reading import ClaimSaid, Reading, measured, read_claim
from annotations.core.claim_words import stem
from annotations.core.names import name_key
from annotations.core.oppositions import CUMULATIVE, MUTUAL, ONCE, opposite_words, stems_of
from annotations.core.quantities import Printed, can_both_hold, compare_figures, earlier_of, shown
from annotations.core.sentences import count, listed, say

OPPOSING = frozenset({"contradicts", "disputes"})
SAME_EVENT = 0.6  # of what the shorter claim says, the other says too
NAMES_SHOWN = 4


class Suggestion(NamedTuple):
    """The first claim stands so to the second; `turned`: the second to the first. Why, and how sure, from 0 to 1."""

    type: str
    kind: str
    reason: str
    score: float
    turned: bool = False

    @property
    def is_opposing(self) -> bool:
        return self.type in OPPOSING


class Pair(NamedTuple):
    """Two claims and their readings, with what they share."""

    one: ClaimSaid
    other: ClaimSaid
    first: Reading
    second: Reading

    @property
    def shared_names(self) -> set[str]:
        return set(self.first.names) & set(self.second.names)

    @property
    def shared_content(self) -> frozenset[str]:
        return self.first.content & self.second.content

    @property
    def all_shared(self) -> frozenset[str]:
        return self.first.everything & self.second.everything

    @property
    def share_of_shorter(self) -> float:
        """Of what the claim with less to say says, how much the other says too."""
        fewest = min(len(self.first.content), len(self.second.content))
        return len(self.shared_content) / fewest if fewest else 0.0

    @property
    def share_of_both(self) -> float:
        both = self.first.everything | self.second.everything
        return len(self.all_shared) / len(both) if both else 0.0

    @property
    def names_agree(self) -> bool:
        """One claim's names are among the other's, apart from those who only speak."""
        mine, theirs = _named(self.first), _named(self.second)
        return mine <= theirs or theirs <= mine

    @property
    def is_same_event(self) -> bool:
        enough = len(self.all_shared) >= 3 or (len(self.all_shared) >= 2 and self.share_of_both >= SAME_EVENT)
        return self.names_agree and self.share_of_shorter >= SAME_EVENT and enough


def _named(reading: Reading) -> set[str]:
    speaking = {f"~{key}" for key in name_key(reading.speaker).split()} if reading.speaker else set()
    return set(reading.names) - speaking


def compare_claims(one: ClaimSaid, other: ClaimSaid) -> Suggestion | None:
    """The relation that the words of two claims suggest, the surest first; None where nothing does."""
    first, second = read_claim(one.text, one.language), read_claim(other.text, other.language)
    pair = Pair(one, other, first.beside(second), second.beside(first))
    if told := _from_quantities(pair):
        return told
    if one.layer != other.layer:
        return _across_layers(pair)
    if _only_claimants_differ(pair):
        return None
    for rule in _RULES:
        if found := rule(pair):
            return found
    return None


def shared_in_words(one: ClaimSaid, other: ClaimSaid) -> str:
    """What two claims share, for a list in which no relation is suggested: `Both name Haniyeh, Tehran.` Empty where
    they share nothing that tells."""
    first, second = read_claim(one.text, one.language), read_claim(other.text, other.language)
    names = [second.called[key] for key in second.names if key in first.names]
    numbers = sorted({shown(figure) for figure in first.figures} & {shown(figure) for figure in second.figures})
    if names or numbers:
        return say("Both name {shared}.", shared=listed([*names, *numbers][:NAMES_SHOWN]))
    shared = len(first.everything & second.everything)
    return count("They share {number} telling word.", "They share {number} telling words.", shared) if shared else ""


# -- figures that somebody wrote down ---------------------------------------------------------------------------------


def _from_quantities(pair: Pair) -> Suggestion | None:
    """By the rules for quantities: an opposition first, then an update, then that both can hold."""
    found = [
        compared
        for mine in pair.one.quantities
        for theirs in pair.other.quantities
        if (compared := compare_figures(mine, theirs))
    ]
    for wanted, score in (("contradicts", 0.9), ("updates", 0.9), ("compatible", 0.6)):
        for compared in found:
            if compared.type == wanted:
                return Suggestion(compared.type, compared.kind, compared.reason, score, compared.turned)
    return None


def _has_figures_of_one_series(pair: Pair) -> bool:
    return bool({one.series for one in pair.one.quantities} & {other.series for other in pair.other.quantities})


# -- said, and so -----------------------------------------------------------------------------------------------------


def _across_layers(pair: Pair) -> Suggestion | None:
    """Somebody's saying beside what is said: a report of it, or its denial. A verdict never passes between them."""
    turned = pair.other.layer == "said"
    saying, fact = (pair.second, pair.first) if turned else (pair.first, pair.second)
    if fact.is_denial or not pair.all_shared:
        return None
    covered = len(pair.all_shared) / len(fact.everything) if fact.everything else 0.0
    if saying.is_denial:
        words = say("One denies what the other says: {shared}.", shared=_shared(pair))
        return Suggestion("disputes", "negation", words, 0.75, turned) if covered >= SAME_EVENT else None
    if covered < 0.75 or saying.has_negation != fact.has_negation or not _figures_agree(pair):
        return None
    return Suggestion("reports", "", say("One says that somebody said what the other says."), 0.8, turned)


def _speakers(claim: ClaimSaid, reading: Reading) -> set[str]:
    return {name_key(name) for name in (*claim.speakers, reading.speaker) if name}


def _only_claimants_differ(pair: Pair) -> bool:
    """One narrative with two claimants: that both say it is no relation between what they say."""
    mine, theirs = _speakers(pair.one, pair.first), _speakers(pair.other, pair.second)
    differ = bool(pair.first.speaker and pair.second.speaker) and not mine & theirs
    return differ and pair.first.is_denial == pair.second.is_denial and _polarity_agrees(pair) and _figures_agree(pair)


# -- what opposes -----------------------------------------------------------------------------------------------------


def _denied(pair: Pair) -> Suggestion | None:
    """One denies a report of what the other says."""
    if pair.first.is_denial == pair.second.is_denial:
        return None
    turned = pair.second.is_denial
    denial, report = (pair.second, pair.first) if turned else (pair.first, pair.second)
    about = _named(report) & set(denial.names)
    shared = len(pair.shared_content)
    is_about = pair.is_same_event or (shared >= 1 and len(about) >= 2) or (shared >= 2 and len(about) >= 1)
    if not is_about and not (shared >= 3 and pair.share_of_shorter >= SAME_EVENT):
        return None
    if report.has_negation and denial.has_negation != report.has_negation:
        return None  # "denied that X" beside "not X" say the same
    words = say("One denies what the other reports: {shared}.", shared=_shared(pair))
    return Suggestion("disputes", "negation", words, 0.8 if pair.is_same_event else 0.6, turned)


def _negated(pair: Pair) -> Suggestion | None:
    """The same, and one of them says that it is not so."""
    first, second = pair.first, pair.second
    if first.has_negation == second.has_negation or first.is_denial or second.is_denial:
        return None
    if not pair.is_same_event or not (first.negated or second.negated) & pair.shared_content:
        return None
    words = say("The same event, and one says that it is not so: {shared}.", shared=_shared(pair))
    return Suggestion("contradicts", "negation", words, min(0.9, 0.5 + pair.share_of_both / 2))


def _opposite(pair: Pair) -> Suggestion | None:
    """The same of the same, with words of opposite meaning."""
    if not _polarity_agrees(pair) or pair.first.is_denial or pair.second.is_denial:
        return None
    found = opposite_words(pair.first.words, pair.second.words)
    if found is None or not pair.names_agree or not _dates_agree(pair):
        return None
    rest = [reading.everything - {word} for reading, word in zip((pair.first, pair.second), found, strict=True)]
    shared, fewest = rest[0] & rest[1], min(map(len, rest))
    if len(shared) < 2 or not fewest or len(shared) / fewest < SAME_EVENT:
        return None
    words = say("Otherwise alike, with opposite words: {one} and {other}.", one=pair.first.called[found[0]],
                other=pair.second.called[found[1]])  # fmt: skip
    return Suggestion("contradicts", "antonym", words, 0.7)


def _roles_reversed(pair: Pair) -> Suggestion | None:
    """Who does it to whom is the other way around."""
    verbs = pair.shared_content - MUTUAL
    if not verbs or pair.shared_content & MUTUAL or pair.share_of_both < 0.75 or not _polarity_agrees(pair):
        return None
    mine, theirs = _in_order(pair.first, pair), _in_order(pair.second, pair)
    if len(mine) < 2 or len(theirs) < 2 or mine[:2] != theirs[1::-1] or not _dates_agree(pair):
        return None
    called = pair.first.called
    words = say(
        "The same words with the roles reversed: {one} and {other}.", one=called[mine[0]], other=called[mine[1]]
    )
    return Suggestion("contradicts", "role", words, 0.7)


def _in_order(reading: Reading, pair: Pair) -> list[str]:
    """The shared names as doer and done to: around a verb in the passive the second one does it."""
    names = [name for name in reading.names if name in pair.shared_names]
    return [*reversed(names[:2]), *names[2:]] if reading.is_passive else names


# -- numbers and dates ------------------------------------------------------------------------------------------------


def _numbers_differ(pair: Pair) -> Suggestion | None:
    """Another figure for the same: at the same date a contradiction, at a later one an update, else for a person."""
    if _has_figures_of_one_series(pair) or not pair.is_same_event or not _polarity_agrees(pair):
        return None
    if _named_alone(pair.first, pair.second) and _named_alone(pair.second, pair.first):
        return None  # each counts something that the other does not name: wheat and barley
    when, later = _when(pair)
    differing = _differing(pair, can_both_hold if when == "same" else _is_equal)
    if differing is None:
        return None
    mine, theirs = differing
    if when == "same":
        words = say("Same event, same date, other figure: {one} and {other}.", one=shown(mine), other=shown(theirs))
        return Suggestion("contradicts", "numeric", words, 0.75)
    counts = measured(pair.first, CUMULATIVE) & measured(pair.second, CUMULATIVE)
    if when != "other" or not counts or _speakers(pair.one, pair.first) != _speakers(pair.other, pair.second):
        return None
    return _update(pair, mine, theirs, turned=later == pair.other.claim_date)


def _update(pair: Pair, mine: Printed, theirs: Printed, *, turned: bool) -> Suggestion:
    new, old = (theirs, mine) if turned else (mine, theirs)
    values = [figure.value or figure.low or figure.high or Decimal(0) for figure in (new, old)]
    template = (
        "Same event, other figure, other date, revised down: {new} after {old}."
        if values[0] < values[1]
        else "Same event, other figure, other date: {new} after {old}."
    )
    return Suggestion("updates", "", say(template, new=shown(new), old=shown(old)), 0.7, turned)


def _is_equal(one: Printed, other: Printed) -> bool:
    return one[2:5] == other[2:5]  # value, low, high


def _differing(pair: Pair, agrees: Callable[[Printed, Printed], bool]) -> tuple[Printed, Printed] | None:
    """The first two figures that count the same and do not agree, where no other figure agrees with either."""
    alike = [(a, b) for a in pair.first.figures for b in pair.second.figures if _count_alike(a, b)]
    apart = [(a, b) for a, b in alike if not agrees(a, b)]
    agreeing = {id(part) for both in alike if both not in apart for part in both}
    left = [both for both in apart if not any(id(part) in agreeing for part in both)]
    if not left or measured(pair.first, CUMULATIVE) ^ measured(pair.second, CUMULATIVE):
        return None
    return left[0]


_PEOPLE = stems_of(
    "people persons civilians palestinians israelis ukrainians iranians syrians lebanese residents نفر شخص أشخاص "
    "شخصا осіб людей"
)


def _named_alone(one: Reading, other: Reading) -> frozenset[str]:
    """What only the first claim speaks of, beside people and units."""
    units = {stem(word) for figure in (*one.figures, *other.figures) for word in figure.unit.split()}
    return one.content - other.content - units - _PEOPLE


def _count_alike(one: Printed, other: Printed) -> bool:
    """Of one unit; people, of whatever nation, are people."""
    mine, theirs = ({stem(word) for word in figure.unit.split()} for figure in (one, other))
    return mine == theirs or bool(mine & theirs) or bool(mine & _PEOPLE and theirs & _PEOPLE)


def _when(pair: Pair) -> tuple[str, str]:
    """Whether both are of the `same` date, of an `other` (and the later one), or nothing is known: `""`."""
    if pair.first.dates and pair.second.dates and pair.first.dates != pair.second.dates:
        return "", ""
    if pair.first.dates and pair.first.dates == pair.second.dates:
        dated = pair.one.claim_date, pair.other.claim_date
        if not all(dated) or dated[0] == dated[1]:
            return "same", ""
    mine, theirs = pair.one.claim_date, pair.other.claim_date
    if not (mine and theirs):
        return "", ""
    if mine == theirs:
        return "same", ""
    earlier = earlier_of(mine, theirs)
    return ("other", theirs if earlier == mine else mine) if earlier else ("", "")


def _dates_differ(pair: Pair) -> Suggestion | None:
    """Another day for what happens once."""
    mine, theirs = pair.first.dates, pair.second.dates
    if not mine or not theirs or mine & theirs or not _polarity_agrees(pair):
        return None
    once = pair.shared_content & ONCE
    if not once or not pair.is_same_event or pair.share_of_both < 0.7:
        return None
    if not _figures_agree(pair):
        return None  # another count on another day: neither says that the other is wrong
    words = say(
        "The same event on another date: {one} and {other}.", one=listed(sorted(mine)), other=listed(sorted(theirs))
    )
    return Suggestion("contradicts", "temporal", words, 0.65)


# -- what agrees ------------------------------------------------------------------------------------------------------


def _alike(pair: Pair) -> Suggestion | None:
    """The same, the same in other words, or the same with more certainty."""
    if not _polarity_agrees(pair) or not _figures_agree(pair) or not _dates_agree(pair) or not pair.all_shared:
        return None
    if set(pair.first.names) != set(pair.second.names) or pair.first.is_denial != pair.second.is_denial:
        return None
    if _roles_are_reversed_by_order(pair):
        return None
    likeness = pair.share_of_both
    if pair.first.is_hedged != pair.second.is_hedged:
        words = say("One says as certain what the other says may be.")
        turned = pair.second.is_hedged is False
        return Suggestion("overstates", "", words, 0.6, turned) if likeness >= 0.7 else None
    if pair.first.words == pair.second.words or (likeness == 1 and pair.first.order == pair.second.order):
        return Suggestion("same_as", "", say("The same words."), 0.95)
    if likeness >= 0.7 and len(pair.all_shared) >= 3:
        return Suggestion("paraphrases", "", say("Nearly the same words: {shared}.", shared=_shared(pair)), likeness)
    return None


def _roles_are_reversed_by_order(pair: Pair) -> bool:
    mine, theirs = _in_order(pair.first, pair), _in_order(pair.second, pair)
    if pair.first.is_passive != pair.second.is_passive and len(mine) > 2:
        return False  # which of them does it is not known
    return len(mine) > 1 and mine[:2] != theirs[:2] and not pair.shared_content & MUTUAL


_RULES: tuple[Callable[[Pair], Suggestion | None], ...] = (
    _denied, _negated, _opposite, _roles_reversed, _numbers_differ, _dates_differ, _alike,
)  # fmt: skip


# -- parts ------------------------------------------------------------------------------------------------------------


def _polarity_agrees(pair: Pair) -> bool:
    return pair.first.has_negation == pair.second.has_negation


def _figures_agree(pair: Pair) -> bool:
    """Both have the same figures."""
    mine, theirs = pair.first.figures, pair.second.figures
    return len(mine) == len(theirs) and all(
        any(_count_alike(one, other) and _is_equal(one, other) for other in theirs) for one in mine
    )


def _dates_agree(pair: Pair) -> bool:
    mine, theirs = pair.first.dates, pair.second.dates
    if mine and theirs and not mine & theirs:
        return False
    dated = pair.one.claim_date, pair.other.claim_date
    return not all(dated) or not earlier_of(*dated)


def _shared(pair: Pair) -> str:
    """Some of what both say, names first, in the words of the second."""
    names = [pair.second.called[key] for key in pair.second.names if key in pair.first.names]
    return listed([*names, *_in_text(pair.shared_content, pair.second)][:NAMES_SHOWN])


def _in_text(stems: Iterable[str], reading: Reading) -> list[str]:
    known = set(stems)
    return [reading.called[word] for word in dict.fromkeys(reading.order) if word in known]
