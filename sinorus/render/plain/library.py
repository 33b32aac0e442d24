"""What a library holds and how it is, one record a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model import Document, Status
from sinorus.model.wording import counted, not_read, to_install
from sinorus.render.look import Look
from sinorus.render.phrases import group_name
from sinorus.render.view import status_record
from sinorus.render.visible import cell, harmless, one_line


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """Id, date, language, paragraphs, words, authors, publisher, title, path; tabs between."""
    for one in documents:
        date = one.date.text if one.date else None
        facts: list[object] = [date, one.lang, one.paragraphs, one.words, list(one.authors)]
        told = [cell("", fact) for fact in [*facts, one.publisher, one.title]]
        yield "\t".join([harmless(one.id), *told, harmless(look.paths(one.path))]) + "\n"


def status(state: Status, look: Look) -> Iterator[str]:
    """`key: value`, the keys being those of the JSON; a line for each language and damage.

    The value of what is not known is `-`.
    """
    for key, value in status_record(state).items():
        if key == "languages":
            for lang, counts in state.languages.items():
                nouns = ("document", "paragraph", "word")
                told = ", ".join(map(counted, counts, nouns))
                yield f"language {group_name(lang)}: {told}\n"
        elif key == "missing":
            for name, number in state.missing.items():
                yield f"without {one_line(name)}: {number}\n"
        elif key == "other_kinds":
            told = one_line(not_read(state.other_kinds)) if state.other_kinds else "-"
            yield f"{key}: {told}\n"
        elif key == "extras":
            told = "; ".join(to_install(state.other_kinds, state.extras))
            yield f"{key}: {one_line(told) or '-'}\n"
        elif key == "copies":
            yield from (f"the same: {harmless(' '.join(group))}\n" for group in state.copies)
        elif key == "damage":
            yield from (f"damage: {one_line(line)}\n" for line in state.damage)
        else:
            yield f"{key}: {harmless(cell(key, value)) or '-'}\n"
