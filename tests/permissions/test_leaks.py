"""Nothing leaks: in a blind project nothing of the others' work to an annotator, and nothing of a project to strangers.

Every record's words carry the mark of who wrote them, and no answer may hold a mark, or an id, not the reader's. One
list that forgets `visible_to` fails here: ana reads the others' work in it, and the address of every list is asked.
"""

import re
from types import SimpleNamespace
from uuid import UUID

import pytest

from annotations.services import (
    annotations,
    assessments,
    attributions,
    claims,
    comment_requests,
    comments,
    comparisons,
    disputes,
    evidence,
    jobs,
    projects,
    quantities,
    questions,
    relations,
    resolutions,
    triage,
)
from annotations.services.disputes import StanceSaid
from annotations.services.resolutions import VerdictSaid
from tests.permissions.asking import record_of
from tests.permissions.crawl import WITHOUT_PROJECT, address_of, filtered, followed, kind_of, paths_of, said
from tests.permissions.table import API, WEB
from tests.permissions.test_truth_table import BY_NAME, sent
from tests.permissions.world import TEXT, mark_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]
# What ana reads at every address is read on both engines, and with it everything that hides rows from an annotator.
same_statements = pytest.mark.one_engine(
    "the statements of test_annotator_of_a_blind_project_reads_nothing_of_the_others and of the truth table"
)

OTHERS = ("ben", "ida", "jo", "vera")
HIDDEN = {
    "annotation", "claim", "mention", "attribution", "evidence", "dispute", "position", "resolution", "approval",
    "dissent", "relation",
    "comment", "comment_request", "evidence_set", "question", "search", "assessment", "confidential_note",
    "report", "report_edition", "correction",
    "quantity", "claim_relation", "triage_mark", "anchor", "bulk_change", "suggestion", "job", "correction_request",
}  # fmt: skip


def everything(desk, rows, people):
    words = ["mark", *(person.username for person in people)]
    return [*WITHOUT_PROJECT, *paths_of(desk, rows), *filtered(desk, people, rows, words)]


def offences(browser, paths, forbidden, answers=None):
    """The forbidden words that answers hold, with where. Asked as a page, and as htmx asks for a region: every page
    that is shown, and of those that are not shown the first of each address."""
    found, refused = [], set()
    for path in paths:
        status, words = answers[path] if answers else said(browser, path)
        found += [f"{path} ({status}): {word}" for word in forbidden_in(words, forbidden)]
        assert status < 500, path
        is_page = not path.startswith("/api/")
        if is_page and (status == 200 or address_of(path) not in refused):
            refused |= {address_of(path)} if status != 200 else set()
            status, words = said(browser, path, **{"HX-Request": "true"})
            found += [f"{path} (region, {status}): {word}" for word in forbidden_in(words, forbidden)]
            assert status < 500, path
    return found


def forbidden_in(words, forbidden):
    """Which of these marks and ids stand there. One search for all ids, because there are hundreds of both."""
    marks, ids = forbidden
    words = without_own_events(words)
    return [mark for mark in marks if mark in words] + sorted(ids & {UUID(pk) for pk in AN_ID.findall(words)})


AN_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def without_own_events(words):
    """What people did themselves, they may read, with the ids that they themselves named then."""
    lines = [line for line in words.splitlines() if not line.startswith('{"after":')]
    return "\n".join(lines) if "application/x-ndjson" in words else EVENTS.sub("", words)


EVENTS = re.compile(r'\{"after":\{.*?"verb":"\w+","hash":"\w+"\}')


def forbidden(names, rows):
    return [mark_of(name) for name in names], {row.pk for row in rows}


# -- blind projects ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def blind(world):
    """The desk of these people made blind after people had worked on each other's records."""
    people, desk = world.people, world.desk
    ana, ben = desk.by["ana"], desk.by["ben"]
    crossed = SimpleNamespace(mixed=list(worked_together(people, desk, ana, ben)))
    desk.project.refresh_from_db()
    projects.edit_project(by=people.max, project=desk.project, version=desk.project.version, blind=True)
    desk.refresh()
    not_read = vars(desk.by["vera"]).values()  # two are enough
    crossed.rows = [row for row in desk.every_row() if row not in not_read]
    crossed.of_others = [
        row
        for row in desk.every_row()
        if kind_of(row) in HIDDEN and row not in crossed.mixed and author_of(row) != people.ana
    ]
    return crossed


def author_of(row):
    if hasattr(row, "dispute") and not hasattr(row, "author"):
        return row.proposer
    if kind_of(row) == "anchor":
        return row.annotation.author
    return getattr(row, "author", None)


def worked_together(people, desk, ana, ben):
    """Records in which the work of ana and the work of ben meet, whoever made them."""
    by, project = people.ana, desk.project
    proof = {"source": ben.source, "stance": "refutes", "ground": "document"}
    yield evidence.add_evidence(by=by, claim=ben.statement, **proof)
    yield evidence.add_evidence(by=people.ben, claim=ana.claim, quote=mark_of("ben"), **proof)
    yield claims.add_mention(by=by, claim=ben.claim, annotation=ana.annotation)
    yield claims.add_mention(by=people.ben, claim=ana.claim, annotation=ben.annotation)
    content = ben.annotation
    yield attributions.add_attribution(by=by, content=content, agent=ana.agent, parent=ben.attribution)
    yield attributions.add_attribution(by=people.ben, content=ana.annotation, agent=ben.agent, note=mark_of("ben"))
    yield attributions.edit_attribution(by=by, attribution=ana.attribution, version=1, parent=ben.attribution)
    arrow = {"from_annotation": ana.annotation, "to_annotation": ben.annotation, "label": desk.label_relation}
    yield relations.add_relation(by=by, **arrow)
    yield relations.add_relation(by=people.ben, **arrow, note=mark_of("ben"))
    stance = {ben.statement.pk: StanceSaid("qualify", spans=(ben.annotation,), evidence=(ben.proof,))}
    yield disputes.add_position(by=by, dispute=ben.dispute, agent=ana.agent, stances=stance)
    stance = {ana.statement.pk: StanceSaid("deny", spans=(ben.annotation,))}
    yield disputes.add_position(
        by=people.ben, dispute=ana.dispute, agent=ben.agent, stances=stance, note=mark_of("ben")
    )
    yield disputes.open_dispute(by=by, project=project, question="Ours?", statements=[ana.claim, ben.claim])
    late = evidence.add_evidence(by=people.ben, claim=ana.statement, quote=mark_of("ben"), **proof)
    yield late
    verdict = {ana.statement.pk: VerdictSaid("disputed", evidence=(late,), note=mark_of("ida"))}
    yield resolutions.propose_resolution(by=people.ida, dispute=ana.dispute, verdicts=verdict, rationale=mark_of("ida"))


@pytest.fixture(scope="module")
def read(world, blind, browsers):
    """What ana reads at every address."""
    people = world.people
    paths = everything(world.desk, [*blind.rows, *blind.mixed], [people.ana, people.ben])
    return {path: said(browsers["ana"], path) for path in paths}


def test_annotator_of_a_blind_project_reads_nothing_of_the_others(blind, browsers, read):
    assert offences(browsers["ana"], read, forbidden(OTHERS, blind.of_others), read) == []


@same_statements
def test_links_lead_an_annotator_of_a_blind_project_to_nothing_of_the_others(world, blind, browsers):
    pages = list(followed(browsers["ana"], ["/", f"/projects/{world.desk.project.slug}/"]))
    assert len(pages) > 50
    not_hers = forbidden(OTHERS, blind.of_others)
    assert [(path, found) for path, _, words in pages if (found := forbidden_in(words, not_hers))] == []


@same_statements
def test_adjudicator_of_a_blind_project_reads_everything(world, blind, browsers):
    """So that the tests above cannot pass for want of anything to find."""
    paths = filtered(world.desk, [world.people.ben], [], [])
    pages = "".join(said(browsers["ida"], path)[1] for path in paths)
    listed = [row for row in blind.of_others if kind_of(row) not in ("job", "suggestion")]
    marks, ids = forbidden(["ana", "ben"], listed)
    assert [mark for mark in marks if mark not in pages] == []
    assert ids - {UUID(pk) for pk in AN_ID.findall(pages)} == set()


@same_statements
def test_work_of_the_others_changes_nothing_that_an_annotator_of_a_blind_project_reads(world, browsers, read):
    """No count, order, place or number: what ana reads is the same, letter for letter, before and after."""
    people, desk = world.people, world.desk
    for by in (people.ben, people.ida):
        more_work(by, desk, desk.by["ana"] if by == people.ida else desk.by["ben"], desk.by["ben"])
    after = {path: said(browsers["ana"], path) for path in read}
    assert {path for path in read if read[path] != after[path]} == set()


def more_work(by, desk, on, ben):
    """Another record of each hidden kind, made on the records `on`; what ana may see (agents, sources) stays."""
    project, mark = desk.project, mark_of(by.username)
    start = TEXT.index("spoke")
    span = annotations.add_annotation(
        by=by, article=desk.article, segments=[[start, start + 5]], quote="spoke", label=desk.label, note=mark
    )
    claim = claims.add_claim(by=by, project=project, text=f"More, {mark}.", mentions=[span])
    for about in (claim, on.claim, on.statement):
        evidence.add_evidence(by=by, claim=about, source=ben.source, stance="refutes", ground="document", quote=mark)
    claims.add_mention(by=by, claim=on.claim, annotation=span)
    attributions.add_attribution(by=by, content=on.annotation, agent=ben.agent, note=mark)
    ends = {"from_annotation": on.annotation, "to_annotation": span}
    relations.add_relation(by=by, **ends, label=desk.label_relation, note=mark)
    opened = disputes.open_dispute(by=by, project=project, question=f"More? {mark}", statements=[claim, on.claim])
    for dispute, statement in ((opened, claim), (on.dispute_spare, on.claim_spare)):
        for agent, stance in ((ben.agent, "deny"), (ben.position.agent, "affirm")):
            disputes.add_position(by=by, dispute=dispute, agent=agent, stances={statement.pk: StanceSaid(stance)})
    talked_and_weighed(by, desk, on, claim, ben)


def talked_and_weighed(by, desk, on, claim, ben):
    """What people say around the records `on`, and how they weigh them, beside the same on a claim of their own."""
    mark = mark_of(by.username)
    for about in (on.claim, on.annotation, on.evidence, claim, ben.source):
        comments.add_comment(by=by, on=about, text=f"@ana look, {mark}")
    for about in (on.dispute, on.claim):
        comment_requests.request_comment(by=by, about=about, agent=ben.agent, asked=mark)
    for about in (on.claim, claim):
        proofs = [
            evidence.add_evidence(by=by, claim=about, source=ben.source, stance="supports", ground="document")
            for _ in range(2)
        ]
        evidence.add_evidence_set(by=by, claim=about, members=proofs, stance="supports", note=mark)
        evidence.write_confidential_note(by=by, evidence=proofs[0], text=mark)
        quantities.add_quantity(by=by, claim=about, measure=f"deaths {mark}", value=7, origin=ben.origin)
        questions.add_question(by=by, claim=about, text=f"{mark}?")
        questions.add_search(by=by, claim=about, place=mark, query=mark)
        assessments.add_assessment(by=by, claim=about, verdict="refuted", rationale=mark)
    evidence.write_confidential_note(by=by, evidence=on.evidence, text=mark)
    evidence.write_confidential_note(by=by, source=ben.source, text=mark)
    triage.add_triage_mark(by=by, claim=on.claim_spare, criterion=desk.criterion, level="high", reason=mark)
    comparisons.add_claim_relation(by=by, from_claim=on.claim, to_claim=claim, type="contradicts", explanation=mark)
    jobs.start_job(by=by, project=claim.project, kind="waiting")


def test_annotator_of_a_blind_project_changes_nothing_of_the_others(world, blind, browsers):
    """What one may not see is not there for writing either, and the refusal says no word of it."""
    desk, ben = world.desk, world.desk.by["ben"]
    for name, method in WRITES:
        if kind_of(record_of(name, BY_NAME[name].route, desk, ben)) in HIDDEN:
            got, has_written = sent(browsers["ana"], name, method, desk, ben)
            assert (name, method, got.status_code, has_written) == (name, method, 404, False)
            assert mark_of("ben") not in got.content.decode()


WRITES = [
    (name, method)
    for name in (*API, *WEB)
    for method in {**API, **WEB}[name]
    if method != "GET" and "<uuid:pk>" in BY_NAME[name].route
]


# -- strangers --------------------------------------------------------------------------------------------------------


def one_of_each(rows):
    """Of every kind in each of its states one record: to whoever is no member, the others are as it is."""
    alike = {(kind_of(row), getattr(row, "trashed", None), getattr(row, "state", "")): row for row in rows}
    return list(alike.values())


@same_statements
@pytest.mark.parametrize("reader", ["stranger", "olu", "sam", "nobody"])
def test_strangers_read_nothing_of_a_project(world, browsers, reader):
    desk, people = world.desk, world.people
    not_theirs = forbidden(("ana", "max", *OTHERS), [desk.project, *desk.every_row()])
    assert offences(browsers[reader], everything(desk, one_of_each(desk.every_row()), [people.ana]), not_theirs) == []
    pages = followed(browsers[reader], ["/", "/projects/desk/", "/projects/far/"])
    assert [(path, found) for path, _, words in pages if (found := forbidden_in(words, not_theirs))] == []


@same_statements
@pytest.mark.parametrize("reader", ["ana", "max"])
def test_members_read_nothing_of_another_project(world, browsers, reader):
    far = world.far
    not_theirs = forbidden(("far", "second_stranger"), [far.project, *far.every_row()])
    paths = everything(far, one_of_each(far.every_row()), [world.people.stranger])
    assert offences(browsers[reader], paths, not_theirs) == []
    pages = followed(browsers[reader], ["/", "/projects/desk/", "/projects/far/"])
    assert [(path, found) for path, _, words in pages if (found := forbidden_in(words, not_theirs))] == []
