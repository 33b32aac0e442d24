"""The state of a library on a terminal: how much there is, of when, what it lacks, how fresh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.text import Text

from sinorus.model import OtherIndex, Status
from sinorus.model.wording import counted, not_read, to_install
from sinorus.render import phrases
from sinorus.render.look import Look
from sinorus.render.terminal.bars import bars, by_years
from sinorus.render.terminal.layout import hanging, side_by_side, wrapped
from sinorus.render.terminal.painter import Painter
from sinorus.render.visible import harmless, one_line

_MOST_COPIES = 5
"""Groups of documents that say the same that people are shown."""
_MOST_LINES = 12
"""Lines of languages, and of years."""
_MOST_WIDTH = 72
"""Cells of a line of languages or years: longer bars say no more."""
_TWO = 96
"""Cells from which languages and years stand side by side."""
_INDENT = "  "
_GAP = 3


def status(state: Status, look: Look) -> Iterator[str]:
    """How much there is; languages and years as bars; then a line for every fact, its name before
    it; damage at the end.
    """
    painter = Painter(look)
    lines = wrapped(Text(harmless(state.library), style="title"), max(look.width, 2))
    lines += wrapped(Text(_amount(state.documents, state.paragraphs, state.words)), painter.measure)
    lines.append(Text())
    lines += _counts(state, look.width)
    facts = _facts(state)
    widest = max(len(name) for name, _ in facts)
    for name, fact in facts:
        label = Text(f"{name:<{widest}}  ", style="label")
        lines += hanging(label, Text(fact), max(painter.measure, widest + 12))
    for damage in state.damage:
        lines += wrapped(Text(f"damage: {one_line(damage)}", style="warning"), painter.measure)
    if state.checked and not state.damage:
        lines.append(Text("checked: no damage"))
    yield painter.paint(lines)


def _counts(state: Status, width: int) -> list[Text]:
    """Documents by language and by year, side by side where there is room."""
    if not state.documents:
        return []
    languages = [(phrases.group_name(lang), counts[0]) for lang, counts in state.languages.items()]
    if len(languages) > _MOST_LINES:
        rest = languages[_MOST_LINES - 1 :]
        more = (f"{len(rest):,} more", sum(number for _, number in rest))
        languages = [*languages[: _MOST_LINES - 1], more]
    years: Counter[int] = Counter()
    for year, number in state.years.items():
        years[int(year[:4])] += number
    period = phrases.period(state.first, state.last)
    blocks = [
        ("documents by language", languages),
        (f"by year, {period}" if period else "", by_years(years, _MOST_LINES)),
    ]
    blocks = [(heading, amounts) for heading, amounts in blocks if amounts]
    beside = width >= _TWO and len(blocks) > 1
    room = min((width - _GAP) // 2 if beside else width, _MOST_WIDTH)
    columns = [_block(heading, amounts, room) for heading, amounts in blocks]
    if beside:
        return [*side_by_side(columns, room), Text()]
    return [line for column in columns for line in (*column, Text())]


def _block(heading: str, amounts: Sequence[tuple[str, int]], width: int) -> list[Text]:
    lines = [Text.assemble(_INDENT, line) for line in bars(amounts, width - len(_INDENT))]
    return [*wrapped(Text(heading, style="label"), width), *lines]


def _facts(state: Status) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    for name, number in state.missing.items():
        if number:
            told = f"{one_line(name)} {number:,} ({_share(number, state.documents)})"
            facts.append(("" if facts else "without", told))
    facts = facts or [("without", "nothing missing")]
    if told := phrases.what_lists_them(state):
        facts.append(("  list", told))
    facts.append(("files", _files(state)))
    facts += _not_read(state)
    for at, group in enumerate(state.copies[:_MOST_COPIES]):
        facts.append(("" if at else "the same", harmless(", ".join(group))))
    if len(state.copies) > _MOST_COPIES:
        more = counted(len(state.copies) - _MOST_COPIES, "more group")
        facts.append(("", f"{more} of documents that say the same: --json lists them"))
    facts += [
        ("updated", one_line(_when(state))),
        ("index", f"{harmless(state.index_path)} ({_size(state.bytes)})"),
        ("engine", f"{one_line(state.engine)}, format {one_line(state.format)}"),
        ("analysis", one_line(state.analysis)),
        ("version", one_line(state.version)),
    ]
    return facts + (_beside(state.other) if state.other is not None else [])


def _share(number: int, total: int) -> str:
    if number == total:
        return "all"
    return "less than 1 %" if number * 100 < total else f"{number / total * 100:.0f} %"


def _files(state: Status) -> str:
    """What has changed on the disk since the index was made, and what to do about it."""
    counts = ((state.added, "new"), (state.changed, "changed"), (state.removed, "removed"))
    told = ", ".join(f"{number:,} {what}" for number, what in counts if number)
    if told:
        return f"{told}: sinorus index brings the index up to date"
    return "as they are in the index" if state.updated else "none"


def _not_read(state: Status) -> list[tuple[str, str]]:
    told = [not_read(state.other_kinds)] if state.other_kinds else []
    return [("", one_line(line)) for line in (*told, *to_install(state.other_kinds, state.extras))]


def _when(state: Status) -> str:
    when = _local(state.updated) if state.updated else "never"
    return f"{when} by {state.by}" if state.by else when


def _local(instant: str) -> str:
    """An instant as the reader's own clock and calendar had it, to the minute."""
    try:
        there = datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone()
    except (ValueError, OverflowError):  # an index says anything
        return one_line(instant)
    return f"{there.day} {there:%B %Y, %H:%M}"


def _beside(other: OtherIndex) -> list[tuple[str, str]]:
    """What the other engine has of the same library."""
    differences = [(other.missing, "missing there"), (other.extra, "only there")]
    differences.append((other.changed, "with another text"))
    told = [f"{number:,} {what}" for number, what in differences if number]
    return [
        ("beside", f"{harmless(other.place)}, {one_line(other.engine)}"),
        ("  updated", _local(other.updated)),
        ("  holds", _amount(other.documents, other.paragraphs, other.words)),
        ("  files", ", ".join(told) or "the same"),
    ]


def _amount(documents: int, paragraphs: int, words: int) -> str:
    counts = ((documents, "document"), (paragraphs, "paragraph"), (words, "word"))
    return ", ".join(counted(number, noun) for number, noun in counts)


def _size(octets: int) -> str:
    size, unit = float(octets), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:,.0f} {unit}" if unit == "bytes" else f"{size:,.1f} {unit}"
