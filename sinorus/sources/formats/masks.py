"""What publishing tools put into Markdown, and no reader of their pages sees: masked.

Shortcodes, templates, divisions, modules and comments are masked before a text is parsed, with
characters that stand in no text, as many bytes for as many; lines stay lines. Code shows what it
has all the same: where it is masked the file is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sinorus.sources.formats.marks import present

FILLERS = ("\u0378", "\ufdd0", "\U0001fffe")
"""Of two, three and four bytes: a code point that is not assigned, and noncharacters."""
FILLED = re.compile(f"[{''.join(FILLERS)}]+")
_COLON = re.compile(r"^([ \t>]*):(?=[^\s:-])", re.MULTILINE)
"""A colon that begins a line; what it begins is a definition only with a blank behind it."""
_BEFORE_COLON = frozenset("\n \t>")
_MONEY = re.compile(
    r"\$(?=\d[\d.,]*(?:[-–]?[A-Za-z]{2,}|[ \t]+[^\W\d_]{2,}|[ \t]*[.,;:!?)\]\"'”’–—]"
    r"|[-–/ ]*(?:\$|\n)))"
    r"|(?<=[A-Z])\$(?=\d)"
)
"""The sign of a sum of money, which with another would make a formula."""
STAND_INS = ("\x7f", "\x1e")
"""Stand for a colon and a dollar that are no marks, where a text does not have them itself."""
_OPENING = re.compile(r"\{\{|\{%|\{/\*|(?<![\w%])%%|(?<!`)<!--")
_CLOSING = {"{{": "}}", "{%": "%}", "{/*": "*/}", "%%": "%%", "<!--": "-->"}
_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_FENCE_LINE = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_DIVISION = re.compile(
    r"^[ \t>]*(:{3,}|#\+(?:BEGIN|END)_\w)([^\n]*)$", re.MULTILINE | re.IGNORECASE
)
"""The beginning or the end of a division, as Pandoc, Docusaurus or Logseq write it."""
_TITLED = re.compile(r"[ \t]*\w[\w-]*[ \t]*(?=[^\s\w{:-])|[ \t]*\w[\w-]*[ \t]+(?=[^\s{:])")
"""The kind of a division that has a title behind it."""
_MODULE = re.compile(
    r"^(?:import[ \t](?:[^\n]{1,500}[ \t]from[ \t]*)?([\"'])[^\"'\n]{1,500}\1;?[ \t]*$"
    r"|export[ \t](?:(?:const|let|var)[ \t]+\w+[ \t]*=|default[ \t]+[({]"
    r"|(?:default[ \t]+)?(?:async[ \t]+)?(?:function|class)\b[^\n]{0,500}[{(]).*(?:\n.+)*)",
    re.MULTILINE,
)
"""What a page in MDX takes from other modules, or gives them."""


def mask(body: str, marks: str) -> str:
    """The text, which has these marks, with all this masked."""
    if "{" in marks or present(("%%",), body, marks) or ("<!" in marks and "<!--" in body):
        parts, at = [], 0
        for start, end in _hidden(body):
            parts += [body[at:start], _filler(body[start:end])]
            at = end
        body = "".join([*parts, body[at:]])
    if present((":::", "#+"), body, marks):
        body = _DIVISION.sub(_without_division, body)
    if "\nimport " in body or "\nexport " in body or body.startswith(("import ", "export ")):
        body = _MODULE.sub(lambda found: _filler(found.group()), body)
    return body


def masked(body: str, first_line: int, marks: str) -> Masked:
    """The text, which has these marks, with all this masked, and what gets it back."""
    text = mask(body, marks)
    stood_in: dict[str, str] = {}
    colon, dollar = STAND_INS
    if ":" in marks and colon not in marks and _begins_with_colon(text):
        text, stood_in[colon] = _COLON.sub(rf"\1{colon}", text), ":"
    if marks.count("$") > 1 and dollar not in marks:
        text, stood_in[dollar] = _MONEY.sub(dollar, text), "$"
    return Masked(body, text, first_line, stood_in, marks + "".join(stood_in))


def _begins_with_colon(text: str) -> bool:
    """Whether a colon may begin a line, in whatever container."""
    at = text.find(":")
    while at > 0 and text[at - 1] not in _BEFORE_COLON:
        at = text.find(":", at + 1)
    return at >= 0


class Masked:
    """A text and what is masked of it. `stood_in` has what the stand-ins in it stand for.

    `marks` are all that the text has (see `marks_of`), and maybe some that are masked.
    """

    def __init__(
        self, body: str, text: str, first_line: int, stood_in: dict[str, str], marks: str
    ) -> None:
        self.text, self.stood_in, self.marks = text, stood_in, marks
        self._body, self._first = body, first_line
        self._lines: list[str] = []

    def original(self, line: int, column: int, size: int) -> bytes:
        """Bytes of the file: from a column of the line of this number on, so many."""
        if not self._lines:
            self._lines = self._body.split("\n")
        at = line - self._first
        text = self._lines[at] if at < len(self._lines) else ""  # what is parsed ends in more lines
        return (text.encode("utf-8", "surrogatepass") + b"\n")[column : column + size]


def mask_line(line: str) -> str:
    """The line with the sign of a fence masked."""
    return re.sub(r"`{3,}|~{3,}", lambda sign: _filler(sign.group()), line, count=1)


def is_masked(text: str) -> bool:
    """Whether something in the text is masked."""
    return not text.isascii() and FILLED.search(text) is not None


def without_masks(target: str) -> str:
    """What a link leads to; empty where that is known to a publishing tool alone."""
    return "" if is_masked(target) else target


def _hidden(body: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between signs, in its order."""
    ends: dict[str, int] = {}  # the next of each closing sign, from where it was looked for last
    blank = at = -1
    for opening in _OPENING.finditer(body):
        start, sign = opening.start(), opening.group()
        if start < at:
            continue
        closing = _CLOSING[sign]
        if ends.get(closing, -1) < opening.end():
            found = body.find(closing, opening.end())
            ends[closing] = found if found >= 0 else len(body)
        if ends[closing] == len(body):
            continue
        end = ends[closing] + len(closing)
        if blank <= start:
            gap = _BLANK_LINE.search(body, start)
            blank = gap.end() - 1 if gap else len(body)
        if _is_hidden(body, start, end, sign, blank < end):
            at = end + 1 if sign == "{{" and body.startswith("}", end) else end
            yield start, at


def _is_hidden(body: str, start: int, end: int, sign: str, divided: bool) -> bool:
    """Whether nobody sees what begins and ends so; `divided`: an empty line is in it."""
    if sign == "<!--":  # without an empty line the parser knows better
        return divided and _is_comment(body, start, end)
    if sign == "%%":
        begins = start == 0 or body[start - 1] in "\n \t>"
        ends = end == len(body) or body[end] in "\n \t"
        return (begins and ends) if divided else True
    return sign == "{/*" or not divided


def _is_comment(body: str, start: int, end: int) -> bool:
    if body.find("<!--", start + 4, end) >= 0:  # it is the inner one that is closed
        return False
    return len(_FENCE_LINE.findall(body, start, end)) % 2 == 0


def _without_division(line: re.Match[str]) -> str:
    """The line masked, but for the title that a division may have."""
    titled = _TITLED.match(line.group(2)) if line.group(1)[0] == ":" else None
    shown = line.start(2) + titled.end() if titled else line.end()
    title = line.string[shown : line.end()]
    if title[:1] == "[" and title.rstrip()[-1:] == "]":
        title = f" {title.rstrip()[1:-1]} " + title[len(title.rstrip()) :]
    return (
        line.string[line.start() : line.start(1)]
        + _filler(line.string[line.start(1) : shown])
        + title
    )


def _filler(text: str) -> str:
    """The text masked; lines after the first stay in the containers that they are in."""
    first, *others = text.split("\n")
    found = [_filled(first)]
    for line in others:
        bare = line.lstrip(" \t>")
        found.append(line[: len(line) - len(bare)] + _filled(bare))
    return "\n".join(found)


def _filled(line: str) -> str:
    """As many bytes as a line has; of one byte only a space is as short."""
    two, three, four = FILLERS
    threes, rest = divmod(len(line.encode("utf-8", "surrogatepass")), 3)
    if not threes:
        return ("", " ", two)[rest]
    if rest == 1:
        return three * (threes - 1) + four
    return three * threes + (two if rest else "")
