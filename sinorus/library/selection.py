"""What a library's settings say of the files below its source folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zlib import crc32

from sinorus.config import Settings
from sinorus.errors import ConfigError
from sinorus.files import LeadsOut, Tree
from sinorus.library.location import FILE
from sinorus.model import Fault
from sinorus.model.folders import Defaults, FolderTable
from sinorus.sources.ignore import Rules, patterns_of
from sinorus.sources.walk import Selection


def selection(tree: Tree, settings: Settings) -> Selection:
    """What to leave out and what is said of folders. Raises ConfigError for what cannot be."""
    return Selection(_rules(settings), _defaults(tree, settings))


def _rules(settings: Settings) -> Rules | None:
    patterns, faults = patterns_of(settings["exclude"])
    if faults:
        raise ConfigError(
            f"{settings.origin('exclude')}: exclude: {faults[0][1]}",
            "patterns are written as in .gitignore",
        )
    return Rules("", patterns) if patterns else None


def _defaults(tree: Tree, settings: Settings) -> dict[str, Defaults]:
    """The defaults by the path of the folder they are for, those of folders above included."""
    sources: Sequence[str] = settings["sources"]
    tables: dict[str, FolderTable] = {}
    for table in settings["folder"]:
        path = _located(tree, table, sources)
        if path in tables:
            raise ConfigError(f"{_place(table)}: {table.path!r} has a [[folder]] already", "")
        tables[path] = table
    found: dict[str, Defaults] = {}
    for path in sorted(tables):  # what lies above comes first
        above = next((found[one] for one in _above(path) if one in found), Defaults())
        levels = (tables[path].said, *above.levels)
        found[path] = Defaults(f"{crc32(repr(levels).encode('utf-8', 'replace')):08x}", levels)
    return found


def _located(tree: Tree, table: FolderTable, sources: Sequence[str]) -> str:
    """The path of a table, which is a source folder or lies in one. Raises ConfigError."""
    try:
        path = tree.locate(table.path)
    except LeadsOut:
        path = None
    within = {path, *_above(path)} if path is not None else set()
    for source in sources:
        try:
            if tree.locate(source) in within:
                return path or ""
        except LeadsOut:
            continue  # which the walk says
    raise ConfigError(
        f"{_place(table)}: {table.path!r} is not in a source folder of this library",
        f"it has {', '.join(sources)}" if sources else 'set sources = ["seeds"]',
    )


def _above(path: str) -> Iterator[str]:
    """The folders above a path, the nearest first."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _place(table: FolderTable) -> str:
    return (
        table.file if table.line is None else f"{table.file}:{table.lines.get('path', table.line)}"
    )


def table_faults(tree: Tree, tables: Sequence[FolderTable]) -> list[Fault]:
    """What is wrong with tables beside their form: folders not there, values nobody can read."""
    from sinorus.sources.defaults import table_faults as value_faults

    faults: list[Fault] = []
    for table in tables:
        reason = _missing(tree, table.path)
        if reason:
            line = table.lines.get("path", table.line)
            reason = f"[[folder]] {table.path!r} {reason}"
            faults.append(Fault(FILE, line, reason, skipped=False))
        faults += value_faults(table, FILE)
    return faults


def _missing(tree: Tree, written: str) -> str:
    try:
        tree.folder(tree.locate(written)).close()
    except FileNotFoundError:
        return "does not exist"
    except NotADirectoryError:
        return "is not a folder"
    except OSError:
        return ""  # the walk says what it is
    return ""
