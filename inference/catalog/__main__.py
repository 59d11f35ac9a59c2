"""`python -m inference.catalog FOLDER` fetches the built-in model into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from inference.catalog import builtin
from inference.errors import InferenceError


def main(folder: Path) -> int:
    """The exit code: 0 once the model lies there, checked."""
    try:
        if not builtin.present(folder):
            builtin.fetch(folder, lambda part: print(f"{part:.0%}"), lambda: False)
        print(builtin.verify(folder))
    except InferenceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
