"""What stands in a Word file in another form: inserted pages and documents, embedded files."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.docx.package import Package, Relation, name_of
from sinorus.sources.formats.registry import Binary, Content, Part, Unreadable

_DEEPEST = 3  # of documents within documents
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_EMBEDDED = (".docx", ".docm", ".odt", ".pdf", ".rtf", ".html", ".htm", ".txt", ".eml")
_FORMATS = "sinorus.sources.formats"


class Chunks:
    """Reads what is inserted; `read_word` reads a Word file, at a depth."""

    def __init__(
        self, package: Package, depth: int, read_word: Callable[[bytes, int], Content]
    ) -> None:
        self._package, self._depth, self._read_word = package, depth, read_word
        self._done: set[str] = set()  # parts that were read: a second time would be a bomb

    def relations(self, kind: str) -> dict[str, Relation]:
        """What the main part refers to, or the part of the notes of a kind."""
        package = self._package
        if not kind:
            return package.relations(package.main)
        named = [
            one.target
            for one in package.relations(package.main).values()
            if one.kind == _NOTES[kind]
        ]
        return package.relations(named[0] if named else f"word/{_NOTES[kind]}.xml")

    def read(self, key: str, faults: list[tuple[int, str]]) -> list[Block]:
        """The blocks of an inserted part; a fault where it cannot be read."""
        where = self._package.relations(self._package.main).get(key)
        if where is None:
            faults.append((0, "a part that was inserted is missing in the file"))
            return []
        name = where.target.rpartition("/")[2][:80]
        if where.external:
            faults.append((0, f"'{name}' stands in a file of its own and is not read with this"))
            return []
        if where.target in self._done:
            return []
        self._done.add(where.target)
        raw = self._package.archive.read(where.target)
        try:
            content = self._content(raw, where.target)
        except Unreadable as error:
            faults.append((0, f"'{name}', which was inserted, is missing: {error.message}"))
            return []
        faults += content.faults
        return content.blocks

    def _content(self, raw: bytes, name: str) -> Content:
        suffix = f".{name.rpartition('.')[2].lower()}"
        if suffix in (".docx", ".docm", ".dotx"):
            if self._depth >= _DEEPEST:
                raise Unreadable("it stands in documents within documents")
            return self._read_word(raw, self._depth + 1)
        found: Content | None = None
        if suffix in (".html", ".htm", ".xhtml"):
            found = import_module(f"{_FORMATS}.html").read_html(raw, None, whole=True)
        elif suffix in (".mht", ".mhtml"):
            found = import_module(f"{_FORMATS}.mail.message").read_message(raw)
        elif suffix in (".rtf", ".odt"):
            found = import_module(f"{_FORMATS}.{suffix[1:]}").read(Binary(raw, name))
        elif suffix == ".txt":
            found = _plain(raw)
        if found is None:
            raise Unreadable(f"{suffix} is not read there")
        return found

    def drawn(self, key: str) -> list[str]:
        """The paragraphs of a diagram or a chart, which is a part of its own."""
        where = self._package.relations(self._package.main).get(key)
        if where is None or where.external or where.target in self._done:
            return []
        self._done.add(where.target)
        root = self._package.tree(where.target)
        found = []
        for node in root.iter() if root is not None else ():
            if name_of(node) == "a:p":
                texts = [one.text for one in node.iter() if name_of(one) == "a:t" and one.text]
                found.append("".join(texts))
        return [text for text in found if text.strip()]

    def embedded(self) -> tuple[Part, ...]:
        """The files that were embedded and are documents of their own."""
        package, found = self._package, []
        for one in package.relations(package.main).values():
            name = one.target.rpartition("/")[2]
            if one.kind == "package" and not one.external and name.lower().endswith(_EMBEDDED):
                found.append(Part(name, package.archive.read(one.target)))
        return tuple(found)


def _plain(raw: bytes) -> Content:
    from sinorus.sources.decode import Undecodable, decode
    from sinorus.sources.formats.flow import simple_block

    try:
        lines = decode(raw).text.splitlines()
    except Undecodable as error:
        raise Unreadable(error.message) from None
    return Content([one for line in lines if (one := simple_block(line))])
