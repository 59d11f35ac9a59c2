"""What `pair` and `doctor` learn from the server that runs on the same data folder.

Standard library only: it comes before the bootstrap.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from chat.management.data_folder.running import running_owner

_COMMANDS = frozenset({"pair", "doctor"})


def follow_running_server(
    argv: Sequence[str], environ: MutableMapping[str, str], data: Path
) -> None:
    """Let the command be about the ports of the server that runs, with whatever options that was
    started; unless a port is named, or nothing runs that says where it answers.
    """
    if not _COMMANDS.intersection(argv[1:2]) or any(one.startswith("--port") for one in argv):
        return
    owner = running_owner(data)
    port = urlsplit(owner.address).port if owner else None
    if owner is None or port is None:
        return
    environ["MYLLM_PORT"] = str(port)
    if owner.https_port:
        environ.update({"MYLLM_TLS": "1", "MYLLM_TLS_PORT": str(owner.https_port)})
