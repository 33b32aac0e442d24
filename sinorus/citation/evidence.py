"""The text of a file of marks: `[[mark]]` tables that a person reads, orders and comments.

What is added stands behind the rest; what is changed or taken away leaves every other character as
it was, comments too. Each change is read back before anybody gets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sinorus.citation.reference import Reference
from sinorus.config import parse_toml
from sinorus.errors import ConfigError, SinorusError
from sinorus.model.marks import Mark

if TYPE_CHECKING:
    from tomlkit.items import Item, Table
    from tomlkit.toml_document import TOMLDocument

_HEAD = """\
# What is marked in this library, by sinorus. It is yours to edit: notes, sets, order, comments.
# An id ends in the hash of what is said there, by which the paragraph is found again.
"""
LONGEST_NAME = 100
"""Characters of the name of a set."""
_KEYS = ("set", "id", "note", "words", "query", "day")
_ID = re.compile(r"(?P<document>.+)#(?P<first>\d{1,9})(?:-(?P<last>\d{1,9}))?(?:@(?P<hash>\w+))?")
_HASH = re.compile("[0-9a-f]{8}")
_TABLE = re.compile(r"""^[ \t]*\[\[[ \t]*["']?mark["']?[ \t]*\]\]""", re.M)
_PLACE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def reference_of(name: str) -> Reference | None:
    """What an id names, `DOCUMENT#3-5@HASH`; None if it names no paragraph."""
    match = _ID.fullmatch(name)
    if match is None or (match["hash"] and not _HASH.fullmatch(match["hash"])):
        return None
    first = int(match["first"])
    last = int(match["last"] or first)
    reference = Reference(match["document"], first, last, match["hash"] or "")
    return reference if 1 <= first <= last else None


def set_name(written: str) -> str:
    """The name of a set as it is kept. Raises SinorusError for what is not one."""
    name = normalize("NFC", " ".join(written.split()))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise SinorusError(
            f"{written[:LONGEST_NAME]!r} is no name for a set of marks",
            f"write one of up to {LONGEST_NAME} letters, numbers and signs",
        )
    return name


@lru_cache(maxsize=4)
def read_marks(text: str, source: str) -> tuple[Mark, ...]:
    """The marks of a file, in its order. Raises ConfigError with the line of what is wrong."""
    try:
        content = parse_toml(text)
    except ValueError as fault:  # not TOML, or a number of thousands of digits
        told = str(fault)
        place = _PLACE.search(told)
        line = (place and place[1]) or text.count("\n") + 1
        what = _PLACE.sub("", told)
        raise ConfigError(f"{source}:{line}: {what}", "see docs/marks.md for its form") from None
    except RecursionError:
        raise ConfigError(f"{source}: lists in lists, too deep to be marks", "") from None
    unknown = sorted(set(content) - {"mark"})
    listed = content.get("mark", [])
    if unknown or not isinstance(listed, list):
        key = unknown[0] if unknown else "mark"
        line = _line_of(text, key)
        hint = "a file of marks has tables [[mark]] and nothing else"
        raise ConfigError(f"{source}:{line}: {key!r} is no table of a mark", hint)
    return tuple(_mark(one, partial(_place, text, source, at)) for at, one in enumerate(listed))


def _mark(told: object, where: Callable[[str], str]) -> Mark:
    """One mark of a file; `where` says where it, or a key of it, stands."""
    if not isinstance(told, dict):
        raise ConfigError(f"{where('')}: {told!r} is no table", "write [[mark]] above its keys")
    for key, value in told.items():
        if key not in _KEYS:
            from difflib import get_close_matches

            near = get_close_matches(key, _KEYS, 1, 0.5)
            hint = f"did you mean {near[0]!r}?" if near else f"a mark has {', '.join(_KEYS)}"
            raise ConfigError(f"{where(key)}: unknown key {key!r}", hint)
        if key == "day":
            told = {**told, key: _day(value, where)}
        elif not isinstance(value, str):
            raise ConfigError(f"{where(key)}: {key} is no text", f'write {key} = "…"')
    for key in ("set", "id"):
        if key not in told:
            raise ConfigError(f"{where('')}: this mark has no {key}", f'write {key} = "…"')
    if reference_of(told["id"]) is None:
        hint = 'write id = "energy#4@f73b87e8", or a range: "energy#4-6@f73b87e8"'
        raise ConfigError(f"{where('id')}: {told['id']!r} is no id of a paragraph", hint)
    try:
        name = set_name(told["set"])
    except SinorusError as fault:
        raise ConfigError(f"{where('set')}: {fault.message}", fault.hint) from None
    return Mark(**{**told, "set": name})


def _day(value: object, where: Callable[[str], str]) -> str:
    told = value.isoformat() if isinstance(value, date) else value
    if not isinstance(told, str) or (told and not _DAY.match(told)):
        raise ConfigError(f"{where('day')}: day = {value!r} is no day", "write day = 2026-11-26")
    return told[:10]


def _place(text: str, source: str, number: int, key: str) -> str:
    """`marks.toml:12` of the table of that number, or of a key in it."""
    starts = [match.start() for match in _TABLE.finditer(text)]
    if number >= len(starts):  # the tables are written in another way
        return source
    end = starts[number + 1] if number + 1 < len(starts) else len(text)
    line = text.count("\n", 0, starts[number])
    return f"{source}:{line + (_line_of(text[starts[number] : end], key) if key else 1)}"


def _line_of(text: str, key: str) -> int:
    """The line on which a key stands, from 1; the first if it cannot be told."""
    match = re.search(rf"""^[ \t]*\[*[ \t]*["']?{re.escape(key)}["']?[ \t]*[=\].]""", text, re.M)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def added(text: str, marks: Iterable[Mark], source: str) -> str:
    """The file with marks behind those it has."""
    new = list(marks)
    body = text if text.strip() else _HEAD
    parts = [body if body.endswith("\n") else f"{body}\n"]
    parts += [_written(one) for one in new]
    return _as_meant("\n".join(parts), [*read_marks(text, source), *new], source)


def without(text: str, numbers: Collection[int], source: str) -> str:
    """The file without the marks of these numbers, which count from 0; comments stay."""
    from tomlkit.items import Comment

    there = read_marks(text, source)
    blocks = _blocks(text, source, len(there))
    new = text
    for at in sorted(numbers, reverse=True):
        start, end = blocks[at]
        _, table = _opened(text[start:end])
        tail = _tail(table)
        kept = any(isinstance(item, Comment) for item in tail)
        left = "".join(item.as_string() for item in tail).lstrip("\n") if kept else ""
        before = new[:start] if left or new[end:] else new[:start].rstrip("\n") + "\n"
        new = f"{before}{left}{new[end:]}"
    return _as_meant(new, [one for at, one in enumerate(there) if at not in numbers], source)


def noted(text: str, notes: Mapping[int, str], source: str) -> str:
    """The file with other notes at the marks of these numbers, from 0; an empty one goes."""
    there = read_marks(text, source)
    blocks = _blocks(text, source, len(there))
    new = text
    for at in sorted(notes, reverse=True):
        note, (start, end) = notes[at], blocks[at]
        document, table = _opened(text[start:end])
        tail: Sequence[Item] = ()
        if not note:
            table.pop("note", None)
        elif "note" in table:
            table["note"] = _text(note)
        else:
            tail = _tail(table)
            table.add("note", _text(note))
        for item in tail:
            table.add(item)  # type: ignore[call-overload]
        new = f"{new[:start]}{document.as_string()}{new[end:]}"
    meant = [one._replace(note=notes.get(at, one.note)) for at, one in enumerate(there)]
    return _as_meant(new, meant, source)


def _blocks(text: str, source: str, count: int) -> list[tuple[int, int]]:
    """From where to where the tables of marks stand, each with what follows it: to change one of a
    thousand must not take a thousand times as long.
    """
    starts = [match.start() for match in _TABLE.finditer(text)]
    if len(starts) != count:
        raise _unsafe(source)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _opened(block: str) -> tuple[TOMLDocument, Table]:
    import tomlkit

    document = tomlkit.parse(block)
    table: Table = document["mark"][0]
    return document, table


def _tail(table: Table) -> list[Item]:
    """Takes off what stands behind the last key of a table: it is about what follows."""
    body, found = table.value.body, []
    while body and body[-1][0] is None:
        found.append(body.pop()[1])
    return found[::-1]


def _written(mark: Mark) -> str:
    """A table of a mark."""
    import tomlkit

    table = tomlkit.table()
    for key, value in mark._asdict().items():
        if key == "day" and value:
            table.add(key, tomlkit.date(value))
        elif value:
            table.add(key, _text(value))
    return f"[[mark]]\n{table.as_string()}"


def _text(value: str) -> Any:
    """A text as TOML has it; one of several lines on as many."""
    import tomlkit

    try:
        value.encode()
    except UnicodeEncodeError:
        raise SinorusError(
            f"{value[:60]!r} cannot be written into a file of marks",
            "give the document a name in UTF-8",
        ) from None
    several = "\n" in value.strip("\n") and value.replace("\n", "").isprintable()
    if several and not _TABLE.search(value):  # a line of it must not look like the next mark
        return tomlkit.string(value, multiline=True)
    return tomlkit.string(value)


def _as_meant(text: str, meant: Sequence[Mark], source: str) -> str:
    """The text, if it says what it is meant to."""
    if read_marks(text, source) != tuple(meant):
        raise _unsafe(source)
    return text


def _unsafe(source: str) -> ConfigError:
    return ConfigError(
        f"{source}: it is written in a way that sinorus cannot change safely",
        "write each mark as a table [[mark]], or change it by hand",
    )
