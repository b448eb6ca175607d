"""Who has an article open. No record of the project and no event: it is overwritten in place and forgotten."""

from datetime import timedelta

from django.utils import timezone

from annotations.models import Article, Person, Presence

FORGOTTEN_AFTER = timedelta(hours=1)


def note_presence(*, by: Person, article: Article) -> None:
    """Say that a person has the article open now; those who left long ago are forgotten on the way."""
    now = timezone.now()
    Presence.objects.update_or_create(
        article=article, person=by, defaults={"project_id": article.project_id, "seen_at": now}
    )
    Presence.objects.filter(article=article, seen_at__lt=now - FORGOTTEN_AFTER).delete()
