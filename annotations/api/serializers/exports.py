"""Exports: which format, and what the report says of it."""

from rest_framework import serializers

from annotations.api.fields import Strict, Word
from annotations.queries.exports import FORMAT_NAMES


class ExportQuery(Strict):
    """Which format."""

    format = Word(FORMAT_NAMES)


class ReasonShape(serializers.Serializer):
    """Why a format could not carry something, and how often."""

    reason = serializers.CharField()
    count = serializers.IntegerField()


class CountShape(serializers.Serializer):
    """How many records of a kind were written and lost."""

    written = serializers.IntegerField()
    lost = serializers.IntegerField()
    reasons = ReasonShape(many=True)


class ExportReportShape(serializers.Serializer):
    """What an export carries and what not."""

    format = serializers.CharField()
    records = serializers.DictField(child=CountShape())
