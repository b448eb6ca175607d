"""Two projects in which every kind of record is there, in the state that each move starts from, made by several people.

All words that somebody wrote carry their mark, so that one can look for them in answers that others get.
"""

from types import SimpleNamespace

from annotations.core.recommending import Proposal
from annotations.policies.roles import YES
from annotations.services import (
    accepting,
    acts,
    agents,
    annotations,
    articles,
    attributions,
    claims,
    disputes,
    evidence,
    guidelines,
    jobs,
    labels,
    occurrences,
    projects,
    recommenders,
    relations,
    resolutions,
    revisions,
    sources,
    suggestions,
    triage,
)
from annotations.services.disputes import StanceSaid
from annotations.services.people import make_person
from annotations.services.resolutions import VerdictSaid
from annotations.services.write import unit
from tests.conftest import ROLES, make_people
from tests.permissions import talk
from tests.permissions.compared import add_comparisons
from tests.permissions.copies import add_copies, add_one_or_two
from tests.permissions.published import publish
from tests.permissions.weighing import add_weighing, more_words, settle

MARKED = "mark of {}"  # in every text that this person wrote
jobs.job("waiting", title="Waiting", may=lambda *_: YES, cost=lambda *_: 1)(lambda running: {})
PLACES = {"ana": "first", "ben": "second", "vera": "third", "far": "fourth"}  # the words that each of them marks
TEXT = "Far away, the first and the second and the third and the fourth spoke. Nobody heard them."
CORRECTED = "".join(
    f"At noon the {place} one {{0}} of peace. At night the {place} one {{0}} of war. " for place in PLACES.values()
)


def mark_of(name):
    return MARKED.format(name)


class Desk:
    """One project: what managers made (`labels`, `article` ...) and, by name of its author, what others made."""

    def __init__(self, project, boss, mark):
        self.project, self.boss, self.mark = project, boss, mark_of(mark)
        self.by = {}

    def every_row(self):
        own = [row for made in self.by.values() for row in vars(made).values()]
        return [row for row in [*vars(self).values(), *own] if hasattr(row, "pk")]

    def refresh(self):
        """Versions as they are once everything is there."""
        for row in self.every_row():
            row.refresh_from_db()


def build():
    """The people, `desk` (where they have their roles) and `far` (where only strangers are)."""
    world = SimpleNamespace(people=make_people())
    people = world.people
    people.pia = make_person(by=None, username="pia", password="a long password")  # somebody to add
    for name in ("stranger", "second_stranger"):
        setattr(people, name, make_person(by=None, username=name, may_make_projects=True))
    world.desk = desk_of(people)
    world.far = far_desk(people)
    return world


def desk_of(people):
    project = projects.make_project(by=people.max, slug="desk", guidelines="Mark everything.", grades=True)
    for name, role in {**ROLES, "vera": "annotator"}.items():
        projects.add_member(by=people.max, project=project, person=getattr(people, name), role=role)
    desk = furnished(Desk(project, people.max, "max"), proposer=people.ida, approver=people.jo)
    for name in ("ana", "ben", "vera"):
        desk.by[name] = made_by(getattr(people, name), desk, name)
    correct(desk)
    vera = project.memberships.get(person=people.vera)
    projects.edit_member(by=people.max, membership=vera, version=vera.version, role="viewer")
    for name in ("ana", "ben", "ida", "jo", "max"):
        add_acts(getattr(people, name), desk)
    more_words(desk)
    desk.refresh()
    return desk


def add_acts(by, desk):
    """One thing that the person can undo in the article, and one that they can redo."""
    place = {"segments": [[0, 3]], "quote": TEXT[:3], "label": desk.label, "note": mark_of(by.username)}
    for _ in range(2):
        with unit(by):
            annotations.add_annotation(by=by, article=desk.article, **place)
            acts.record_act(by=by)
    acts.undo_act(by=by, article=desk.article)


def far_desk(people):
    boss = people.stranger
    project = projects.make_project(by=boss, slug="far", name=mark_of("far"), guidelines=mark_of("far"), grades=True)
    projects.add_member(by=boss, project=project, person=people.second_stranger, role="adjudicator")
    desk = furnished(Desk(project, boss, "far"), proposer=people.second_stranger, approver=boss)
    desk.by["far"] = made_by(boss, desk, "far")
    correct(desk)
    more_words(desk)
    desk.refresh()
    return desk


# -- what managers make, and what two people decide -------------------------------------------------------------------


def furnished(desk, proposer, approver):
    boss, project, mark = desk.boss, desk.project, desk.mark
    desk.label = labels.add_label(by=boss, project=project, key="claim", name=f"Claim, {mark}", description=mark)
    desk.label_relation = labels.add_label(
        by=boss, project=project, key="denies", kind="relation", name=f"Denies, {mark}"
    )
    desk.label_retired = labels.add_label(by=boss, project=project, key="old", name=f"Old, {mark}")
    labels.retire_label(by=boss, label=desk.label_retired, version=1)
    desk.label_other = labels.add_label(by=boss, project=project, key="other", name=f"Other, {mark}")
    desk.article = articles.add_article(by=boss, project=project, title=f"News, {mark}", text=TEXT, note=mark)
    desk.article_trashed = articles.add_article(by=boss, project=project, title=f"Gone, {mark}", text=f"Gone. {mark}")
    articles.trash_article(by=boss, article=desk.article_trashed, version=1)
    desk.revision = desk.article.revision
    desk.article_corrected = articles.add_article(
        by=boss, project=project, title=f"Corrected, {mark}", text=CORRECTED.format("spoke")
    )
    somebody = make_person(by=None, username=f"somebody-at-{project.slug}")
    desk.member = projects.add_member(by=boss, project=project, person=somebody, role="viewer")
    desk.verdict_scale = project_scale(project)
    desk.recommender = recommenders.add_recommender(by=boss, project=project, kind="cues", name=f"Cues, {mark}")
    desk.recommender_trashed = recommenders.add_recommender(by=boss, project=project, kind="cues", name="Gone cues")
    recommenders.trash_recommender(by=boss, recommender=desk.recommender_trashed, version=1)
    desk.recommender_learned = recommenders.add_recommender(by=boss, project=project, kind="learned", name="Learned")
    desk.recommender_outside = recommenders.add_recommender(
        by=boss, project=project, kind="http", name="Outside", url="http://127.0.0.1:1/"
    )
    desk.guideline_version = guidelines.current_guidelines(by=boss, project=project)
    desk.criterion, desk.criterion_trashed = (
        triage.add_criterion(by=boss, project=project, name=name, question=mark) for name in ("Harm", "Gone")
    )
    triage.trash_criterion(by=boss, criterion=desk.criterion_trashed, version=1)
    decided(desk, proposer, approver)
    settle(desk, proposer)
    told = contested(desk, proposer, f"Told? {mark_of(proposer.username)}")
    resolutions.approve_resolution(by=approver, resolution=proposed(told, proposer))
    publish(desk, told.dispute, proposer, approver, mark_of(proposer.username))
    return desk


def project_scale(project):
    from annotations.models import VerdictScale

    return VerdictScale.objects.get(project=project)


def decided(desk, proposer, approver):
    """A dispute in review, without a decision; and one that is closed, with an approval and a dissent."""
    desk.judged = judged = contested(desk, proposer, f"In review? {mark_of(proposer.username)}")
    desk.dispute_in_review, desk.claim_in_review = judged.dispute, judged.claim
    desk.resolution = proposed(judged, proposer)
    closed = contested(desk, proposer, f"Closed? {mark_of(proposer.username)}")
    desk.dispute_closed = closed.dispute
    desk.resolution_approved = proposed(closed, proposer)
    dissenter = make_person(by=None, username=f"dissenter-at-{desk.project.slug}")
    projects.add_member(by=desk.boss, project=desk.project, person=dissenter, role="adjudicator")
    desk.dissent = resolutions.dissent_from_resolution(
        by=dissenter, resolution=desk.resolution_approved, reason=f"No: {mark_of(dissenter.username)}"
    )
    desk.approval = resolutions.approve_resolution(
        by=approver, resolution=desk.resolution_approved, comment=f"Yes: {mark_of(approver.username)}"
    )


def contested(desk, by, question, claim=None):
    """A dispute with two positions on one claim, and a piece of evidence on it."""
    project, mark = desk.project, mark_of(by.username)
    claim = claim or claims.add_claim(by=by, project=project, text=f"It happened, {mark}.")
    dispute = disputes.open_dispute(by=by, project=project, question=question, statements=[claim])
    parties = [agents.add_agent(by=by, project=project, kind="body", name=f"{side} by {by.username}") for side in "AB"]
    source = sources.add_source(by=by, project=project, kind="article", title=f"Report by {by.username}")
    proof = evidence.add_evidence(
        by=by, claim=claim, source=source, stance="supports", ground="document", quote=f"proof, {mark}"
    )
    words = {"interest": f"interest, {mark}", "channel": f"channel, {mark}"}
    positions = [
        disputes.add_position(
            by=by, dispute=dispute, agent=agent, stances={claim.pk: StanceSaid(stance, evidence=(proof,))}, **words
        )
        for agent, stance in zip(parties, ("affirm", "deny"), strict=True)
    ]
    return SimpleNamespace(claim=claim, dispute=dispute, agents=parties, positions=positions, proof=proof)


def proposed(case, by):
    mark = mark_of(by.username)
    said = VerdictSaid("disputed", "low", (case.proof,), f"note, {mark}")
    return resolutions.propose_resolution(
        by=by,
        dispute=case.dispute,
        verdicts={case.claim.pk: said},
        rationale=f"rationale, {mark}",
        search_log=f"search, {mark}",
        reopen_if=f"reopen if, {mark}",
    )


# -- what one person makes --------------------------------------------------------------------------------------------


def made_by(person, desk, name):
    """One record of each kind by this person, and one of each that is in the trash or in another state."""
    made, mark = SimpleNamespace(), mark_of(name)
    add_texts(made, person, desk, mark, PLACES[name])
    add_sources(made, person, desk, mark)
    add_claims(made, person, desk, mark)
    add_dispute(made, person, desk, mark)
    add_comparisons(made, person, desk, mark)
    talk.add_talk(made, person, desk, mark)
    add_suggestions(made, person, desk, mark)
    add_weighing(made, person, desk, mark, name)
    made.job = jobs.start_job(by=person, project=desk.project, kind="waiting")
    return made


def add_texts(made, by, desk, mark, phrase):
    def annotate(word, note):
        start = TEXT.index(word)
        place = [[start, start + len(word)]]
        return annotations.add_annotation(
            by=by, article=desk.article, segments=place, quote=word, label=desk.label, note=note
        )

    made.annotation, made.annotation_spare = annotate(phrase, f"note, {mark}"), annotate("Nobody", f"spare, {mark}")
    made.annotation_trashed = annotate(phrase, f"gone, {mark}")
    annotations.trash_annotation(by=by, annotation=made.annotation_trashed, version=1)
    made.relation, made.relation_trashed = (
        relations.add_relation(
            by=by, from_annotation=start, to_annotation=end, label=desk.label_relation, note=f"{note}, {mark}"
        )
        for start, end, note in (
            (made.annotation, made.annotation_spare, "denies"),
            (made.annotation_spare, made.annotation, "gone"),
        )
    )
    relations.trash_relation(by=by, relation=made.relation_trashed, version=1)
    add_to_correct(made, by, desk, mark)
    name = name_in(mark)
    made.bulk_change = labelled(desk, by, mark)
    made.agent = agents.add_agent(
        by=by, project=desk.project, kind="person", name=f"Agent by {name}", aliases=[f"Alias by {name}"]
    )
    made.agent_trashed = agents.add_agent(by=by, project=desk.project, kind="body", name=f"Gone by {name}")
    agents.trash_agent(by=by, agent=made.agent_trashed, version=1)

    def attribute(note):
        return attributions.add_attribution(by=by, content=made.annotation, agent=made.agent, note=f"{note}, {mark}")

    made.attribution, made.attribution_trashed = attribute("said"), attribute("gone")
    attributions.trash_attribution(by=by, attribution=made.attribution_trashed, version=1)


def add_to_correct(made, by, desk, mark):
    """Two annotations on the text that is corrected later: see `correct`."""
    text = desk.article_corrected.revision.text
    phrases = (f"{PLACES[name_in(mark)]} one spoke of {what}" for what in ("peace", "war"))
    made.annotation_changed, made.annotation_decided = (
        annotations.add_annotation(
            by=by,
            article=desk.article_corrected,
            segments=[[text.index(phrase), text.index(phrase) + len(phrase)]],
            quote=phrase,
            label=desk.label,
            note=mark,
        )
        for phrase in phrases
    )


def correct(desk):
    """The words of everybody's two annotations change: one of them waits, on the other somebody decided."""
    revision = revisions.add_revision(
        by=desk.boss, article=desk.article_corrected, text=CORRECTED.format("never spoke"), note=desk.mark
    )
    for made in desk.by.values():
        made.anchor = revision.anchors.get(annotation=made.annotation_changed)
        decided = revision.anchors.get(annotation=made.annotation_decided)
        made.anchor_decided = revisions.accept_anchor(by=desk.boss, anchor=decided, version=1)


def labelled(desk, by, mark):
    place = occurrences.Place(desk.revision.pk, [[0, 3]], "Far")
    return occurrences.label_occurrences(
        by=by, project=desk.project, label=desk.label, hits=[place], words=f"words, {mark}"
    )


def add_suggestions(made, by, desk, mark):
    """One that waits and one that was rejected, by a recommender that nobody else's are of."""
    name = name_in(mark)
    made.recommender_own = recommenders.add_recommender(
        by=desk.boss, project=desk.project, kind="numbers", name=f"For {name}"
    )
    end = TEXT.index(PLACES[name]) - 1  # the article before it, which nobody labelled
    places = [(end - 3, end), (end - 3, end + 1)]
    proposals = [Proposal((place,), "claim", 0.5, f"why, {mark}") for place in places]
    suggestions.store_suggestions(
        by=by,
        article=desk.article,
        revision=desk.article.revision,
        recommender=made.recommender_own,
        proposals=proposals,
    )
    made.suggestion, made.suggestion_rejected = made.recommender_own.suggestions.order_by("end")
    accepting.reject_suggestion(by=by, suggestion=made.suggestion_rejected, version=1)


def name_in(mark):
    """Agents, sources and origins are everybody's, so their words carry the author's name and not the mark."""
    return mark.rpartition(" ")[2]


def add_sources(made, by, desk, mark):
    project, name = desk.project, name_in(mark)
    made.source = sources.add_source(
        by=by,
        project=project,
        kind="article",
        title=f"Source by {name}",
        publisher=made.agent,
        url=f"https://{name}.test/",
    )
    made.source_trashed = sources.add_source(by=by, project=project, kind="article", title=f"Gone source by {name}")
    sources.trash_source(by=by, source=made.source_trashed, version=1)
    add_copies(made, by, desk, name)
    add_one_or_two(made, by, desk, name)
    made.origin = sources.add_origin(by=by, project=project, label=f"Origin by {name}")
    made.origin_trashed = sources.add_origin(by=by, project=project, label=f"Gone origin by {name}")
    sources.trash_origin(by=by, origin=made.origin_trashed, version=1)


def add_claims(made, by, desk, mark):
    def add(text, **fields):
        return claims.add_claim(by=by, project=desk.project, text=f"{text}, {mark}.", note=mark, **fields)

    made.claim = add("Free", mentions=[made.annotation])
    made.claim_trashed, made.claim_parked, made.claim_rejected = add("Gone"), add("Parked"), add("Rejected")
    claims.trash_claim(by=by, claim=made.claim_trashed, version=1)
    claims.park_claim(by=desk.boss, claim=made.claim_parked, version=1, reason="Later.")
    claims.reject_claim(by=desk.boss, claim=made.claim_rejected, version=1, reason="No.")
    made.mention = made.claim.mentions.get()
    made.triage_mark, made.triage_mark_trashed = (
        triage.add_triage_mark(by=by, claim=claim, criterion=desk.criterion, level="high", reason=f"Why, {mark}")
        for claim in (made.claim, made.claim_parked)
    )
    triage.trash_triage_mark(by=by, mark=made.triage_mark_trashed, version=1)

    def attach(quote):
        return evidence.add_evidence(
            by=by,
            claim=made.claim,
            source=made.source,
            origin=made.origin,
            stance="supports",
            ground="document",
            quote=f"{quote}, {mark}",
            locator=mark,
        )

    made.evidence, made.evidence_trashed = attach("quote"), attach("gone")
    evidence.trash_evidence(by=by, evidence=made.evidence_trashed, version=1)


def add_dispute(made, by, desk, mark):
    """Open, with a statement in dispute, so that it can be answered, dismissed and changed."""
    case = contested(desk, by, f"Which? {mark}")
    made.dispute, made.statement, made.proof = case.dispute, case.claim, case.proof
    made.claim_spare = claims.add_claim(by=by, project=desk.project, text=f"Spare, {mark}.")
    spare = {"question": f"Spare? {mark}", "statements": [made.claim_spare]}
    made.dispute_spare = disputes.open_dispute(by=by, project=desk.project, **spare)
    made.position, gone = case.positions[0], {"stances": {case.claim.pk: StanceSaid("qualify")}, "note": mark}
    made.position_trashed = disputes.add_position(by=by, dispute=case.dispute, agent=made.agent, **gone)
    disputes.trash_position(by=by, position=made.position_trashed, version=1)
