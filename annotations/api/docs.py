"""The one page on which people read the API. It is made from the schema on the server; nothing runs in the browser."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import select_template

from annotations.api.errors import Problem
from annotations.api.schema import whole_schema

LAYOUTS = ["base.html", "annotations/api/plain.html"]
ORDER = [
    "people",
    "projects",
    "memberships",
    "labels",
    "articles",
    "revisions",
    "annotations",
    "anchors",
    "attributions",
    "relations",
    "recommenders",
    "suggestions",
    "occurrences",
    "concordance",
    "bulk changes",
    "agents",
    "sources",
    "origins",
    "claims",
    "mentions",
    "evidence",
    "disputes",
    "positions",
    "resolutions",
    "decisions",
    "history",
    "jobs",
    "exports",
]


@login_not_required
def api_docs(request: HttpRequest) -> HttpResponse:
    """GET /api/docs/."""
    if request.method not in ("GET", "HEAD"):
        return Problem(405, "This page can be read, nothing else.", headers={"Allow": "GET, HEAD"})
    layout = select_template(LAYOUTS)
    context = {"layout": layout.template, "base_url": settings.BASE_URL, "nouns": by_noun(), "shapes": shapes()}
    return render(request, "annotations/api/docs.html", context)


@cache
def by_noun() -> dict[str, list[dict[str, Any]]]:
    """The operations under the noun that they are about; within one, in the order of the addresses."""
    nouns: dict[str, list[dict[str, Any]]] = {noun: [] for noun in ORDER}
    for path, methods in whole_schema()["paths"].items():
        for method, operation in methods.items():
            nouns.setdefault(operation["tags"][0], []).append(described(path, method, operation))
    return nouns


def described(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """One operation as the page shows it."""
    answers = operation["responses"].items()
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "words": operation.get("description", ""),
        "parameters": [
            {
                "name": known["name"],
                "place": known["in"],
                "required": known.get("required", False),
                "kind": kind_of(known["schema"]),
                "words": known.get("description", ""),
            }
            for known in operation.get("parameters", [])
            if known["in"] != "path"  # the path says it
        ],
        "body": body_of(operation),
        "answer": next((shape_in(answer) for status, answer in answers if status < "300"), ""),
        "statuses": [{"status": status, "words": answer.get("description", "")} for status, answer in answers],
    }


def body_of(operation: dict[str, Any]) -> str:
    return shape_in(operation["requestBody"]) if "requestBody" in operation else ""


def shape_in(part: dict[str, Any]) -> str:
    """The name of the shape that a body or an answer has; empty for none."""
    for content in part.get("content", {}).values():
        return name_of(content.get("schema", {}))
    return ""


def name_of(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


@cache
def shapes() -> list[dict[str, Any]]:
    """Every shape with its fields."""
    return [
        {"name": name, "words": shape.get("description", ""), "fields": list(fields_of(shape))}
        for name, shape in whole_schema()["components"]["schemas"].items()
    ]


def fields_of(shape: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, field in shape.get("properties", {}).items():
        yield {
            "name": name,
            "required": name in shape.get("required", ()),
            "kind": kind_of(field),
            "shape": name_of(field) or name_of(field.get("items", {})),
            "words": field.get("description", ""),
        }


def kind_of(schema: dict[str, Any]) -> str:
    """What a value is, in a few words."""
    if "enum" in schema:
        return " | ".join("empty" if word == "" else str(word) for word in schema["enum"] if word is not None)
    if "oneOf" in schema:
        return " or ".join(kind_of(one) for one in schema["oneOf"])
    if "allOf" in schema or "$ref" in schema:
        return "object"
    kinds = schema.get("type", "anything")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if kind == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind
