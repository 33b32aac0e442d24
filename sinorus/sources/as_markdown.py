"""A document as Markdown with front matter, for those who want to correct the text.

What reads it back gets the same paragraphs: each is written as plainly as the reader allows, which
is tried out, with more and more of its signs escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from sinorus.model import Document, Paragraph
from sinorus.sources.formats.registry import MARKDOWN
from sinorus.sources.known import quoted, values_of
from sinorus.sources.paragraphs import read_paragraphs

_MARKS = {"emphasis": "*", "strong": "**", "struck": "~~"}
_LIGHT = re.compile(r"[\\`*_\[\]<>&|~^{}]")
_BEGINS = re.compile(r"(?m)^(\s*)([-+#>=:%.]|\d+(?=[.)]))")
_NUMBER = re.compile(r"(?m)^\s*\d+(?=\\[.)])")
_HEAVY = re.compile(r"[!-#%-/:-@\[-`{-~]")  # a dollar that is escaped may close formulas above
_FEEDS = re.compile(r"[ \t]*\n[ \t]*")
_LEVELS = 6


def as_markdown(document: Document, paragraphs: Sequence[Paragraph], origin: str) -> str:
    """The text of a file; `origin` is the name of the one that it is made of."""
    lines = [f"{name}: {text}" for name, text in values_of(document).items()
             if name not in document.derived]  # fmt: skip
    if document.tags:
        lines.append(f"tags: [{', '.join(map(quoted, document.tags))}]")
    if document.citekey:
        lines.append(f"citekey: {quoted(document.citekey)}")
    for key, value in document.extra.items():
        text = quoted(value) if isinstance(value, str) else f"[{', '.join(map(quoted, value))}]"
        lines.append(f"{quoted(key)}: {text}")
    lines.append(f"converted from: {quoted(origin)}")
    return "\n".join(["---", *lines, "---", "", *_blocks(paragraphs)])


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    page = None
    before: Paragraph | None = None
    for one in paragraphs:
        if one.page is not None and one.page != page:
            page = one.page
            label = f" ({one.page_label})" if one.page_label else ""
            yield f"<!-- page {page}{_harmless(label)} -->\n"
        elif before is not None and before.kind == one.kind and one.kind in ("quote", "code"):
            yield "<!-- -->\n"  # two of a kind that stand apart
        yield _written(one) + "\n"
        before = one


def _harmless(label: str) -> str:
    return re.sub(r"[^\w .()\[\]]", "", label)


def _written(one: Paragraph) -> str:
    """One paragraph; the first way to write it that is read as it was."""
    ways = _ways(one)
    for way in ways:
        if _reads_back(way, one):
            return way + _references(one)
    return ways[-1] + _references(one)


def _reads_back(written: str, one: Paragraph) -> bool:
    blocks = read_paragraphs(MARKDOWN, written + "\n", 1).blocks
    kind = one.kind if one.kind not in ("caption", "speaker") else "text"
    return [(block.text, block.kind) for block in blocks] == [(one.text, kind)]


def _references(one: Paragraph) -> str:
    """The marks of its footnotes, at its end: where they stood is not known any more."""
    if one.kind in ("heading", "code", "table"):
        return ""
    return "".join(f"[^{number}]" for number in one.notes)


def _ways(one: Paragraph) -> list[str]:
    text = one.text
    if one.kind == "code":
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
        return [f"{fence}\n{text}\n{fence}"]
    escapes: tuple[Callable[[str], str], ...] = (str, _light, _heavy, _entities)
    if _BEGINS.search(text):  # `2.` alone begins no list, but after a `1.` it does
        escapes = (_begun_otherwise, *escapes[1:])
    if "{" in text:  # whether that is an attribute depends on what stands elsewhere
        escapes = escapes[1:]
    if one.kind == "table":
        return [*(_table(text, escape) for escape in escapes), _html_table(text)]
    styled = [_shaped(one, _styled(one))] if one.spans else []
    return styled + [_shaped(one, escape(text)) for escape in escapes]


def _shaped(one: Paragraph, text: str) -> str:
    if one.kind == "heading":
        return "#" * min(len(one.heading) + 1, _LEVELS) + " " + _FEEDS.sub(" ", text)
    if one.kind == "list":
        return "- " + text.replace("\n", "\n  ")
    if one.kind == "quote":
        return "> " + text.replace("\n", "\n> ")
    if one.kind == "footnote":
        return f"[^{one.n}]: " + text.replace("\n", "\n    ")
    return text


def _table(text: str, escape: Callable[[str], str]) -> str:
    rows = [[escape(cell) for cell in row.split("\t")] for row in text.split("\n")]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def _html_table(text: str) -> str:
    """A table whose rows are not all as long, which Markdown has no other way to write."""
    rows = [
        "".join(f"<td>{_entities(cell)}</td>" for cell in row.split("\t"))
        for row in text.split("\n")
    ]
    return "<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>"


def _begun_otherwise(text: str) -> str:
    return _BEGINS.sub(_begun, text)


def _light(text: str) -> str:
    return _BEGINS.sub(_begun, _LIGHT.sub(r"\\\g<0>", text))


def _begun(match: re.Match[str]) -> str:
    mark = match[2]
    return match[1] + (f"{mark}\\" if mark[0].isdigit() else f"\\{mark}")


def _heavy(text: str) -> str:
    return _NUMBER.sub(r"\g<0>\\", _HEAVY.sub(r"\\\g<0>", text))


def _entities(text: str) -> str:
    """Each sign and blank that Markdown could read as its own, by its number."""
    return re.sub(r"[!-/:-@\[-`{-~]|(?m:^[ \t\d]+)|[ \t]+(?=\n|$)|[^\S\n ]", _numbers, text)


def _numbers(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in match.group())


def _styled(one: Paragraph) -> str:
    """The text with its emphasis and links; what crosses another is left out."""
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    ends: list[int] = []
    for span in one.spans:
        while ends and ends[-1] <= span.start:
            ends.pop()
        if (ends and span.end > ends[-1]) or not one.text[span.start : span.end].strip():
            continue
        if span.kind == "link" and span.target and not re.search(r"[\s<>()]", span.target):
            before, after = "[", f"]({span.target})"
        elif span.kind in _MARKS:
            before = after = _MARKS[span.kind]
        else:
            continue
        ends.append(span.end)
        opened.setdefault(span.start, []).append(before)
        closed.setdefault(span.end, []).insert(0, after)
    parts: list[str] = []
    at = 0
    for place in sorted({*opened, *closed, len(one.text)}):
        parts.append(_LIGHT.sub(r"\\\g<0>", one.text[at:place]))
        parts += closed.get(place, ())
        parts += opened.get(place, ())
        at = place
    return _BEGINS.sub(_begun, "".join(parts)) if not opened.get(0) else "".join(parts)
