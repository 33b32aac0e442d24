"""A quotation as a draft has it: the words, the marks, the citation, and the unseen reference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sinorus.citation.addresses import address_at, address_of
from sinorus.citation.layouts import LAYOUTS, Source
from sinorus.citation.marks import Marks, marks_of, turned
from sinorus.citation.markup import MARKUPS
from sinorus.citation.reference import Reference
from sinorus.citation.sentences import sentences
from sinorus.citation.words import OMISSION, Words, harmless, joined, plain_words, words_of
from sinorus.model import Document, Paragraph, Span
from sinorus.model.citation import Locator, Piece, Quotation, QuoteMarks, QuoteStyle

LONGEST_INLINE = 40
"""Words of a quotation within a sentence, as the APA has it; two Han characters are a word."""
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+")


class Excerpt(NamedTuple):
    """Some pieces of a paragraph, in their order."""

    paragraph: Paragraph
    pieces: tuple[Span, ...]


def whole(paragraph: Paragraph) -> Excerpt:
    """All of a paragraph."""
    return Excerpt(paragraph, ((0, len(paragraph.text)),))


def quotation(
    asked: str,
    document: Document,
    excerpts: Sequence[Excerpt],
    key: str,
    *,
    style: QuoteStyle,
    marks: QuoteMarks = "auto",
    block: bool | None = None,
) -> Quotation:
    """The excerpts of a document as a quotation; `block` None: what is long stands by itself."""
    pieces = [[words_of(one.paragraph, span) for span in one.pieces] for one in excerpts]
    parts = [joined(one) for one in pieces]
    if block is None:
        block = _is_long(parts)
    parts = [_after_a_gap(excerpts, at, part) for at, part in enumerate(parts)]
    if block:
        parts = [_with_cuts(one, part) for one, part in zip(excerpts, parts, strict=True)]
    plain = "\n\n".join(part.text for part in parts)
    chosen = marks_of(marks, document.lang, plain)
    if not block:
        parts = [_within_marks(parts, chosen)]
    paragraphs = tuple(one.paragraph for one in excerpts)
    first, last = paragraphs[0], paragraphs[-1]
    reference = Reference(document.id, first.n, last.n, first.hash)
    address = address_of(document)
    if address:
        address = address_at(address, _words_on_the_page(excerpts), first.page)
    found = Quotation(
        asked=asked,
        document=document,
        paragraphs=paragraphs,
        pieces=tuple(Piece(one.paragraph.n, *span) for one in excerpts for span in one.pieces),
        style=style,
        block=block,
        words=plain,
        text="",
        key=key,
        locator=locator_of(paragraphs),
        reference=str(reference),
        url=address,
    )
    source = Source(document, key, found.locator, address, found.reference, chosen)
    return replace(found, text=LAYOUTS[style](parts, source, MARKUPS[style], block))


def locator_of(paragraphs: Sequence[Paragraph]) -> Locator:
    """The pages that paragraphs stand on, else their numbers."""
    first, last = paragraphs[0], paragraphs[-1]
    if first.page is None:
        return Locator("paragraph", str(first.n), str(last.n))
    end = last.end_page or last.page or first.page
    label = first.page_label or str(first.page)
    if end == first.page:
        return Locator("page", label, label)
    if first.page_label is None or label.isdecimal():
        return Locator("page", label, str(int(label) + end - first.page))
    return Locator("page", label, last.page_label or str(end))


def _is_long(parts: Sequence[Words]) -> bool:
    if len(parts) > 1 or any("\n" in part.text for part in parts):
        return True
    text = parts[0].text if parts else ""
    han = len(_HAN.findall(text))
    return len(_WORD.findall(_HAN.sub(" ", text))) + han // 2 > LONGEST_INLINE


def _within_marks(parts: Sequence[Words], marks: Marks) -> Words:
    whole = joined(parts, " ")
    # Lines of a table or of code have no place in a sentence.
    whole = Words(whole.text.replace("\n", " "), whole.styles)
    before, after = (plain_words(mark) for mark in marks.outer)
    return joined([before, turned(whole, marks), after], "")


def _after_a_gap(excerpts: Sequence[Excerpt], at: int, words: Words) -> Words:
    """With `[…]` before it where something between it and the paragraph before was left out."""
    if not at:
        return words
    before, here = excerpts[at - 1], excerpts[at]
    rest = before.paragraph.text[before.pieces[-1][1] :] + here.paragraph.text[: here.pieces[0][0]]
    if here.paragraph.n == before.paragraph.n + 1 and not rest.strip():
        return words
    return joined([plain_words(OMISSION), words], " ")


def _with_cuts(excerpt: Excerpt, words: Words) -> Words:
    """With `[…]` where the quotation begins or ends within a sentence."""
    text = excerpt.paragraph.text
    (start, _), (_, end) = excerpt.pieces[0], excerpt.pieces[-1]
    cuts = [bounds for bounds in sentences(text) if bounds[0] < start < bounds[1]]
    ends = [bounds for bounds in sentences(text) if bounds[0] < end < bounds[1]]
    begun = words.text.startswith(OMISSION)
    if cuts and not begun and text[cuts[0][0] : start].strip():
        words = joined([plain_words(OMISSION), words], " ")
    if ends and text[end : ends[0][1]].strip():
        words = joined([words, plain_words(OMISSION)], " ")
    return words


def _words_on_the_page(excerpts: Sequence[Excerpt]) -> str:
    """What a browser looks for: the text from the first word quoted to the last."""
    texts = []
    for at, one in enumerate(excerpts):
        start = one.pieces[0][0] if at == 0 else 0
        end = one.pieces[-1][1] if at == len(excerpts) - 1 else len(one.paragraph.text)
        texts += [harmless(line) for line in one.paragraph.text[start:end].split("\n")]
    return "\n".join(texts)
