"""Blocks of HTML that end with a blank line: CommonMark's sixth and seventh kind.

They contain no fences.
"""

from __future__ import annotations

import re

_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|"
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|"
    "hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|"
    "search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_BLOCK = re.compile(rf" {{0,3}}</?(?:{_NAMES})(?:\s|/?>|$)", re.IGNORECASE)
_ATTRIBUTE = r"\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_ALONE = re.compile(
    rf" {{0,3}}(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$"
)


def begins_html(line: str, *, in_paragraph: bool) -> bool:
    """Whether such a block begins with the line. The seventh kind cannot interrupt a paragraph."""
    return bool(_BLOCK.match(line) or (not in_paragraph and _ALONE.match(line)))
