"""What wiki software and publishing tools add to Markdown, and no reader of their pages sees.

Shortcodes and comments are masked before a text is parsed, with characters that stand in no text,
as many bytes for as many; the rest is cut out of the text of a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FILLERS = ("\x7f", "\x86", "\ufdd0", "\U0001fffe")
"""Control characters and noncharacters of one to four bytes."""
_FILLED = re.compile(f"[{''.join(FILLERS)}]+")
_FILLED_LINE = re.compile(rf"\n?^[ \t]*{_FILLED.pattern}[ \t]*$|{_FILLED.pattern}", re.MULTILINE)
_DIVISION = re.compile("^:{3,}[^\n]*$", re.MULTILINE)
"""The beginning or the end of a division, as Pandoc writes it."""
_MASKS = (("{{", "}}"), ("{%", "%}"), ("%%", "%%"))

_HIDDEN = re.compile(
    r"(?m:^(?:id|collapsed|heading|background-color|ls-type|card-[\w-]+)::[^\n]*\n?)"  # Logseq
    r"|\(\([0-9a-f-]{36}\)\)"
    r"|\{(?:[#.:][^{}\n]{0,200}|[\w-]{1,40}=[^{}\n]{0,200})\}"  # attributes
    r"|\[\^[^\]\s]{1,64}\]"  # marks of footnotes that are elsewhere, or nowhere
)
_CITATION = re.compile(r" ?\[(?:[^\[\]@]{0,200}[\s;])?-?@[\w{][^\[\]]{0,1000}\]")
_SPAN = re.compile(r"\[([^\[\]\n]{1,1000})\](?=\{[#.\w])")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]{1,64}\s*\Z")
_MARKED = re.compile(r"==(?=\S)([^=\n]{1,2000}?)(?<=\S)==")
_RAISED = re.compile(r"(?<=\S)\^([^\s^\[\]]{1,32})\^")
_LOWERED = re.compile(r"(?<=\w)~([^\s~]{1,16})~")
_CALLOUT = re.compile(r"\[![\w -]{1,40}\][+-]?[ \t]*\n?")
_MARK = re.compile(r"\[\^([^\]\s]{1,64})\]")
_NOTE = re.compile(r"\^\[((?:[^\[\]]|\[[^\[\]]*\]){1,5000})\]")
_LETTERS_OF_A_WORD = re.compile(r"[^\W\d_]{3}[\"'”’»)\]]*\Z|[.,;:!?…。，；：！？\"'”’»」』）)\]]\Z")
_NUMBER = re.compile(r"\[?(?:\d{1,4}|[a-z*†‡]|[ivx]{1,5})(?:[,–-]\s?\d{1,4})*\]?")


def mask(body: str) -> str:
    """The text with shortcodes, templates and comments masked, byte for byte; lines stay lines."""
    for opening, closing in _MASKS:
        if opening not in body:
            continue
        parts, at = [], 0
        while (start := body.find(opening, at)) >= 0:
            end = body.find(closing, start + len(opening))
            if end < 0:
                break
            end += len(closing)
            parts += [body[at:start], _filler(body[start:end])]
            at = end
        body = "".join([*parts, body[at:]])
    if ":::" in body:
        body = _DIVISION.sub(lambda line: _filler(line.group()), body)
    return body


def _filler(text: str) -> str:
    return "\n".join(
        [_filled(len(line.encode("utf-8", "surrogatepass"))) for line in text.split("\n")]
    )


def _filled(size: int) -> str:
    one, two, three, four = FILLERS
    threes, rest = divmod(size, 3)
    if rest == 1 and threes:
        return three * (threes - 1) + four
    return three * threes + ("", one, two)[rest]


def without_masks(target: str) -> str:
    """What a link leads to; empty where that is known to a publishing tool alone."""
    return "" if _FILLED.search(target) else target


def may_hide(text: str) -> bool:
    """Whether there may be anything in a text that `hidden` or `inline_notes` finds."""
    return (
        "[" in text
        or "{" in text
        or "^" in text
        or "~" in text
        or "==" in text
        or "::" in text
        or "((" in text
        or (not text.isascii() and _FILLED.search(text) is not None)
        or FILLERS[0] in text
    )


def hidden(text: str) -> list[tuple[int, int]]:
    """The stretches of a block's text that a reader does not see, sorted and apart."""
    found = [match.span() for match in _HIDDEN.finditer(text)]
    found += [match.span() for match in _FILLED_LINE.finditer(text)]
    if "@" in text:
        found += [match.span() for match in _CITATION.finditer(text)]
    for pattern in (_SPAN, _MARKED, _LOWERED):
        for match in pattern.finditer(text):
            found += [(match.start(), match.start(1)), (match.end(1), match.end())]
    for match in _RAISED.finditer(text):
        if is_note_mark(text[max(0, match.start() - 8) : match.start()], match.group(1)):
            found.append(match.span())
        else:
            found += [(match.start(), match.start(1)), (match.end(1), match.end())]
    for once in (_CALLOUT.match(text), _BLOCK_ID.search(text, max(0, len(text) - 80))):
        if once is not None:
            found.append(once.span())
    return list(_apart(sorted(found)))


def _apart(holes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    before: tuple[int, int] | None = None
    for start, end in holes:
        if before is not None and start <= before[1]:
            before = before[0], max(before[1], end)
            continue
        if before is not None:
            yield before
        before = start, end
    if before is not None:
        yield before


def marks(text: str) -> list[str]:
    """The labels of footnotes whose marks the parser took for text."""
    return _MARK.findall(text) if "[^" in text else []


def inline_notes(text: str) -> list[tuple[int, int, int, int]]:
    """The footnotes `^[…]` that stand in a text: start and end, and of what they say."""
    if "^[" not in text:
        return []
    return [(*match.span(), *match.span(1)) for match in _NOTE.finditer(text)]


def is_note_mark(before: str, raised: str) -> bool:
    """Whether what is raised after `before` is the mark of a note and not a power."""
    return bool(_NUMBER.fullmatch(raised.strip()) and _LETTERS_OF_A_WORD.search(before))
