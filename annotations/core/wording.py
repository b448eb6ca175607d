"""How one event reads in words: what was done, and which values stood before and stand after.

Pure: the caller brings the names of the records that an event mentions by id. A record without a name here is one that
the reader may not see, or that is gone; it is called by its kind and nothing else is said of it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from annotations.core.dates import date_in_words
from annotations.core.sentences import FIELD, NOUN, VERB, Sentence, listed, say, word

VERBS = {
    "agent_added": "added the agent {thing}",
    "agent_rated": "graded the agent {agent}",
    "agent_rating_edited": "corrected a grade of the agent {thing}",
    "agent_rating_restored": "gave the agent {thing} a grade back",
    "agent_rating_trashed": "withdrew a grade of the agent {thing}",
    "agents_joined": "joined {joined} into the agent {thing}",
    "agents_separated": "separated {separated} from the agent {thing} again",
    "agents_told_apart": "told {agent} and {other} apart",
    "anchor_accepted": "accepted the place found for {thing} in revision {in_revision}",
    "anchor_dropped": "let go of {thing}, which revision {in_revision} no longer has",
    "anchor_remarked": "marked {thing} anew in revision {in_revision}",
    "anchor_reopened": "took back what was decided on {thing} in revision {in_revision}",
    "annotation_added": "marked {thing}",
    "annotation_carried": "brought {thing} along to a newer revision",
    "annotations_labelled": "labelled {how_many} places as {label} at once",
    "annotations_relabelled": "relabelled {how_many} annotations as {label} at once",
    "annotation_split": "split {thing} in two",
    "annotations_merged": "merged {thing} with {merged_with}",
    "article_added": "added the article {thing}",
    "attribution_added": "recorded who says it: {thing}",
    "bulk_change_undone": "took a change of {how_many} annotations back",
    "claim_added": "made the claim {thing}",
    "claim_merged": "merged the claim {thing} into {merged_into}",
    "claim_parked": "parked the claim {thing}",
    "claim_reconsidered": "took the claim {thing} back into the inbox",
    "claim_sent_back": "sent back the claim {thing}",
    "claim_rejected": "rejected the claim {thing}",
    "claim_resumed": "resumed the claim {thing}",
    "claim_split": "made several claims of {thing}",
    "claim_taken": "took the claim {thing}",
    "claim_relation_added": "said how two claims stand to each other",
    "claim_relation_confirmed": "confirmed how two claims stand to each other",
    "claim_relation_dismissed": "dismissed a suggestion on how two claims stand",
    "claim_relation_suggested": "had claims compared, which gave a suggestion",
    "comment_added": "commented: {thing}",
    "comment_reopened": "reopened the thread {thing}",
    "comment_requested": "asked {agent} for comment",
    "comment_resolved": "resolved the thread {thing}",
    "copy_acknowledged": "looked at what changed in a saved copy",
    "copy_saved": "saved a copy of the source {source}",
    "dispute_dismissed": "dismissed the dispute {thing}",
    "dispute_opened": "opened the dispute {thing}",
    "dispute_reopened": "reopened the dispute {thing}",
    "dispute_sent_back": "sent back the dispute {thing}",
    "assessment_added": "assessed the claim {claim}",
    "assessment_edited": "changed an assessment",
    "assessment_trashed": "took back an assessment",
    "confidential_note_edited": "changed a confidential note",
    "confidential_note_restored": "put back a confidential note",
    "confidential_note_trashed": "took away a confidential note",
    "confidential_note_written": "wrote a confidential note",
    "evidence_added": "added evidence {thing}",
    "evidence_set_added": "said that evidence on {claim} counts only together",
    "evidence_set_broken": "let evidence stand for itself again",
    "guidelines_changed": "changed the guidelines",
    "guidelines_numbered": "gave the guidelines their number",
    "job_cancelled": "stopped background work",
    "job_done": "got background work done",
    "job_failed": "had background work fail",
    "job_started": "asked for background work",
    "label_added": "added the label {thing}",
    "label_retired": "retired the label {thing}",
    "member_added": "made {person} a member",
    "member_edited": "changed the role of a member",
    "member_removed": "ended a membership",
    "mention_added": "said where a claim is made",
    "mention_edited": "said through whom a claim is made",
    "mention_removed": "took away a place where a claim is made",
    "origin_added": "named the origin {thing}",
    "claim_corrected": "took the published claim {thing} back into work",
    "claim_published": "published the claim {thing}",
    "claim_retracted": "retracted the claim {thing}",
    "contact_erased": "erased a reader's contact",
    "correction_added": "published a correction",
    "correction_request_answered": "answered a reader's request",
    "correction_requested": "got a reader's request",
    "report_published": "published {thing}",
    "report_put_under_review": "put the report {thing} under review",
    "report_retracted": "retracted the report {thing}",
    "recommender_added": "set up the recommender {thing}",
    "recommender_trained": "trained the recommender {thing}",
    "outcome_recorded": "recorded what came of asking {thing}",
    "quantity_added": "wrote down a figure",
    "position_added": "added the position of {agent}",
    "project_made": "made the project",
    "question_added": "asked on {claim}: {thing}",
    "quotes_checked": "looked quotations up in the copy {thing}",
    "relation_added": "drew the relation {thing}",
    "resolution_approved": "approved {resolution}",
    "resolution_dissented_from": "dissented from {resolution}",
    "resolution_proposed": "proposed {thing}",
    "revision_added": "stored revision {number} of the text",
    "search_added": "logged a search for {claim}",
    "source_added": "added the source {thing}",
    "suggestion_accepted": "accepted the suggestion {thing}",
    "suggestion_rejected": "rejected the suggestion {thing}",
    "suggestion_reopened": "took back the decision on the suggestion {thing}",
    "suggestions_accepted": "accepted {how_many} suggestions at once",
    "suggestions_made": "got {how_many} suggestions",
    "triage_criterion_added": "set up the criterion {thing}",
    "triage_mark_added": "rated {thing}",
    "verdict_scale_added": "set up the words for verdicts",
}
PAST = {
    "edited": "changed the {noun} {thing}",
    "trashed": "moved to the trash the {noun} {thing}",
    "restored": "took out of the trash the {noun} {thing}",
}
FIELD_WORDS = {
    "article": "in the article",
    "cue_quote": "cue",
    "claim_state": "state of the claim",
    "dispute_state": "state of the dispute",
    "locator": "where in it",
    "out_of_scope_because": "out of scope because",
    "published_basis": "basis of the date",
    "second": "second half",
    "speaker_quote": "speaker",
    "state_reason": "reason",
    "url": "address",
    "would_not_settle": "what would not settle it",
    "would_settle": "what would settle it",
}
VALUE_WORDS = {
    "so": "Is it so?",
    "said": "Did they say it?",
    "affirm": "affirms",
    "deny": "denies",
    "qualify": "qualifies",
}
# Fields whose every value is a word of the domain.
OF_WORDS = frozenset(
    [
        "access", "basis", "checkability", "claim_state", "dispute_state", "form", "ground", "kind", "layer", "level",
        "naming",
        "outcome", "published_basis", "role", "stance", "state", "terms", "tone",
    ]
)  # fmt: skip
UNNAMED = say("a record")
# Said by the sentence itself, or of no meaning to a reader.
NOT_SAID = frozenset(
    [
        "id",
        "project",
        "version",
        "author",
        "created_at",
        "name_key",
        "decision",
        "proposer",
        "resolution",
        "dispute",
        "number",
        "scale",
        "guidelines",
        "revision",
        "anchor",
        "in_revision",
        "made_on",
        "trashed",
        "segments",
        "second_segments",
        "merged_with",
        "speaker_segments",
        "cue_segments",
        "start",
        "rows",
        "suggestion",
        "how_many",
        "end",
        "sha256",
        "code_points",
        "password",
        "moved",
        "came",
        "joined",
        "separated",
        "joined_into",
    ]
)
LEADING = ("stance", "verdict", "scope", "confidence")  # the parts of a stance or a verdict that need no name
GAP = re.compile(r"\{(\w+)\}")
A_CODE_WORD = re.compile(r"[a-z]+(_[a-z]+)+")
A_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")
AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Change(NamedTuple):
    """One value that an event changed; `was` is empty where something was added."""

    field: str
    was: str
    now: str


def sentence(verb: str, kind: str, thing: str, after: Mapping[str, Any], names: Mapping[str, str]) -> Sentence:
    """What was done, without who did it: `added the position of Osama Hamdan`, `changed the source This Is Beirut`.

    An empty `thing` is a record whose name the page says already, or that the reader may not see.
    """
    if verb in VERBS:
        said: defaultdict[str, str] = defaultdict(lambda: say("somebody"), thing=thing, resolution=say("a resolution"))
        said.update((field, named(str(value), names, said[field])) for field, value in after.items() if value)
        return rounded(VERBS[verb], said)
    done = PAST.get(verb.rpartition("_")[2])
    if done:
        return rounded(done, {"noun": word(kind.replace("_", " "), NOUN), "thing": thing})
    return rounded("{verb} {thing}", {"verb": word(verb.replace("_", " "), VERB), "thing": thing})


def rounded(template: str, values: Mapping[str, str]) -> Sentence:
    """The sentence without what an unnamed thing leaves at its end."""
    known = {name: values[name] for name in GAP.findall(template)}
    return Sentence(template.format_map(known).rstrip(" :"), template, values=known)


def changes(before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]) -> list[Change]:
    """Every value that differs, in words, in the order of `after`."""
    was, now = dict(_flat(before, names)), dict(_flat(after, names))
    fields = [*now, *(field for field in was if field not in now)]
    pairs = ((field, was.get(field, ""), now.get(field, "")) for field in fields)
    return [Change(field, old, new) for field, old, new in pairs if old != new]


def ids_in(value: Any) -> Iterator[str]:
    """Every id that stands anywhere in an event's values, keys included."""
    match value:
        case str() if AN_ID.fullmatch(value):
            yield value
        case Mapping():
            for key, inner in value.items():
                yield from ids_in(key)
                yield from ids_in(inner)
        case list():
            for inner in value:
                yield from ids_in(inner)


def _flat(values: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """One line a value; what is held by statement becomes a line a statement."""
    for field, value in values.items():
        if field in NOT_SAID and not isinstance(value, Mapping):
            continue
        if field == "statements":
            for row in value:
                scope = row["out_of_scope_because"]
                judged = say("out of scope: {reason}", reason=scope) if scope else say("to be judged")
                yield without_stop(named(row["claim"], names, say("statement"))), judged
        elif isinstance(value, Mapping) and not _is_hash(value):
            for key, inner in value.items():
                if words := in_words(inner, names):
                    yield without_stop(named(key, names, say("statement"))), words
        elif words := in_words(value, names):
            yield field_words(field), words if field not in OF_WORDS else in_vocabulary(words)


def without_stop(name: str) -> str:
    return name if isinstance(name, Sentence) else name.rstrip(".")


def in_vocabulary(words: str) -> str:
    """The value of a field that takes only certain words, so that it can be translated."""
    return words if isinstance(words, Sentence) else word(words)


def field_words(field: str) -> Sentence:
    return word(FIELD_WORDS.get(field, field.replace("_", " ")), FIELD)


def named(key: str, names: Mapping[str, str], otherwise: str = UNNAMED) -> str:
    return names.get(key, otherwise if AN_ID.fullmatch(key) else field_words(key))


def in_words(value: Any, names: Mapping[str, str]) -> str:
    """One value as people read it; empty for nothing."""
    match value:
        case None | "" | []:
            return ""
        case bool():
            return word("yes") if value else word("no")
        case str() if AN_ID.fullmatch(value):
            return named(value, names)
        case str() if A_TIME.fullmatch(value):
            return f"{date_in_words(value[:10])}, {value[11:16]} UTC"
        case str():
            if value in VALUE_WORDS or A_CODE_WORD.fullmatch(value):
                return word(VALUE_WORDS.get(value) or value.replace("_", " "))
            return value
        case Mapping() if _is_hash(value):
            return say("a text of {length:,} characters", length=value["code_points"])
        case Mapping():
            parts = sorted(value.items(), key=lambda part: (*LEADING, part[0]).index(part[0]))
            return listed(_part(key, inner, names) for key, inner in parts)
        case list():
            return listed(in_words(inner, names) for inner in value)
        case _:
            return str(value)


def _part(key: str, value: Any, names: Mapping[str, str]) -> str:
    words = in_words(value, names)
    return words if key in LEADING or not words else say("{field}: {words}", field=field_words(key), words=words)


def _is_hash(value: Mapping[str, Any]) -> bool:
    return set(value) == {"code_points", "sha256"}
