"""Lines for grep, cut, fzf and vim."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from support.golden import assert_golden
from support.rendered import (
    COMPARED,
    DOCUMENTS,
    EN_HIT,
    FOUND,
    RU_HIT,
    SHOWN,
    STATE,
    TEXTS,
    ZH_HIT,
    many_groups,
    only,
    printed,
)

from sinorus.model import GROUPINGS
from sinorus.render import Look
from sinorus.render.phrases import MOST_GROUPS


def lines(command, name, value, look=None):
    return printed(command, name, value, look).splitlines()


def test_a_hit_is_one_line_that_is_never_wrapped_nor_cut():
    assert lines("search", "plain", only(EN_HIT), Look(width=20)) == [
        "seeds/kim.md:12:kim-2020#3:Neither is content with an order [/b] in which Washington leads"
        " :100: and each has tried to contest American primacy; see [note 3] on the alliance of"
        " both powers."
    ]


def test_neighbours_have_hyphens_where_hits_have_colons():
    before, hit, after = lines("search", "plain", only(RU_HIT))
    assert before == "seeds/kremlin/2023-03-21.md-86-kremlin/2023-03-21#13-Раньше."
    assert hit.startswith("seeds/kremlin/2023-03-21.md:88:kremlin/2023-03-21#14:Стороны")
    assert after == "seeds/kremlin/2023-03-21.md-91-kremlin/2023-03-21#15-Позже и ещё."


def test_paths_are_printed_as_seen_from_the_current_folder():
    look = Look(paths=lambda path: f"../{path}")
    assert lines("search", "plain", only(EN_HIT), look)[0].startswith("../seeds/kim.md:12:")
    assert lines("search", "vimgrep", only(EN_HIT), look)[0].startswith("../seeds/kim.md:12:")


def test_colour_marks_matches_when_it_is_forced():
    (line,) = lines("search", "plain", only(ZH_HIT), Look(colour=True))
    assert "\x1b[1;31m普京\x1b[0mPutin" in line
    assert "\x1b[1;31m坚实 的法律\x1b[0m" in line


@pytest.mark.parametrize("by", GROUPINGS)
def test_groups_have_no_headings_as_every_line_is_a_record(by):
    grouped = lines("search", "plain", FOUND, Look(group_by=by))
    assert grouped == lines("search", "plain", FOUND)


def test_vimgrep_columns_are_bytes_of_the_line_of_the_match_behind_its_margin():
    places = [line.split(":", 3)[1:3] for line in lines("search", "vimgrep", only(EN_HIT))]
    # The block has a margin of two bytes (`> `) on both lines of the file.
    assert places == [["12", "50"], ["13", "29"], ["13", "67"]]
    places = [line.split(":", 3)[1:3] for line in lines("search", "vimgrep", only(ZH_HIT))]
    text = ZH_HIT.paragraph.text
    row = text.split("\n")[1]
    assert places[1] == ["6", str(len(row[: row.index("普京")].encode()) + 1)]


def test_vimgrep_of_a_hit_without_matches_points_at_its_first_line():
    (line,) = lines("search", "vimgrep", only(replace(EN_HIT, matches=())))
    assert line.startswith("seeds/kim.md:12:3:Neither")


def test_only_matching_prints_each_match_with_its_own_line():
    assert lines("search", "only-matching", only(RU_HIT)) == [
        "seeds/kremlin/2023-03-21.md:88:kremlin/2023-03-21#14:взаимодействия вступают",
        "seeds/kremlin/2023-03-21.md:89:kremlin/2023-03-21#14:Россия и Китай",
    ]


def test_shown_context_has_hyphens():
    first, second, _ = lines("show", "plain", SHOWN)
    assert first == "seeds/kim.md-9-kim-2020#2-Before."
    assert second.startswith("seeds/kim.md:12:kim-2020#3:Neither")


def test_sources_are_fields_between_tabs_with_the_id_first():
    assert_golden("render/sources.txt", printed("sources", "plain", DOCUMENTS))


def test_status_is_keys_and_values():
    assert_golden("render/status-plain.txt", printed("status", "plain", STATE))


def test_what_is_not_known_of_a_library_is_a_dash():
    found = lines("status", "plain", replace(STATE, updated=None, first=None, format=""))
    assert {"updated: -", "first: -", "format: -"} <= set(found)
    assert "last: 2023-03-21" in found


def test_a_comparison_says_who_is_silent():
    found = lines("compare", "plain", COMPARED)
    assert found[0] == (
        "== Journal of Strategy: 12 matches in 8 paragraphs of 1 document; 2.777 per 1,000 words"
    )
    assert found[1:3] == ["dates: 2020", "keywords: alliance 9, [gas] 4"]
    assert found[-1] == "silent: Pravda (12 documents, 34,567 words), unknown (1 document, 1 word)"


@pytest.mark.parametrize(
    ("by", "noun"), [("document", "documents"), ("lang", "languages"), ("year", "years")]
)
def test_of_many_groups_the_first_are_shown_and_the_rest_are_counted(by, noun):
    found = lines("compare", "plain", many_groups(by))
    assert len([line for line in found if line.startswith("== ")]) == MOST_GROUPS
    assert found[-2] == f"… and 131 more {noun} (--json has all)"
    assert found[-1].startswith("silent: s0 (1 document, 0 words), s1 (1 document, 100 words), ")
    assert found[-1].endswith(
        f"s7 (1 document, 700 words) and 1,552 more {noun} (121,599,200 words in all)"
    )


def test_one_group_too_many_is_counted_in_the_singular():
    crowd = many_groups("lang")
    crowd = replace(crowd, groups=crowd.groups[: MOST_GROUPS + 1], silent=crowd.silent[:9])
    found = lines("compare", "plain", crowd)
    assert found[-2] == "… and 1 more language (--json has all)"
    assert found[-1].endswith(" and 1 more language (800 words in all)")


def test_json_has_all_groups():
    found = json.loads(printed("compare", "json", many_groups("document")))
    assert (len(found["groups"]), len(found["silent"])) == (MOST_GROUPS + 131, 8 + 1552)


def test_two_texts_without_anything_in_common_say_so_first():
    rows = tuple(row for row in TEXTS.rows if row.kind in ("left", "right"))
    apart = replace(TEXTS, rows=rows, passages=(), similarity=0.0)
    assert lines("compare-texts", "plain", apart)[:2] == [
        "no passage in common",
        "== kim-2020#3 and kremlin/2023-03-21#3: 0 % of the words in common, nothing moved"
        "; they are in different languages, en and ru",
    ]
    assert lines("compare-texts", "rich", apart)[:2] == ["no passage in common", ""]
    assert "no passage in common" not in lines("compare-texts", "rich", TEXTS)


def test_two_texts_are_told_apart_as_wdiff_does_it():
    assert_golden("render/texts-plain.txt", printed("compare-texts", "plain", TEXTS))
