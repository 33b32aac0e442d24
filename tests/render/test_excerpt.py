"""Of a long paragraph the lines around its matches."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.rendered import EN_HIT, only, printed
from support.terminal import width

from sinorus.model import Paragraph, SearchResult, Span
from sinorus.render import Look
from sinorus.render.terminal.excerpt import chosen

BARE = Look(terminal=True, width=60)


def hit(text: str, *words: str, **known: object) -> SearchResult:
    spans: list[Span] = [
        found.span() for word in words for found in re.finditer(re.escape(word), text)
    ]
    one = Paragraph("kim-2020", 3, text, 12, 13, **known)  # type: ignore[arg-type]
    return only(replace(EN_HIT, paragraph=one, matches=tuple(sorted(spans))))


def page(value: SearchResult, look: Look = BARE) -> list[str]:
    """What stands below the place of the only hit."""
    lines = printed("search", "rich", value, look).rstrip("\n").split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(" 1  "))
    return lines[at + 1 :]


TEXTS = {
    "en": " ".join(f"Word{n:03} and another" for n in range(200)) + ".",
    "ru": " ".join(f"Слово{n:03} и ещё одно" for n in range(200)) + ".",
    "zh": "".join(f"第{n:03}，两国合作。" for n in range(200)),
}


@pytest.mark.parametrize("columns", [40, 80, 100, 200])
@pytest.mark.parametrize("script", TEXTS)
@pytest.mark.parametrize("wanted", [0, 1, 100, 199])
def test_a_page_has_five_lines_around_the_match(script: str, wanted: int, columns: int) -> None:
    text = TEXTS[script]
    word = re.findall(r"[^\W\d]+\d{3}", text)[wanted]
    value = hit(text, word)
    lines = page(value, replace(BARE, width=columns))
    assert len(lines) == 5
    assert word in "".join("".join(lines).split())
    assert lines[0].startswith("    " if wanted < 2 else "  … ")
    assert lines[4].endswith(" …") == (wanted != 199)
    assert max(map(width, lines)) <= min(columns, 100)
    whole = page(value, replace(BARE, width=columns, full=True))
    assert "".join("".join(whole).split()) == "".join(text.split())


def test_two_stretches_where_the_words_stand_far_apart() -> None:
    text = TEXTS["en"]
    lines = page(hit(text, "Word020 ", "Word150 "))
    assert len(lines) == 5
    assert [line[:4] for line in lines] == ["  … ", "    ", "    ", "  … ", "    "]
    assert "Word020 " in "".join(lines[:3])
    assert "Word150" in "".join(lines[3:])
    assert lines[4].endswith(" …")


def test_a_stretch_with_all_words_is_better_than_two() -> None:
    text = TEXTS["en"].replace("Word090 ", "Word020 ").replace("Word091 ", "Word150 ")
    lines = page(hit(text, "Word020 ", "Word150 "))
    assert [line[:4] for line in lines] == ["  … ", *["    "] * 4]
    assert "Word020 and another Word150" in " ".join(" ".join(lines).split())


def test_what_is_short_is_shown_as_it_is_and_lists_and_quotes_keep_their_margin() -> None:
    assert page(hit("One gas.", "gas")) == ["    One gas."]
    lines = page(hit(TEXTS["en"], "Word000", kind="quote"))
    assert all(line.startswith("    ┃ ") for line in lines)
    lines = page(hit(TEXTS["en"], "Word100", kind="list"))
    assert [line[:6] for line in lines] == ["  …   ", *["      "] * 4]
    assert page(hit(TEXTS["en"], "Word000", kind="list"))[0].startswith("    • Word000")


def test_who_speaks_is_said_where_the_beginning_is_left_out() -> None:
    lines = page(hit(TEXTS["ru"], "Слово100", speaker="В. Путин"))
    assert (lines[0], len(lines)) == ("    В. Путин:", 5)
    assert lines[1].startswith("  … ")
    assert page(hit(TEXTS["ru"], "Слово000", speaker="В. Путин"))[0].startswith(
        "    В. Путин: Слово000"
    )


def test_of_a_table_the_head_and_what_was_found() -> None:
    text = "Year\tGas\n" + "\n".join(f"{year}\t{year * 3}" for year in range(1950, 2020))
    assert page(hit(text, "2000", kind="table")) == [
        "    Year │  Gas",
        "  … 1999 │ 5997",
        "    2000 │ 6000",
        "    2001 │ 6003",
        "    2002 │ 6006 …",
    ]


def test_neighbours_are_cut_too() -> None:
    around = Paragraph("kim-2020", 2, TEXTS["en"], 10, 10)
    value = only(replace(EN_HIT, before=(around,), after=(replace(around, n=4),)))
    lines = printed("search", "rich", value, BARE).split("\n")
    begins = [at for at, line in enumerate(lines) if re.match("  [ ▸] #[0-9]", line)]
    assert [lines[at][:6] for at in begins] == ["    #2", "  ▸ #3", "    #4"]
    assert begins[1] - begins[0] == 5


@given(
    st.integers(1, 60),
    st.dictionaries(st.integers(0, 59), st.frozensets(st.sampled_from("abc"), min_size=1)),
    st.integers(1, 9),
)
def test_chosen_lines_are_as_many_as_may_be_and_have_a_match(
    count: int, matched: dict[int, frozenset[str]], most: int
) -> None:
    matched = {at: words for at, words in matched.items() if at < count}
    found = chosen(count, matched, most)
    assert found == sorted(set(found))
    assert set(found) <= set(range(count))
    assert len(found) == min(count, most)
    assert not matched or set(found) & set(matched)
    if len(matched) == 1 and count > most > 2:
        (line,) = matched
        assert line in (0, count - 1) or {line - 1, line, line + 1} <= set(found)
