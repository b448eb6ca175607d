"""Saved copies, and agents that are joined, told apart and graded, in the world of these tests; and what people send to
their addresses.
"""

from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.services import agents, copies

API = {
    ("api:copies", "POST"): lambda desk, made: {"fetch": True},
    ("api:join_agents", "POST"): lambda desk, made: {"other": str(made.agent_spare.pk)},
    ("api:separate_agents", "POST"): lambda desk, made: {"other": str(made.agent_joined.pk)},
    ("api:distinctions", "POST"): lambda desk, made: {"other": str(made.agent_spare.pk)},
    ("api:ratings", "POST"): lambda desk, made: {"reliability": "B", "reason": "So."},
    ("api:agent_rating", "PATCH"): lambda desk, made: {"reason": "Changed."},
}
WEB = {
    ("web:save_copy", "POST"): lambda desk, made: {"file": SimpleUploadedFile("fresh.gif", b"GIF89a, fresh")},
    ("web:join_agents", "POST"): lambda desk, made: {"other": made.agent_spare.pk},
    ("web:separate_agents", "POST"): lambda desk, made: {"other": made.agent_joined.pk},
    ("web:tell_apart", "POST"): lambda desk, made: {"other": made.agent_spare.pk},
    ("web:rate_agent", "POST"): lambda desk, made: {"reliability": "B", "reason": "So."},
    ("web:agent_rating", "POST"): lambda desk, made: {"reliability": "D", "reason": "Changed.", "because": "A slip."},
    ("web:trash_rating", "POST"): lambda desk, made: {"because": "A slip."},
}


def add_copies(made, by, desk, name):
    """One that nobody looked at though it changed, and one in the trash."""
    prepared = copies.prepare_copy(project=desk.project, pieces=[b"GIF89a, saved by ", name.encode()])
    save = {"by": by, "source": made.source}
    made.saved_copy_trashed = copies.save_copy(**save, prepared=replace(prepared, text=f"First text, saved by {name}."))
    copies.save_copy(**save, prepared=replace(prepared, text=f"Old text, saved by {name}."))
    said = {"text": f"New text, saved by {name}.", "published_on": "2023-11-16"}
    made.saved_copy = copies.save_copy(**save, prepared=replace(prepared, **said))
    copies.trash_copy(by=by, copy=made.saved_copy_trashed, version=1)


def add_one_or_two(made, by, desk, name):
    """Agents that are joined, told apart and graded."""
    made.agent_spare, made.agent_with_joined, made.agent_joined = (
        agents.add_agent(by=by, project=desk.project, kind="person", name=f"{what} agent by {name}")
        for what in ("Spare", "Whole", "Joined")
    )
    agents.join_agents(by=by, agent=made.agent_with_joined, version=1, other=made.agent_joined)
    made.distinction, made.distinction_trashed = (
        agents.tell_apart(by=by, agent=agent, other=made.agent_with_joined, reason=f"Told by {name}.")
        for agent in (made.agent_spare, made.agent)
    )
    agents.trash_distinction(by=by, distinction=made.distinction_trashed, version=1)
    made.rating, made.rating_trashed = (
        agents.rate_agent(by=by, agent=made.agent, reliability=letter, reason=f"Said {name}.") for letter in "BF"
    )
    agents.trash_rating(by=by, rating=made.rating_trashed, version=1)
