"""The forms of resolutions: proposing one with a verdict on each statement, approving it, dissenting from it."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.models import Claim, VerdictScale
from annotations.models.resolutions import CONFIDENCES
from annotations.queries.resolutions import Proposal, VerdictSeen
from annotations.web.fields import Choice, Choices, Line, Several, Text, WriteForm, blank_first
from annotations.web.forms.disputes import DATE_HELP


class ResolutionForm(WriteForm):
    """What holds for all verdicts together. The verdicts stand in `VerdictForm`s beside it."""

    called = "resolution"

    rationale = Text(
        _("Rationale"), required=True, rows=6, help_text=_("Why these verdicts, for a reader who was not there.")
    )
    search_log = Text(
        _("Search log"),
        help_text=_("Where you looked, and found nothing. Needed for a verdict that cites no evidence."),
    )
    as_of = Line(_("As of"), max_length=10, help_text=DATE_HELP)
    reopen_if = Text(_("Reopen if"), help_text=_("What would have to come up for this to be looked at again."))


class VerdictForm(WriteForm):
    """The verdict on one statement."""

    called = "verdict"

    verdict = Choice(_("Verdict"), (), radios=True)
    confidence = Choice(_("Confidence"), blank_first(CONFIDENCES))
    evidence = Several(_("It rests on"), ())
    note = Text(_("Note"), rows=2)

    def __init__(
        self,
        *args: Any,
        claim: Claim,
        name: str,
        scale: VerdictScale,
        is_needed: bool,
        evidence: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, prefix=str(claim.pk), **kwargs)
        self.claim, self.name, self.is_needed = claim, name, is_needed
        verdicts = list(scale.words.items())
        self.fields["verdict"].choices = verdicts if is_needed else [("", gettext("No verdict")), *verdicts]  # type: ignore[attr-defined]
        self.fields["evidence"].choices = list(evidence)  # type: ignore[attr-defined]
        if not self.fields["evidence"].choices:  # type: ignore[attr-defined]
            del self.fields["evidence"]


class ApprovalForm(WriteForm):
    called = "approve"
    comment = Text(_("Comment"), rows=2)


class DissentForm(WriteForm):
    """Besides the reason, a menu for each statement that was judged: what one would have said."""

    called = "dissent"
    reason = Text(_("Why you dissent"), required=True, rows=3)

    def __init__(self, *args: Any, proposal: Proposal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seen in proposal.verdicts if proposal else ():
            words = proposal.resolution.scale.words  # type: ignore[union-attr]
            unchanged = gettext("as proposed: %(verdict)s") % {"verdict": seen.words}
            asked = gettext("%(statement)s, I would say") % {"statement": seen.name}
            self.fields[f"verdict-{seen.verdict.claim_id}"] = Choice(asked, blank_first(words.items(), unchanged))

    @property
    def would_be(self) -> dict[str, str]:
        """The verdicts that differ, by claim id as text."""
        said = {name.removeprefix("verdict-"): word for name, word in self.typed.items() if name.startswith("verdict-")}
        return {claim: word for claim, word in said.items() if word}


def initial_verdict(seen: VerdictSeen) -> dict[str, Any]:
    verdict = seen.verdict
    return {
        "verdict": verdict.verdict,
        "confidence": verdict.confidence,
        "note": verdict.note,
        "evidence": [str(evidence.pk) for evidence in seen.evidence],
    }
