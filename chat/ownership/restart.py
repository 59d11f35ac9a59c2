"""How a server asks to be started again. Standard library only."""

from __future__ import annotations

RESTART = 75
"""The exit code for it: EX_TEMPFAIL of BSD's sysexits.h, which no crash has."""
