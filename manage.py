#!/usr/bin/env python
"""The command line of the workbench."""

import argparse
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    if sys.argv[1:2] == ["demo"]:
        prepare_demo()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def prepare_demo() -> None:
    """The demo writes its own settings, so it does that before Django asks for them."""
    from workbench import env

    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--port", default="8000")
    asked, _ = parser.parse_known_args(sys.argv[2:])
    if not {"-h", "--help"}.intersection(sys.argv):
        env.prepare_demo(asked.port)


if __name__ == "__main__":
    main()
