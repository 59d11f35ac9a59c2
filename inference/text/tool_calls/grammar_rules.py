"""The named rules of a grammar."""

from __future__ import annotations


class GrammarRules:
    """Adds rules to those of a grammar, under names of its own."""

    def __init__(self, rules: dict[str, str], prefix: str) -> None:
        """New rules are added to `rules`; their names begin with `prefix`."""
        self._rules = rules
        self._prefix = prefix

    def add(self, expression: str) -> str:
        """The name for this expression; itself if it is one."""
        if expression.replace("-", "").isalnum():
            return expression
        name = self.reserve()
        self._rules[name] = expression
        return name

    def reserve(self) -> str:
        """A name whose expression is set later."""
        name = f"{self._prefix}-{len(self._rules)}"
        self._rules[name] = ""
        return name

    def define(self, name: str, expression: str) -> None:
        """Set the expression of a name that was reserved."""
        self._rules[name] = expression
