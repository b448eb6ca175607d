"""Signing in and out, a new password by mail, and one's own changed. What is answered never tells whether an account
exists.

In the demo the people of the demo stand on the page as buttons: ordinary log-ins, with their password filled in.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth import views as accounts
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from annotations.queries.reports import newest_public
from annotations.services.people import set_preferences
from annotations.web.forms.people import ChangePasswordForm, PasswordForm, ResetForm, SignInForm
from annotations.web.limits import address_in, may_mail
from annotations.web.requests import WebRequest
from annotations.web.respond import SeeOther, page

DEMO_PASSWORD = "demo"  # noqa: S105 - on the page for everybody to see, and only where nobody has set another
DEMO_PEOPLE = (
    ("ana", pgettext_lazy("role", "annotator"), _("marks spans, makes claims, says who said them")),
    ("ben", pgettext_lazy("role", "annotator"), _("reads the same articles as Ana")),
    ("ida", pgettext_lazy("role", "adjudicator"), _("maps positions and proposes how a dispute ends")),
    ("jo", pgettext_lazy("role", "adjudicator"), _("the second person: approves, or not")),
    ("max", pgettext_lazy("role", "manager"), _("sets up labels, members and articles, and may dissent")),
    ("vera", pgettext_lazy("role", "viewer"), _("reads everything and changes nothing")),
    ("olu", _("in no project"), _("sees what a newcomer without a project sees")),
    ("sam", _("superuser"), _("has the admin, and nothing outside it")),
)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = safe_onward(request)
    if request.user.is_authenticated and request.method != "POST":
        return SeeOther(onward)
    typed = request.POST if request.method == "POST" else None
    form = SignInForm(request, data=typed, initial={"username": request.GET.get("username", "")})
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        keep_language(request)
        return SeeOther(onward)
    context = {
        "form": form,
        "next": onward,
        "demo": demo_people(),
        "languages": settings.LANGUAGES,
        "demo_password": "" if settings.DEMO_PASSWORD else DEMO_PASSWORD,
        "report_url": report_to_read(),
    }
    is_refused = form.is_bound and form.has_error(NON_FIELD_ERRORS, "too_many")
    status = 429 if is_refused else 422 if form.is_bound else 200
    return page(request, "annotations/people/sign_in.html", context, status)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return SeeOther(resolve_url(settings.LOGIN_URL))


def keep_language(request: HttpRequest) -> None:
    """What somebody chose at the door stays theirs."""
    if request.GET.get("language") in dict(settings.LANGUAGES):
        set_preferences(by=request.user, language=request.GET["language"])  # type: ignore[arg-type]


@require_POST
def change_preferences(request: WebRequest) -> HttpResponse:
    """From the person's own menu: `language`, or `single_keys` as on or off."""
    choices: dict[str, Any] = {name: request.POST[name] for name in ("language",) if name in request.POST}
    if "single_keys" in request.POST:
        choices["single_keys"] = request.POST["single_keys"] == "on"
    set_preferences(by=request.user, **choices)
    return HttpResponse(status=204) if request.htmx else SeeOther(safe_onward(request))


def safe_onward(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def report_to_read() -> str:
    """In the demo, what a stranger may read without signing in."""
    report = newest_public() if settings.DEMO else None
    return reverse("web:report", args=[report.slug]) if report else ""


def demo_people() -> list[dict[str, Any]]:
    if not settings.DEMO:
        return []
    return [{"username": username, "role": role, "does": does} for username, role, does in DEMO_PEOPLE]


# -- a new password ---------------------------------------------------------------------------------------------------


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class Reset(accounts.PasswordResetView):
    """Asks for an address, and says the same whether an account has it or not."""

    template_name = "annotations/people/reset.html"
    email_template_name = "annotations/people/reset_mail.txt"
    subject_template_name = "annotations/people/reset_subject.txt"
    success_url = reverse_lazy("web:reset_sent")
    form_class = ResetForm
    extra_email_context = {"base_url": settings.BASE_URL}  # never the Host header, which a stranger chooses

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        """Nobody's mailbox is flooded: what is too much is not sent, and the answer is the same."""
        if may_mail(form.cleaned_data["email"]):
            return super().form_valid(form)
        return HttpResponseRedirect(self.get_success_url())


class ResetSent(accounts.PasswordResetDoneView):
    template_name = "annotations/people/reset_sent.html"


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class ResetConfirm(accounts.PasswordResetConfirmView):
    template_name = "annotations/people/reset_confirm.html"
    success_url = reverse_lazy("web:reset_done")
    form_class = PasswordForm


class ResetDone(accounts.PasswordResetCompleteView):
    template_name = "annotations/people/reset_done.html"


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class ChangePassword(accounts.PasswordChangeView):
    """One's own password, by whoever is signed in and knows the old one. They stay signed in here, and nowhere else."""

    template_name = "annotations/people/change_password.html"
    form_class = ChangePasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "address": address_in(self.request)}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        form.save()
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, gettext("Your password is changed. Elsewhere you are signed out."))
        return SeeOther(resolve_url(settings.LOGIN_REDIRECT_URL))

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        status = 429 if form.has_error("old_password", "too_many") else 422
        return page(self.request, self.template_name, self.get_context_data(form=form), status)
