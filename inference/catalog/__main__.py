"""`python -m inference.catalog FOLDER [SPEC …]` downloads built-in models, by default all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from inference.catalog.builtin import ENTRIES
from inference.catalog.download import download
from inference.catalog.sources import Endpoints
from inference.catalog.stored import verify
from inference.errors import InferenceError
from inference.types import Download


def main(folder: Path, specs: Sequence[str]) -> int:
    """The exit code: 0 once all of them lie there, checked."""
    try:
        for spec in specs or ENTRIES:
            download(ENTRIES[spec], folder, _endpoints(), _show, lambda: False)
            print(verify(ENTRIES[spec], folder))
    except InferenceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _show(progress: Download) -> None:
    print(f"{progress.fraction:.0%} {progress.source}")


def _endpoints() -> Endpoints:
    """As `serve` has them, as far as they are in the environment."""
    usual = Endpoints()
    index = os.environ.get("PIP_INDEX_URL")
    return Endpoints(
        os.environ.get("MODELSCOPE_ENDPOINT") or usual.modelscope,
        os.environ.get("HF_ENDPOINT") or usual.hugging_face,
        (index,) if index else usual.package_indexes,
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
