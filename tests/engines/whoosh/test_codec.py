"""Whoosh itself reads our index: its searches find what they find in an index of its own codec.

Both indexes have the same segments and the same deleted paragraphs, commit by commit, because
Whoosh counts deleted paragraphs too in its statistics. Whoosh keeps a length in a byte and we keep
it exactly, so that scores are compared with `ArrayCodec(rounded=True)`. Where a matcher of Whoosh
has a fault of its own (`AndNotMatcher` lets the first paragraph through if an excluded one stands
before it; a union forgets a list that has ended) it has it over both indexes: what is compared is
what Whoosh makes of either, a raised error too.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.conformance import make, put
from support.program import SHARED
from whoosh import index, query
from whoosh.query import spans
from whoosh.reading import EmptyReader, IndexReader, MultiReader, SegmentReader, TermNotFound
from whoosh.searching import Searcher

from sinorus.engines.whoosh.codec.schema import make_schema
from sinorus.engines.whoosh.codec.segment import ArrayCodec
from sinorus.engines.whoosh.commit import SegmentState
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.engines.whoosh.indexer.merge_policy import MergePolicy
from sinorus.engines.whoosh.indexer.writer import WriteOptions
from sinorus.files import Tree
from sinorus.model import KINDS, Document, Paragraph, Reading
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import walk
from sinorus.text.tokens import Tokens, tokenize

WORDS = ["alliance", "alliances", "allied", "treaty", "run", "running", "runs", "U.S.", "Путин"]
WORDS += ["Путина", "соглашение", "соглашения", "中", "俄", "关", "系", "F-16", "1969", "19", "a"]
FIELDS = ["text", "text", "text", "exact", "exact", "title", "heading", "speaker", "kind"]


class Never(MergePolicy):
    """Keeps every segment of each commit, as `write_stock` does."""

    def due(self, states: Sequence[SegmentState]) -> set[int]:
        return set()


class Always(MergePolicy):
    """Merges all there is into one segment at each commit."""

    def due(self, states: Sequence[SegmentState]) -> set[int]:
        whole = len(states) < 2 and all(s.paragraphs == s.all_paragraphs for s in states)
        return set() if whole else set(range(len(states)))


class Commit(NamedTuple):
    """What one change adds, or puts in the place of what was there, and what it takes away."""

    added: Sequence[Reading]
    removed: Sequence[str] = ()


def known(reading: Reading) -> Document:
    """The document of a reading that has one."""
    assert reading.document is not None
    return reading.document


def write_ours(folder: Path, commits: Sequence[Commit], merging: MergePolicy) -> None:
    """Our index, one segment a commit, merged or not."""
    engine = WhooshEngine(folder)
    engine.writing = WriteOptions(merging, alone=10**9)
    paths: dict[str, str] = {}
    for commit in commits:
        with engine.writer() as change:
            change.remove([paths[name] for name in commit.removed if name in paths])
            for reading in commit.added:
                paths[known(reading).id] = known(reading).path
                change.add(reading)
    engine.close()


def write_stock(folder: Path, commits: Sequence[Commit]) -> index.Index:
    """The same with Whoosh's own writer and codec; segments without a paragraph left go too."""
    stock = index.create_in(str(folder), make_schema())
    for commit in commits:
        change = stock.writer()
        for name in [*commit.removed, *(known(reading).id for reading in commit.added)]:
            change.delete_by_term("document", name)
        for reading in commit.added:
            add_stock(change, known(reading), reading.paragraphs)
        change.commit(
            mergetype=lambda _, segments: [
                segment for segment in segments if segment.deleted_count() < segment.doc_count_all()
            ]
        )
    return stock


def add_stock(change: Any, document: Document, paragraphs: Sequence[Paragraph]) -> None:
    for paragraph in paragraphs:
        tokens = tokenize(paragraph.text)
        heads = [tokenize(heading) for heading in paragraph.heading]
        above = Tokens(*([item for head in heads for item in head[at]] for at in range(4)))
        change.add_document(
            text=tokens,
            _stored_text=paragraph.text,
            exact=tokens,
            title=tokenize(document.title or ""),
            heading=above,
            speaker=tokenize(paragraph.speaker or ""),
            kind=paragraph.kind,
            document=document.id,
            n=paragraph.n,
        )


def rounded_reader(ours: Any) -> IndexReader:
    """A reader of our index that gives lengths out as Whoosh's own codec keeps them."""
    readers = [
        SegmentReader(ours.storage, ours.schema, segment, codec=ArrayCodec(rounded=True))
        for segment in index.TOC.read(ours.storage, ours.indexname, schema=ours.schema).segments
    ]
    if not readers:
        return EmptyReader(ours.schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers)


class Pair:
    """Searchers over both indexes; `exact` is the one that any program would open."""

    def __init__(self, ours: Path, stock: index.Index) -> None:
        self.index = index.open_dir(str(ours))
        self.rounded = Searcher(rounded_reader(self.index))
        self.exact = self.index.searcher()
        self.stock = stock.searcher()

    def compare(self, asked: query.Query) -> int:
        """Asserts that all answers agree; how many paragraphs there are."""
        right = answer(self.stock, asked, None)
        same(answer(self.rounded, asked, None), right, asked)
        for limit in (1, 3, 10):
            same(answer(self.rounded, asked, limit), answer(self.stock, asked, limit), asked)
        found = answer(self.exact, asked, None)
        if isinstance(right, str):
            assert found == right
            return 0
        assert {number for number, _ in found} == {number for number, _ in right}, asked
        return len(right)

    def close(self) -> None:
        for searcher in (self.rounded, self.exact, self.stock):
            searcher.close()


def answer(searcher: Searcher, asked: query.Query, limit: int | None) -> Any:
    """Document numbers with their scores in the order found; the name of an error if one came."""
    try:
        results = searcher.search(asked, limit=limit)
    except Exception as fault:
        return type(fault).__name__
    return [(number, score) for score, number in results.top_n]


def same(found: Any, right: Any, asked: query.Query) -> None:
    if isinstance(right, str) or isinstance(found, str):
        assert found == right, asked
        return
    assert [number for number, _ in found] == [number for number, _ in right], asked
    assert [score for _, score in found] == pytest.approx([s for _, s in right], abs=1e-5), asked


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


@st.composite
def readings(draw: st.DrawFn, name: str) -> Reading:
    paragraphs = draw(st.lists(texts, min_size=1, max_size=6))
    heading = tuple(draw(st.lists(texts, max_size=2)))
    authors = tuple(draw(st.lists(texts, max_size=1)))  # their words are no words of a title
    made = make(name, paragraphs, heading, title=draw(st.none() | texts), authors=authors)
    speakers = draw(st.lists(st.none() | texts, min_size=len(paragraphs), max_size=6))
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=len(paragraphs), max_size=6))
    known = zip(made.paragraphs, kinds, speakers, strict=False)
    return made._replace(
        paragraphs=[replace(one, kind=kind, speaker=speaker) for one, kind, speaker in known]
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Commit]:
    names = st.sampled_from([f"d{n}" for n in range(6)])
    commits = []
    for _ in range(draw(st.integers(1, 4))):
        added = draw(st.lists(names, min_size=1, max_size=4, unique=True))
        removed = [name for name in draw(st.lists(names, max_size=2)) if name not in added]
        commits.append(Commit([draw(readings(name)) for name in added], removed))
    return commits


def _words(field: str) -> list[str]:
    if field == "kind":
        return [*KINDS, "absent"]
    of = "forms" if field == "exact" else "stems"
    return sorted({word for text in WORDS for word in getattr(tokenize(text), of)} | {"absent"})


fields = st.sampled_from(FIELDS)
boosts = st.sampled_from([1.0, 1.0, 2.0, 0.5])


@st.composite
def leaves(draw: st.DrawFn, field: str | None = None) -> query.Query:
    name = field or draw(fields)
    word = st.sampled_from(_words(name))
    constant = draw(st.booleans())
    kind = draw(st.integers(0, 5))
    if kind == 0:
        start = draw(st.sampled_from(["al", "r", "1", "пут", "中", "соглаш", "z"]))
        return query.Prefix(name, start, boost=draw(boosts), constantscore=constant)
    if kind == 1:
        pattern = draw(st.sampled_from(["a*", "r?n*", "*n", "19*", "?", "*", "согл*е", "[ar]*"]))
        return query.Wildcard(name, pattern, boost=draw(boosts), constantscore=constant)
    if kind == 2:
        return query.FuzzyTerm(
            *(name, draw(word), draw(boosts), draw(st.integers(1, 2)), draw(st.integers(0, 1))),
            constantscore=constant,
        )
    if kind == 3:
        low, high = sorted([draw(word), draw(word)])
        ends = (draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None])))
        excluded = (draw(st.booleans()), draw(st.booleans()))
        return query.TermRange(name, *ends, *excluded, boost=draw(boosts), constantscore=constant)
    return query.Term(name, draw(word), boost=draw(boosts))


@st.composite
def positional(draw: st.DrawFn) -> query.Query:
    name = draw(st.sampled_from(["text", "exact"]))
    words = draw(st.lists(st.sampled_from(_words(name)), min_size=1, max_size=3))
    parts = draw(st.lists(leaves(name), min_size=2, max_size=3))
    slop, ordered = draw(st.integers(1, 4)), draw(st.booleans())
    first, second = parts[:2]
    return draw(
        st.sampled_from(
            [
                query.Phrase(name, words, slop=slop, boost=draw(boosts)),
                query.Phrase(name, words),
                query.Sequence(parts, slop=slop, ordered=ordered),
                spans.SpanNear(first, second, slop=slop, ordered=ordered),
                spans.SpanNear2(parts, slop=slop, ordered=ordered),
                spans.SpanFirst(first, limit=slop),
                spans.SpanOr(parts),
                spans.SpanNot(first, second),
                spans.SpanContains(spans.SpanNear(first, second, slop=4), first),
                spans.SpanBefore(first, second),
                spans.SpanCondition(first, second),
            ]
        )
    )


documents = st.sampled_from(["d0", "d1", "d5", "d9"]).map(lambda name: query.Term("document", name))
every = st.sampled_from([None, "text", "title", "document"]).map(query.Every)


def _inner(inner: st.SearchStrategy[query.Query]) -> st.SearchStrategy[query.Query]:
    parts = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        st.builds(query.And, parts, boosts),
        st.builds(query.Or, parts, boosts),
        st.builds(query.DisjunctionMax, parts),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(query.Require, inner, inner),
        st.builds(lambda a, b: query.And([a, query.Not(b)]), inner, inner),
        st.builds(query.Not, inner),
        st.builds(query.ConstantScoreQuery, inner, st.sampled_from([1.0, 3.5])),
    )


queries = st.recursive(st.one_of(leaves(), positional(), documents, every), _inner, max_leaves=5)


@contextmanager
def both(commits: Sequence[Commit]) -> Iterator[Pair]:
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "stock")
        theirs.mkdir()
        write_ours(ours, commits, Never())
        pair = Pair(ours, write_stock(theirs, commits))
        try:
            yield pair
        finally:
            pair.close()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.lists(queries, min_size=15, max_size=15))
def test_whoosh_finds_in_our_codec_what_it_finds_in_its_own(
    commits: list[Commit], asked: list[query.Query]
) -> None:
    with both(commits) as pair:
        for each in asked:
            pair.compare(each)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.lists(queries, min_size=15, max_size=15))
def test_a_merged_segment_is_like_one_that_was_written_at_once(
    commits: list[Commit], asked: list[query.Query]
) -> None:
    there: dict[str, Reading] = {}
    for commit in commits:
        for name in [*commit.removed, *(known(reading).id for reading in commit.added)]:
            there.pop(name, None)  # what is replaced goes to the end
        there.update({known(reading).id: reading for reading in commit.added})
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours"), Path(folder, "stock")
        theirs.mkdir()
        write_ours(ours, commits, Always())
        pair = Pair(ours, write_stock(theirs, [Commit(list(there.values()))]))
        if there:
            assert pair.rounded.reader().is_atomic()
            same_segment(pair.rounded.reader(), pair.stock.reader())
        for each in asked:
            pair.compare(each)
        pair.close()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories())
def test_the_dictionary_and_the_statistics_are_those_of_whoosh(commits: list[Commit]) -> None:
    with both(commits) as pair:
        ours, stock = pair.rounded.reader(), pair.stock.reader()
        terms = list(stock.all_terms())
        assert list(ours.all_terms()) == terms
        assert (ours.doc_count_all(), ours.doc_count()) == (
            stock.doc_count_all(),
            stock.doc_count(),
        )
        assert list(ours.all_doc_ids()) == list(stock.all_doc_ids())
        for leaf, right in zip(ours.leaf_readers(), stock.leaf_readers(), strict=True):
            same_segment(leaf[0], right[0])
        for name in ("text", "exact"):
            assert ours.field_length(name) == stock.field_length(name)
            assert ours.min_field_length(name) == stock.min_field_length(name)
            assert ours.max_field_length(name) == stock.max_field_length(name)
        for term in [*terms, ("text", b"absent"), ("heading", b"absent")]:
            assert ours.doc_frequency(*term) == stock.doc_frequency(*term)
            assert ours.frequency(*term) == stock.frequency(*term)


def same_segment(ours: IndexReader, stock: IndexReader) -> None:
    """Asserts that all postings of a segment are the same, and what is known of each term."""
    assert list(ours.all_stored_fields()) == list(stock.all_stored_fields())
    gone = [
        [reader.is_deleted(n) for n in range(reader.doc_count_all())] for reader in (ours, stock)
    ]
    assert gone[0] == gone[1]
    for name, text in stock.all_terms():
        assert (name, text) in ours
        found, right = (reader.term_info(name, text) for reader in (ours, stock))
        assert vars(found).items() <= vars(right).items()
        walks = [reader.postings(name, text) for reader in (ours, stock)]
        types = [kind for kind in ("frequency", "weight", "positions") if walks[1].supports(kind)]
        rows = [
            [(walk.id(), walk.weight(), *map(walk.value_as, types)) for _ in steps(walk)]
            for walk in walks
        ]
        assert rows[0] == rows[1]
    for name in ("text", "exact", "title", "heading", "document"):
        cursors = [reader.cursor(name) for reader in (ours, stock)]
        for start in ("", "run", "П", "中", "\uffff"):
            assert cursors[0].find(start) == cursors[1].find(start)
            assert cursors[0].next() == cursors[1].next()
        assert cursors[0].first() == cursors[1].first()


def steps(walk: Any) -> Iterator[None]:
    while walk.is_active():
        yield
        walk.next()


LONG_TEXTS = [
    " ".join(["treaty"] * (n % 7 == 0) + ["run"] * (n % 5) + WORDS[: n % 19]) for n in range(1, 150)
]
LONG = [
    make(
        f"d{number}",
        LONG_TEXTS,
        ("A treaty of alliance",) if number % 2 else (),
        title="Running and treaty" if number % 3 else None,
    )
    for number in range(6)
]
"""Lists of several blocks."""


def test_blocks_that_cannot_be_among_the_best_are_left_out_alike() -> None:
    asked: list[query.Query] = [
        query.Term("text", "treati"),
        query.Term("exact", "run"),
        query.Or([query.Term("text", "treati"), query.Term("text", "run", boost=2.0)]),
        query.And([query.Term("text", "run"), query.Term("title", "treati")]),
        query.And([query.Term("text", "run"), query.Not(query.Term("heading", "allianc"))]),
        query.DisjunctionMax([query.Term("text", "run"), query.Term("exact", "treaty")]),
        query.AndMaybe(query.Term("text", "run"), query.Term("text", "treati")),
        query.Phrase("text", ["run", "run", "allianc"]),
        query.Prefix("text", "r", constantscore=False),
    ]
    commits = [Commit(LONG[:3]), Commit(LONG[3:5], ["d1"]), Commit(LONG[5:])]
    with both(commits) as pair:
        assert min(pair.compare(each) for each in asked) > 10


def test_a_walk_that_was_skipped_past_its_end_still_stands_on_a_posting() -> None:
    """Whoosh's AndNotMatcher asks for the id of one; its own codec has an answer."""
    source = make("d", ["run treaty", "run allied", "run", "run allied", "run allied"])
    rare = query.AndNot(query.Term("text", "treati"), query.Term("text", "alli"))
    with both([Commit([source])]) as pair:
        assert pair.compare(query.AndMaybe(query.Term("text", "run"), rare)) == 5


@pytest.fixture
def index_folder(tmp_path: Path) -> Path:
    """Two segments; a paragraph of the first is deleted."""
    engine = WhooshEngine(tmp_path)
    put(engine, make("a", ["The alliances of 1950", "Договор"]), make("b", ["One two three"]))
    put(engine, make("b", ["Alliance of four words", "中俄关系"], title="Allies"))
    return tmp_path


def test_a_program_that_knows_only_whoosh_can_search(index_folder: Path) -> None:
    program = f"""
from whoosh.index import open_dir
from whoosh.qparser import QueryParser
found = open_dir({str(index_folder)!r})
with found.searcher() as searcher:
    def ask(text):
        hits = searcher.search(QueryParser("text", found.schema).parse(text))
        print(sorted((hit["document"], hit["n"]) for hit in hits))
    ask("alliance")
    ask("договоры")
    ask('"four words"')
    ask("all*")
    ask("exact:Alliances")
    ask("title:ally")
    ask("document:b")
    hit = searcher.search(QueryParser("text", found.schema).parse("word"))[0]
    print(dict(hit) == {{"text": "Alliance of four words", "document": "b", "n": 1}})
    print(hit.highlights("text"))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "[('a', 1), ('b', 1)]",
        "[('a', 2)]",
        "[('b', 1)]",
        "[('a', 1), ('b', 1)]",
        "[('a', 1)]",
        "[('b', 1), ('b', 2)]",
        "[('b', 1), ('b', 2)]",
        "True",
        'Alliance of four <b class="match term0">words</b>',
    ]


def test_lengths_are_exact_and_what_is_stored_is_given_out(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    lengths = [1, 17, 113, 114, 1000, 1001]
    put(engine, make("a", ["word " * size for size in lengths]))
    ours = index.open_dir(str(tmp_path))
    with ours.reader() as reader:
        assert [reader.doc_field_length(n, "text") for n in range(6)] == lengths
        assert [reader.doc_field_length(n, "exact") for n in range(6)] == lengths
        assert reader.doc_field_length(0, "title", 7) == 7
        assert (reader.min_field_length("text"), reader.max_field_length("text")) == (1, 1001)
        assert (reader.field_length("text"), reader.field_length("title")) == (sum(lengths), 0)
        assert reader.stored_fields(1) == {"text": "word " * 17, "document": "a", "n": 2}
        assert ("text", b"absent") not in reader
        with pytest.raises(TermNotFound):
            reader.term_info("text", "absent")
    rounded = rounded_reader(ours)
    assert [rounded.doc_field_length(n, "text") for n in range(6)] != lengths


WRITES: dict[str, Callable[[Any], object]] = {
    "adding": lambda found: found.writer().add_document(document="c", n=1),
    "deleting": lambda found: found.delete_by_term("document", "a"),
    "merging": lambda found: found.optimize(),
    "a new field": lambda found: found.add_field("more", make_schema()["document"]),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_whoosh_does_not_write_our_index(
    index_folder: Path, write: Callable[[Any], object]
) -> None:
    before = {path.name: path.read_bytes() for path in index_folder.iterdir()}
    with pytest.raises(TypeError, match="not write it: run sinorus index"):
        write(index.open_dir(str(index_folder)))
    after = {path.name: path.read_bytes() for path in index_folder.iterdir()}
    assert after == before
    engine = WhooshEngine(index_folder)
    put(engine, make("c", ["word"]))  # the lock was let go
    assert engine.check() == []
    assert [document.id for document in engine.documents()] == ["a", "b", "c"]


def test_whoosh_does_not_write_an_empty_index_either(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    put(engine)
    with (
        pytest.raises(TypeError, match="run sinorus index"),
        index.open_dir(str(tmp_path)).writer() as change,
    ):
        change.add_document(document="a", n=1)
    put(engine, make("c", ["word"]))
    assert [document.id for document in engine.documents()] == ["c"]
    assert engine.clean()


def library_queries(
    pages: Sequence[Sequence[Paragraph]], chance: random.Random
) -> list[query.Query]:
    """Searches for words of the library, common and rare, alone and together."""
    texts_of = [tokenize(chance.choice(page).text) for page in pages]
    asked: list[query.Query] = []
    for tokens in [found for found in texts_of if len(found) > 3][:50]:
        at = chance.randrange(len(tokens) - 2)
        stems, forms = tokens.stems[at : at + 3], tokens.forms[at : at + 3]
        terms = [query.Term("text", stem) for stem in stems]
        kinds: list[query.Query] = [
            terms[0],
            query.Term("exact", forms[1], boost=2.0),
            query.And(terms),
            query.Or([*terms, query.Term("title", stems[0])]),
            query.AndNot(terms[0], terms[1]),
            query.Phrase("text", stems[:2]),
            query.Phrase("exact", forms, slop=2),
            spans.SpanNear(terms[0], terms[2], slop=5, ordered=False),
            query.Prefix("text", stems[0][:3]),
            query.Wildcard("exact", f"{forms[1][:1]}*{forms[1][-1:]}"),
            query.FuzzyTerm("text", stems[2], maxdist=1, prefixlength=1),
            query.ConstantScoreQuery(query.And([terms[0], query.Term("heading", stems[1])]), 2.0),
            query.TermRange("exact", min(forms), min(forms) + "я"),
        ]
        asked.append(kinds[len(asked) % len(kinds)])
    return asked


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared library is not beside the repository")
def test_the_real_library_is_found_alike() -> None:
    entries = walk(Tree(str(SHARED)), ["library"]).entries
    made = [
        read_source(entry, read_content(Tree(str(SHARED)), entry.path)) for entry in entries[::17]
    ]
    gone = [known(reading).id for reading in made[5:60:9]]
    commits = [Commit(made[:60]), Commit(made[60:], gone)]
    asked = library_queries([reading.paragraphs for reading in made], random.Random(7))
    with both(commits) as pair:
        found = [pair.compare(each) for each in asked]
    assert len(found) == 50
    assert sum(count > 0 for count in found) >= 40
