"""What stands in aligned columns, a line each: the concordance and the list of documents."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from support.golden import assert_golden
from support.rendered import DOCUMENTS, EN_HIT, ENGLISH, FOUND, RU_HIT, ZH_HIT, only, printed

from sinorus.model import SourcePage
from sinorus.render import Look
from sinorus.render.terminal.layout import truncate_end, truncate_middle, truncate_start


def kwic(*hits, look=None, width=80):
    """The lines of a concordance in so many cells, without the numbers of the hits."""
    number = len(f"{max(hit.rank for hit in hits)} ")
    look = look or Look(width=width + number, terminal=True)
    shown = printed("search", "kwic", only(*hits), look).splitlines()
    if not look.terminal or look.batch:
        return shown
    begin = shown.index("") + 1
    end = shown.index("", begin) if "" in shown[begin:] else len(shown)
    return [
        re.sub(r"^((?:\x1b\[\d+m)?) *\d+((?:\x1b\[0m)?) ", "", line) for line in shown[begin:end]
    ]


def sources(documents, width):
    """The lines of the table, without its heading and what is said below it."""
    page = SourcePage.of(documents)
    return printed("sources", "rich", page, Look(width=width)).splitlines()[1:-1]


def matching(hit, text, start, end):
    return replace(hit, paragraph=replace(hit.paragraph, text=text), matches=((start, end),))


def column(line, match):
    return cell_len(line[: line.index(match)])


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_concordance_is_aligned_in_cells_whatever_the_script(width):
    found = kwic(*FOUND.hits, width=width)
    assert max(map(cell_len, found)) <= width
    firsts = ("Washington", "American", "alliance", "взаимодействия", "Россия и", "坚实")
    matches = (*firsts, "普京", "能源合作")
    assert len({column(line, match) for line, match in zip(found, matches, strict=True)}) == 1


def test_context_is_spaced_as_in_the_text():
    said = "In Mao's mind, and by Mao  's sanction, it was."
    one = matching(EN_HIT, said, 3, 6)
    assert kwic(one, width=120)[0].endswith("  In Mao's mind, and by Mao  's sanction, it was.")
    two = replace(one, matches=((3, 6), (22, 25)))
    assert kwic(two, width=120)[1].endswith("  In Mao's mind, and by Mao  's sanction, it was.")
    assert "双方重申：“睦邻" in kwic(matching(ZH_HIT, "双方重申：“睦邻", 4, 5))[0]


def test_on_a_terminal_each_line_has_the_number_of_its_hit():
    hits = (replace(EN_HIT, rank=9, matches=((0, 2), (4, 6))), matching(RU_HIT, "Слово", 0, 5))
    result = replace(
        only(hits[0], replace(hits[1], rank=10)),
        partial=False,
        total=1137,
        tally={"a": 1137},
        more=True,
    )
    found = printed("search", "kwic", result, Look(terminal=True, width=70)).splitlines()
    assert found[0].startswith("1,137 paragraphs in 1 document, ")
    assert [line[:4] for line in found[2:]] == [" 9 [", " 9 [", "10 [", "", "1,13"]
    assert max(map(cell_len, found)) <= 70
    for other in (Look(), Look(terminal=True, batch=True)):
        assert "1,137" not in printed("search", "kwic", result, other)


def test_a_match_longer_than_its_room_is_shortened_in_the_middle():
    long = "the Central Intelligence Agency " * 4
    hits = (matching(EN_HIT, f"Of {long}it is said.", 3, 3 + len(long)), ZH_HIT)
    first, second, *_ = kwic(*hits)
    assert first.endswith("Of the Central Intell…elligence Agency")
    assert column(first, "the Central") == column(second, "坚实")
    assert cell_len(first) <= 80


def test_the_label_is_a_third_of_the_line_and_loses_the_beginning_of_its_id():
    lengthy = replace(RU_HIT, paragraph=replace(RU_HIT.paragraph, document="a" * 40 + "/энергия"))
    (line, *_) = kwic(lengthy, width=90)
    assert line.startswith("[ru 2023-03-21 …aa/энергия#14] ")
    assert cell_len(line[: line.index("]") + 1]) == 30
    assert kwic(lengthy, width=60)[0].startswith("[ru 2023-03-21 …#14] ")
    assert kwic(lengthy, width=40)[0].startswith("…/энергия#14] ")


def test_a_concordance_without_colour_and_with_it_is_the_same():
    coloured = kwic(*FOUND.hits, look=Look(width=82, terminal=True, colour=True))
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in coloured] == kwic(*FOUND.hits)


def test_a_piped_concordance_is_a_hundred_and_twenty_cells_wide():
    assert max(map(cell_len, kwic(*FOUND.hits, look=Look(width=300)))) <= 120


def test_many_queries_leave_room_for_the_query():
    for line in kwic(*FOUND.hits, look=Look(width=100, terminal=True, batch=True)):
        assert cell_len(line.expandtabs(8)) <= 100


TEXTS = st.text(st.sampled_from("ab ё中京，。（“ \u0301é-"), max_size=60)


@given(TEXTS, st.integers(0, 60), st.integers(0, 60), st.integers(8, 120))
def test_no_line_of_a_concordance_is_wider_than_the_screen(text, start, end, width):
    for hit in (EN_HIT, ZH_HIT):
        for line in kwic(matching(hit, text, start, end), width=width):
            assert cell_len(line) <= width


@given(TEXTS, st.integers(0, 70), st.sampled_from((truncate_start, truncate_end, truncate_middle)))
def test_what_is_cut_fits_and_what_fits_is_not_cut(text, width, cut):
    assert cell_len(cut(text, width)) <= width
    assert cell_len(text) > width or cut(text, width) == text


def test_a_cut_is_marked_where_it_is():
    assert truncate_end("中俄能源与贸易", 8) == "中俄能…"
    assert truncate_start("background/energy", 9) == "…d/energy"
    assert truncate_middle("Россия и Китай", 9) == "Росс…итай"


def test_a_document_is_a_line():
    assert_golden("render/sources-rich.txt", printed("sources", "rich", DOCUMENTS))


def test_what_is_missing_is_told_in_words_where_there_is_room():
    first, second, third = sources(DOCUMENTS, 80)
    assert first.endswith("Blank* K…")
    assert second.endswith(" no author")
    assert third.endswith("  no author, no publisher")
    assert "no date" in third
    assert "no title" in third
    _, second, third = sources(DOCUMENTS, 200)
    assert re.search("  no author +Kremlin$", second)
    assert re.search(" no url  no author +no publisher$", third)
    assert len({column(line, "no author") for line in (second, third)}) == 1


def test_what_no_document_has_is_told_once():
    bare = [replace(ENGLISH, id=f"d{n}", authors=(), url=None) for n in range(3)]
    head, *lines, foot = printed("sources", "rich", SourcePage.of(bare)).splitlines()
    assert head.split() == ["id", "date", "lang", "¶", "title", "publisher"]
    assert not any("no " in line for line in lines)
    assert foot == "3 documents; none of these has an author or a url"


def test_a_page_of_a_list_says_which():
    many = [replace(ENGLISH, id=f"d{n}") for n in range(2000)]
    page = SourcePage.of(many, offset=1000, limit=5)
    assert printed("sources", "rich", page).endswith("\n1,001–1,005 of 2,000 documents\n")


def test_one_long_id_does_not_take_the_room_of_titles():
    lengthy = replace(ENGLISH, id="a/" * 30 + "energy", title="B" * 90)
    first, second = sources((lengthy, replace(ENGLISH, id="a/b")), 80)
    assert cell_len(first[first.index("BB") :]) >= 32
    assert first.startswith("…")
    assert second.startswith("a/b ")


def test_nothing_is_cut_inside_of_what_a_reader_takes_for_one_character():
    family, flag, accented = "👨\u200d👩\u200d👧", "🇨🇳", "и\u0306"
    for one in (family, flag, accented):
        for width in range(1, 12):
            for cut in (truncate_end, truncate_start):
                rest = cut(one * 20, width).strip("…").replace(one, "")
                assert rest == ""


@pytest.mark.parametrize("width", [64, 80, 100, 200])
def test_titles_and_ids_are_cut_to_the_width(width):
    lengthy = (
        replace(ENGLISH, title="中俄能源与贸易概况" * 20),
        replace(ENGLISH, id="a/" * 60 + "energy", title="A"),
        replace(ENGLISH, url="javascript:alert(1)"),
    )
    found = sources(lengthy, width)
    assert all(cell_len(line) <= width for line in found)
    assert re.search("[中俄能源与贸易概况]…( |$)", found[0])
    assert re.search(r"^…[a/]+energy  2020  en    40  A( |$)", found[1])
    titles = ("中俄", "  A", "Rising")
    assert column(found[0], titles[0]) == column(found[1], titles[1]) + 2
    assert column(found[0], titles[0]) == column(found[2], titles[2])


@pytest.mark.parametrize("width", [5, 20, 30, 40])
def test_however_narrow_a_line_fits(width):
    assert max(map(cell_len, sources(DOCUMENTS, width))) <= width


def test_no_documents_are_no_lines():
    assert printed("sources", "rich", SourcePage.of(())) == ""


def test_titles_link_to_the_web_and_ids_to_the_file():
    look = Look(colour=True, hyperlinks=True, uri=lambda path, line: f"file://h/{path}")
    found = printed("sources", "rich", SourcePage.of((ENGLISH,)), look)
    assert "\x1b]8;;file://h/seeds/kim.md\x1b\\" in found
    assert "\x1b]8;;https://example.org/kim?a=1&b=(2)\x1b\\" in found


def test_what_a_document_lacks_is_dim_and_no_part_of_its_title():
    shown = printed("sources", "rich", SourcePage.of(DOCUMENTS), Look(width=100, colour=True))
    assert re.search(r"\x1b\[0m +\x1b\[2mno author", shown)
