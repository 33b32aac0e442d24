"""The whole screen as styled lines: the query, what was found, the paragraph, the keys.

Every line is as wide as the screen at most. All that comes from documents is made harmless, and
none of it is read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from sinorus.model import Hit, Paragraph
from sinorus.model.marks import SIGN
from sinorus.pick import wording
from sinorus.pick.desk import Desk
from sinorus.render import phrases
from sinorus.render.marks import note_lines, sign
from sinorus.render.palette import PALETTE
from sinorus.render.spans import reflowed_pieces, standing
from sinorus.render.terminal.layout import MEASURE, truncate_middle, truncate_start, wrapped
from sinorus.render.terminal.paragraphs import paragraph_lines
from sinorus.render.visible import cell_width, harmless, one_line

PROMPT = "› "
INKS = {
    **PALETTE,
    "prompt": "cyan",
    "pointer": "cyan",
    "marked": "yellow",
    "here": "reverse",
    "fault": "yellow",
    "key": "bold",
}
"""What the screen is drawn with: names of styles, in the sixteen colours."""
BESIDE = 110
"""Columns from which the paragraph stands beside the list, and not under it."""
_HEAD = 3
"""Lines above the list: the query, what was found, a rule."""
_LONGEST = 12_000
"""Characters of a paragraph that are shown: wrapping more takes longer than a key may."""
_GAP = "  "
_LEAD = 3
"""Lines above the first match when a paragraph is longer than its pane."""


def frame(desk: Desk, width: int, height: int) -> list[Text]:
    """The screen in so many lines of so many cells."""
    if desk.helping:
        body = _help(width)
    elif width >= BESIDE:
        body = _beside(desk, width, height - _HEAD - 1)
    else:
        body = _stacked(desk, width, height - _HEAD - 1)
    lines = [_query(desk, width), _status(desk, width), _rule(width), *body]
    lines = lines[: max(height - 1, 0)]
    lines += [Text() for _ in range(height - 1 - len(lines))]
    return [*lines, _last(desk, width)]


def list_rows(width: int, height: int) -> int:
    """How many hits the list shows."""
    inner = height - _HEAD - 1
    return max(inner // 2 if width >= BESIDE else _list_height(inner), 1)


def _list_height(inner: int) -> int:
    return max(inner * 2 // 5, 3)


def _query(desk: Desk, width: int) -> Text:
    return _cut(Text.assemble((PROMPT, "prompt"), one_line(desk.text)), width)


def _status(desk: Desk, width: int) -> Text:
    if desk.fault:
        return _cut(Text(one_line(desk.fault), style="fault"), width)
    return _cut(Text(one_line(wording.status(desk)), style="label"), width)


def _last(desk: Desk, width: int) -> Text:
    if desk.message:
        return _cut(Text(one_line(desk.message), style="marked"), width)
    return _cut(Text(wording.hints(width), style="label"), width)


def _rule(width: int) -> Text:
    return Text("─" * width, style="label")


def _stacked(desk: Desk, width: int, height: int) -> list[Text]:
    """The list, and the paragraph under it."""
    if not desk.hits:
        return _without_hits(desk, width)
    rows = _list_height(height)
    shown = desk.look(rows)
    widest = max(_id(desk.hits[at], width, here=False).cell_len for at in shown)
    column = min(widest, max(width * 2 // 5, 8))
    lines = [_row(desk, at, column, width) for at in shown]
    lines += [Text() for _ in range(rows - len(lines))]
    return [*lines, _rule(width), *_pane(desk, min(width, MEASURE), height - rows - 1)]


def _beside(desk: Desk, width: int, height: int) -> list[Text]:
    """The list, and the paragraph on its right."""
    if not desk.hits:
        return _without_hits(desk, width)
    left = width * 2 // 5
    right = min(width - left - 3, MEASURE)
    shown = [line for at in desk.look(height // 2) for line in _tall_row(desk, at, left)]
    pane = _pane(desk, right, height)
    lines = []
    for at in range(height):
        line = shown[at] if at < len(shown) else Text()
        line = _filled(line, left)
        line.append(" │ ", "label")
        lines.append(line.append_text(pane[at]) if at < len(pane) else line)
    return lines


def _without_hits(desk: Desk, width: int) -> list[Text]:
    if desk.empty:
        told: tuple[str, ...] = wording.EMPTY
    elif desk.result is None and not desk.text.strip():
        told = wording.NOTHING_ASKED
    else:
        told = ()
    return [_cut(Text(line, style="label"), width) for line in told]


def _help(width: int) -> list[Text]:
    pairs = wording.help_lines()
    widest = max(cell_width(keys) for keys, _ in pairs)
    lines = []
    for keys, told in pairs:
        label = Text(f"{keys}{' ' * (widest - cell_width(keys))}  ", style="key")
        lines.append(_cut(Text.assemble(label, told), width))
    return lines


def _pointer(desk: Desk, at: int) -> Text:
    hit = desk.hits[at]
    here = ("▌", "pointer") if at == desk.cursor else " "
    marked = ("●", "marked") if hit.paragraph.id in desk.marks else " "
    return Text.assemble(here, marked)


def _row(desk: Desk, at: int, column: int, width: int) -> Text:
    """A hit on one line: its id in a column, and the words around its first match."""
    hit = desk.hits[at]
    label = _id(hit, column, here=at == desk.cursor)
    line = Text.assemble(_pointer(desk, at), _filled(label, column), "  ")
    return line.append_text(_around(hit, width - line.cell_len))


def _tall_row(desk: Desk, at: int, width: int) -> list[Text]:
    """A hit on two lines: its id, date and language, and under them the words."""
    hit = desk.hits[at]
    date = hit.document.date.text if hit.document.date else ""
    told = " ".join(one_line(part) for part in (date, hit.document.lang) if part)
    label = _id(hit, width - 3 - cell_width(told), here=at == desk.cursor)
    first = Text.assemble(_pointer(desk, at), label, " ", (told, "label"))
    return [_cut(first, width), Text.assemble("  ", _around(hit, width - 2))]


def _id(hit: Hit, width: int, *, here: bool) -> Text:
    beside = Text(sign(hit.marks), "mark")
    shown = truncate_start(harmless(hit.paragraph.id), max(width - beside.cell_len, 0))
    return Text(shown, "here" if here else "id").append_text(beside)


def _around(hit: Hit, width: int) -> Text:
    """As much of a paragraph as fits on a line, from a little before its first match."""
    if width < 1:
        return Text()
    at = hit.matches[0][0] if hit.matches else 0
    begin = _beginning(hit.paragraph.text, at, width)
    end = begin + 2 * width + 20
    spans = [(max(start, begin) - begin, to - begin) for start, to in hit.matches if to > begin]
    text = Text("…" if begin else "")
    for part, found in reflowed_pieces(hit.paragraph.text[begin:end], spans):
        text.append(part, "match" if found else None)
    return _cut(text, width)


def _beginning(text: str, match: int, width: int) -> int:
    """Where to begin, so that a match is seen: at the beginning, if it is near."""
    room = width * 2 // 3
    if match <= room and cell_width(text[:match]) <= room:
        return 0
    begin = match
    room = width // 3
    while begin and room > 0:
        begin -= 1
        room -= cell_width(text[begin])
    space = text.find(" ", begin, match)
    return space + 1 if space >= 0 else begin


def _pane(desk: Desk, width: int, height: int) -> list[Text]:
    """The document of the hit under the cursor, its paragraph, and those around it, dimmed.

    What does not fit is reached by scrolling; the first match is in sight from the beginning.
    """
    hit = desk.current
    if hit is None or height < 1:
        return []
    head = _head_of(hit, width)[: max(height - 1, 0)]
    before = [line for one in hit.before for line in [*_context(one, width), Text()]]
    found = _paragraph(hit, width)
    after = [line for one in hit.after for line in [Text(), *_context(one, width)]]
    room = height - len(head)
    begin = len(before) + _first_in_sight(found, room)
    if len(before) + len(found) <= room:
        begin = 0
    lines = [*before, *found, *after]
    desk.scroll = max(min(desk.scroll, len(lines) - room - begin), -begin)
    begin += desk.scroll
    return [*head, *lines[begin : begin + room]]


def _first_in_sight(lines: Sequence[Text], room: int) -> int:
    """The line of a paragraph to begin with, so that its first match is among those with room."""
    first = next((at for at, line in enumerate(lines) if _has_match(line)), 0)
    return max(min(first - _LEAD, len(lines) - room), 0) if first >= room else 0


def _context(paragraph: Paragraph, width: int) -> list[Text]:
    return paragraph_lines(_shortened(paragraph), width, style="dim")


def _shortened(paragraph: Paragraph) -> Paragraph:
    if len(paragraph.text) <= _LONGEST:
        return paragraph
    return replace(paragraph, text=paragraph.text[:_LONGEST])


def _head_of(hit: Hit, width: int) -> list[Text]:
    document, paragraph = hit.document, hit.paragraph
    where = standing(paragraph)
    path = harmless(document.path)
    path += f":{where}" if paragraph.line else f", {where}" if where else ""
    lines = [_cut(line, width) for line in wrapped(Text(phrases.title(document), "title"), width)]
    if byline := phrases.byline(document):
        lines.append(_cut(Text(byline, "byline"), width))
    name = _id(hit, width, here=False)
    place = Text(truncate_middle(path, width), "path")
    together = name.cell_len + len(_GAP) + place.cell_len <= width
    lines += [Text.assemble(name, _GAP, place)] if together else [name, place]
    if trail := phrases.breadcrumb(document, paragraph):
        lines.append(_cut(Text(trail, "heading"), width))
    if hit.missing:
        lines.append(_cut(Text(f"missing: {phrases.missing_words(hit)}", "missing"), width))
    if hit.same:
        lines.append(_cut(Text(phrases.same_in(hit), "dim"), width))
    for mark in hit.marks:
        lines.append(_cut(Text(f"{SIGN} {' '.join(note_lines(mark))}", "mark"), width))
    return [*lines, Text()]


def _paragraph(hit: Hit, width: int) -> list[Text]:
    lines = paragraph_lines(_shortened(hit.paragraph), width, hit.matches)
    if (more := len(hit.paragraph.text) - _LONGEST) > 0:
        lines.append(Text(f"… {more:,} more characters: Enter opens the document", "dim"))
    return lines


def _has_match(line: Text) -> bool:
    return any(span.style == "match" for span in line.spans)


def _cut(text: Text, width: int) -> Text:
    text.truncate(max(width, 0), overflow="ellipsis")
    return text


def _filled(text: Text, width: int) -> Text:
    text.append(" " * (width - text.cell_len))
    return text
