"""A draft held against the library: each quotation, reference and citation key of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sinorus.citation.drafts.draft import Draft
from sinorus.citation.drafts.quotations import Quotation, quotations
from sinorus.citation.grades import (
    Asked,
    Judged,
    context_cautions,
    literal,
    near,
    spliced,
)
from sinorus.citation.wording import Wording
from sinorus.engines.port import Engine, SearchRequest
from sinorus.library.aims import Aim, Aims
from sinorus.library.former import Formers
from sinorus.library.held_texts import Texts
from sinorus.library.likeliest import changed_spans, word_edits
from sinorus.library.places import Place, located
from sinorus.model import Document, IndexState, ParagraphId
from sinorus.model.checking import SOUND, Caution, CheckReport, Finding, Grade, Was
from sinorus.query.parse import parse

_TRIED = 5
"""Paragraphs that a quotation is aligned with, the likeliest."""
_READ = 4_000
"""Paragraphs of a cited document that are read for words that are not where they should be."""
_LONGEST_TITLE = 40
"""Words of what may be the title of a document."""
_DOUBTFUL = frozenset({"NEAR", "NOT-FOUND", "MISATTRIBUTED"})


class Known(NamedTuple):
    """What drafts are held against: an index, and what paragraphs said that are no more.

    `keys` gives the documents by their citation keys; a draft without any does not ask for them.
    """

    engine: Engine
    keys: Callable[[], Mapping[str, Document]]
    formers: Formers


class _Held(NamedTuple):
    """A quotation held against a place."""

    place: Place
    source: Wording
    judged: Judged


class Checking:
    """The check of one draft."""

    def __init__(self, known: Known, draft: Draft, least_words: int) -> None:
        self._engine, self._draft = known.engine, draft
        self.quoted = quotations(draft, least_words)
        """The quotations of the draft."""
        self._texts = Texts(known.engine)
        keys = known.keys() if any(cited.key for cited in draft.cited) else {}
        self._aims = Aims(known.engine, self._texts, keys, known.formers)
        self._titles = 0

    def report(self, name: str, state: IndexState) -> CheckReport:
        """All findings, in the order of the draft."""
        found = [*self._of_quotations(), *self._alone()]
        found.sort(key=lambda one: (one.line, one.column))
        return CheckReport(name, tuple(found), self.quoted.short + self._titles, state)

    # -- quotations

    def _of_quotations(self) -> Iterator[Finding]:
        every = self.quoted.quotations
        asked = [Asked(one.words.text) for one in every]
        places = located(self._engine, [one.text for one in asked])
        for quotation, words, likely in zip(every, asked, places, strict=True):
            aims = [self._aims.of(cited) for cited in quotation.cited]
            if quotation.translated:
                yield self._translated(quotation, aims)
                continue
            found = self._checked(quotation, words, aims, likely)
            found = self._with_former(found, quotation, words, aims)
            if not quotation.closed:
                found = replace(found, cautions=(*found.cautions, "not closed"))
            if found.grade in _DOUBTFUL and self._is_title(words):
                self._titles += 1
            else:
                yield found

    def _with_former(
        self, found: Finding, quotation: Quotation, asked: Asked, aims: Sequence[Aim]
    ) -> Finding:
        """A finding with what the source said that is named beside it, if it says that no more."""
        aim = next((aim for aim in aims if aim.was), None)
        if aim is None or aim.was is None or found.sound:
            return found
        was, source = aim.was, Wording(aim.was.text)
        judged = literal(asked, source) or near(asked, source)
        if aim.place and found.grade == "NOT-FOUND" and judged.grade in SOUND:
            held = self._near(asked, aim.place)
            found = self._finding(quotation, "CHANGED", aims, held=held)
        start, end = judged.span
        text = was.text[start:end] or was.text
        alike = found.grade != "NOT-FOUND"
        changed = changed_spans(word_edits(text, found.found), 0) if alike else ()
        return replace(found, was=Was(was.id, text, was.until, judged.grade, changed))

    def _is_title(self, asked: Asked) -> bool:
        """Whether words that are nowhere in a text are the title of one."""
        words = [form for form in asked.forms if form.isalnum()]
        if not words or len(asked.forms) > _LONGEST_TITLE:
            return False
        node = parse(f'title:"{" ".join(words)}"')
        hits = self._engine.search(SearchRequest(node, 3, cap=(1, "document"))).hits
        return any(Wording(hit.document.title or "").forms == asked.forms for hit in hits)

    def _translated(self, quotation: Quotation, aims: Sequence[Aim]) -> Finding:
        missing = not aims or all(aim.missing for aim in aims)
        aim = aims[0] if aims else None
        grade: Grade = "NOT-FOUND" if aims and missing else "UNVERIFIABLE"
        place = aim.place if aim else None
        document = self._texts.document(aim.document) if aim and aim.document else None
        return self._finding(quotation, grade, aims, place=place, document=document)

    def _checked(
        self,
        quotation: Quotation,
        asked: Asked,
        aims: Sequence[Aim],
        likely: Sequence[ParagraphId],
    ) -> Finding:
        named = [aim.place for aim in aims if aim.place]
        own = {aim.document for aim in aims if aim.document}
        ranked = sorted(likely, key=lambda one: one.document not in own)
        places = [*named, *(Place(one.document, one.n, one.n) for one in ranked)]
        places = list(dict.fromkeys(places))
        held = self._literal(asked, places, own)
        if held is not None and own and held.place.document not in own:
            held = self._literal_in(asked, own) or held  # one of many that have these words
        if held is None:
            return self._altered(quotation, asked, aims, places)
        return self._placed(quotation, held, aims, named)

    def _literal(self, asked: Asked, places: Sequence[Place], own: set[str]) -> _Held | None:
        """The first place that has the words; one that has them to the letter before the rest."""
        found: list[_Held] = []
        for place in self._with_wider(asked, places):
            if found and own and place.document not in own:
                break
            if (judged := literal(asked, self._texts.wording(place))) is not None:
                found.append(_Held(place, self._texts.wording(place), judged))
                if judged.grade == "EXACT":
                    break
        order = ("EXACT", "NORMALISED", "ELLIPSIS")
        return min(found, key=lambda one: order.index(one.judged.grade), default=None)

    def _with_wider(self, asked: Asked, places: Sequence[Place]) -> Iterator[Place]:
        """The places, and what is around those into which words may run on from one beside it."""
        yield from places
        there = {(place.document, place.first) for place in places}
        for place in places:
            beside = ((place.document, place.first + step) for step in (1, 2))
            if "\n\n" in asked.text or any(one in there for one in beside):
                yield self._texts.around(place, asked.text.count("\n\n"))

    def _literal_in(self, asked: Asked, documents: Iterable[str]) -> _Held | None:
        """The words anywhere in the documents that are cited, which were not looked through yet."""
        for name in sorted(documents):
            for n in range(1, min(self._texts.size(name), _READ) + 1):
                place = Place(name, n, n)
                if (judged := literal(asked, self._texts.wording(place))) is not None:
                    return _Held(place, self._texts.wording(place), judged)
        return None

    def _placed(
        self, quotation: Quotation, held: _Held, aims: Sequence[Aim], named: Sequence[Place]
    ) -> Finding:
        """A quotation whose words are in the library: is it where the draft says?"""
        grade, cautions = held.judged.grade, list(held.judged.cautions)
        cautions += context_cautions(held.source, held.judged.span, quotation.said)
        own = {aim.document for aim in aims if aim.document}
        place = self._texts.narrowed(held.place, held.judged.span)
        if own and place.document not in own:
            grade = "MISATTRIBUTED"
        elif any(aim.grade == "CHANGED" and aim.document == place.document for aim in aims):
            grade = "CHANGED"
        elif any(aim.grade == "MOVED" and aim.document == place.document for aim in aims):
            grade = "MOVED"
        elif named and not any(
            one.document == place.document and one.first <= place.first <= one.last for one in named
        ):
            cautions.append("another paragraph")
        elif aims and all(aim.missing for aim in aims):
            grade = "MISATTRIBUTED"
        return self._finding(quotation, grade, aims, held=held, cautions=cautions)

    def _altered(
        self,
        quotation: Quotation,
        asked: Asked,
        aims: Sequence[Aim],
        places: Sequence[Place],
    ) -> Finding:
        """A quotation whose words are nowhere as they stand: the nearest passage, and how it is."""
        texts = {self._texts.wording(place): place for place in reversed(places)}
        tried = [place for place in places if texts[self._texts.wording(place)] == place][:_TRIED]
        if not tried:
            return self._finding(quotation, "NOT-FOUND", aims)
        held = [self._near(asked, place) for place in tried]
        own = {aim.document for aim in aims if aim.document}
        best = max(held, key=lambda one: one.judged.likeness + 0.05 * (one.place.document in own))
        if best.judged.likeness == 1 and (judged := literal(asked, best.source)) is not None:
            named = [aim.place for aim in aims if aim.place]
            return self._placed(quotation, best._replace(judged=judged), aims, named)
        cautions: list[Caution] = list(best.judged.cautions)
        others: list[str] = []
        grade: Grade = best.judged.grade
        pieces = [held[number] for number in spliced(asked, [one.source for one in held])]
        ids = dict.fromkeys(
            self._texts.id(self._texts.narrowed(one.place, one.judged.span)) for one in pieces
        )
        apart = len({one.place.document for one in pieces}) > 1 or best.judged.likeness < 0.85
        if len(ids) > 1 and apart:
            cautions.append("spliced")
            best, grade = pieces[0], "NEAR"
            others = [*ids][1:]
        if grade != "NOT-FOUND" and own:
            if best.place.document not in own:
                grade = "MISATTRIBUTED" if grade == "NEAR" else grade
            elif any(aim.grade == "CHANGED" for aim in aims):
                grade = "CHANGED"
        return self._finding(quotation, grade, aims, held=best, cautions=cautions, others=others)

    def _near(self, asked: Asked, place: Place) -> _Held:
        held = _Held(place, self._texts.wording(place), near(asked, self._texts.wording(place)))
        if held.judged.likeness < 1 and self._at_an_end(held):
            wider = self._texts.around(place)
            other = _Held(
                wider, self._texts.wording(wider), near(asked, self._texts.wording(wider))
            )
            if other.judged.likeness > held.judged.likeness + 0.02:
                return other
        return held

    def _at_an_end(self, held: _Held) -> bool:
        """Whether the words are the first or the last of a text, so that they may run on."""
        (start, end), words = held.judged.span, held.source.words
        return bool(words) and (start <= words[0].end or end >= words[-1].start)

    # -- what stands alone

    def _alone(self) -> Iterator[Finding]:
        told: set[str] = set()
        alone = set(self.quoted.alone)
        for cited in self._draft.cited:
            aim = self._aims.of(cited)
            if cited not in alone and not (cited.key and aim.missing):
                continue
            if cited.key:
                if cited.key in told:
                    continue
                told.add(cited.key)
            grade: Grade = "NOT-FOUND" if aim.missing else aim.grade
            line, column = self._draft.place(cited.start)
            end_line, end_column = self._draft.place(cited.end)
            place = aim.place
            paragraph = self._texts.paragraph(place.document, place.first) if place else None
            was, now = aim.was, paragraph.text if paragraph else ""
            edits = word_edits(was.text, now) if was and now else ()
            yield Finding(
                kind="key" if cited.key else "reference",
                grade=grade,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                text=cited.written,
                cited=cited.written,
                document=self._texts.document(aim.document) if aim.document else None,
                id=self._texts.id(place) if place else None,
                source_line=paragraph.line if paragraph else 0,
                byte_column=self._draft.byte_column(cited.start),
                found=now if was else "",
                found_changed=changed_spans(edits, 1),
                was=Was(was.id, was.text, was.until, changed=changed_spans(edits, 0))
                if was
                else None,
            )

    def _finding(
        self,
        quotation: Quotation,
        grade: Grade,
        aims: Sequence[Aim],
        *,
        held: _Held | None = None,
        place: Place | None = None,
        document: Document | None = None,
        cautions: Sequence[Caution] = (),
        others: Sequence[str] = (),
    ) -> Finding:
        line, column = self._draft.place(quotation.start)
        end_line, end_column = self._draft.place(quotation.end)
        if held is not None:
            place = self._texts.narrowed(held.place, held.judged.span)
            document = self._texts.document(place.document)
        judged = held.judged if held else None
        start, end = judged.span if judged else (0, 0)
        first = self._texts.paragraph(place.document, place.first) if place else None
        return Finding(
            kind="quotation",
            grade=grade,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            text=quotation.words.text,
            cited=" ".join(aim.cited.written for aim in aims) or None,
            document=document,
            id=self._texts.id(place) if place else None,
            source_line=first.line if first else 0,
            found=held.source.text[start:end] if held else "",
            likeness=judged.likeness if judged else 0.0,
            changed=judged.changed if judged else (),
            found_changed=tuple((a - start, b - start) for a, b in judged.found_changed)
            if judged
            else (),
            cautions=tuple(dict.fromkeys(cautions)),
            others=tuple(others),
            byte_column=self._draft.byte_column(quotation.start),
        )


def check(
    known: Known, draft: Draft, name: str, state: IndexState, least_words: int
) -> CheckReport:
    """What a draft quotes and cites; `name` is what it is called in the report."""
    return Checking(known, draft, least_words).report(name, state)


def mendable(
    known: Known, draft: Draft, name: str, state: IndexState, least_words: int
) -> tuple[CheckReport, tuple[Quotation, ...]]:
    """The same, and the quotations of the draft, by which `citation.mending` mends it."""
    checking = Checking(known, draft, least_words)
    return checking.report(name, state), tuple(checking.quoted.quotations)
