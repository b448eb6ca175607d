"""`manage.py import_articles`: files, folders and archives, each on its own, with a report in words."""

import io
import json
import zipfile

import pytest
from django.core.management.base import CommandError

from annotations.models import Article, Event

pytestmark = pytest.mark.django_db


def row(title, **more):
    return json.dumps({"title": title, "text": f"The text of {title}."} | more) + "\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text("A text.")
    (tmp_path / "inner" / "b.jsonl").write_text(row("B") + row("C"))
    (tmp_path / "notes.md").write_text("Not an article.")
    (tmp_path / ".hidden.txt").write_text("Hidden.")
    return tmp_path


def test_a_folder_is_searched(run, project, folder):
    said = run("import_articles", project.slug, folder)
    assert sorted(Article.objects.values_list("title", flat=True)) == ["B", "C", "a"]
    assert "3 created, 1 skipped, 0 failed." in said.out
    assert "notes.md" in said.out
    assert "hidden" not in said.out


def test_the_same_folder_again_adds_nothing(run, project, folder):
    run("import_articles", project.slug, folder)
    before = Event.objects.count()
    assert "0 created, 4 skipped, 0 failed." in run("import_articles", project.slug, folder).out
    assert Event.objects.count() == before


def test_an_archive_is_opened(run, project, folder):
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.write(folder / "a.txt", "deep/a.txt")
        archive.write(folder / "inner" / "b.jsonl", "b.jsonl")
        archive.writestr("__MACOSX/._a.txt", "what a Mac adds")
        archive.writestr("picture.png", b"")
    said = run("import_articles", project.slug, folder / "all.zip")
    assert "3 created, 1 skipped, 0 failed." in said.out


def test_a_bad_file_stops_no_other_and_ends_in_failure(run, project, folder):
    (folder / "bad.jsonl").write_text(row("Good") + "{\n")
    (folder / "broken.zip").write_bytes(b"PK not really")
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    out, err = io.StringIO(), io.StringIO()
    from django.core.management import call_command

    with pytest.raises(CommandError, match="3 could not be taken"):
        call_command("import_articles", project.slug, str(folder), stdout=out, stderr=err)
    assert Article.objects.count() == 3
    for name in ("bad.jsonl, row 2", "broken.zip", "latin.txt"):
        assert name in err.getvalue()


def test_bad_rows_are_passed_over_when_that_is_asked(run, project, folder):
    (folder / "bad.jsonl").write_text(row("Good") + "{\n")
    said = run("import_articles", project.slug, folder / "bad.jsonl", "--skip-bad")
    assert "1 created, 0 skipped, 1 failed." in said.out
    assert Article.objects.get().title == "Good"


def test_a_dry_run_changes_nothing(run, project, folder):
    said = run("import_articles", project.slug, folder, "--dry-run")
    assert "nothing was changed" in said.out
    assert "would create" in said.out
    assert not Article.objects.exists()


def test_a_file_that_is_named_has_to_be_readable(run, project, folder):
    for name in ("notes.md", "missing.txt"):
        with pytest.raises(CommandError):
            run("import_articles", project.slug, folder / name)


def test_a_format_that_is_asked_for_goes_before_the_ending(run, project, folder):
    run("import_articles", project.slug, folder / "notes.md", "--format", "txt")
    assert Article.objects.get().title == "notes"


def test_it_acts_for_the_longest_standing_manager_or_whoever_is_named(run, people, project, folder):
    run("import_articles", project.slug, folder / "a.txt")
    assert Article.objects.get().author == people.max
    with pytest.raises(CommandError):
        run("import_articles", project.slug, folder / "inner" / "b.jsonl", "--by", "ana")
    with pytest.raises(CommandError, match="nobody"):
        run("import_articles", project.slug, folder / "a.txt", "--by", "nobody")


def test_an_unknown_project_is_named(run, project, folder):
    with pytest.raises(CommandError, match="elsewhere"):
        run("import_articles", "elsewhere", folder)
