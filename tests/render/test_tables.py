"""CSV and TSV: a fixed header, exact values, one record each."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from support.golden import assert_golden
from support.rendered import EN_HIT, EN_TEXT, FOUND, NOTHING, only, printed

from sinorus.render.data.csv import SEARCH


@pytest.mark.parametrize(
    ("command", "nothing"), [("search", NOTHING), ("show", ()), ("sources", ())]
)
def test_the_header_is_whole_even_over_nothing(command, nothing):
    header = printed(command, "csv", nothing)
    assert_golden(f"render/header-{command}.csv", header)
    assert printed(command, "tsv", nothing) == header.replace(",", "\t")


def test_csv_gives_back_the_text_with_its_newlines():
    first, *_ = csv.DictReader(StringIO(printed("search", "csv", FOUND)))
    assert first["text"] == EN_TEXT
    assert first["author"] == "Jane Roe; Ivan Petrov"
    assert first["heading"] == "Introduction; What [b]divides[/b]"
    assert first["extra"] == "volume=12; pages=1; 9"
    assert first["matches"] == "47-57; 100-108; 138-146"


def test_tsv_has_a_line_a_record():
    rows = [line.split("\t") for line in printed("search", "tsv", FOUND).splitlines()]
    assert {len(row) for row in rows} == {len(SEARCH)}
    assert len(rows) == 4


def test_what_a_spreadsheet_would_compute_is_left_alone():
    paragraph = replace(EN_HIT.paragraph, text="=1+1")
    found = only(replace(EN_HIT, paragraph=paragraph, matches=()))
    assert ",=1+1," in printed("search", "csv", found)
