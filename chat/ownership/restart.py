"""The exit code with which a server requests a restart. Standard library only."""

from __future__ import annotations

RESTART = 75
"""EX_TEMPFAIL of BSD's sysexits.h, which no crash has."""
