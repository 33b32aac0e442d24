"""What is said of evidence sets and their marks, whatever it is shown on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sinorus.model.marks import MARK_STATES, SIGN, Mark, MarkFound, MarkSet, MarkState
from sinorus.model.wording import counted
from sinorus.render.visible import harmless, many_lines, one_line

_SAID: dict[MarkState, str] = {
    "exact": "as marked",
    "moved": "moved",
    "changed": "changed",
    "gone": "gone",
}


def states(sets: Iterable[MarkSet]) -> str:
    """`3 as marked, 1 moved`: how many marks of some sets have each state; empty for none."""
    counts = dict.fromkeys(MARK_STATES, 0)
    for one in sets:
        for state, count in one.states.items():
            counts[state] += count
    return ", ".join(f"{counts[state]:,} {_SAID[state]}" for state in MARK_STATES if counts[state])


def size(one: MarkSet) -> str:
    """`4 marks, 1 with a note`."""
    notes = f", {one.notes:,} with a note" if one.notes else ""
    return f"{counted(len(one.marks), 'mark')}{notes}"


def days(one: MarkSet) -> str:
    """The days on which something was marked: `2026-11-02 – 2026-11-26`."""
    return one_line(" – ".join(dict.fromkeys(day for day in one.days if day)))


def became(found: MarkFound) -> str:
    """What became of a mark in words: `now #16`, `changed, 80% of the words alike`."""
    was = harmless(found.mark.id)
    match found.state:
        case "exact":
            return ""
        case "moved":
            return f"moved: {was} is now {place(found)}"
        case "changed":
            alike = "not in the words that the mark keeps"
            if found.changed or found.found_changed:
                alike = f"{found.likeness:.0%} of the words alike"
            elif not found.mark.words:
                alike = "the mark keeps no words to compare"
            now = place(found)
            here = now == f"#{found.mark.id.rpartition('#')[2].partition('@')[0]}"
            return f"changed: {was}{'' if here else f' is now {now}'}, {alike}"
        case "gone":
            return f"gone: {was} is not in the library any more"


def place(found: MarkFound) -> str:
    """Where a mark is now: `#16`, with its document where that is another."""
    name = (found.id or "").rpartition("@")[0] or (found.id or "")
    document, _, number = name.rpartition("#")
    return harmless(f"{document if found.elsewhere else ''}#{number}")


def sign(marks: Sequence[Mark]) -> str:
    """What stands beside the id of a paragraph that has marks; empty for one that has none."""
    return f" {SIGN}" if marks else ""


def note_lines(mark: Mark) -> list[str]:
    """The set of a mark and its note: `gas: the figure for 2023`, perhaps in several lines."""
    name = one_line(mark.set)
    return many_lines(f"{name}: {mark.note}" if mark.note else name).split("\n")
