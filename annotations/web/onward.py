"""Where a page sends a person after a write: back to where they came from, if the form says so and it is ours."""

from django.utils.http import url_has_allowed_host_and_scheme

from annotations.web.requests import WebRequest


def came_from(request: WebRequest) -> str:
    """The path that the address or the form names as `next`; empty where there is none, or it leads elsewhere."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""
