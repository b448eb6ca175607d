"""A project as a file, and what the file could not carry."""

from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.request import Request

from annotations.api.actions import streams, tells
from annotations.api.records import PROJECT
from annotations.api.serializers.exports import ExportQuery, ExportReportShape
from annotations.models import Person, Project
from annotations.queries.exports import export, export_report


@streams(find=PROJECT.find, query=ExportQuery)
def export_project(person: Person, project: Project, query: dict[str, Any]) -> StreamingHttpResponse:
    """A project as a file, streamed from one snapshot."""
    exported = export(project, person, query["format"])
    headers = {"Content-Disposition": f'attachment; filename="{exported.file_name}"'}
    return StreamingHttpResponse(exported.chunks, content_type=exported.media_type, headers=headers)


@tells(ExportReportShape, find=PROJECT.find, query=ExportQuery)
def read_export_report(person: Person, project: Project, request: Request, query: dict[str, Any]) -> dict[str, Any]:
    """What an export carries and what not, without the file."""
    return export_report(project, person, query["format"])
