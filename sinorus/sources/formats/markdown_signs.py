"""Whether a text that is not named so is Markdown, as its shape tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAMPLE = 50_000
"""Characters that are looked at."""
_LINE = 2_000
"""Characters of a line that are looked at."""
_FRONT = 200
"""Lines that front matter may have."""

_HEADING = re.compile(r" {0,3}#{2,6}[ \t]+[^\W_]")
_TITLE = re.compile(r"#[ \t]+[^\W_]")
_TASK = re.compile(r"[ \t]*[-*+] \[[ xX]\] \S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*[\w+#.-]*[ \t]*$")
_LINK = re.compile(r"!?\[[^\[\]\n]{1,300}\]\((?:https?://|mailto:|#|\.{0,2}/)?[^\s()]{1,300}\)")
_TARGET = re.compile(
    r"\]\((?:https?://|mailto:|#|\.{1,2}/|/)|\.(?:md|html?|png|jpe?g|gif|svg|pdf)[)#]"
)
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,60}\]: ?\S")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,300}\]:[ \t]+<?(?:https?://|/|#|mailto:)\S")
_QUOTE = re.compile(r" {0,3}>[ \t]+\S")
_STRONG = re.compile(r"(?<![*\w])\*\*[^\s*](?:[^*\n]{0,300}[^\s*])?\*\*(?![*\w])")
_TABLE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
_KEY = re.compile(r"[^\W\d_][\w -]{0,40}:(?:\s|$)")


def looks_like_markdown(text: str) -> bool:
    """Whether a text has the shape of Markdown: something plain text never has, or two signs of it.

    Never in plain text: a link `[…](…)`, a task `- [ ]`, code between fences, a note `[^1]: …`, two
    headings `## …` with an empty line above, of which the first may be a title `# …` that stands
    alone. Signs: front matter, one such heading, `**strong**`, the rule of a table, quotations or
    references `[1]: http…`, which mail has both of and which are one sign. Lists, rules and
    `# comment` say nothing.
    """
    lines = [line[:_LINE] for line in text[:_SAMPLE].splitlines()]
    front, lines = _without_front_matter(lines)
    above = ["", *lines]  # the line above each
    headings = sum(
        1 for at, line in enumerate(lines) if not above[at].strip() and _HEADING.match(line)
    )
    headings += _has_title(lines)
    if headings > 1 or _fenced(lines) or any(map(_is_never_plain, lines)):
        return True
    signs = (
        front,
        headings > 0,
        any(map(_STRONG.search, lines)),
        any(
            "|" in one and "|" in line and _TABLE.match(line)
            for one, line in zip(above, lines, strict=False)
        ),
        any(_QUOTE.match(line) or _REFERENCE.match(line) for line in lines),
    )
    return sum(signs) > 1


def _is_never_plain(line: str) -> bool:
    if _TASK.match(line) or _NOTE.match(line):
        return True
    return "](" in line and any(_TARGET.search(link[0]) for link in _LINK.finditer(line))


def _fenced(lines: Sequence[str]) -> bool:
    """Whether there is a fence that opens code and one that closes it."""
    opened = ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if not opened:
            opened = fence[1]
        elif fence[1].startswith(opened) and line.strip() == fence[1]:
            return True
    return False


def _has_title(lines: Sequence[str]) -> bool:
    """Whether the text begins with a heading of the first level that stands alone."""
    for at, line in enumerate(lines):
        if line.strip():
            alone = at + 1 < len(lines) and not lines[at + 1].strip()
            return alone and _TITLE.match(line) is not None
    return False


def _without_front_matter(lines: list[str]) -> tuple[bool, list[str]]:
    """Whether a text begins with front matter, and the lines below it."""
    start = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    if start == len(lines) or lines[start].strip() not in ("---", "+++"):
        return False, lines
    mark = lines[start].strip()
    for end in range(start + 1, min(len(lines), start + _FRONT)):
        if lines[end].strip() == mark or (mark == "---" and lines[end].strip() == "..."):
            fields = any(_KEY.match(line) or " = " in line for line in lines[start + 1 : end])
            return fields, lines[end + 1 :]
    return False, lines
