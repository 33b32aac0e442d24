"""The reference engine: every paragraph is read and asked. Slow, plain, and always right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sinorus.engines.counting import groups_of, tally_of, words_by_document
from sinorus.engines.documents import timestamp, values_of
from sinorus.engines.locating import OTHERS, Pair, best, pairs_of, telling_pairs, with_others
from sinorus.engines.ordering import Candidate, ordered
from sinorus.engines.port import (
    EngineInfo,
    GroupRequest,
    Ingested,
    Read,
    SearchRequest,
    document_to_add,
    ingested,
)
from sinorus.engines.scoring import (
    HEADING,
    TITLE,
    Counted,
    add_scores,
    boosted_units,
    counted_parts,
    field_terms,
    fragment,
    kind_weights,
    share_of_place,
    worth,
)
from sinorus.engines.words import (
    counts_of_texts,
    home_numbers,
    in_scope,
    passages_of,
    telling,
)
from sinorus.model import (
    KINDS,
    Document,
    Fault,
    Fingerprint,
    Hit,
    HitPage,
    Paragraph,
    ParagraphId,
    Reading,
)
from sinorus.model.counts import Tally, WordCounts
from sinorus.query.evaluate import matches
from sinorus.query.nodes import Near, Positional
from sinorus.query.passages import Passage, occurrences
from sinorus.query.tree import whole_words
from sinorus.text.prose import prose
from sinorus.text.stems import alike
from sinorus.text.tokens import FINGERPRINT, paragraph_hash, tokenize


class MemoryEngine:
    """Files in a dictionary; a change is made to a copy and put in its place at once."""

    name = "memory"
    shared = False
    place = "memory"

    def __init__(self) -> None:
        self._files: dict[str, Reading] = {}
        self._updated = ""
        self._changes = 0

    def info(self) -> EngineInfo:
        documents = list(self.documents())
        return EngineInfo(
            engine=self.name,
            format="memory-1",
            analysis=FINGERPRINT,
            updated=self._updated,
            documents=len(documents),
            paragraphs=sum(document.paragraphs for document in documents),
            words=sum(document.words for document in documents),
        )

    def fingerprints(self) -> Iterator[Fingerprint]:
        return (self._files[path].fingerprint for path in sorted(self._files))

    def faults(self) -> Iterator[Fault]:
        found = [fault for file in self._files.values() for fault in file.faults]
        return iter(sorted(found, key=lambda fault: (fault.path, fault.line or 0)))

    def documents(self, ids: Collection[str] | None = None) -> Iterator[Document]:
        found = [
            file.document
            for file in self._files.values()
            if file.document and (ids is None or file.document.id in ids)
        ]
        return iter(sorted(found, key=lambda document: document.id))

    def fields(self) -> Sequence[str]:
        return [*values_of(self.documents())]

    def values(self, field: str) -> Sequence[str]:
        return values_of(self.documents()).get(field, [])

    def document(self, id: str) -> Document | None:  # noqa: A002 - as in the port
        return next((one for one in self.documents() if one.id == id), None)

    def find_documents(self, suffix: str) -> Sequence[str]:
        return [one.id for one in self.documents() if one.id.endswith(suffix)]

    def paragraph_by_hash(self, hash: str) -> Sequence[ParagraphId]:  # noqa: A002 - as in the port
        return sorted(
            ParagraphId(file.document.id, paragraph.n)
            for file in self._files.values()
            if file.document
            for paragraph in file.paragraphs
            if paragraph.hash == hash
        )

    def hashes(self) -> Iterator[tuple[str, Sequence[str]]]:
        files = ((file.document, file.paragraphs) for file in self._files.values())
        found = {one.id: [each.hash for each in paragraphs] for one, paragraphs in files if one}
        return iter(sorted(found.items()))

    @contextmanager
    def writer(self, *, rebuild: bool = False, wait: float = 5.0) -> Iterator[MemoryWriter]:
        change = MemoryWriter({} if rebuild else dict(self._files))
        yield change
        self._files = change.files
        self._updated = timestamp()
        self._changes += 1

    def stems(self, forms: Collection[str] | None = None) -> Mapping[str, str]:
        return {}

    def forms(self, stems: Collection[str]) -> Mapping[str, str] | None:
        return None

    def search(self, request: SearchRequest) -> HitPage:
        passages = list(self._passages())
        found = [
            number for number, passage in enumerate(passages) if matches(request.node, passage)
        ]
        scores = self._scores(request, passages, found)
        whole = whole_words(request.node)
        tally: dict[str, int] = {}
        candidates = []
        for number in found:
            document, paragraph = passages[number].document, passages[number].paragraph
            tally[document.id] = tally.get(document.id, 0) + 1
            covered = sum(matches(node, passages[number]) for node in request.coverage)
            crossing = whole is not None and not matches(whole, passages[number])
            words = (paragraph.hash, len(passages[number].tokens))
            candidates.append(
                Candidate(document, paragraph.n, scores[number], covered, number, crossing, words)
            )
        within = [sum(matches(one, passages[at]) for at in found) for one in request.within]
        page = ordered(candidates, request)
        hits = [
            Hit(
                *(one.document, passages[one.number].paragraph, one.score),
                crossing=one.crossing,
                same=_same(one, candidates) if request.fold else (),
            )
            for one in page[: request.limit]
        ]
        more = len(page) > len(hits) if request.limit != 0 else len(found) > request.offset
        return HitPage(len(found), tally, tuple(hits), more, tuple(within))

    def locate(
        self, passages: Sequence[Sequence[str]], limit: int = 8
    ) -> Sequence[Sequence[ParagraphId]]:
        each = [pairs_of(passage) for passage in passages]
        wanted = {pair for pairs in each for pair in pairs}
        texts: dict[ParagraphId, set[Pair]] = {}
        uses: Counter[Pair] = Counter()
        for passage in self._passages():
            found = wanted.intersection(pairs_of(passage.tokens.stems))
            texts[ParagraphId(passage.document.id, passage.paragraph.n)] = found
            uses.update(found)
        return [_located(telling_pairs(pairs, uses, len(texts)), texts, limit) for pairs in each]

    def tally(self, request: GroupRequest) -> list[Tally]:
        every = list(self._passages())
        found = [passage for passage in every if matches(request.node, passage)]
        words = words_by_document((one.document, one.paragraph.text) for one in every)
        return tally_of(request, self.documents(), words, found)

    def words(self, request: GroupRequest, *, others: Collection[str] | None = None) -> WordCounts:
        documents = [one for one in self.documents() if in_scope(request.among, one.id)]
        numbers, homes = home_numbers(groups_of(one, request) for one in documents)
        found: list[tuple[str, int, int]] = []
        for number, document in enumerate(documents):
            paragraphs = list(self.paragraphs(document.id))
            kinds = [KINDS.index(one.kind) for one in paragraphs]
            sizes = [len(tokenize(one.text)) for one in paragraphs]
            for counts, one in zip(telling(kinds, sizes), paragraphs, strict=True):
                wanted = others is None
                if counts and matches(request.node, Passage(document, one)) == wanted:
                    found.append((one.text, numbers[number], number))
        return counts_of_texts(passages_of(found), homes, only=others)

    def _passages(self) -> Iterator[Passage]:
        return (
            Passage(file.document, paragraph)
            for file in self._files.values()
            if file.document
            for paragraph in file.paragraphs
        )

    def _scores(
        self, request: SearchRequest, passages: Sequence[Passage], found: Sequence[int]
    ) -> dict[int, float]:
        scores = dict.fromkeys(found, 0.0)
        lengths = {number: len(passages[number].tokens) for number in found}
        average = sum(len(passage.tokens) for passage in passages) / (len(passages) or 1)
        for unit, boost in boosted_units(request.node):
            add_scores(scores, _count(unit, passages), lengths, len(passages), average, boost)
        weights, whole = kind_weights(request.node), fragment(average)
        if weights is not None:
            for number in found:
                one = passages[number].paragraph
                weight = weights[KINDS.index(one.kind)]
                scores[number] *= worth(weight, prose(one.text), lengths[number], whole)
        return scores

    def paragraphs(
        self, document: str, first: int = 1, last: int | None = None
    ) -> Iterator[Paragraph]:
        for file in self._files.values():
            if file.document and file.document.id == document:
                return iter(file.paragraphs[max(first, 1) - 1 : last])
        return iter(())

    def size(self) -> int:
        return 0

    def clean(self) -> bool:
        return True

    def generation(self) -> str:
        return str(self._changes or "")

    def signs_of_work(self) -> object:
        return None

    def check(self) -> list[str]:
        return []

    def close(self) -> None:
        return None


class MemoryWriter:
    """A change in the making."""

    waited = False

    def __init__(self, files: dict[str, Reading]) -> None:
        self.files = files
        self._added: set[str] = set()

    def fingerprints(self) -> list[Fingerprint]:
        return [self.files[path].fingerprint for path in sorted(self.files)]

    def add(self, reading: Reading) -> None:
        document = document_to_add(reading, self._added)
        self.remove(
            [path for path, file in self.files.items() if file.fingerprint.document == document.id]
        )
        self._put(reading, document)

    def ingest(self, read: Read, place: Any, items: Sequence[Any]) -> Iterator[Ingested]:
        for number, item in enumerate(items):
            reading = read(place, item)
            if reading.same:
                self.touch([reading.fingerprint])
            elif reading.document is not None:
                self._put(reading, reading.document)
            elif not reading.passing:
                self.skip(reading.fingerprint, reading.faults[0])
            yield ingested(number, reading)

    def _put(self, reading: Reading, document: Document) -> None:
        read = [tokenize(paragraph.text) for paragraph in reading.paragraphs]
        hashed = tuple(
            replace(paragraph, hash=paragraph.hash or paragraph_hash(paragraph.text, tokens))
            for paragraph, tokens in zip(reading.paragraphs, read, strict=True)
        )
        whole = replace(document, words=sum(map(len, read)))
        path = reading.fingerprint.path
        self.files[path] = reading._replace(document=whole, paragraphs=hashed)

    def skip(self, fingerprint: Fingerprint, fault: Fault) -> None:
        self.files[fingerprint.path] = Reading(fingerprint, faults=(fault,))

    def remove(self, paths: Collection[str]) -> None:
        for path in paths:
            self.files.pop(path, None)

    def touch(self, fingerprints: Iterable[Fingerprint]) -> None:
        for one in fingerprints:
            if one.path in self.files:
                self.files[one.path] = self.files[one.path]._replace(fingerprint=one)


def _same(one: Candidate, candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """The ids of the others with its words, by document and number."""
    others = [other for other in candidates if other.words == one.words and other is not one]
    others.sort(key=lambda other: (other.document.id, other.n))
    return tuple([f"{other.document.id}#{other.n}" for other in others])


def _located(
    pairs: Sequence[tuple[Pair, float]], texts: Mapping[ParagraphId, set[Pair]], limit: int
) -> list[ParagraphId]:
    first = _likeliest(pairs, texts, limit)
    if not first:
        return []
    rest = [one for one in pairs if one[0] not in texts[first[0]]]
    return with_others(first, _likeliest(rest, texts, limit // OTHERS), limit)


def _likeliest(
    pairs: Sequence[tuple[Pair, float]], texts: Mapping[ParagraphId, set[Pair]], limit: int
) -> list[ParagraphId]:
    scores = [
        (sum(worth for pair, worth in pairs if pair in found), name.document, name.n)
        for name, found in texts.items()
    ]
    return [ParagraphId(*one) for one in best([row for row in scores if row[0] > 0], limit)]


def _count(unit: Positional | Near, passages: Sequence[Passage]) -> Counted:
    parts = counted_parts(unit)
    text = {
        number: sum(
            share_of_place(part, end - start)
            for part in parts
            for start, end in occurrences(part, p)
        )
        for number, p in enumerate(passages)
        if occurrences(unit, p)
    }
    fields: dict[int, float] = {}
    stems = [term.text for term in field_terms(unit)]
    for number, passage in enumerate(passages) if stems else ():
        title = tokenize(passage.document.title or "").stems
        headings = [stem for heading in passage.paragraph.heading for stem in _stems(heading)]
        weight = sum(TITLE * _uses(stem, title) + HEADING * _uses(stem, headings) for stem in stems)
        if weight:
            fields[number] = weight
    return Counted(text, fields)


def _uses(stem: str, stems: Sequence[str]) -> int:
    return sum(alike(stem, other) for other in stems)


@lru_cache(maxsize=4096)
def _stems(heading: str) -> list[str]:
    return tokenize(heading).stems
