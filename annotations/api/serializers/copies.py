"""Saved copies: what comes in, what goes out."""

from rest_framework import serializers

from annotations.api.fields import Strict, YesNo, YesNoInQuery
from annotations.api.lists import TrashQuery
from annotations.api.shapes import TrashableShape, any_text, id_or_null, one_of
from annotations.models.copies import WAYS_OF_SAVING


class FetchBody(Strict):
    """Ask for the source's address to be fetched by a worker. A `file` comes as multipart/form-data instead."""

    fetch = YesNo(help_text="true")


class CopyQuery(TrashQuery):
    """Which copies."""

    differs = YesNoInQuery(required=False)


class SavedCopyShape(TrashableShape):
    """The bytes of a source as they were at one moment."""

    source = serializers.UUIDField()
    way = one_of(WAYS_OF_SAVING)
    sha256 = serializers.CharField()
    media_type = serializers.CharField(help_text="Found out from the bytes.")
    size = serializers.IntegerField(help_text="Bytes.")
    file_name = any_text(help_text="As it was sent.")
    url = any_text(help_text="Where it was fetched from, behind every redirect.")
    retrieved_at = serializers.DateTimeField()
    title = any_text()
    published_on = any_text()
    publisher_name = any_text()
    text = any_text(help_text="What can be read in it.")
    differs = serializers.BooleanField(help_text="It reads otherwise than the copy before.")
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    acknowledged_by = id_or_null()


class MadeCopyShape(serializers.Serializer):
    """The copy that was saved, or the job that fetches it."""

    copy = id_or_null()
    job = id_or_null()
    sha256 = any_text()
    differs = serializers.BooleanField()
