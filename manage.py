#!/usr/bin/env python3
"""The one entrance: `serve`, `test`, and Django's own commands.

Everything above the version check must be readable to an old Python.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
    sys.exit(
        "MyLLM 需要 Python 3.11 或更新的版本，当前是 %d.%d，请先安装新版 Python。\n"  # noqa: UP031
        "MyLLM needs Python 3.11 or newer, this is %d.%d: please install a newer Python."
        % (sys.version_info[:2] * 2)
    )

from chat.ownership.claim import claim, require_free
from chat.terminal.full_disk import is_no_space
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.backup.pending import apply_pending
from hosting.terminal.flags import flags_to_environment
from hosting.terminal.typed import tidy_environment
from MyLLM.bootstrap import ensure_packages
from MyLLM.guard import become_guarded
from MyLLM.places import address, check_data_folder, explain_failure, places
from MyLLM.running import follow_running_server


def main() -> None:
    flags_to_environment(sys.argv[1:], os.environ)
    tidy_environment(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "MyLLM.settings")
    try:
        start()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(refusal.exit_code)
    except KeyboardInterrupt:
        # Below the line of progress that a terminal shows.
        print("\n" * sys.stderr.isatty() + pick("已取消。", "Cancelled."), file=sys.stderr)
        sys.exit(130)


def start() -> None:
    """Refusal where the command cannot be run, or one of the files it needs cannot be used."""
    here = places(os.environ)
    check_data_folder(here)
    follow_running_server(sys.argv, os.environ, here.data)
    try:
        if is_server(sys.argv):
            require_free(here.data)
        ensure_packages(sys.argv)
        if is_server(sys.argv):
            # Before there is a guard: a server that crashes leaves the folder to its successor.
            claim(here.data, address(os.environ))
        become_guarded(sys.argv)
        if is_server(sys.argv):
            apply_pending(here.data)
        run_command()
    except OSError as error:
        if error.filename is None and not is_no_space(error):
            raise
        raise explain_failure(error, here) from None


def is_server(argv: list[str]) -> bool:
    """Whether the command serves, and does not only say how it is used."""
    return argv[1:2] == ["serve"] and not {"-h", "--help", "--version"} & set(argv)


def run_command() -> None:
    """Django is imported here because only now it is sure to be installed."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise Refusal(str(error), exit_code=2) from None
    except Exception as error:
        if refusal := told_by_database(error):
            raise refusal from None
        raise


def told_by_database(error: Exception) -> Refusal | None:
    """A sentence where the database cannot be used; None for what is no such failure."""
    from django.db import OperationalError  # noqa: PLC0415

    if not isinstance(error, OperationalError):
        return None
    from hosting.database.trouble import explain_database  # noqa: PLC0415

    return explain_database(error)


if __name__ == "__main__":
    main()
