"""The addresses of saved copies and citations, and of agents that are joined, told apart or graded."""

from django.urls import path

from annotations.web.views import agents, copies, sources

COPIES = [
    path("sources/<uuid:pk>/copies/", copies.save_copy, name="save_copy"),
    path("sources/<uuid:pk>/fetch/", copies.fetch_copy, name="fetch_copy"),
    path("sources/<uuid:pk>/citation/", sources.citation, name="citation"),
    path("copies/<uuid:pk>/", copies.saved_copy, name="saved_copy"),
    path("copies/<uuid:pk>/file/", copies.copy_file, name="copy_file"),
    path("copies/<uuid:pk>/acknowledge/", copies.acknowledge_copy, name="acknowledge_copy"),
    path("copies/<uuid:pk>/fill/", copies.fill_source, name="fill_source"),
    path("copies/<uuid:pk>/trash/", copies.trash_copy, name="trash_copy"),
    path("copies/<uuid:pk>/restore/", copies.restore_copy, name="restore_copy"),
    path("articles/<uuid:pk>/source/", sources.use_as_source, name="use_as_source"),
]

ONE_OR_TWO = [
    path("projects/<slug:slug>/agents/alike/", agents.alike_agents, name="alike_agents"),
    path("agents/<uuid:pk>/join/", agents.join_agents, name="join_agents"),
    path("agents/<uuid:pk>/separate/", agents.separate_agents, name="separate_agents"),
    path("agents/<uuid:pk>/distinctions/", agents.tell_apart, name="tell_apart"),
    path("agent_distinctions/<uuid:pk>/trash/", agents.trash_distinction, name="trash_distinction"),
    path("agent_distinctions/<uuid:pk>/restore/", agents.restore_distinction, name="restore_distinction"),
    path("agents/<uuid:pk>/ratings/", agents.rate_agent, name="rate_agent"),
    path("agent_ratings/<uuid:pk>/", agents.rating, name="agent_rating"),
    path("agent_ratings/<uuid:pk>/trash/", agents.trash_rating, name="trash_rating"),
    path("agent_ratings/<uuid:pk>/restore/", agents.restore_rating, name="restore_rating"),
]
