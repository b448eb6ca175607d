"""The forms of votes, and of the words that they are given in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import Assessment, VerdictScale
from annotations.models.resolutions import CONFIDENCES
from annotations.services.assessments import AVERITEC
from annotations.web.fields import Choice, Choices, Line, Several, Text, Tick, WriteForm, blank_first


class AssessmentForm(WriteForm):
    """One's own vote, in the words of `scale`."""

    verdict = Choice(_("Verdict"), (), required=True, radios=True)
    confidence = Choice(_("Confidence"), blank_first(CONFIDENCES))
    evidence = Several(_("It rests on"), ())
    rationale = Text(_("Why"), rows=3)

    def __init__(self, *args: Any, mode: str, scale: VerdictScale, evidence: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, called=mode, **kwargs)
        self.fields["verdict"].choices = list(scale.words.items())  # type: ignore[attr-defined]
        self.fields["evidence"].choices = list(evidence)  # type: ignore[attr-defined]
        if not self.fields["evidence"].choices:  # type: ignore[attr-defined]
            del self.fields["evidence"]


def initial_assessment(assessment: Assessment | None) -> dict[str, Any]:
    if assessment is None:
        return {}
    columns = ("verdict", "confidence", "rationale")
    cited = [str(citation.evidence_id) for citation in assessment.citations.all()]
    return {name: getattr(assessment, name) for name in columns} | {"evidence": cited}


class VerdictScaleForm(WriteForm):
    """Its name; its words stand in `VerdictWordForm`s beside it."""

    called = "scale"

    name = Line(_("Name"), max_length=80)
    ordered = Tick(_("The words are in an order, from one end to the other"))


class VerdictWordForm(WriteForm):
    """One word, and which of AVeriTeC's four it is; without a name it is none."""

    called = "word"

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    name = Line(_("Word"), max_length=60)
    averitec = Choice(_("In AVeriTeC"), [(word, word) for word in AVERITEC])
    definition = Text(_("When it is given"), rows=2)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"word{number}", **kwargs)
