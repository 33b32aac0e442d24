"""What the screen says: its keys, its one line about the answer, its page of help."""

from __future__ import annotations

from typing import NamedTuple

from sinorus.model.marks import Saved
from sinorus.model.wording import counted
from sinorus.pick.desk import Desk
from sinorus.pick.filters import SLOTS
from sinorus.render.visible import one_line


class Key(NamedTuple):
    """Keys that do one thing; `short` says it on the last line, `long` on the page of help."""

    keys: str
    action: str
    shown: str
    short: str
    long: str


KEYS = (
    Key(
        "enter", "open", "Enter", "open", "open it: the editor at the line, the viewer at the page"
    ),
    Key("tab", "mark(1)", "Tab", "mark", "mark it, or take its mark away, and go to the next"),
    Key("shift+tab", "mark(-1)", "Shift-Tab", "", "the same, and go to the one before"),
    Key(
        *("ctrl+t,f10", "take", "Ctrl-T", "print ids"),
        "leave, and print the ids of what is marked, else of this one",
    ),
    Key(
        "ctrl+y", "quote", "Ctrl-Y", "copy", "copy it as a quotation with its source, or all marked"
    ),
    Key("ctrl+s,f8", "save", "Ctrl-S", "", "put it, or all that is marked, into your set of marks"),
    Key("ctrl+r", "cite", "Ctrl-R", "", "copy its id, or the ids of all that are marked"),
    Key(
        "ctrl+x", "across", "Ctrl-X", "across", "English, Russian and Chinese at once, or as typed"
    ),
    *(
        Key(slot.key, f"narrow({at})", slot.key.upper(), "", f"narrow by {slot.name}: the next one")
        for at, slot in enumerate(SLOTS)
    ),
    Key("f7", "clear", "F7", "", "no longer narrow by anything"),
    Key("up,ctrl+p", "move(-1)", "↑ ↓", "", "the hit before, the next (also Ctrl-P, Ctrl-N)"),
    Key("down,ctrl+n", "move(1)", "", "", ""),
    Key(
        "pageup",
        "page(-1)",
        "PgUp PgDn",
        "",
        "a page of hits; Ctrl-Home and Ctrl-End: the first, the last",
    ),
    Key("pagedown", "page(1)", "", "", ""),
    Key("ctrl+home", "move(-1000000)", "", "", ""),
    Key("ctrl+end", "move(1000000)", "", "", ""),
    Key("shift+up,alt+up", "scroll(-1)", "Shift-↑ ↓", "", "move the paragraph (also Alt-↑ ↓)"),
    Key("shift+down,alt+down", "scroll(1)", "", "", ""),
    Key("escape,ctrl+q", "leave", "Esc", "leave", "leave, and print nothing"),
    Key("f1", "help", "F1", "help", "this page; ? too, while no word is typed"),
    Key("ctrl+c", "interrupt", "", "", ""),
    Key("ctrl+z", "suspend_process", "", "", ""),
)
"""All keys but those of the line that is typed."""

OPENING = "opening the library …"
SEARCHING = "searching …"
FILTERS_SHOWN = "F2–F6 filters"
EMPTY = (
    "the library is empty: put documents into its folder",
    "or run sinorus add FILE…",
)
NOTHING_ASKED = (
    'Type what you look for: words, "a phrase", pre*, OR, NOT.',
    "? explains the keys.",
)


def status(desk: Desk) -> str:
    """The line under the query: what was found, and what it was narrowed and widened by."""
    parts = [_found(desk), *narrowed(desk)]
    if desk.marks:
        parts.append(f"{len(desk.marks)} marked")
    return " · ".join(filter(None, parts))


def narrowed(desk: Desk) -> list[str]:
    """Each filter that was chosen here, those of the command line, and `across`."""
    told = [
        f"{slot.name}: {desk.chosen[slot.name].label}" for slot in SLOTS if slot.name in desk.chosen
    ]
    replaced = {name for slot in SLOTS if slot.name in desk.chosen for name in slot.filters}
    for name, values in desk.base.filters.items():
        if values and name not in replaced:
            told.append(f"{name.replace('_', ' ')}: {', '.join(values)}")
    return [*told, *(["across"] if desk.across else [])]


def _found(desk: Desk) -> str:
    if desk.doing or not desk.opened:
        return desk.doing or OPENING
    result = desk.result
    if result is None:
        return ""
    if result.partial:
        return f"no paragraph has all words; {result.lacking:,} have some"
    found = counted(result.total, "paragraph")
    if not result.total:
        return "nothing found"
    ending = " with words that begin so" if desk.star else ""
    return f"{found}{ending} in {counted(len(result.tally), 'document')}"


def hints(width: int) -> str:
    """The last line: the keys that one needs most, as many as have room; that of the help has."""
    told = [f"{key.shown} {key.short}" for key in KEYS if key.short]
    told = [told[-1], *told[:-1], FILTERS_SHOWN]
    while len(told) > 1 and len("  ".join(told)) > width:
        told.pop()
    return "  ".join(told)


def help_lines() -> list[tuple[str, str]]:
    """The page of help: keys and what they do."""
    return [(key.shown, key.long) for key in KEYS if key.long]


def narrowed_by(name: str, label: str, count: int, at: int, of: int) -> str:
    """`language: ru, 123 paragraphs (2 of 3)`."""
    return f"{name}: {label}, {counted(count, 'paragraph')} ({at} of {of})"


def saved(done: Saved) -> str:
    """`saved in the set 'gas': 2 paragraphs; 1 was there already`."""
    told = f"saved in the set {one_line(done.set)!r}: {counted(done.new, 'paragraph')}"
    if not done.known:
        return told
    return f"{told}; {done.known:,} {'was' if done.known == 1 else 'were'} there already"


def copied(what: str, number: int) -> str:
    """`copied: 2 quotations`."""
    return f"copied: {counted(number, what)}"
