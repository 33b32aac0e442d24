"""How long an index run will take, and what of it a search can do before it answers."""

from __future__ import annotations

from dataclasses import replace

from sinorus.library.survey import Survey, few_touched
from sinorus.sources.changes import Changes
from sinorus.sources.entry import Entry
from sinorus.sources.kinds import is_text

_A_TEXT, _A_BYTE = 0.002, 0.35e-6
"""Seconds for a file of text and for each byte of it: 3 MB of Markdown took 1.0 s of one core."""
_A_CONVERSION, _A_CONVERTED_BYTE = 0.1, 0.3e-6
"""The same for a file that must be converted; pictures in it cost nothing, and are most of it."""


def cost(entry: Entry) -> float:
    """The estimated seconds of one core that indexing a file takes."""
    if is_text(entry.path):
        return _A_TEXT + _A_BYTE * entry.size
    return _A_CONVERSION + _A_CONVERTED_BYTE * entry.size


def total_cost(seen: Survey) -> float:
    """The estimated seconds that all takes that has changed; files that look touched are free."""
    touched = {entry.path for entry in seen.looks_touched}
    entries = [*seen.changes.new, *(entry for entry, _ in seen.changes.suspect)]
    return sum(cost(entry) for entry in entries if entry.path not in touched)


def leave(seen: Survey, seconds: float) -> Survey:
    """Takes out of `seen` what cannot be done in so many seconds; that is given back.

    Of texts all is done or nothing, since half of a folder that was renamed would be worse than the
    answer from before. Of files to convert those that cost least are done as far as the time goes;
    if any is left, none of their kind is taken out of the index either: it may be that very file.
    """
    texts, others = _parted(seen.changes)
    left = replace(seen, changes=Changes())
    known = replace(seen, changes=texts)
    spent = total_cost(known)
    if spent > seconds or not few_touched(seen):
        left.changes, seen.changes = seen.changes, Changes(unchanged=seen.changes.unchanged)
        return left
    done = Changes()
    for pair in sorted([*((one, None) for one in others.new), *others.suspect], key=_pair_cost):
        entry, fingerprint = pair
        spent += cost(entry)
        where = done if spent <= seconds else left.changes
        if fingerprint is None:
            where.new.append(entry)
        else:
            where.suspect.append((entry, fingerprint))
    (left.changes if left.changes else done).removed += others.removed
    for one in (done, left.changes):
        one.new.sort()
        one.suspect.sort()
    texts.new += done.new
    texts.suspect += done.suspect
    texts.removed += done.removed
    seen.changes = texts
    return left


def _parted(changes: Changes) -> tuple[Changes, Changes]:
    """What has changed of texts, and of files to convert."""
    texts, others = replace(changes), Changes()
    others.new = [one for one in changes.new if not is_text(one.path)]
    others.suspect = [pair for pair in changes.suspect if not is_text(pair[0].path)]
    others.removed = [one for one in changes.removed if not is_text(one.path)]
    texts.new = [one for one in changes.new if is_text(one.path)]
    texts.suspect = [pair for pair in changes.suspect if is_text(pair[0].path)]
    texts.removed = [one for one in changes.removed if is_text(one.path)]
    return texts, others


def _pair_cost(pair: tuple[Entry, object]) -> float:
    return cost(pair[0])
