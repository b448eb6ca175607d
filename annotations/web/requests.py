"""The request as closed views get it: somebody is signed in. Only for the type checker; Django makes the object."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from annotations.models import Person


class WebRequest(HttpRequest):
    """A request behind the sign-in, which `LoginRequiredMiddleware` holds all views to that do not say otherwise."""

    user: Person
    htmx: HtmxDetails
