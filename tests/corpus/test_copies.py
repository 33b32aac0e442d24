"""Documents that say the same are told by what they share, and no others."""

from __future__ import annotations

from time import process_time

from sinorus.corpus.copies import copies


def numbered(*bounds: tuple[int, int]) -> list[str]:
    return [f"{n:08x}" for start, end in bounds for n in range(start, end)]


def test_a_shorter_copy_with_a_heading_of_its_own_is_one() -> None:
    page, printed = numbered((0, 20), (900, 905)), numbered((0, 18), (800, 802))
    assert copies([("page", page), ("pdf", printed), ("x", numbered((50, 90)))]) == [
        ("page", "pdf")
    ]


def test_what_shares_a_half_is_none() -> None:
    assert copies([("a", numbered((0, 20))), ("b", numbered((10, 30)))]) == []


def test_two_short_notes_with_the_same_heading_are_none() -> None:
    assert copies([("a", numbered((0, 2))), ("b", numbered((0, 2)))]) == []


def test_what_very_many_have_tells_nothing() -> None:
    form = numbered((0, 5))
    many = [(f"form-{n:02}", [*form, *numbered((100 * n + 100, 100 * n + 104))]) for n in range(40)]
    assert copies(many) == []
    again = [*many, ("form-07-again", dict(many)["form-07"])]
    assert copies(again) == [("form-07", "form-07-again")]


def test_copies_of_copies_are_one_group() -> None:
    text = numbered((0, 30))
    found = copies([("c", text[:25]), ("a", text), ("b", text[5:])])
    assert found == [("a", "b", "c")]


def test_the_time_is_in_proportion_to_the_paragraphs() -> None:
    """A paragraph that all documents have must not be compared for each pair of them."""

    def seconds(documents: int) -> float:
        made = [(str(n), numbered((0, 10), (100 * n, 100 * n + 20))) for n in range(1, documents)]
        start = process_time()
        copies(made)
        return process_time() - start

    seconds(500)
    assert seconds(8_000) < 16 * 6 * seconds(500)
