"""Documents dated as people date them, found by dates as people write them, through the index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.small_libraries import make_library

from sinorus import Library

YESTERDAY = (date.today() - timedelta(days=1)).strftime("%B %d, %Y")
FILES = {
    "range.md": "---\ndate: 2019-2020\n---\nThe treaty of the border.",
    "toml.md": "+++\ntitle = 'T'\ndate = 2023-03-21\n+++\nThe treaty of the border.",
    "russian.md": "---\ndate: 21 марта 2023 г.\n---\nThe treaty of the border.",
    "chinese.md": "---\ndate: 2023年3月\n---\nThe treaty of the border.",
    "header.txt": "Title: H\nDate: March 21st, 2018\n\nThe treaty of the border.",
    "unclear.md": "---\ndate: 03/04/2022\n---\nThe treaty of the border.",
    "new.md": f"---\ndate: {YESTERDAY}\n---\nThe treaty of the border.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root: Path = make_library(tmp_path_factory.mktemp("dated"), FILES)
    with Library.open(root) as opened:
        opened.index()
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date:2019", "range"),
        ("date:2020-07-01", "range"),
        ("date:2019-2020", "range"),
        ("date:2018..2019", "header range"),
        ("date:<2019", "header"),
        ("date:>2020 -date:2024..", "chinese russian toml"),
        ('date:"21 марта 2023"', "chinese russian toml"),
        ("date:2023年3月22日", "chinese"),
        ("date:21.03.2023", "chinese russian toml"),
        ("date:yesterday", "new"),
        ('date:">=3 days ago"', "new"),
        ("date:>=-1y", "new"),
        ("treaty -date:0001..", "unclear"),
    ],
)
def test_a_query_finds_the_documents_of_a_time(library: Library, query: str, found: str) -> None:
    hits = library.search(query, limit=None).hits
    assert " ".join(sorted({hit.document.id for hit in hits})) == found


def test_a_range_is_sorted_by_its_beginning_and_grouped_by_its_years(library: Library) -> None:
    hits = library.search("treaty", sort="date", limit=None, fold=False).hits
    assert [hit.document.id for hit in hits][:2] == ["header", "range"]
    groups = library.compare("treaty", by="year").groups
    assert [group.key for group in groups][:3] == ["2018", "2019/2020", "2023"]


def test_an_index_with_a_range_is_sound(library: Library) -> None:
    assert not library.status(check=True).damage
