"""The demo's people: who they are, what they may do, and how they come into an empty database."""

from typing import NamedTuple

from annotations.models import Person
from annotations.services.people import edit_person, make_person


class DemoPerson(NamedTuple):
    username: str
    display_name: str
    does: str
    may_make_projects: bool = False
    is_superuser: bool = False


DEMO_PEOPLE = (
    DemoPerson("ana", "Ana", "annotates"),
    DemoPerson("ben", "Ben", "annotates"),
    DemoPerson("ida", "Ida", "decides disputes"),
    DemoPerson("jo", "Jo", "decides disputes"),
    DemoPerson("max", "Max", "manages the project, and may make others", may_make_projects=True),
    DemoPerson("vera", "Vera", "reads"),
    DemoPerson("olu", "Olu", "is in no project"),
    DemoPerson("sam", "Sam", "is superuser: the admin and nothing else", is_superuser=True),
)
USERNAMES = tuple(person.username for person in DEMO_PEOPLE)


def others_are_here() -> bool:
    """Whether the database has accounts that are not the demo's."""
    return Person.objects.exclude(username__in=USERNAMES).exists()


def provide_people(password: str) -> dict[str, Person]:
    """The eight people by username, made where they are missing, all with this password.

    It is set without asking the validators: a password that is written on the sign-in page guards nothing, and the
    demo listens on loopback only, unless it is given another.
    """
    known = {person.username: person for person in Person.objects.filter(username__in=USERNAMES)}
    for demo in DEMO_PEOPLE:
        person = known.get(demo.username)
        if person is None:
            known[demo.username] = make_person(
                by=None,
                username=demo.username,
                display_name=demo.display_name,
                password=password,
                may_make_projects=demo.may_make_projects,
                is_superuser=demo.is_superuser,
            )
        elif not person.check_password(password):
            edit_person(by=None, person=person, version=person.version, password=password)
    return known
