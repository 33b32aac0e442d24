"""One segment of the index as a search sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sinorus.engines.whoosh.manifest import Manifest
from sinorus.engines.whoosh.postings import SegmentPostings
from sinorus.engines.whoosh.records import read_record
from sinorus.query.evaluate import document_matches
from sinorus.query.nodes import FILTERS, And, Everything, FieldWords, Node, Not, Or
from sinorus.text.tokens import tokenize


class Segment:
    """Its postings, and of which document, number and length each paragraph is."""

    def __init__(self, reader: Any, manifest: Manifest) -> None:
        self.reader = reader
        self.manifest = manifest
        self.postings = SegmentPostings(reader)
        for name in ("ordinal", "n", "length"):
            # Whoosh takes a column whose file is gone for one of zeros, which nothing matches.
            if not reader.has_column(name):
                raise FileNotFoundError(f"the column {name} is missing")
        self.ordinal = reader.column_reader("ordinal")
        self.n = reader.column_reader("n")
        self.length = reader.column_reader("length")
        if reader.doc_count_all():
            reader.stored_fields(0)  # opens its file now: later a commit may have removed it

    def all(self) -> Iterable[int]:
        """All its paragraphs; the ordinal 0 is the manifest's, deleted ones are left out."""
        deleted = self.reader.is_deleted
        known = set(self.manifest.ordinals())
        return (
            key
            for key, ordinal in enumerate(self.ordinal.load())
            if ordinal in known and not deleted(key)
        )

    def matching(self, node: Node) -> list[int]:
        """The paragraphs of the segment that match, sorted; AND and OR through Whoosh."""
        return sorted(self._found(node))

    def _found(self, node: Node) -> Iterable[int]:
        if isinstance(node, Not):
            return set(self.all()).difference(self.matching(node.part))
        if isinstance(node, Everything):
            return self.all()
        if isinstance(node, FieldWords) and node.name == "heading":
            return self._in_headings(node)
        if isinstance(node, FILTERS):
            return self._of_documents(node)
        if isinstance(node, (And, Or)):
            from sinorus.engines.whoosh.compile import run

            return run(node, self.reader, self.matching)
        return self.postings.frequencies(node)

    def _of_documents(self, node: Any) -> list[int]:
        manifest = self.manifest
        passing = {
            ordinal
            for ordinal in manifest.ordinals()
            if document_matches(node, manifest.document(ordinal))
        }
        ordinals = self.ordinal.load()
        return [key for key in self.all() if ordinals[key] in passing] if passing else []

    def _in_headings(self, node: FieldWords) -> list[int]:
        """Paragraphs under a heading with these words; each heading is looked at on its own."""
        size = len(node.words)
        candidates = set.intersection(
            *(set(self.postings.heading_words(word)) for word in node.words)
        )
        found = []
        for key in sorted(candidates):
            for heading in read_record("", self.reader.stored_fields(key)["record"]).heading:
                stems = tuple(tokenize(heading).stems)
                if any(stems[at : at + size] == node.words for at in range(len(stems))):
                    found.append(key)
                    break
        return found
