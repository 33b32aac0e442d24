"""What a library holds and how it is, one record a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinorus.model import Document, Lacking, Status
from sinorus.model.names import NamePage
from sinorus.model.wording import counted, not_read, to_install
from sinorus.render.look import Look
from sinorus.render.names import OTHER, row
from sinorus.render.phrases import group_name, what_lists_them
from sinorus.render.view import status_record
from sinorus.render.visible import cell, harmless, one_line


def sources(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """Id, date, language, paragraphs, words, authors, publisher, title, path; tabs between."""
    for one in documents:
        date = one.date.text if one.date else None
        facts: list[object] = [date, one.lang, one.paragraphs, one.words, list(one.authors)]
        told = [cell("", fact) for fact in [*facts, one.publisher, one.title]]
        yield "\t".join([harmless(one.id), *told, harmless(look.paths(one.path))]) + "\n"


def sources_lines(documents: Sequence[Document], look: Look) -> Iterator[str]:
    """`path:line:col:title`, for a list of places in an editor."""
    for one in documents:
        yield f"{_place(one, look)}:{one_line(one.title or one.id)}\n"


def lacking(found: Sequence[Lacking], look: Look) -> Iterator[str]:
    """`path:line:id:what it lacks`, a line for each document."""
    for document, without in found:
        path, name = harmless(look.paths(document.path)), harmless(document.id)
        yield f"{path}:1:{name}:{_without(without)}\n"


def lacking_lines(found: Sequence[Lacking], look: Look) -> Iterator[str]:
    """`path:line:col:what it lacks`, for a list of places in an editor."""
    for document, without in found:
        title = one_line(document.title or document.id)
        yield f"{_place(document, look)}:{_without(without)}: {title}\n"


def _place(document: Document, look: Look) -> str:
    """Where what is known of a document can be written: in a file that is no text, beside it."""
    path = document.path if document.encoding else document.path + ".yaml"
    return f"{harmless(look.paths(path))}:1:1"


def _without(names: Sequence[str]) -> str:
    return "without " + ", ".join(map(one_line, names))


def names(page: NamePage, look: Look) -> Iterator[str]:
    """Name, paragraphs, whose it is, forms in English, Russian, Chinese, others; tabs between."""
    for group in page:
        told = row(group)
        columns = [told[key] for key in ("name", "paragraphs", "from", "en", "ru", "zh", OTHER)]
        yield "\t".join(cell("", one) for one in columns) + "\n"


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
            if told := what_lists_them(state):
                yield f"list: {told}\n"
        elif key == "other_kinds":
            told = one_line(not_read(state.other_kinds)) if state.other_kinds else "-"
            yield f"{key}: {told}\n"
        elif key == "extras":
            told = "; ".join(to_install(state.other_kinds, state.extras))
            yield f"{key}: {one_line(told) or '-'}\n"
        elif key == "years":
            pass  # for people, as bars, and in JSON
        elif key == "copies":
            yield from (f"the same: {harmless(' '.join(group))}\n" for group in state.copies)
        elif key == "damage":
            yield from (f"damage: {one_line(line)}\n" for line in state.damage)
        else:
            yield f"{key}: {harmless(cell(key, value)) or '-'}\n"
