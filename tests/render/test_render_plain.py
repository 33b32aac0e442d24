"""Lines for grep, cut, fzf and vim."""

from __future__ import annotations

from dataclasses import replace

from render_samples import (
    COMPARED,
    DOCUMENTS,
    EN_HIT,
    FOUND,
    RU_HIT,
    SHOWN,
    STATE,
    TEXTS,
    ZH_HIT,
)

from sinorus.model import Hit
from sinorus.render import Look, renderer


def lines(command, name, value, look=None):
    return "".join(renderer(command, name)(value, look or Look())).splitlines()


def only(*hits: Hit):
    return replace(FOUND, hits=hits)


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


def test_groups_have_headings():
    found = lines("search", "plain", FOUND, Look(group_by="publisher"))
    assert [line for line in found if line.startswith("==")] == [
        "== Journal of Strategy",
        "== Kremlin",
        "== unknown",
    ]
    found = lines("search", "plain", only(EN_HIT, EN_HIT), Look(group_by="document"))
    assert found[0] == "== Rising Powers [sic] and the *Blank* Kim (kim-2020)"
    assert len(found) == 3


def test_vimgrep_columns_are_bytes_of_the_line_of_the_match_behind_its_margin():
    places = [line.split(":", 3)[1:3] for line in lines("search", "vimgrep", only(EN_HIT))]
    # The block has a margin of two bytes (`> `) on both lines of the file.
    assert places == [["12", "50"], ["13", "29"], ["13", "67"]]
    places = [line.split(":", 3)[1:3] for line in lines("search", "vimgrep", only(ZH_HIT))]
    text = ZH_HIT.paragraph.text
    row = text.split("\n")[1]
    assert places[1] == ["6", str(len(row[: row.index("普京")].encode()) + 1)]


def test_vimgrep_of_a_hit_without_matches_points_at_its_first_line():
    (line,) = lines("search", "vimgrep", only(replace(EN_HIT, spans=())))
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
    first, _, last = lines("sources", "plain", DOCUMENTS)
    assert first.split("\t") == [
        "kim-2020",
        "2020",
        "en",
        "40",
        "4321",
        "Jane Roe; Ivan Petrov",
        "Journal of Strategy",
        "Rising Powers [sic] and the *Blank* Kim",
        "seeds/kim.md",
    ]
    assert last.count("\t") == 8


def test_status_is_keys_and_values():
    found = lines("status", "plain", STATE)
    assert "documents: 3" in found
    assert "language unknown: 1 document, 30 paragraphs, 5,120 words" in found
    assert "damage: segment 3 is cut short" in found


def test_a_comparison_says_who_is_silent():
    found = lines("compare", "plain", COMPARED)
    assert found[0] == (
        "== Journal of Strategy: 12 hits in 8 paragraphs of 1 document; 2.777 per 1,000 words"
    )
    assert found[1:3] == ["dates: 2020", "keywords: alliance 9, [gas] 4"]
    assert found[-1] == "silent: Pravda (12 documents, 34,567 words), unknown (1 document, 1 word)"


def test_two_texts_are_told_apart_as_wdiff_does_it():
    assert lines("compare-texts", "plain", TEXTS) == [
        "== kim-2020 and kremlin/2023-03-21: 50% of the words in common",
        "  kim-2020#1 k#1: Both say this.",
        "- kim-2020#2: A [-lasting-] friendship without [-limits-].",
        "+ k#2: A {+firm+} friendship without {+bounds+}.",
        "- kim-2020#3: 能源合作是两国务实合作的重要支柱。",
        "+ k#3: Только справа [sic].",
        "- kim-2020#4 (moved to #7): It moved.",
        "+ k#7 (moved from #4): It moved.",
        "passage: kim-2020#4 = k#7: 2 words, moved",
    ]
