"""Points `pair` and `doctor` to the server that runs on the same data folder.

Standard library only: this precedes the bootstrap.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from pathlib import Path

from chat.ownership.owner import listened_on
from chat.ownership.running import running_owner

_COMMANDS = frozenset({"pair", "doctor"})


def follow_running_server(
    argv: Sequence[str], environ: MutableMapping[str, str], data: Path
) -> None:
    """Set the address and ports in `environ` to those of the running server, whatever its options
    were. Does nothing if `argv` names a port or no server has recorded its address.
    """
    if not _COMMANDS.intersection(argv[1:2]) or any(one.startswith("--port") for one in argv):
        return
    owner = running_owner(data)
    if owner is None:
        return
    host, port = listened_on(owner.address)
    if port is None:
        return
    environ["MYLLM_PORT"] = str(port)
    if not any(one.startswith("--host") for one in argv):
        environ["MYLLM_HOST"] = host
    environ["MYLLM_TLS"] = "1" if owner.https_port else "0"
    if owner.https_port:
        environ["MYLLM_TLS_PORT"] = str(owner.https_port)
