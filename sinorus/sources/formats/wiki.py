"""What wiki software and writers of papers add to Markdown, and no reader of their pages sees.

It is cut out of the text of a block, after the parser has read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sinorus.model import Styled
from sinorus.sources.formats.masks import FILLED, is_masked

_HIDDEN = re.compile(
    r"(?m:^(?:id|collapsed|heading|background-color|ls-type|card-[\w-]+)::[^\n]*$)"  # Logseq
    r"|\(\([0-9a-f-]{36}\)\)"
    r"|\{(?:[#.:][^{}\n]{0,200}|[\w-]{1,40}=[^{}\n]{0,200}|-)\}"  # attributes
    r"|\[\^[^\]\s]{1,64}\]"  # marks of footnotes that are elsewhere, or nowhere
    r"|(?m:^\*\[[^\]\n]{1,100}\]:[ \t]+\S[^\n]*$)"  # what an abbreviation means
    r"|\\[a-z]{0,20}cite[a-z]{0,20}\*?(?:\[[^\]\n]{0,200}\]){0,2}\{[^{}\n]{1,200}\}"  # TeX
    r"|(?m:^\\(?:newpage|pagebreak|clearpage|bigskip|medskip|smallskip)$)"
)
_CITATION = re.compile(r" ?\[(?:[^\[\]@]{0,200}[\s;])?-?@[\w{][^\[\]]{0,1000}\]")
_NAMING = re.compile(
    r" ?(?<![^\s(\[“\"«])@(\{[^{}\n]{1,200}\}|\w(?:[\w:.#$%&+?<>~/-]{0,98}\w)?)"
    r"(?: ?\[([^\[\]@]{0,200})\])?"
)
"""A citation that is part of a sentence: its key, and what it says of the place."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SPAN = re.compile(r"\[([^\[\]\n]{1,1000})\](?=\{[#.\w])")
_BLOCK_ID = re.compile(r"(?:^|\s)\^[A-Za-z0-9-]{1,64}\s*\Z")
_MARKED = re.compile(r"(?<!=)==(?=[^\s=])([^=\n]{1,2000}?)(?<=\S)==(?!=)")
_RAISED = re.compile(r"(?<=\S)\^([^\s^\[\]]{1,32})\^")
_LOWERED = re.compile(r"(?<=\w)~([^\s~]{1,16})~")
_CALLOUT = re.compile(r"\[![\w -]{1,40}\][+-]?[ \t]*\n?")
_NOTE = re.compile(r"\^\[((?:[^\[\]]|\[[^\[\]]*\]){1,5000})\]")
_LETTERS_OF_A_WORD = re.compile(r"[^\W\d_]{3}[\"'”’»)\]]*\Z|[.,;:!?…。，；：！？\"'”’»」』）)\]]\Z")
_NUMBER = re.compile(r"\[?(?:\d{1,4}|[a-z*†‡]|[ivx]{1,5})(?:[,–-]\s?\d{1,4})*\]?")


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
        or "@" in text
        or "\\" in text
        or is_masked(text)
    )


def hidden(text: str) -> list[tuple[int, int]]:
    """The stretches of a block's text that a reader does not see, sorted and apart."""
    found = [match.span() for match in _HIDDEN.finditer(text)]
    found += [match.span() for match in FILLED.finditer(text)]
    if "@" in text:
        found += [match.span() for match in _CITATION.finditer(text)]
        found += [match.span() for match in _NAMING.finditer(text) if _is_citation(match)]
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
    return [_widened(text, *hole) for hole in _apart(sorted(found))]


def raised_and_lowered(text: str) -> list[Styled]:
    """The styles of what stands between carets (`x^2^`) and tildes (`H~2~O`), unless it is a note.

    The signs themselves are among what is `hidden`.
    """
    found = [Styled(*match.span(1), "subscript") for match in _LOWERED.finditer(text)]
    for match in _RAISED.finditer(text):
        if not is_note_mark(text[max(0, match.start() - 8) : match.start()], match.group(1)):
            found.append(Styled(*match.span(1), "superscript"))
    return found


def _is_citation(named: re.Match[str]) -> bool:
    """Whether a name with an `@` is the key of a reference, and not that of a person."""
    key, place = named.groups()
    if _YEAR.search(key):
        return True
    return place is not None and any(map(str.isdigit, place))


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The hole with what is not needed around it: the end of an empty line, one of two spaces."""
    begins = start == 0 or text[start - 1] == "\n"
    if end == len(text) or text[end] == "\n":
        return (max(0, start - 1) if begins else start), end
    if text[end] in " \t" and (begins or text[start - 1] in " \t"):
        return start, end + 1
    return start, end


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


def inline_notes(text: str) -> list[tuple[int, int, int, int]]:
    """The footnotes `^[…]` that stand in a text: start and end, and of what they say."""
    if "^[" not in text:
        return []
    return [(*match.span(), *match.span(1)) for match in _NOTE.finditer(text)]


def is_note_mark(before: str, raised: str) -> bool:
    """Whether what is raised after `before` is the mark of a note and not a power."""
    return bool(_NUMBER.fullmatch(raised.strip()) and _LETTERS_OF_A_WORD.search(before))
