"""`manage.py import_articles PROJECT PATH...`: files, folders and archives of articles, and a report of what came in.

A file is taken whole or not at all unless --skip-bad; a bad file never stops the others; the same file again adds
nothing.
"""

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.core.errors import WorkbenchError
from annotations.core.formats.archive import FILE_BYTES_AT_MOST, MEBIBYTE, Member, is_archive, members
from annotations.management.asked import manager_of, project_named
from annotations.services.imports import FORMAT_OF_ENDING, FORMATS, ImportReport, import_file

PASSED_OVER = f"Its ending names no format that is read here ({', '.join(FORMATS)})."  # said of files nobody named
PLAIN_FILE_BYTES_AT_MOST = 4 * FILE_BYTES_AT_MOST  # what an operator names is trusted further than what unpacks itself


class Command(BaseCommand):
    help = "Bring articles into a project from .txt and .jsonl files, folders of them, .zip and .tar.gz archives."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("paths", nargs="+", metavar="PATH", type=Path)
        parser.add_argument(
            "--format", choices=FORMATS, default="", help="what every file is read as; else by its ending"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--skip-bad", action="store_true", help="take the good rows of a file that has bad ones")
        parser.add_argument("--by", default="", metavar="USERNAME", help="for whom; else the longest-standing manager")

    def handle(self, *args: Any, **options: Any) -> None:
        project = project_named(options["project"])
        asked = {name: options[name] for name in ("format", "dry_run", "skip_bad")}
        asked |= {"by": manager_of(project, options["by"]), "project": project}
        whole = ImportReport()
        for file in files_in(options["paths"], options["format"]):
            report = take(file, asked)
            self.tell(report, options["dry_run"])
            whole.add(report)
        self.stdout.write(summary(whole, options["dry_run"]))
        if whole.failed and not options["skip_bad"]:
            raise CommandError(f"{len(whole.failed)} could not be taken.")

    def tell(self, report: ImportReport, is_dry_run: bool) -> None:
        done = "would create" if is_dry_run else "created"
        for said in report.created:
            self.stdout.write(f"{done:8} {place(said)}: {said['title']}")
            for note in said["notes"]:
                self.stdout.write(f"         note: {note}")
        for said in report.skipped:
            self.stdout.write(f"skipped  {place(said)}: {said['reason']}")
        for said in report.failed:
            self.stderr.write(f"failed   {place(said)}: {said['reason']}")


def take(file: Member, asked: dict[str, Any]) -> ImportReport:
    """Import one file; whatever is wrong with it stands in the report."""
    if file.refused == PASSED_OVER:
        return ImportReport(skipped=[{"id": None, "name": file.path, "reason": file.refused}])
    if file.refused:
        return ImportReport(failed=[{"name": file.path, "reason": file.refused}])
    try:
        return import_file(name=file.name, content=file.content, **asked)
    except WorkbenchError as error:
        return ImportReport(failed=[{"name": file.path, "reason": error.message}])


def place(said: dict[str, Any]) -> str:
    return f"{said['name']}, row {said['row']}" if "row" in said else str(said["name"])


def summary(report: ImportReport, is_dry_run: bool) -> str:
    counts = f"{len(report.created)} created, {len(report.skipped)} skipped, {len(report.failed)} failed."
    return f"Dry run, nothing was changed. It would be: {counts}" if is_dry_run else counts


# -- finding files ----------------------------------------------------------------------------------------------------


def files_in(paths: list[Path], format: str) -> Iterator[Member]:
    """The files that these paths stand for, folders searched and archives opened, one in memory at a time."""
    for path in paths:
        if path.is_dir():
            yield from files_of_folder(path, format)
        elif is_archive(path.name):
            yield from files_of_archive(path, format)
        else:
            yield file_at(path)


def files_of_folder(folder: Path, format: str) -> Iterator[Member]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if is_archive(path.name):
            yield from files_of_archive(path, format)
        elif not is_hidden(path.relative_to(folder)):
            yield file_at(path) if is_read(path.name, format) else Member(str(path), refused=PASSED_OVER)


def files_of_archive(path: Path, format: str) -> Iterator[Member]:
    try:
        with path.open("rb") as archive:
            for member in members(archive, path.name):
                if not is_hidden(PurePath(member.path)):
                    yield member if is_read(member.name, format) else Member(member.path, refused=PASSED_OVER)
    except WorkbenchError as error:
        yield Member(str(path), refused=error.message)
    except OSError as error:
        yield Member(str(path), refused=f"This file cannot be read: {error.strerror}.")


def file_at(path: Path) -> Member:
    try:
        if path.stat().st_size > PLAIN_FILE_BYTES_AT_MOST:
            return Member(str(path), refused=f"This file is longer than {PLAIN_FILE_BYTES_AT_MOST // MEBIBYTE} MB.")
        return Member(str(path), path.read_bytes())
    except OSError as error:
        return Member(str(path), refused=f"This file cannot be read: {error.strerror}.")


def is_read(name: str, format: str) -> bool:
    return bool(format) or PurePath(name).suffix.lstrip(".").lower() in FORMAT_OF_ENDING


def is_hidden(path: PurePath) -> bool:
    """What programs keep for themselves in folders, such as `.DS_Store`."""
    return any(part.startswith((".", "__MACOSX")) for part in path.parts)
