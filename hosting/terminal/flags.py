"""Turns options of `serve` into the environment variables that settings read.

So a setting has one source and one validation.
"""

from __future__ import annotations

import argparse
from collections.abc import MutableMapping, Sequence


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Declare the options, for parsing them and for the `--help` of `serve`."""
    parser.add_argument("--host", metavar="ADDRESS", help="listen on this address (MYLLM_HOST)")
    parser.add_argument("--port", metavar="N", help="listen on this port (MYLLM_PORT)")
    parser.add_argument(
        "--open",
        action="store_true",
        help="let the whole local network in, without pairing (MYLLM_OPEN)",
    )
    parser.add_argument(
        "--tls",
        action="store_true",
        help="serve https, by an authority of this computer's own (MYLLM_TLS)",
    )
    parser.add_argument(
        "--model",
        action="append",
        metavar="MODEL",
        help="offer this model, the first being the default; may be repeated (MYLLM_MODELS)",
    )


def flags_to_environment(arguments: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """Write the flags of `serve` and `doctor` into `environ`; other commands and options are
    ignored.
    """
    if not arguments or arguments[0] not in ("serve", "doctor"):
        return
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    add_flags(parser)
    try:
        flags, _ = parser.parse_known_args(arguments[1:])
    except argparse.ArgumentError:
        return  # an option without its value: `serve`'s own parser reports it
    environ.update(_settings(flags))


def _settings(flags: argparse.Namespace) -> dict[str, str]:
    given = {
        "MYLLM_HOST": flags.host,
        "MYLLM_PORT": flags.port,
        "MYLLM_OPEN": "1" if flags.open else None,
        "MYLLM_TLS": "1" if flags.tls else None,
        "MYLLM_MODELS": ",".join(flags.model) if flags.model else None,
    }
    return {name: value for name, value in given.items() if value is not None}
