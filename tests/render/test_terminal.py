"""What a reader sees: whole paragraphs in lines that fit, in three scripts."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from support.golden import assert_golden
from support.rendered import (
    COMPARED,
    EN_HIT,
    FOUND,
    RU_HIT,
    SHOWN,
    STATE,
    TEXTS,
    VALUES,
    ZH_HIT,
    many_groups,
    only,
    printed,
)

from sinorus.model import Shown
from sinorus.render import FORMATS, Look
from sinorus.render.terminal.layout import wrapped
from sinorus.render.visible import one_line


def text(command, value, look=None):
    return printed(command, "rich", value, look or Look(terminal=True))


@pytest.mark.parametrize(("name", "hit"), [("en", EN_HIT), ("ru", RU_HIT), ("zh", ZH_HIT)])
def test_a_hit(name, hit):
    """In English; in Russian a partial one with neighbours; in Chinese one of unknown origin."""
    found = replace(only(hit), partial=False, total=137, tally={"a": 130, "b": 7}, more=True)
    assert_golden(f"render/hit-{name}.txt", text("search", found))


def test_a_head_that_does_not_fit_on_a_line_stands_on_two():
    def head(width):
        return text("search", only(RU_HIT), Look(width=width)).splitlines()[:3]

    assert head(60)[:2] == [
        "Совместное заявление  Kremlin, 2023-03-21 [ru]",
        " 2  kremlin/2023-03-21#14  seeds/kremlin/2023-03-21.md:88",
    ]
    assert head(50)[1] == " 2  kremlin/2023-03-21#14  line 88"
    assert head(40) == [
        "Совместное заявление",
        "Kremlin, 2023-03-21 [ru]",
        " 2  kremlin/2023-03-21#14  line 88",
    ]
    assert head(30)[2] == " 2  kremlin/2023-03-21#14"
    assert head(24)[2] == " 2  …/2023-03-21#14"
    assert " 2  …-03-21#14" in text("search", only(RU_HIT), Look(width=14)).splitlines()


def test_what_hits_of_a_document_share_is_said_once():
    under = replace(EN_HIT.paragraph, n=4, text="More.", line=15)
    other = replace(under, n=9, heading=("Introduction",))
    hits = [EN_HIT, *(replace(EN_HIT, paragraph=one, matches=()) for one in (under, other))]
    hits = [replace(hit, rank=at) for at, hit in enumerate([*hits, ZH_HIT, EN_HIT], 8)]
    found = text("search", only(*hits), Look(width=80)).splitlines()
    assert [line for line in found if "Rising" in line] == [
        "Rising Powers [sic] and the *Blank* Kim",
        "Rising Powers [sic] and the *Blank* Kim",
    ]
    assert found[7:12] == [
        " 9  kim-2020#4  seeds/kim.md:15",
        "    More. [#31]",
        "10  kim-2020#9  seeds/kim.md:15",
        "    Introduction",
        "    More. [#31]",
    ]
    assert found[12:15] == ["", "xinhua  [zh]", "11  xinhua#1  seeds/新华.md:5"]
    # The id is where it always is, whatever the number.
    assert {line.index("#") for line in found if re.match("[ 0-9]{2}  kim-2020#", line)} == {12}


def test_above_a_page_stands_how_much_was_found_and_what_to_know():
    found = replace(only(EN_HIT, RU_HIT), partial=False, total=1137, tally={"a": 1100, "b": 37})

    def top(look=None, **changes):
        look = look or Look(terminal=True, width=60)
        return text("search", replace(found, **changes), look).partition("\n\n")[0]

    assert top() == "1,137 paragraphs in 2 documents"
    assert top(more=True) == "1,137 paragraphs in 2 documents, 1–2 shown"
    assert top(more=True, offset=20) == "1,137 paragraphs in 2 documents, 21–22 shown"
    assert top(offset=1136, hits=(EN_HIT,)) == "1,137 paragraphs in 2 documents, 1,137 shown"
    assert top(lacking=5, more=True) == (
        "1,137 paragraphs in 2 documents; then 5 without one of the\nwords, 1–2 shown"
    )
    assert top(partial=True, total=0, lacking=1) == "1 paragraph has some of the words"
    notes = ("Putin: also Путин, 普京 and many a name that is long", "b\x1b[31m")
    look = Look(terminal=True, width=40, notes=notes)
    assert top(look).splitlines() == [
        "1,137 paragraphs in 2 documents",
        "note: Putin: also Путин, 普京 and many a",
        "      name that is long",
        "note: b␛[31m",
    ]
    twice = replace(found, hits=(EN_HIT, EN_HIT), more=True)  # two lines of a concordance
    assert text("search", twice, Look(terminal=True)).endswith(
        "\n\n1,136 more: --offset 1 goes on, -n all shows all\n"
    )
    assert top(Look(notes=notes)).startswith("Rising Powers")  # a pipe has them on stderr


@pytest.mark.parametrize("title", ["Введение  в Тему", "ВВЕДЕ\u0301НИЕ в тему", "ёлка"])
def test_a_heading_that_is_the_title_is_not_repeated(title):
    heading = ("Введение в тему", "Глава 1", "Елка")
    hit = replace(
        RU_HIT,
        document=replace(RU_HIT.document, title=title),
        paragraph=replace(RU_HIT.paragraph, heading=heading),
    )
    expected = "Введение в тему › Глава 1" if title == "ёлка" else "Глава 1 › Елка"
    assert f":88\n    {expected}\n" in text("search", only(hit), Look(width=100))
    hit = replace(hit, paragraph=replace(hit.paragraph, heading=heading[2:]))
    if title == "ёлка":
        assert ":88\n    missing:" in text("search", only(hit), Look(width=100))


def test_of_many_missing_words_three_are_named():
    found = text("search", only(replace(EN_HIT, missing=("a", "b", "c", "d"))))
    assert "\n    missing: a, b, c …\n" in found
    found = text("search", only(replace(EN_HIT, missing=("a", "b", "c"))))
    assert "\n    missing: a, b, c\n" in found


def test_footnote_marks_are_dim_and_footnotes_are_named_behind():
    noted = replace(EN_HIT.paragraph, text="So it is.[^2] [note 3] And [^12]: was.", spans=())
    found = text("search", only(replace(EN_HIT, paragraph=noted, matches=())), Look(colour=True))
    assert (
        "So it is.\x1b[2m[^2]\x1b[0m [note 3] And \x1b[2m[^12]\x1b[0m: was.\x1b[2m [#31]\x1b[0m"
        in found
    )


def test_wide_terminals_get_lines_of_a_hundred_cells():
    assert max(map(cell_len, text("search", FOUND, Look(width=200)).splitlines())) == 100


def test_matches_are_highlighted_across_lines():
    found = text("search", only(EN_HIT, ZH_HIT), Look(width=54, colour=True))
    assert "\x1b[1;31mWashington\x1b[0m" in found
    assert "\x1b[1;31m坚实的法律\x1b[0m" in found
    assert "\x1b]8" not in found


def test_links_are_the_same_every_time_and_hold_no_control_character():
    document = replace(EN_HIT.document, url="https://e.org/\x1b\\ü")
    look = Look(colour=True, hyperlinks=True, uri=lambda path, line: f"file://h/{path}#{line}")
    value = only(replace(EN_HIT, document=document))
    found = text("search", value, look)
    assert found == text("search", value, look)
    assert "\x1b]8;;https://e.org/%1B\\%C3%BC\x1b\\" in found
    assert "\x1b]8;;file://h/seeds/kim.md#12\x1b\\" in found
    assert found.count("\x1b]8;;\x1b\\") == 3  # title, id and path


@pytest.mark.parametrize("command", FORMATS)
@pytest.mark.parametrize("name", ["rich", "kwic"])
def test_without_colour_there_is_no_escape_code(command, name, monkeypatch):
    if name not in FORMATS[command]:
        return
    monkeypatch.setenv("FORCE_COLOR", "1")
    look = Look(terminal=True, hyperlinks=True, uri=lambda path, _: f"file://h/{path}")
    assert "\x1b" not in printed(command, name, VALUES[command], look)


@pytest.mark.parametrize("name", ["NO_COLOR", "COLUMNS", "TERM"])
def test_the_environment_changes_nothing(name, monkeypatch):
    look = Look(colour=True)
    before = text("search", FOUND, look)
    monkeypatch.setenv(name, "7")
    assert text("search", FOUND, look) == before


@pytest.mark.parametrize("command", ["search", "show", "compare", "compare-texts", "status"])
def test_colour_changes_no_letter(command):
    bare, coloured = (
        text(command, VALUES[command], Look(width=200, colour=colour)) for colour in (False, True)
    )
    if command == "compare-texts":  # brackets stand in for the colours there
        bare = re.sub(r"\[-|-\]|\{\+|\+\}", "", bare)
    assert bare.split() == re.sub(r"\x1b\[[0-9;]*m", "", coloured).split()


def test_grouped_by_document_the_title_is_the_heading():
    found = text("search", only(EN_HIT), Look(group_by="document"))
    assert found.startswith("── Rising Powers [sic] and the *Blank* Kim (kim-2020) ──")
    assert found.count("Rising Powers") == 1


def test_a_heading_longer_than_the_line_is_wrapped():
    found = text("search", only(EN_HIT), Look(width=40, group_by="document"))
    assert found.startswith("Rising Powers [sic] and the *Blank* Kim\n(kim-2020)\n\n")


def test_show_names_a_document_once_and_tells_what_became_of_a_note():
    found = text("show", SHOWN)
    assert found.count("Rising Powers") == 1
    assert "  #2  Before.\n" in found
    assert "moved: kim-2020#2@9f2c41aa is now #3\n▸ #3  Neither" in found


def test_what_is_known_of_a_document_stands_where_it_is_read_from_its_beginning():
    (first,) = (one for one in SHOWN if one.paragraph.n == 2)
    assert "volume: 12" not in text("show", [first])
    begun = replace(first, paragraph=replace(first.paragraph, n=1))
    assert "volume: 12\n" in text("show", [begun, first])


def test_without_neighbours_there_is_no_arrow():
    found = text("show", [one for one in SHOWN if not one.context])
    assert "\n#3  Neither is content" in found
    assert "▸" not in found
    assert "▸ #1  中俄" in text("show", SHOWN)


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_columns_of_a_comparison_are_aligned(width):
    blocks = text("compare", COMPARED, Look(width=width)).split("\n\n")
    bars = {
        tuple(cell_len(line[: at.start()]) for at in re.finditer("│", line))
        for line in blocks[0].splitlines()
    }
    assert len(bars) == 1
    assert bars != {()}


def test_a_narrow_comparison_is_stacked():
    found = text("compare", COMPARED, Look(width=74))
    assert "│" not in found
    assert found.splitlines()[0].startswith("── Journal of Strategy ──")
    assert "silent: Pravda (12 documents, 34,567 words)" in found


def test_a_comparison_of_many_groups_shows_the_first():
    for width in (60, 200):
        found = text("compare", many_groups("publisher"), Look(width=width))
        assert found.count("── g") == 12
        assert "\n… and 131 more publishers (--json has all)\n" in found
        assert "1,552 more publishers" in " ".join(found.split())


@pytest.mark.parametrize(("name", "width"), [("beside", 80), ("stacked", 60)])
def test_two_texts_stand_side_by_side_or_one_above_the_other(name, width):
    assert_golden(f"render/texts-{name}.txt", text("compare-texts", TEXTS, Look(width=width)))


@pytest.fixture
def clock_of(monkeypatch):
    """Sets the clock of this process to that of a place."""

    def set_zone(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


def test_the_state_of_a_library_is_a_table_of_facts(clock_of):
    clock_of("UTC")
    assert_golden("render/status.txt", text("status", STATE))


def test_a_person_reads_when_the_index_was_made_by_the_own_clock(clock_of):
    clock_of("XST-14")  # fourteen hours before Greenwich
    assert "updated   23 November 2026, 00:00\n" in text("status", STATE)
    assert "updated: 2026-11-22T10:00:00Z\n" in printed("status", "plain", STATE)
    assert "some day" in text("status", replace(STATE, updated="some day"))


LETTERS = st.text(st.sampled_from("ab ё中京，。（“” \u0301🇨é👍ﾊ-")) | st.text().map(one_line)


@given(LETTERS, st.integers(2, 40))
@example("\u0301（a", 2)
@example("\xa0", 2)
@example("00 \u0300", 2)
def test_wrapping_loses_nothing_but_spaces_and_fits(source, width):
    lines = [line.plain for line in wrapped(Text(source), width)]
    assert "".join("".join(lines).split()) == "".join(source.split())
    assert all(cell_len(line) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one():
    for width in range(10, 60):
        for line in wrapped(Text(one_line(ZH_HIT.paragraph.text)), width):
            assert not line.plain.startswith(tuple("，。：”）"))
            assert not line.plain.endswith(tuple("“（"))


def test_an_address_is_shown_in_letters_that_one_reads():
    coded = (
        "https://zh.wikisource.org/wiki/%E5%90%88%E4%BD%9C%20a%E2%80%AE%ff?%D0%B3%D0%B0%D0%B7=%31"
    )
    document = replace(EN_HIT.document, url=coded)
    first = replace(EN_HIT.paragraph, n=1)
    shown = text("show", [Shown("a#1", document, first)], Look(width=100))
    assert "url: https://zh.wikisource.org/wiki/合作%20a%E2%80%AE%ff?газ=%31\n" in shown
