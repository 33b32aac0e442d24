"""What is offered for a word that is typed, and how bash gets it back."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.shells import library_of_names

from sinorus.cli.completing.values import fitting
from sinorus.cli.completing.words import quoted, split_line

if TYPE_CHECKING:
    from pathlib import Path

    from support.program import IndexedOnce, Sinorus

HARD = st.text("ab 'ё联\\\"$`!(){}<>|&;*?[]#~=:@%^,./-", max_size=12)


@given(HARD.filter(bool))
def test_what_is_quoted_is_read_back(text: str) -> None:
    assert shlex.split(quoted(text)) == [text]
    assert split_line(f'"{quoted(text, chr(34))}"')[-1].text == text
    assert shlex.split(f"'{quoted(text, chr(39))}'") == [text]
    assert split_line(f"sinorus {quoted(text)}")[-1].text == text


@given(st.lists(HARD.filter(bool), min_size=1, max_size=4))
def test_a_line_is_cut_into_words_as_a_shell_does_it(words: list[str]) -> None:
    line = " ".join(map(shlex.quote, words))
    assert [word.text for word in split_line(line)] == words
    assert [word.text for word in split_line(f"{line} ")] == [*words, ""]


def test_the_word_that_is_typed_may_have_an_open_quote() -> None:
    assert split_line("sinorus 'New Y")[-1] == ("New Y", "'New Y", "'")
    assert split_line('sinorus "a\\"b')[-1] == ('a"b', '"a\\"b', '"')
    assert split_line("")[-1] == ("", "", "")


def test_names_fit_without_case_and_by_a_word_where_one_has_it() -> None:
    names = ["d10", "d2", "Ёлка в Кремле", "Wang Yi", "聯盟 d"]
    assert fitting(names, "") == ["d2", "d10", "Wang Yi", "Ёлка в Кремле", "聯盟 d"]
    assert fitting(names, "D") == ["d2", "d10"]
    assert fitting(names, "елк") == ["Ёлка в Кремле"]
    assert fitting(names, "кремл") == ["Ёлка в Кремле"]
    assert fitting(names, "联") == ["聯盟 d"]
    assert fitting([*names, "Li Yi"], "yi") == []


@pytest.fixture
def names(indexed_once: IndexedOnce, sinorus: Sinorus) -> Path:
    sinorus.cwd = indexed_once("names", library_of_names)
    return sinorus.cwd


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["show", "d1"], ["d1"]),
        (["show", "d1#"], ["d1#1", "d1#2"]),
        (["search", "--publisher", ""], ["Kremlin: press", "New York Times", "O'Neill & Sons"]),
        (["compare", "x", "--among", "talks/d1,talks/d4"], ["talks/d1,talks/d4"]),
        (["search", "--path", "seeds/d"], [f"seeds/d{n}.md" for n in (1, 2, 3, 4)]),
        (["search", "--where", ""], ["place=", "volume="]),
        (["search", "--not-where", "volume="], [f"volume={n}" for n in (1, 2, 3, 4)]),
        (["search", "--where", "nothing="], []),
        (["sources", "--sort", "p"], ["publisher", "paragraphs"]),
        (["completion", "z"], ["zsh"]),
        (["--library", ""], [""]),
        (["add", "x"], [""]),
        (["nonsense", ""], []),
        (["search", "some words"], []),
        (["search", "-cn", "5", "--lang=e"], ["--lang=en"]),
        (["search", "-n5", "--by", ""], []),
        (["search", "--format", "tem"], ["template:"]),
        (["search", "--sort", "-D"], ["-date"]),
        (["search", "--sort=-d"], ["--sort=-date"]),
        (["search", "--tag", "--lang", "e"], []),
        (["search", "--", "--lang", ""], []),
        (["compare", "x", "--by", "dec"], ["decade"]),
        (["note", "d1", "talks/"], []),
        (["help", "q"], ["quote", "query"]),
        (["search", "--color", "never", "--colo"], []),
        (["search", "--lang", "ru", "--lan"], ["--lang"]),
        (["search", "--not-l"], []),
        (["show", "-"], ["--set", "-A", "-B", "-C"]),
    ],
    ids=str,
)
def test_candidates(names: Path, sinorus: Sinorus, words: list[str], offered: list[str]) -> None:
    sinorus.environment["_SINORUS_COMPLETE"] = "zsh"
    answer = sinorus("sinorus", *words)
    assert answer.err == ""
    assert answer.code == (0 if answer.out else 1)
    found = [line.split("\t")[0] for line in answer.lines]
    assert found[: len(offered)] == offered
    assert bool(found) is bool(offered)


def test_many_ids_are_offered_by_their_folders(indexed_once: IndexedOnce, sinorus: Sinorus) -> None:
    def fill(root: Path) -> None:
        for folder in ("b", "a10", "a9"):
            (root / "seeds" / folder).mkdir(parents=True)
            for number in range(1, 41):
                (root / "seeds" / folder / f"d{number}.md").write_text("A zebra.")

    sinorus.cwd = indexed_once("many", fill)
    sinorus.environment["_SINORUS_COMPLETE"] = "fish"
    offered = {
        typed: [line.split("\t")[0] for line in sinorus("sinorus", "show", typed).lines]
        for typed in ("", "A", "b/d3", "a9/")
    }
    assert offered[""] == ["a9/", "a10/", "b/"]
    assert offered["A"] == ["a9/", "a10/"]
    assert offered["b/d3"] == ["b/d3", *(f"b/d{n}" for n in range(30, 40))]
    assert offered["a9/"][:3] == ["a9/d1", "a9/d2", "a9/d3"]
    assert len(offered["a9/"]) == 40


def test_the_library_that_the_line_names_is_looked_up(
    names: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    sinorus.environment["_SINORUS_COMPLETE"] = "zsh"
    sinorus.cwd = tmp_path
    for line in (["--library", str(names), "show", "d1"], ["show", "--library", str(names), "d1"]):
        assert sinorus("sinorus", *line).lines[0].split("\t")[0] == "d1", line
    assert sinorus("sinorus", "show", "d1").out == ""


def test_nothing_is_offered_and_nothing_said_where_there_is_no_library(sinorus: Sinorus) -> None:
    sinorus.environment["_SINORUS_COMPLETE"] = "bash"
    for line in ("sinorus search --publisher ", "sinorus show a#", "sinorus search 'a"):
        answer = sinorus(line)
        assert (answer.out, answer.err, answer.code) == ("", "", 1)


def test_completing_loads_no_more_than_it_needs(names: Path, sinorus: Sinorus) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "sinorus", "sinorus", "show", "talks/"],
        cwd=names,
        env=sinorus.with_environment({"_SINORUS_COMPLETE": "fish"}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 4
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "sinorus.library.catalogue" in loaded
    unwanted = {"numpy", "whoosh", "rich", "click", "sinorus.cli.app", "sinorus.sources.walk"}
    unwanted |= {"sinorus.library.library"}
    unwanted |= {"sinorus.engines.port", "sinorus.query.nodes", "sinorus.text.tokens"}
    unwanted |= {"sinorus.render", "sinorus.library.ids", "sinorus.model.hits"}
    assert not loaded & unwanted
