"""Groups of sources on one query: rates, dates, best hits, keywords, silence."""

from __future__ import annotations

from support.comparisons import document, hit

from sinorus.corpus.groups import compare_groups
from sinorus.model import GROUPINGS, Document, Group, Grouping, Hit, SilentGroup

NOTHING: frozenset[str] = frozenset()


def compare(
    by: Grouping,
    documents: list[Document],
    hits: list[Hit],
    best: int = 2,
    among: set[str] | None = None,
) -> tuple[tuple[Group, ...], tuple[SilentGroup, ...]]:
    chosen = None if among is None else frozenset(among)
    return compare_groups(by, documents, hits, best=best, among=chosen, query_stems=NOTHING)


def test_keys() -> None:
    full = document(
        "d", date="2023-05", publisher="Xinhua", authors=("Li", "Wang", "Li"), lang="zh-Hant"
    )
    keys = {by: full.groups(by) for by in GROUPINGS}
    assert keys == {
        "document": ("d",),
        "publisher": ("Xinhua",),
        "author": ("Li", "Wang"),
        "year": ("2023",),
        "lang": ("zh",),
    }


def test_a_document_without_the_field_is_in_the_group_without_a_key() -> None:
    bare = document("d")
    assert {bare.groups(by) for by in GROUPINGS} == {("d",), (None,)}


A1 = document("a1", 2000, "2023-05", publisher="A", authors=("Li",))
A2 = document("a2", 2000, "2023", publisher="A", authors=("Li", "Wang"))
B1 = document("b1", 500, publisher="B")
C1 = document("c1", 9000, "2020", publisher="C")
D1 = document("d1", 9000, publisher=None)
HITS = [
    hit(A2, "gas here and gas there", "gas", 3),
    hit(B1, "gas", "gas"),
    hit(A1, "gas", "gas"),
    hit(A1, "more gas", "gas", 2),
]


def test_groups_by_rate_and_silent_ones_by_size() -> None:
    groups, silent = compare("publisher", [A1, A2, B1, C1, D1], HITS)
    assert [(g.key, g.matches, g.paragraphs, g.documents, g.words) for g in groups] == [
        ("B", 1, 1, 1, 500),
        ("A", 4, 3, 2, 4000),
    ]
    assert [group.rate for group in groups] == [2.0, 1.0]
    assert silent == (SilentGroup("C", 1, 9000), SilentGroup(None, 1, 9000))


def test_best_hits_come_in_the_order_of_relevance() -> None:
    groups, _ = compare("publisher", [A1, A2, B1], HITS)
    assert groups[1].best == (HITS[0], HITS[2])
    assert compare("publisher", [A1, A2, B1], HITS, best=0)[0][1].best == ()


def test_dates_are_of_matching_documents_and_may_be_partial() -> None:
    (undated, dated), _ = compare("publisher", [A1, A2, B1, C1], HITS)
    assert (undated.first, undated.last) == (None, None)
    assert dated.first == A2.date  # 2023 may begin before May
    assert dated.last == A2.date  # and ends after it


def test_several_authors_share_a_hit_and_none_is_a_group() -> None:
    groups, silent = compare("author", [A1, A2, B1, C1], HITS)
    assert [(group.key, group.matches, group.words) for group in groups] == [
        ("Li", 4, 4000),
        ("Wang", 2, 2000),
        (None, 1, 9500),
    ]
    assert silent == ()


def test_equal_rates_go_by_key_with_none_last() -> None:
    documents = [document(f"d{n}", 100, publisher=name) for n, name in enumerate(["Z", None, "A"])]
    groups, _ = compare("publisher", documents, [hit(d, "gas", "gas") for d in documents])
    assert [group.key for group in groups] == ["A", "Z", None]


def test_among_restricts_documents_and_hits() -> None:
    groups, silent = compare("document", [A1, A2, B1, C1], HITS, among={"a1", "c1"})
    assert [(group.key, group.matches) for group in groups] == [("a1", 2)]
    assert [group.key for group in silent] == ["c1"]
    assert compare("document", [A1], HITS, among=set()) == ((), ())


def test_a_paragraph_found_by_its_fields_alone_is_one_hit() -> None:
    groups, _ = compare("document", [A1], [hit(A1, "no word of it", "gas")])
    assert groups[0].matches == 1


def test_a_document_without_words_has_rate_zero() -> None:
    empty = document("e", 0)
    assert compare("document", [empty], [hit(empty, "gas", "gas")])[0][0].rate == 0


def test_keywords_set_the_hits_of_a_group_apart() -> None:
    rest = "the two sides agreed on many other questions of the day and went home " * 4
    mine = hit(A1, "gas pipeline, the pipeline, a pipelines' pipeline " + rest, "gas")
    theirs = [
        hit(B1, "gas missiles and missile tests, missile " + rest * 2, "gas", n) for n in (1, 2)
    ]
    groups, _ = compare_groups(
        "publisher",
        [A1, B1],
        [mine, *theirs],
        best=1,
        among=None,
        query_stems=frozenset({"missil"}),
    )
    found = {group.key: [keyword.word for keyword in group.keywords] for group in groups}
    assert found == {"A": ["pipeline"], "B": []}


def test_a_shared_paragraph_is_not_held_against_its_own_group() -> None:
    rest = "the two sides agreed on many other questions of the day and went home " * 6
    shared = hit(A2, "pipeline pipeline pipeline pipeline pipeline pipeline " + rest, "pipe")
    groups, _ = compare("author", [A2, B1], [shared, hit(B1, rest * 2, "home")])
    keys = {g.key: [(keyword.word, keyword.others) for keyword in g.keywords] for g in groups}
    assert keys == {"Li": [("pipeline", 0)], "Wang": [("pipeline", 0)], None: []}


def test_a_single_group_has_no_keywords() -> None:
    assert compare("publisher", [A1], [hit(A1, "gas " * 50, "gas")])[0][0].keywords == ()
