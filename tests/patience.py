"""How long tests wait for what must come."""

PATIENCE = 120.0
"""Seconds, and only how soon a failure is told: other programs may have the processor meanwhile."""
