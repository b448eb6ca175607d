"""`manage.py export PROJECT --format F [--output FILE]`: a project as a file, with the report of what it cannot carry.

The report goes to standard error and, beside a file, to FILE.report.json. A file appears whole or not at all.
"""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.asked import project_named
from annotations.queries.exports import FORMAT_NAMES, Export, export


class Command(BaseCommand):
    help = "Write a project in one of the export formats, from one snapshot. Nothing in the database changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("project", help="the project's slug")
        parser.add_argument("--format", choices=FORMAT_NAMES, required=True)
        parser.add_argument("--output", help="a file; without it the export goes to standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        exported = export(project_named(options["project"]), None, options["format"])
        if options["output"]:
            self.to_file(exported, Path(options["output"]))
        else:
            self.to_standard_output(exported)
        self.stderr.write(report_of(exported), self.style.NOTICE)

    def to_file(self, exported: Export, target: Path) -> None:
        try:
            write_whole(target, exported.chunks)
            write_whole(target.with_name(f"{target.name}.report.json"), [report_of(exported).encode()])
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error

    def to_standard_output(self, exported: Export) -> None:
        raw = getattr(self.stdout._out, "buffer", None)  # bytes as they are, whatever the terminal's encoding
        try:
            for chunk in exported.chunks:
                if raw:
                    raw.write(chunk)
                else:
                    self.stdout.write(chunk.decode(), ending="")
            self.stdout.flush()
        except BrokenPipeError:  # whoever reads has enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            raise SystemExit(1) from None


def report_of(exported: Export) -> str:
    return json.dumps(exported.report.as_json(), ensure_ascii=False, indent=2) + "\n"


def write_whole(target: Path, chunks: Any) -> None:
    """Write beside the target and rename, so that nobody ever reads half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~current_umask())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
