"""Where words, phrases and NEAR stand in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from sinorus.model import Document, Paragraph
from sinorus.query import nodes, positions
from sinorus.query.nodes import assert_never
from sinorus.query.patterns import fits, fits_written
from sinorus.query.positions import TokenSpan
from sinorus.text import han
from sinorus.text.fold import capitals, capitals_together
from sinorus.text.stems import CYRILLIC, readings
from sinorus.text.tokens import Tokens, tokenize


class Text:
    """A text with its tokens; the spans of its words are worked out when first asked for.

    `known` has the stems of all Cyrillic forms that a query can find; without it they are looked
    up, which may take the dictionary of Russian.
    """

    def __init__(self, text: str, known: Mapping[str, str] | None = None) -> None:
        self.text = text
        self.tokens: Tokens = tokenize(text)
        self._known = known
        self._spans: dict[bool, dict[str, list[TokenSpan]]] = {}

    def _words(self, exact: bool) -> tuple[Sequence[str], list[tuple[TokenSpan, str]]]:
        """The forms or stems of all tokens, and of those that are also written as one."""
        tokens, known = self.tokens, self._known
        spans = [(join.at, join.at + join.width) for join in tokens.joins]
        if exact:
            return tokens.forms, [*zip(spans, (join.form for join in tokens.joins), strict=True)]
        if known is None:
            return tokens.stems, [*zip(spans, (join.stem for join in tokens.joins), strict=True)]
        pairs = zip(tokens.english, tokens.forms, strict=True)
        joined = [
            known.get(join.form, "") if join.form >= CYRILLIC else join.stem
            for join in tokens.joins
        ]
        return (
            [english or known.get(form, "") for english, form in pairs],
            [*zip(spans, joined, strict=True)],
        )

    def _read(self, exact: bool) -> dict[str, list[TokenSpan]]:
        found: dict[str, list[TokenSpan]] = {}
        whole, joined = self._words(exact)
        for position, word in enumerate(whole):
            for reading in readings(word):
                found.setdefault(reading, []).append((position, position + 1))
        for span, word in joined:
            for reading in readings(word):
                found.setdefault(reading, []).append(span)
        for reading in {reading for _, word in joined for reading in readings(word)}:
            found[reading].sort()
        return found

    def spans(self, exact: bool) -> dict[str, list[TokenSpan]]:
        """The spans of every form (`exact`) or reading of the text, sorted, by word.

        A word that is written as several tokens has a span of all.
        """
        if exact not in self._spans:
            self._spans[exact] = self._read(exact)
        return self._spans[exact]

    @cached_property
    def inside(self) -> frozenset[int]:
        """The tokens that go on with a Chinese word; to know them takes time."""
        return han.signs(self.text, self.tokens.starts).inside

    def is_tight(self, position: int) -> bool:
        """Whether no punctuation stands before a token."""
        starts, ends = self.tokens.starts, self.tokens.ends
        start = starts[position]
        end = ends[position - 1] if position else start
        return start == end or han.is_open(self.text[end:start])

    def capitals(self, span: TokenSpan) -> int:
        """Which letters of a word of the text are capitals; see `fold.capitals`."""
        tokens, text = self.tokens, self.text
        return capitals_together(
            (tokens.forms[at], capitals(text[tokens.starts[at] : tokens.ends[at]]))
            for at in range(*span)
        )

    def of_term(self, term: nodes.Term) -> list[TokenSpan]:
        """The spans of a word, sorted."""
        by_word = self.spans(term.exact)
        words = (term.text,) if term.exact else readings(term.text)
        spans = positions.union([by_word.get(word, []) for word in words])
        if term.solid:
            spans = [span for span in spans if _solid(span)]
        if term.cased and spans:
            bits = capitals(term.cased)
            spans = [span for span in spans if self.capitals(span) == bits]
        return spans


class Passage(Text):
    """The text of a paragraph, with the paragraph and its document; `known` as of any text."""

    def __init__(
        self, document: Document, paragraph: Paragraph, known: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(paragraph.text, known)
        self.document = document
        self.paragraph = paragraph


def _solid(span: TokenSpan) -> bool:
    """Whether a word's span is of one token."""
    return span[1] - span[0] == 1


def occurrences(node: nodes.Positional | nodes.Near, passage: Text) -> list[TokenSpan]:
    """The token spans of `node`, sorted; of a Near, those of its parts that satisfy it."""
    match node:
        case nodes.Term():
            return passage.of_term(node)
        case nodes.Phrase():
            return _phrase(node, passage)
        case nodes.Synonyms():
            return positions.union([occurrences(part, passage) for part in node.parts])
        case nodes.Near():
            return positions.near(node, [occurrences(part, passage) for part in node.parts])
        case nodes.AnyExpanding():
            forms = passage.tokens.forms
            fitting = {form for form in set(forms) if fits(node, form)}
            spans = [(at, at + 1) for at, form in enumerate(forms) if form in fitting]
            if not node.cased:
                return spans
            return [
                span for span in spans if fits_written(node, forms[span[0]], passage.capitals(span))
            ]
        case _:
            assert_never(node)


def _phrase(node: nodes.Phrase, passage: Text) -> list[TokenSpan]:
    parts = [occurrences(part, passage) for part in node.parts]
    for at, part in enumerate(node.parts[1:], 1):
        if isinstance(part, nodes.Term) and part.tight:
            parts[at] = [span for span in parts[at] if passage.is_tight(span[0])]
    found = positions.adjacent(parts)
    if not node.whole or not found:
        return found
    return [span for span in found if not positions.crosses(span, passage.inside)]
