"""CSV and TSV: a fixed header, exact values, one record each."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import pytest
from support.rendered import DOCUMENTS, EN_HIT, EN_TEXT, FOUND, NOTHING, SHOWN

from sinorus.render import Look, renderer, view
from sinorus.render.data import csv as as_csv


def text(command, name, value):
    return "".join(renderer(command, name)(value, Look()))


@pytest.mark.parametrize(
    ("command", "value", "header"),
    [
        ("search", NOTHING, as_csv.SEARCH),
        ("show", (), as_csv.SHOW),
        ("sources", (), as_csv.SOURCES),
    ],
)
def test_the_header_is_whole_even_over_nothing(command, value, header):
    assert text(command, "csv", value) == ",".join(header) + "\n"
    assert text(command, "tsv", value) == "\t".join(header) + "\n"


def test_the_columns_are_the_keys_of_the_json_in_their_order():
    assert (*tuple(view.search_record(EN_HIT)), "query") == as_csv.SEARCH
    assert tuple(view.shown_record(SHOWN[0])) == as_csv.SHOW
    assert tuple(view.document_record(DOCUMENTS[0])) == as_csv.SOURCES


def test_csv_gives_back_the_text_with_its_newlines():
    first, *_ = csv.DictReader(StringIO(text("search", "csv", FOUND)))
    assert first["text"] == EN_TEXT
    assert first["author"] == "Jane Roe; Ivan Petrov"
    assert first["heading"] == "Introduction; What [b]divides[/b]"
    assert first["extra"] == "volume=12; pages=1; 9"
    assert first["matches"] == "47-57; 100-108; 138-146"


def test_tsv_has_a_line_a_record():
    rows = [line.split("\t") for line in text("search", "tsv", FOUND).splitlines()]
    assert {len(row) for row in rows} == {len(as_csv.SEARCH)}
    assert len(rows) == 4


def test_what_a_spreadsheet_would_compute_is_left_alone():
    paragraph = replace(EN_HIT.paragraph, text="=1+1")
    found = replace(FOUND, hits=(replace(EN_HIT, paragraph=paragraph, matches=()),))
    assert ",=1+1," in text("search", "csv", found)
