"""Files that say what another file is: `a.pdf.yaml`, or `a.md` beside `a.pdf`. Opens none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from zlib import crc32

from sinorus.sources.entry import Entry
from sinorus.sources.formats.registry import BY_SUFFIX
from sinorus.sources.kinds import suffix_of
from sinorus.sources.stamps import Stamp

SUFFIXES = (".yaml", ".yml", ".toml", ".json")
"""What is added to the name of a file for one that describes it, the strongest first."""
NOTE = ".md"
"""What is in the place of its suffix, where its kind has no front matter."""
State = tuple[int, int, int, int]
"""Size, mtime, ctime and inode."""
States = dict[str, State]
"""Those of files that describe a source, by their paths."""
DESCRIBES_ANOTHER = "it says what the file beside it is, and has no text of its own"
"""Why a file is no document that describes another; nobody needs to be told."""
DESCRIBES = "+"
"""In the stamp of a file that may describe another."""


def may_describe(path: str) -> bool:
    """Whether a file of this name, which is no source, may describe another."""
    return path.lower().endswith(SUFFIXES)


def pair(
    files: list[Entry], others: list[str], links: Sequence[str], handle: int
) -> dict[str, States]:
    """Gives the sources of one folder, whose handle it is, what describes them.

    What does so is taken from the `others`. What may describe the files that `links` lead to comes
    back.
    """
    at = {entry.path: number for number, entry in enumerate(files)}
    linked = set(links)
    found: dict[str, States] = {}
    taken: set[str] = set()
    for path in filter(may_describe, others):
        base = path.rpartition(".")[0]
        if base in at or base in linked:
            with suppress(OSError):  # gone since it was listed
                name = path.rpartition("/")[2]
                status = os.stat(name, dir_fd=handle, follow_symlinks=False)
                found.setdefault(base, {})[path] = state_of(status)
                taken.add(path)
    if taken:
        others[:] = [path for path in others if path not in taken]
    notes: set[str] = set()
    for path in (*at, *links):
        if _has_notes(path) and (note := _note_of(path)) in at:
            found.setdefault(path, {})[note] = files[at[note]][2:6]
            notes.add(note)
    for path, states in found.items():
        if path in at:
            files[at[path]] = described(files[at[path]], states)
    for note in notes:
        entry = files[at[note]]
        stamp = Stamp.of(entry.defaults.stamp)
        marked = stamp._replace(beside=stamp.beside + DESCRIBES).written()
        said = entry.defaults._replace(stamp=marked, describes=True)
        files[at[note]] = entry._replace(defaults=said)
    return {path: found[path] for path in linked if path in found}


def described(entry: Entry, states: States) -> Entry:
    """A source with the files that describe it."""
    beside = tuple(sorted(states, key=lambda path: (_rank(path), path)))
    stamp = Stamp.of(entry.defaults.stamp)
    of_beside = stamp_of([(path, states[path]) for path in beside])
    stamp = stamp._replace(beside=of_beside)
    return entry._replace(defaults=entry.defaults._replace(stamp=stamp.written(), beside=beside))


def stamp_of(states: Sequence[tuple[str, State]]) -> str:
    """What tells these files, in these states, from others; empty for none."""
    if not states:
        return ""
    named = [(path.rpartition("/")[2], state) for path, state in states]
    return f"{crc32(repr(named).encode('utf-8', 'surrogatepass')):08x}"


def state_of(status: os.stat_result) -> State:
    """The state of a file as the file system tells it."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _rank(path: str) -> int:
    return (*SUFFIXES, NOTE).index("." + path.rpartition(".")[2].lower())


def _has_notes(path: str) -> bool:
    """Whether a Markdown file of the same name beside it may describe a source."""
    kind = BY_SUFFIX.get(suffix_of(path.rpartition("/")[2]))
    return kind is not None and not kind.front_matter


def _note_of(path: str) -> str:
    return path[: len(path) - len(suffix_of(path.rpartition("/")[2]))] + NOTE
