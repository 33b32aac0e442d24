"""Who speaks in a transcript: the names that stand before what is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.openings import is_certain_name, speaker_of
from sinorus.sources.formats.parting import parts

_SPOKEN = ("text", "quote", "list")
_AFTER_NAME = re.compile(r"\s*[:：]\s*")
_FEWEST = 3
"""Names before paragraphs that a transcript has at least, unless they have initials."""
_WITH_INITIAL = re.compile(
    r"(?:[^\W\d_]{1,2}\.[ \u00a0-]?){1,3}(?:[^\W\d_][\w’'-]+[ \u00a0]?){1,3}"
)
_ROLES = frozenset(
    [
        *("Вопрос", "Ответ", "Реплика", "Ведущий", "Ведущая", "Модератор", "Журналист"),
        *("Question", "Answer", "Moderator", "Interviewer", "Host", "Reporter"),
        *("记者", "主持人", "提问", "記者", "主持人", "提問"),
    ]
)


def with_speakers(blocks: Sequence[Block]) -> tuple[list[Block], list[str | None]]:
    """The blocks of a document, and who speaks in each; nobody where it is no transcript.

    A paragraph that begins with a name is of the kind `speaker`, and the name is no word of its
    text. Those that follow, up to the next name or heading, are spoken by the same person. Where
    the file says itself who speaks, that holds.
    """
    if any(one.speaker for one in blocks):
        return list(blocks), [one.speaker for one in blocks]
    names = [speaker_of(one.text) if one.kind in _SPOKEN else None for one in blocks]
    known = _speakers([name for name in names if name]) or _opening_speaker(blocks, names)
    if not known:
        return list(blocks), [None] * len(blocks)
    found: list[Block] = []
    speaking: list[str | None] = []
    who: str | None = None
    for block, name in zip(blocks, names, strict=True):
        spoken = block
        if block.kind == "heading":
            who = None
        elif name in known:
            behind = _AFTER_NAME.match(block.text, len(name or ""))
            if behind is not None and behind.end() < len(block.text):
                who = name
                start = behind.end()
                part, *_ = parts(block, [(start, len(block.text))])
                spoken = part._replace(kind="speaker", notes=block.notes)
        found.append(spoken)
        speaking.append(who if block.kind in _SPOKEN else None)
    return found, speaking


def _speakers(names: Sequence[str]) -> frozenset[str]:
    """The names before paragraphs that are of people who speak; none where it is no transcript.

    A word before a colon that comes again and again (`Note:`) is not yet one: it takes two such, or
    one that looks like a name.
    """
    counts = Counter(names)
    again = [name for name, count in counts.items() if count > 1]
    if len(names) < 2 or not any(map(_WITH_INITIAL.fullmatch, names)):
        if len(names) < _FEWEST or not again:
            return frozenset()
        if len(again) < 2 and not is_certain_name(again[0]):
            return frozenset()
    return frozenset(
        name for name in counts if name in again or is_certain_name(name) or name in _ROLES
    )


def _opening_speaker(blocks: Sequence[Block], names: Sequence[str | None]) -> frozenset[str]:
    """The one who alone speaks in a text, where it opens with his name and initial: `В.Путин:`."""
    for block, name in zip(blocks, names, strict=True):
        if block.kind == "heading":
            continue
        if name and _WITH_INITIAL.fullmatch(name):
            said = block.text[len(name) :].lstrip(":： \u00a0\n")
            if said[:1].isupper() or said[:1] in '—–«“"':
                return frozenset([name])
        break
    return frozenset()
