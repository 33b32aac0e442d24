"""Evidence sets line by line: for grep, cut, and whatever reads ids out of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model.marks import MarkFound, MarkSet
from sinorus.render.look import Look
from sinorus.render.marks import states
from sinorus.render.visible import harmless, one_line


def sets(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """A set a line: its name, how many marks, how many with a note, what became of them."""
    for one in sets:
        name = look.styled(one_line(one.name), "title")
        yield f"{name}\t{len(one.marks)}\t{one.notes}\t{states([one])}\n"


def marks(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """A mark a line: set, number, state, id, note, words, with tabs between them."""
    for one in sets:
        for found in one.marks:
            id_ = look.styled(harmless(_id(found)), "id")
            head = f"{one_line(one.name)}\t{found.n}\t{found.state}\t{id_}"
            yield f"{head}\t{one_line(found.mark.note)}\t{_words(found)}\n"


def places(sets: Sequence[MarkSet], look: Look) -> Iterator[str]:
    """`path:line:1:note`, or the words, for an editor; what has no line is left out."""
    for one in sets:
        for found in one.marks:
            if found.document and found.paragraphs and (line := found.paragraphs[0].line):
                path = look.styled(harmless(look.paths(found.document.path)), "path")
                yield f"{path}:{line}:1:{one_line(found.mark.note) or _words(found)}\n"


def _id(found: MarkFound) -> str:
    return found.id or found.mark.id


def _words(found: MarkFound) -> str:
    return one_line(found.paragraphs[0].text if found.paragraphs else found.mark.words)
