"""Quotations to paste, which say exactly what the source says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.rendered import (
    CHINESE,
    COMPARED,
    DOCUMENTS,
    EN_HIT,
    FOUND,
    SHOWN,
    TEXTS,
    ZH_HIT,
    many_groups,
)

from sinorus.render import Look, renderer
from sinorus.render.markdown.hits import block_safe, reference


def text(command, value, look=None):
    return "".join(renderer(command, "markdown")(value, look or Look()))


def test_a_quotation_has_no_emphasis_of_ours_and_names_its_source():
    assert text("search", replace(FOUND, hits=(EN_HIT,))) == (
        "> Neither is content with an order [/b] in which Washington leads :100: and each has"
        " tried to contest American primacy; see [note 3] on the alliance of both powers.\n\n"
        "— Jane Roe, Ivan Petrov, *Rising Powers \\[sic\\] and the \\*Blank\\* Kim*,"
        " Journal of Strategy, 2020, [kim-2020#3](<https://example.org/kim?a=1&b=(2)>)\n\n"
    )


def test_no_space_appears_inside_a_chinese_word():
    assert "奠定了坚实的法律基础" in text("search", replace(FOUND, hits=(ZH_HIT,)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 1 on the list", r"\# 1 on the list"),
        ("2023. It began", r"2023\. It began"),
        ("- and so on", r"\- and so on"),
        ("-5 degrees", "-5 degrees"),
        ("<script>x</script> 3 < 4", r"\<script>x\</script> 3 < 4"),
        ("[sic] *as it is*", "[sic] *as it is*"),
    ],
)
def test_a_paragraph_stays_a_paragraph(source, expected):
    assert block_safe(source) == expected


def test_only_addresses_become_links():
    assert reference(replace(CHINESE, url="javascript:alert(1)"), "x#1") == "x#1"
    assert reference(replace(CHINESE, url="https://e.org/a b>\x1b"), "x") == (
        "[x](<https://e.org/a%20b%3E%1B>)"
    )


def test_paragraphs_that_follow_each_other_are_one_quotation():
    found = text("show", SHOWN)
    assert found.startswith("> Before.\n>\n> Neither is content")
    assert found.count("\n— ") == 2


def test_groups_are_headings():
    assert "## Kremlin\n\n> Раньше." in text("search", FOUND, Look(group_by="publisher"))


def test_sources_are_a_list_of_references():
    assert text("sources", DOCUMENTS).splitlines()[1:] == [
        "- *Совместное заявление*, Kremlin, 2023-03-21,"
        " [kremlin/2023-03-21](<http://kremlin.ru/supplement/5920>)",
        "- xinhua",
    ]


def test_comparisons_are_tables():
    assert "| Kremlin | 3 | 3 | 1 | 5,120 | 0.586 | 2019 – 2023-03-21 |\n" in text(
        "compare", COMPARED
    )
    found = text("compare", many_groups("author"))
    assert found.count("\n| g") == found.count("## g") == 12
    assert "\n\n… and 131 more authors (--json has all)\n\n## g0\n" in found
    assert "| #2: A ~~lasting~~ friendship without ~~limits~~. | #2: A **firm** friendship" in text(
        "compare-texts", TEXTS
    )
