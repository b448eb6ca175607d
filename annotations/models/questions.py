"""Questions with their answers, in AVeriTeC's shape, and the log of what was searched for and where."""

from django.db import models
from django.db.models import Q

from annotations.models.base import BlindQuerySet, EditableRecord, Record, one_of, word_choices

ANSWER_TYPES = word_choices("extractive", "abstractive", "boolean", "unanswerable")


class Question(EditableRecord):
    """What one would have to know to judge the claim. Source of the shape: AVeriTeC."""

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="questions")
    text = models.TextField()

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "question"
        indexes = [models.Index(fields=["project", "id"], name="question_by_project")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_question_asks_something")]

    def __str__(self) -> str:
        return self.text[:80]


class Answer(Record):
    """An answer and the evidence it was read from. A boolean one says yes or no as `text` and explains it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    type = models.CharField(max_length=12, choices=ANSWER_TYPES)
    text = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    evidence = models.ForeignKey("annotations.Evidence", models.PROTECT, null=True, blank=True, related_name="answers")

    class Meta:
        verbose_name = "answer"
        constraints = [
            one_of("type", ANSWER_TYPES),
            models.CheckConstraint(
                condition=~Q(type="boolean") | Q(text__in=("Yes", "No")) & ~Q(explanation=""),
                name="a_boolean_answer_is_explained",
                violation_error_message="A boolean answer is Yes or No, with an explanation.",
            ),
            models.CheckConstraint(
                condition=Q(type="unanswerable") | ~Q(text=""),
                name="an_answer_says_something",
                violation_error_message="Write the answer, or choose “unanswerable”.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type}: {self.text[:60]}"


class Search(EditableRecord):
    """One search that was made for a claim, found or not: what "not enough evidence" rests on."""

    claim = models.ForeignKey("annotations.Claim", models.PROTECT, related_name="searches")
    place = models.CharField("where it was searched", max_length=200)
    query = models.TextField("what was searched for")
    searched_on = models.CharField(max_length=10, blank=True)
    found = models.TextField(blank=True)

    objects = BlindQuerySet.as_manager()
    stands_on = ("claim",)

    class Meta:
        verbose_name = "search"
        verbose_name_plural = "searches"
        indexes = [models.Index(fields=["project", "id"], name="search_by_project")]

    def __str__(self) -> str:
        return f"{self.place}: {self.query[:60]}"
