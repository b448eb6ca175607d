"""The operators' site in place of Django's own, with a page for every record and none of Django's own groups.

The registrations are imported here and not in the package, which Django loads before there are any models.
"""

from django.contrib.admin.apps import AdminConfig


class WorkbenchAdminConfig(AdminConfig):
    default_site = "annotations.admin.site.WorkbenchSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib import admin
        from django.contrib.auth.models import Group
        from django_tasks_db.models import DBTaskResult

        from annotations.admin import (  # noqa: F401 - importing registers
            acts,
            agents,
            annotations,
            articles,
            assessments,
            attributions,
            claims,
            comment_requests,
            comments,
            comparisons,
            copies,
            disputes,
            evidence,
            guidelines,
            history,
            jobs,
            labels,
            occurrences,
            people,
            presence,
            projects,
            quantities,
            questions,
            recommenders,
            relations,
            reports,
            resolutions,
            revisions,
            sources,
            suggestions,
            triage,
        )

        admin.site.unregister(Group)  # rights here are roles in projects; a group would be a second, silent way
        admin.site.unregister(DBTaskResult)  # the queue carries ids of jobs and nothing else; the jobs have their page
