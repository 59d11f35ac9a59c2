"""`manage.py serve` without building the page, which needs Node and most of a minute."""

from __future__ import annotations

import sys
from unittest.mock import patch

import manage


def serve() -> None:
    """Returns when the server was stopped."""
    sys.argv = ["manage.py", "serve", *sys.argv[1:]]
    with patch("hosting.page.build.ensure_page"):
        manage.main()


if __name__ == "__main__":
    serve()
