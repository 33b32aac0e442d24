"""Which groups are silent on a query, and which were only not asked so that they would answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from sinorus.corpus.groups import Sum
from sinorus.errors import UnsupportedQuery
from sinorus.model import UnaskedGroup
from sinorus.query import nodes
from sinorus.query.nodes import assert_never
from sinorus.query.rewrite import relax
from sinorus.query.tree import together, units
from sinorus.text.words import SCRIPTS, script_number

Key = str | None
Counting = Callable[[nodes.Node], Mapping[Key, Sum]]
"""Counts what a query matches by groups."""
Wider = Callable[[nodes.Node], nodes.Node | None]
"""Gives a query in other words that mean the same; None if there are none."""
_CYRILLIC = frozenset(["ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"])
_HAN = frozenset(("zh", "ja"))
_OTHER = frozenset(["ar", "fa", "ur", "he", "ko", "el", "hi", "th", "ka", "hy", "am", "ta", "bn"])


def script_of(language: str) -> str:
    """In which of `SCRIPTS` texts of a language are written."""
    if language in _CYRILLIC:
        return "cyrillic"
    if language in _HAN:
        return "ideographs"
    return "other" if language in _OTHER else "latin"


def without_matches(
    mute: Sequence[Sum],
    node: nodes.Node,
    count: Counting,
    languages: Collection[Key],
    *,
    freely: Wider,
    across: Wider | None,
) -> tuple[list[Sum], list[UnaskedGroup]]:
    """Of groups without a match those that are silent, and those of which that is not known.

    Silent are those where no form of any of the words is, in any script: not in all forms and by
    all names, which `freely` gives, not in other languages (`across`), and not one without the
    others. Nothing is known of a group whose `languages` are in a script that the query has no word
    in, however it is widened.
    """
    found: dict[str, Mapping[Key, Sum]] = {}
    widest = [node]
    for name, wider in (("written", freely), ("across", across), ("together", _apart)):
        other = wider(node) if wider else None
        if other is not None and other != node:
            widest.append(other)
            try:
                found[name] = count(other if name == "together" else together(other))
            except UnsupportedQuery:  # too large for a cluster: then nobody is known to be silent
                return [], [UnaskedGroup(one.key, one.documents, one.words) for one in mute]
    unasked = _not_asked(mute, widest, count, languages)
    silent: list[Sum] = []
    others: list[UnaskedGroup] = []
    for group in mute:
        counts = {name: there[group.key].paragraphs for name, there in found.items()}
        if any(counts.values()) or group.key in unasked:
            others.append(UnaskedGroup(group.key, group.documents, group.words, **counts))
        else:
            silent.append(group)
    return silent, others


def _apart(node: nodes.Node) -> nodes.Node | None:
    """Any of the words of a query; those of a name too."""
    loose = relax(node)
    return loose[0] if loose else None


def _not_asked(
    mute: Sequence[Sum], asked: Sequence[nodes.Node], count: Counting, languages: Collection[Key]
) -> set[Key]:
    """The groups all of whose documents are in languages in whose script nothing was asked."""
    scripts = {script for node in asked for script in scripts_in(node)}
    foreign = [one for one in languages if one and script_of(one) not in scripts]
    if not foreign or not scripts or "number" in scripts:
        return set()
    filters = tuple(nodes.FieldValue("lang", one) for one in foreign)
    there = count(nodes.Or(filters) if len(filters) > 1 else filters[0])
    return {one.key for one in mute if there[one.key].speaking == one.documents}


def scripts_in(node: nodes.Node) -> set[str]:
    """The scripts that the words of a query are written in."""
    words = (word for unit in units(node) for word in _words([unit]))
    return {SCRIPTS[script_number(word.lstrip("*?"))] for word in words}


def _words(parts: Iterable[nodes.Positional | nodes.Near]) -> Iterator[str]:
    for part in parts:
        match part:
            case nodes.Term() | nodes.Prefix() | nodes.Fuzzy():
                yield part.text
            case nodes.Wildcard():
                yield part.pattern
            case nodes.Phrase() | nodes.Synonyms() | nodes.Near():
                yield from _words(part.parts)
            case _:
                assert_never(part)
