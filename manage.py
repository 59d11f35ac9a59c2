#!/usr/bin/env python3
"""The entry point: `serve`, `test`, and Django's own commands.

Everything above the version check must be valid in an old Python.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may run this
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
        # On a new line, below the progress line of a terminal.
        print("\n" * sys.stderr.isatty() + pick("已取消。", "Cancelled."), file=sys.stderr)
        sys.exit(130)


def start() -> None:
    """Raises `Refusal` if the command cannot be run, or one of its files cannot be used."""
    here = places(os.environ)
    check_data_folder(here)
    follow_running_server(sys.argv, os.environ, here.data)
    try:
        if is_server(sys.argv):
            require_free(here.data)
        ensure_packages(sys.argv)
        if is_server(sys.argv):
            # Before the guard starts: the next server after a crash inherits the lock.
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
    """Whether the command serves, rather than prints its help or version."""
    return argv[1:2] == ["serve"] and not {"-h", "--help", "--version"} & set(argv)


def run_command() -> None:
    """Imports Django, which is certain to be installed only now."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        raise Refusal(str(error), exit_code=2) from None
    except Exception as error:
        if refusal := database_refusal(error):
            raise refusal from None
        raise


def database_refusal(error: Exception) -> Refusal | None:
    """The sentence for a database that cannot be used; None for any other error."""
    from django.db import OperationalError  # noqa: PLC0415

    if not isinstance(error, OperationalError):
        return None
    from hosting.database.trouble import explain_database  # noqa: PLC0415

    return explain_database(error)


if __name__ == "__main__":
    main()
