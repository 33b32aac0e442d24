"""Quotations to paste, which say exactly what the source says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.golden import assert_golden
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
    only,
    printed,
)

from sinorus.render import Look
from sinorus.render.markdown.hits import block_safe, reference


def text(command, value, look=None):
    return printed(command, "markdown", value, look)


def test_a_quotation_has_no_emphasis_of_ours_and_names_its_source():
    assert_golden("render/quotation.md", text("search", only(EN_HIT)))


def test_no_space_appears_inside_a_chinese_word():
    assert "奠定了坚实的法律基础" in text("search", only(ZH_HIT))


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
    assert_golden("render/references.md", text("sources", DOCUMENTS))


def test_comparisons_are_tables():
    assert_golden("render/comparison.md", text("compare", COMPARED))
    assert_golden("render/texts.md", text("compare-texts", TEXTS))


def test_of_many_groups_the_first_are_in_the_table():
    found = text("compare", many_groups("author"))
    assert found.count("\n| g") == found.count("## g") == 12
    assert "\n\n… and 131 more authors (--json has all)\n\n## g0\n" in found
