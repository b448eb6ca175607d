"""What every page of a record shares: it is read-only, found by its id or by words, and its history are our events.

`admin.editing` opens the four records that operators change. Django's own log of actions is never written.
"""

from operator import attrgetter
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse_lazy
from django.utils.text import capfirst

from annotations.admin.changes import told
from annotations.admin.links import link_to, lists_below
from annotations.models import Event
from annotations.queries.lookups import as_uuid
from annotations.services.write import event_kind

EVENTS_A_PAGE = 50
LONGEST_SEARCH, MOST_WORDS = 200, 10  # every word asks every column: SQLite has a limit, and people have less to say
NARROWED = "__id__exact"  # how the links between records ask a list for the rows that point to one record
ENDINGS = (NARROWED, "__exact", "__isnull")  # how the filters at the side ask


class RecordAdmin(admin.ModelAdmin):
    """One kind of record, to look at. What is found in several places stands as class attributes of the subclasses."""

    list_per_page = 50
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    search_help_text = "Words, or the whole id of a record"
    # A list asks for one count, the one it divides into pages by; counts a filter would double the work of a page.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False

    found_by_id: ClassVar[tuple[str, ...]] = ("pk",)  # what a whole id in the search field is compared with
    left_out: ClassVar[frozenset[str]] = frozenset()  # columns that are nobody's to read here
    shown_as: ClassVar[dict[str, str]] = {}  # column -> the method that shows it
    told_by = ""  # the record whose events tell of this one, where it has none of its own

    # -- read-only ----------------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: there is a trash, retiring and blanking."""
        return False

    def columns(self) -> list[str]:
        """Every column, those too that no form would offer."""
        names = [column.name for column in self.opts.concrete_fields if column.name not in self.left_out]
        return [self.shown_as.get(name, name) for name in names]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.columns()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.columns()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The service wrote the event."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The service wrote the event."""

    def further_urls(self) -> list[URLPattern]:
        """Addresses beside Django's own."""
        return []

    def get_urls(self) -> list[URLPattern]:
        """Whoever comes without being signed in is sent to the operators' sign-in page, and not to everybody's."""
        patterns = [*self.further_urls(), *super().get_urls()]
        for pattern in patterns:
            pattern.callback.login_url = reverse_lazy("admin:login")  # type: ignore[attr-defined]
        return patterns

    # -- lists --------------------------------------------------------------------------------------------------------

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if pk := as_uuid(search_term.strip()):
            return queryset.filter(Q.create([(name, pk) for name in self.found_by_id], connector=Q.OR)), False
        words = " ".join(search_term[:LONGEST_SEARCH].split()[:MOST_WORDS])
        return super().get_search_results(request, queryset, words)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what a filter at the side or a link between records asks for. Django would take any column, letter by
        letter if need be, and a password's too."""
        sides = {getattr(side, "parameter_name", side) for side in self.list_filter}
        asked = {f"{side}{ending}" for side in sides for ending in ("", *ENDINGS)}
        return "\0" not in str(value) and (lookup in asked or self.is_pointer(lookup.removesuffix(NARROWED), lookup))

    def is_pointer(self, name: str, lookup: str) -> bool:
        """Whether a lookup asks for the rows that point to one record through the column `name`."""
        pointers = {column.name for column in self.opts.concrete_fields if column.many_to_one or column.one_to_one}
        return name != lookup and name in pointers

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = capfirst(str(self.opts.verbose_name_plural))
        context = {"title": title, "narrowed": self.narrowed(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def narrowed(self, request: HttpRequest) -> list[tuple[str, str]]:
        """What a link narrowed the list to, where no filter at the side says so: the column and the record."""
        said = []
        for parameter in request.GET:
            name = parameter.removesuffix(NARROWED)
            if name not in self.list_filter and self.is_pointer(name, parameter):
                said.append(self.named(self.opts.get_field(name), request.GET[parameter]))
        return said

    def named(self, column: Any, value: str) -> tuple[str, str]:
        """A column that points to records, and the record with this id as a link; or the id alone where it is none."""
        pk = as_uuid(value)
        row = column.related_model._default_manager.filter(pk=pk).first() if pk else None
        return str(column.verbose_name), link_to(row) or value

    # -- one record ---------------------------------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        return None if "\0" in object_id else super().get_object(request, object_id, from_field)

    def tools(self, row: Any) -> list[tuple[str, str]]:
        """Further buttons of a record's page: words and address."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if row := context.get("original"):
            context |= {"below": list(lists_below(row, self.admin_site)), "tools": self.tools(row)}
        return super().render_change_form(request, context, *args, **kwargs)

    def not_there(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Back to the index, in words."""
        django_admin: Any = super()
        return django_admin._get_obj_does_not_exist_redirect(request, self.opts, object_id)

    def events_of(self, row: Any) -> QuerySet[Event]:
        """The events that tell of a record, in any order."""
        subject = attrgetter(self.told_by)(row) if self.told_by else row
        return Event.objects.about(event_kind(subject), subject.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self.not_there(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **self.page_of_history(request, row),
            "title": f"History: {row}",
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "object": row,
            "opts": self.opts,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/annotations/object_history.html", context)

    def page_of_history(self, request: HttpRequest, row: Model) -> dict[str, Any]:
        """The events of a record, the newest first, a page at a time."""
        events = self.events_of(row).select_related("person", "project").order_by("-pk")
        paginator = self.get_paginator(request, events, EVENTS_A_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        return {"page": page, "page_var": PAGE_VAR, "events": [told(event) for event in page]}
