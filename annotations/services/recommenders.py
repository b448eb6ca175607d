"""Recommenders: set up by managers, a row each; and RUNNERS, which says for each kind how it makes its proposals.

The three built-in kinds need no set-up: their rows are made when somebody first asks for suggestions, and stay away
once a manager trashed them. Whatever comes from a recommender is stored by `suggestions`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from annotations.core.cues import find_attributions
from annotations.core.errors import Invalid
from annotations.core.figures import figure_proposals
from annotations.core.matches import LEAST_SCORE, Labelled, Phrases, find_matches, phrases_of
from annotations.core.recommending import Proposal
from annotations.core.sentences import listed, say
from annotations.models import Annotation, Article, Label, Person, Project, Recommender, Revision, Suggestion
from annotations.models.suggestions import RECOMMENDER_KINDS
from annotations.policies.recommenders import may_change_recommenders
from annotations.policies.suggestions import may_suggest
from annotations.services.fields import Checks, only_known
from annotations.services.learning import run_learned
from annotations.services.outside import run_http, run_label_studio
from annotations.services.trash import restore, trash
from annotations.services.write import writing

Runner = Callable[..., list[Proposal]]  # runner(by=, article=, revision=, recommender=)

EDITABLE = ("name", "enabled", "url", "options")
NAMES = {"matches": "Labelled before", "cues": "Sayings and quotations", "numbers": "Numbers and dates"}
BUILT_IN = tuple(NAMES)
# What each built-in kind finds, and the words that make a label of the project fit it without being asked.
FINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "matches": {},
    "cues": {
        "quotation": ("quote", "quotation", "quotations", "direct-quote", "direct-speech"),
        "cue": ("cue", "cues", "attribution-cue", "attribution", "reporting-verb"),
        "denial": ("denial", "denials", "denies"),
    },
    "numbers": {
        "number": ("number", "numbers", "figure", "figures", "quantity", "quantities", "amount", "money"),
        "date": ("date", "dates", "time", "when"),
    },
}
PHRASES_AT_MOST = 20_000  # the newest annotations that matches learn from
READ_AT_MOST = 300_000  # code points of the texts in which their phrases are counted


# -- setting up -------------------------------------------------------------------------------------------------------


def add_recommender(
    *,
    by: Person,
    project: Project,
    kind: str,
    name: str = "",
    enabled: bool = True,
    url: str = "",
    options: Mapping[str, Any] | None = None,
) -> Recommender:
    """Set one up. Raises Refused, Invalid by field, Clash where another has its name."""
    name = name or NAMES.get(kind, kind.replace("_", " ").capitalize() if isinstance(kind, str) else "")
    check_columns(project, kind, name=name, enabled=enabled, url=url, options=dict(options or {}))
    with writing(by, project.pk) as change:
        change.allow(may_change_recommenders(by, project.pk))
        row = Recommender(
            project=project, author=by, kind=kind, name=name, enabled=enabled, url=url, options=dict(options or {})
        )
        return change.add(row, "recommender_added")


def edit_recommender(*, by: Person, recommender: Recommender, version: int, **fields: Any) -> Recommender:
    """Rename it, switch it on or off, change what it is told. Raises as add_recommender, and Stale."""
    only_known(fields, EDITABLE)
    check_columns(recommender.project, recommender.kind, **fields)
    with writing(by, recommender.project_id) as change:
        change.allow(may_change_recommenders(by, recommender.project_id))
        return change.edit(recommender, version, "recommender_edited", **fields)


def trash_recommender(*, by: Person, recommender: Recommender, version: int) -> Recommender:
    """Take it away. What it suggested and nobody decided on goes out of sight with it."""
    with writing(by, recommender.project_id) as change:
        change.allow(may_change_recommenders(by, recommender.project_id))
        return trash(change, recommender, version, "recommender_trashed")


def restore_recommender(*, by: Person, recommender: Recommender, version: int) -> Recommender:
    with writing(by, recommender.project_id) as change:
        change.allow(may_change_recommenders(by, recommender.project_id))
        return restore(change, recommender, version, "recommender_restored")


def ready_recommenders(*, by: Person, project: Project) -> list[Recommender]:
    """The recommenders that are on, in the order of making. The built-in ones are made on the way where the project
    has not decided on them yet."""
    if not_made_yet(project):
        with writing(by, project.pk) as change:
            change.allow(may_suggest(by, project.pk))
            Project.objects.select_for_update(no_key=True).get(pk=project.pk)  # two who ask at once make them once
            taken = set(Recommender.objects.active().filter(project=project).values_list("name", flat=True))
            for kind in not_made_yet(project):
                name = NAMES[kind] if NAMES[kind] not in taken else f"{NAMES[kind]} ({kind})"
                change.add(Recommender(project=project, author=by, kind=kind, name=name), "recommender_added")
    return list(Recommender.objects.active().filter(project=project, enabled=True).order_by("id"))


def not_made_yet(project: Project) -> list[str]:
    """The built-in kinds that nobody has asked or decided on in a project, in the trash or not."""
    known = set(Recommender.objects.filter(project=project, kind__in=BUILT_IN).values_list("kind", flat=True))
    return [kind for kind in BUILT_IN if kind not in known]


def check_columns(project: Project, kind: Any, **columns: Any) -> None:
    checks = Checks()
    checks.word("kind", kind, RECOMMENDER_KINDS)
    if "name" in columns:
        checks.text("name", columns["name"], required=True, longest=80)
    if "enabled" in columns:
        checks.truth("enabled", columns["enabled"])
    if "url" in columns:
        checks.address("url", columns["url"])
    if "options" in columns:
        check_options(checks, project, kind, columns["options"])
    checks.done()


def check_options(checks: Checks, project: Project, kind: Any, options: Any) -> None:
    """`labels` maps what is found to keys of labels, `least` is the score below which nothing is proposed. What the
    other kinds take besides, they check themselves."""
    if not isinstance(options, dict):
        checks.wrong("options", say("Options are named values."))
        return
    labels, least = options.get("labels", {}), options.get("least", LEAST_SCORE)
    if isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1:
        checks.wrong("options", say("“least” is a number from 0 to 1."))
    if not isinstance(labels, dict) or not all(isinstance(key, str) for key in labels.values()):
        checks.wrong("options", say("“labels” says for each thing that is found the key of a label."))
        return
    finds = FINDS.get(kind, {})
    if finds and (strange := sorted(set(labels) - set(finds))):
        words = say("“{name}” is not found by this recommender: {finds} are.", name=strange[0], finds=listed(finds))
        checks.wrong("options", words)
    wanted = {key for key in labels.values() if key}
    known = set(span_labels(project).filter(key__in=wanted).values_list("key", flat=True))
    if unknown := sorted(wanted - known):
        checks.wrong("options", say("There is no label for spans “{key}” in this project.", key=unknown[0]))


def span_labels(project: Project) -> Any:
    """The labels that a suggestion may carry."""
    return Label.objects.filter(project=project, kind="span", retired=False)


def labels_for(recommender: Recommender) -> dict[str, str]:
    """What a built-in recommender finds, by the key of the label that it proposes: as the options say, else the label
    whose key or name fits. An empty key in the options switches one off."""
    chosen = recommender.options.get("labels", {})
    found: dict[str, str] = {}
    labels = list(span_labels(recommender.project).values_list("key", "name"))
    keys = {key for key, _ in labels}
    by_word = {word.lower(): key for key, name in labels for word in (name, key)}
    for what, words in FINDS.get(recommender.kind, {}).items():
        usual = next((by_word[word] for word in words if word in by_word), "")
        key = chosen.get(what, usual)
        if key in keys:
            found[what] = key
    return found


# -- the built-in kinds -----------------------------------------------------------------------------------------------


def run_cues(*, by: Person, article: Article, revision: Revision, recommender: Recommender) -> list[Proposal]:
    return find_attributions(revision.text, labels_for(recommender), article.language)


def run_numbers(*, by: Person, article: Article, revision: Revision, recommender: Recommender) -> list[Proposal]:
    return figure_proposals(revision.text, labels_for(recommender))


def run_matches(*, by: Person, article: Article, revision: Revision, recommender: Recommender) -> list[Proposal]:
    least = float(recommender.options.get("least", LEAST_SCORE))
    return find_matches(revision.text, phrases_known(by, article.project), least=least)


def phrases_known(person: Person, project: Project) -> Phrases:
    """What `person` may see that people of a project labelled, what they rejected, and how often it stands there."""
    seen = Annotation.objects.visible_to(person).active()
    rows = seen.filter(project=project, start__isnull=False, label__retired=False, label__kind="span").order_by("-id")
    counted: dict[tuple[str, str], list[int]] = {}
    read: dict[Any, None] = {}  # a set in the order of the rows
    for quote, key, revision in rows.values_list("quote", "label__key", "revision_id")[:PHRASES_AT_MOST]:
        counted.setdefault((quote, key), [0, 0])[0] += 1
        read.setdefault(revision)
    for quote, key in rejected_phrases(person, project):
        counted.setdefault((quote, key), [0, 0])[1] += 1
    known: dict[str, list[Labelled]] = {}
    for (quote, key), (times, refused) in counted.items():
        known.setdefault(quote, []).append(Labelled(key, times, refused))
    return phrases_of(known, texts_read(list(read)))


def rejected_phrases(person: Person, project: Project) -> list[tuple[str, str]]:
    rejected = Suggestion.objects.visible_to(person).filter(project=project, state="rejected").order_by("-id")
    return list(rejected.values_list("quote", "label__key")[:PHRASES_AT_MOST])


def texts_read(revisions: list[Any]) -> list[str]:
    """The texts of the revisions that people worked on last, as many as are read in a moment."""
    left = READ_AT_MOST
    newest = revisions[:1_000]
    sizes = dict(Revision.objects.filter(pk__in=newest).values_list("pk", "code_points"))
    wanted = []
    for pk in newest:
        if sizes[pk] <= left:
            left -= sizes[pk]
            wanted.append(pk)
    return list(Revision.objects.filter(pk__in=wanted).values_list("text", flat=True))


RUNNERS: dict[str, Runner] = {
    "matches": run_matches,
    "cues": run_cues,
    "numbers": run_numbers,
    "learned": run_learned,
    "http": run_http,
    "label_studio": run_label_studio,
}


def runner_of(recommender: Recommender) -> Runner:
    """How this recommender works. Raises Invalid where nothing here knows its kind."""
    if recommender.kind not in RUNNERS:
        words = say("Recommenders of the kind {kind} cannot be run here.", kind=recommender.get_kind_display())
        raise Invalid.field("recommender", words)
    return RUNNERS[recommender.kind]
