"""The addresses of saved copies, and of agents that are joined, told apart or graded."""

from django.urls import path

from annotations.api.actions import reads
from annotations.api.endpoint import address
from annotations.api.records import AGENT_RATING, DISTINCTION, SAVED_COPY
from annotations.api.views import agents, copies

about_copies = [
    path("v1/sources/<uuid:pk>/copies/", address(get=copies.list_copies, post=copies.save_copy), name="copies"),
    path("v1/sources/<uuid:source>/copies/<uuid:pk>/", address(get=copies.read_copy_file), name="copy_file"),
    path("v1/copies/<uuid:pk>/", address(get=reads(SAVED_COPY), delete=copies.trash_copy), name="saved_copy"),
    path("v1/copies/<uuid:pk>/restore/", address(post=copies.restore_copy), name="restore_copy"),
    path("v1/copies/<uuid:pk>/acknowledge/", address(post=copies.acknowledge_copy), name="acknowledge_copy"),
]

about_one_or_two = [
    path("v1/projects/<slug:slug>/agents/alike/", address(get=agents.list_alike_agents), name="alike_agents"),
    path("v1/agents/<uuid:pk>/join/", address(post=agents.join_agents), name="join_agents"),
    path("v1/agents/<uuid:pk>/separate/", address(post=agents.separate_agents), name="separate_agents"),
    path(
        "v1/agents/<uuid:pk>/distinctions/",
        address(get=agents.list_distinctions, post=agents.tell_apart),
        name="distinctions",
    ),
    path(
        "v1/agent_distinctions/<uuid:pk>/",
        address(get=reads(DISTINCTION), delete=agents.trash_distinction),
        name="distinction",
    ),
    path(
        "v1/agent_distinctions/<uuid:pk>/restore/",
        address(post=agents.restore_distinction),
        name="restore_distinction",
    ),
    path("v1/agents/<uuid:pk>/ratings/", address(get=agents.list_ratings, post=agents.rate_agent), name="ratings"),
    path(
        "v1/agent_ratings/<uuid:pk>/",
        address(get=reads(AGENT_RATING), patch=agents.edit_rating, delete=agents.trash_rating),
        name="agent_rating",
    ),
    path("v1/agent_ratings/<uuid:pk>/restore/", address(post=agents.restore_rating), name="restore_rating"),
]
