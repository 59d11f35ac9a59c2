"""Settings from the environment: an invalid value is an error with the variable's name."""

from __future__ import annotations

from MyLLM.env.plain import flag
from MyLLM.env.reading import read
from MyLLM.env.secret import secret
from MyLLM.env.typed import variable
from MyLLM.env.variables import check_limits, notices

__all__ = ["check_limits", "flag", "notices", "read", "secret", "variable"]
