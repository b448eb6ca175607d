"""Turns a constraint that the database refused into the sentence that its model gives for it."""

from functools import cache

from django.apps import apps
from django.db import IntegrityError
from django.db.models import UniqueConstraint

FALLBACK = "This clashes with a record that is already there."


@cache
def sentences() -> dict[str, str]:
    """By constraint name; for SQLite, which names the columns of a unique constraint instead, by those too."""
    known: dict[str, str] = {}
    for model in apps.get_app_config("annotations").get_models():
        for constraint in model._meta.constraints:
            words = str(constraint.get_violation_error_message())
            sentence = FALLBACK if "%(name)s" in words or "Constraint “" in words else words
            known[str(constraint.name)] = sentence
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                columns = [getattr(model._meta.get_field(name), "column", name) for name in constraint.fields]
                known[", ".join(f"{model._meta.db_table}.{column}" for column in columns)] = sentence
    return known


def sentence_for(error: IntegrityError) -> str:
    """The sentence of the constraint that an IntegrityError names, or a general one."""
    named = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    text = named or str(error).rpartition("constraint failed: ")[2].removeprefix("index ").strip("'")
    return sentences().get(text, FALLBACK)
