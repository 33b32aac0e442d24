"""Paragraphs with the same words are one hit, in every format; what is counted is all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.program import IndexedOnce, Sinorus, Valid
from support.small_libraries import make_library

LICENCE = "All of this text is free to use."
FORMATS = ["--json", "--jsonl", "--csv", "--vimgrep", "-o", "--kwic"]


FILES = {
    f"r{year}.md": f"---\ndate: {year}\n---\n\nA free port was opened in {year}.\n\n{LICENCE}\n"
    for year in (2019, 2020, 2021)
}


@pytest.fixture
def library(indexed_once: IndexedOnce) -> Path:
    """Three files of which each ends in the same licence; not to be changed."""
    return indexed_once("licences", lambda root: make_library(root, FILES))


def ids(stdout: str) -> list[str]:
    return [hit["id"] for hit in json.loads(stdout)["results"]]


def test_a_hit_names_those_that_are_folded_into_it(
    library: Path, sinorus: Sinorus, valid: Valid
) -> None:
    answer = json.loads(sinorus("search", "text use", "--json", cwd=library).out)
    valid("search", answer)
    (hit,) = answer["results"]
    assert (answer["total"], answer["documents"]) == (3, 3)
    assert (hit["id"], hit["same"]) == ("r2019#2", ["r2020#2", "r2021#2"])
    apart = json.loads(sinorus("search", "text use", "--json", "--no-fold", cwd=library).out)
    assert [hit["same"] for hit in apart["results"]] == [[], [], []]
    assert apart["total"] == 3


def test_a_filter_keeps_its_own_copy(library: Path, sinorus: Sinorus) -> None:
    found = sinorus("search", "text use", "--since", "2020", "--json", cwd=library).out
    (hit,) = json.loads(found)["results"]
    assert (hit["id"], hit["same"]) == ("r2020#2", ["r2021#2"])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("fold", [[], ["--no-fold"]])
def test_the_exit_code_is_the_same(
    library: Path, sinorus: Sinorus, form: str, fold: list[str]
) -> None:
    assert sinorus("search", "text use", form, *fold, cwd=library).code == 0
    assert sinorus("search", "absent", form, *fold, cwd=library).code == 1


def test_counts_and_lists_of_files_have_all(library: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "text use", "-c", cwd=library).out == "3\n"
    assert len(sinorus("search", "text use", "-l", cwd=library).lines) == 3
    by_year = sinorus("search", "text use", "-c", "--group-by", "year", cwd=library).lines
    assert by_year == ["2019\t1", "2020\t1", "2021\t1"]


def test_a_pipe_is_told_of_them_beside_the_data(library: Path, sinorus: Sinorus) -> None:
    done = sinorus("search", "text use", cwd=library)
    assert len(done.lines) == 1
    assert "2 more paragraphs have the same words as these (--no-fold lists each)" in done.err


def test_pages_have_no_hit_twice_and_leave_none_out(library: Path, sinorus: Sinorus) -> None:
    whole = ids(sinorus("search", "free", "-n", "all", "--json", cwd=library).out)
    assert len(whole) == 4
    pages = [
        ids(sinorus("search", "free", "-n", "1", "--offset", str(at), "--json", cwd=library).out)
        for at in range(5)
    ]
    assert [name for page in pages for name in page] == whole


def test_filters_alone_list_what_they_match(library: Path, sinorus: Sinorus) -> None:
    found = sinorus("search", "--since", "2019", "--json", cwd=library).out
    assert len(ids(found)) == 6
