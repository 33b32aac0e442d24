"""Groups of sources: their sums, their order, their dates."""

from __future__ import annotations

from support.comparisons import document

from sinorus.corpus.groups import Sum, by_size, ordered, sums
from sinorus.model import GROUPINGS, Date
from sinorus.model.counts import Tally
from sinorus.model.dates import date_between, first_and_last


def tally(*groups: str | None, **numbers: int) -> Tally:
    names = ("documents", "words", "speaking", "paragraphs", "matches")
    return Tally(groups, *(numbers.get(name, 0) for name in names), None, None)


def keys(groups: list[Sum]) -> list[str | None]:
    return [group.key for group in groups]


def test_keys() -> None:
    full = document(
        "a/d",
        date="1959/1961-02",
        publisher="Xinhua",
        authors=("Li", "Wang", "Li"),
        lang="zh-Hant",
        extra={"volume": "7", "place": ("Moscow", "Peking")},
    )
    assert {by: full.groups(by) for by in (*GROUPINGS, "volume", "place", "date", "path")} == {
        "document": ("a/d",),
        "publisher": ("Xinhua",),
        "author": ("Li", "Wang"),
        "year": ("1959/1961",),
        "decade": ("1950s/1960s",),
        "lang": ("zh",),
        "folder": ("seeds/a",),
        "volume": ("7",),
        "place": ("Moscow", "Peking"),
        "date": ("1959/1961-02",),
        "path": ("seeds/a/d.md",),
    }


def test_a_document_without_the_field_is_in_the_group_without_a_key() -> None:
    bare = document("d")
    assert {bare.groups(by) for by in (*GROUPINGS, "volume", "title")} == {
        ("d",),
        ("seeds",),
        (None,),
    }


def test_several_authors_share_what_is_counted() -> None:
    found = sums([tally("Li", "Wang", matches=4, words=10), tally("Wang", matches=1, words=5)])
    assert {key: (one.matches, one.words) for key, one in found.items()} == {
        "Li": (4, 10),
        "Wang": (5, 15),
    }


def test_groups_by_what_matches_and_years_in_their_order() -> None:
    found = sums(
        [
            tally("B", paragraphs=2, matches=9, words=50),
            tally(None, paragraphs=2, matches=9, words=50),
            tally("a", paragraphs=2, matches=9, words=50),
            tally("C", paragraphs=7, matches=8, words=90_000),
        ]
    ).values()
    assert keys(ordered(found, "publisher", None)) == ["C", "a", "B", None]
    assert keys(ordered(found, "publisher", "name")) == ["a", "B", "C", None]
    years = sums([tally("1961", paragraphs=1), tally("1959", paragraphs=9)]).values()
    assert keys(ordered(years, "year", None)) == ["1959", "1961"]
    assert keys(ordered(years, "year", "matches")) == ["1959", "1961"]


def test_a_note_of_few_words_does_not_lead_by_its_rate() -> None:
    found = sums(
        [
            tally("note", paragraphs=1, matches=1, words=22),
            tally("long", paragraphs=3, matches=9, words=2_000),
            tally("longer", paragraphs=3, matches=9, words=1_000),
        ]
    ).values()
    assert keys(ordered(found, "document", "rate")) == ["longer", "long", "note"]
    assert next(iter(found)).rate == 1000 / 22
    assert Sum("empty").rate == 0


def test_silent_groups_by_size() -> None:
    found = sums([tally("a", words=1), tally("b", words=9), tally(None, words=9)]).values()
    assert keys(by_size(found)) == ["b", None, "a"]


def test_day_dates_go_before_years() -> None:
    days = [Date("1956-02-24"), Date("1956-03-01")]
    assert first_and_last([Date("1955"), *days, None, Date("1957")]) == tuple(days)
    assert first_and_last([Date("1956-05"), Date("1956")]) == (Date("1956"), Date("1956"))
    assert first_and_last([None]) == (None, None)


def test_dates_are_written_as_short_as_they_can_be() -> None:
    for text in ("1956", "1956-02", "1956-02-29", "1956/1958", "1956-03-02/1957-05"):
        date = Date(text)
        assert date_between(date.first, date.last) == date
