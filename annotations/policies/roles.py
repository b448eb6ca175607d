"""Who a person is in a project, and the shape of every policy's answer.

Each role includes the one before it. A policy answers "may act" and assumes that the person can see the thing: read
visibility is `visible_to(person)` in `models`.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotations.core.sentences import NOUN, ROLE, either, say, word
from annotations.models import Membership, Person, Project
from annotations.models.projects import sight_of

RANKS = {"viewer": 1, "annotator": 2, "adjudicator": 3, "manager": 4}
RANK_OF_SCOPE = {"read": 1, "annotate": 3, "manage": 4}
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether, and if not, why not, in a sentence that one can read aloud."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Decision(True)


def no(reason: str) -> Decision:
    return Decision(False, reason)


def rank_in(person: Person, project_id: Any) -> int:
    """The rank of a person's role in a project, lowered by the scope of the token they came with; NOBODY for strangers.

    One query, or none where the interface asked to remember ranks for the length of a request.
    """
    remembered = person.remembered_ranks
    if remembered is not None and project_id in remembered:
        return remembered[project_id]
    rank = min(RANKS.get(role_in(person, project_id), NOBODY), RANK_OF_SCOPE[person.limits.scope])
    if remembered is not None:
        remembered[project_id] = rank
    return rank


def role_in(person: Person, project_id: Any) -> str:
    if (sight := sight_of(person)) is not None and isinstance(project_id, UUID):
        return sight.roles.get(project_id, "")
    role = Membership.objects.of(person).filter(project_id=project_id).values_list("role", flat=True).first()
    return role or ""


def works_blind(person: Person, project: Project) -> bool:
    """Whether others' work in this project may be hidden from a person; then what they see is for `visible_to` to say.

    For whoever is asked about it as a member: a stranger sees nothing anyway.
    """
    return project.blind and rank_in(person, project.pk) <= RANKS["annotator"]


def needs(person: Person, project_id: Any, role: str, doing: str) -> Decision:
    """YES from `role` upward, else a sentence: who may do it, and what this person is."""
    rank = rank_in(person, project_id)
    if rank >= RANKS[role]:
        return YES
    if rank == NOBODY:
        return no(say("{doing} is for members of the project.", doing=doing))
    mine = next(name for name, known in RANKS.items() if known == rank)
    higher = [name for name, known in RANKS.items() if known >= RANKS[role]]
    return no(
        say(
            "{doing} needs the role {roles}; here you act as {mine}.",
            doing=doing,
            roles=either(word(name, ROLE) for name in higher),
            mine=word(mine, ROLE),
        )
    )


def is_operator(person: Person) -> bool:
    """An active superuser who acts in the admin. Anywhere else a superuser is nobody, by policies too.

    Asked only by the policies for members, labels and settings of projects: what an operator has to be able to repair.
    """
    return person.acts_in_admin and person.is_active and person.is_superuser


def may_add(person: Person, project_id: Any, what: str) -> Decision:
    """Annotators and above add records."""
    return needs(person, project_id, "annotator", say("Adding {what}", what=word(what, NOUN)))


def may_edit(person: Person, row: Any, what: str) -> Decision:
    """People edit what they made themselves from annotator upward, and what others made from adjudicator upward."""
    if row.author_id == person.pk:
        return needs(person, row.project_id, "annotator", say("Changing {what}", what=word(what, NOUN)))
    return needs(
        person, row.project_id, "adjudicator", say("Changing {what} that someone else made", what=word(what, NOUN))
    )
