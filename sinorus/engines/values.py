"""The values of a document's fields as queries and sorting name them."""

from __future__ import annotations

from sinorus.model import Document


def document_values(document: Document) -> list[tuple[str, str]]:
    """The fields of a document with their values, a pair each, as queries name them."""
    found = [("author", author) for author in document.authors]
    found += [("tag", tag) for tag in document.tags]
    for name in ("title", "publisher", "url", "lang"):
        value = getattr(document, name)
        if value:
            found.append((name, value))
    for name, extra in document.extra.items():
        if name not in _KNOWN:
            found += [(name, value) for value in ([extra] if isinstance(extra, str) else extra)]
    return list(dict.fromkeys(found))


_KNOWN = frozenset({"author", "tag", "title", "publisher", "url", "lang", "id", "path"})
"""Names that mean the document's own field, also where the front matter has them in `extra`."""


def title_key(title: str | None) -> tuple[bool, str]:
    """What titles are sorted by: without case, and what has none comes last."""
    return (title is None, (title or "").casefold())
