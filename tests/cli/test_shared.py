"""A real library of 1,673 documents: every count is checked by a scan that knows no index."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sinorus.files import Tree
from sinorus.model import Document, Paragraph
from sinorus.query.evaluate import matches
from sinorus.query.parse import parse
from sinorus.query.passages import Passage
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import walk

if TYPE_CHECKING:
    from support.program import Sinorus

pytestmark = pytest.mark.shared

QUERIES = [
    "=alliance",
    '="Warsaw talks"',
    '"Security Council" -resolution',
    "border NEAR/8 incident*",
    "Khrushchev ADJ/10 Mao",
    "date:1969",
    "совет* date:>=2020",
    "=сотрудничество",
    "стратегия OR стратегический",
    '"改革开放"',
    "农业 -工业",
    "俄罗斯 lang:zh",
    "人权 OR =rights",
    '"peaceful coexistence"~3 path:seeds/frus/*',
    "nuclear -weapon*",
]
WORDS = ["Ussuri", "Amur", "Zhenbao", "Vladivostok", "Ulan", "Sinkiang", "Quemoy"]
RUNS = ["一带一路", "生态文明", "四个现代化", "人民公社", "供给侧"]


def paragraphs(root: Path) -> list[tuple[Document, Paragraph]]:
    """Every paragraph of the files, read anew."""
    sources = [
        read_source(entry, read_content(Tree(str(root)), entry.path))
        for entry in walk(Tree(str(root)), ["seeds"]).entries
    ]
    return [(one.document, paragraph) for one in sources for paragraph in one.paragraphs]


@lru_cache(maxsize=1)
def texts(root: Path) -> dict[str, str]:
    """The text of each file below its front matter, by path."""
    found = {}
    for path in sorted((root / "seeds").rglob("*.md")):
        text = path.read_text("utf-8")
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        found[str(path.relative_to(root))] = unicodedata.normalize("NFKC", body)
    return found


def test_every_count_is_that_of_a_scan(shared: Path, sinorus: Sinorus) -> None:
    trees = [parse(query) for query in QUERIES]
    counts = [0] * len(trees)
    files: list[set[str]] = [set() for _ in trees]
    for document, paragraph in paragraphs(shared):
        passage = Passage(document, paragraph)
        for at, tree in enumerate(trees):
            if matches(tree, passage):
                counts[at] += 1
                files[at].add(document.path)
    asked = "\n".join(QUERIES)
    answer = sinorus("search", "--queries", "-", "-c", "--no-names", stdin=asked)
    assert answer.lines == [
        f"{query}\t{count}" for query, count in zip(QUERIES, counts, strict=True)
    ]
    answer = sinorus("search", "--queries", "-", "-l", "--no-names", stdin=asked)
    listed = [set() for _ in QUERIES]  # type: list[set[str]]
    for line in answer.lines:
        query, _, path = line.partition("\t")
        listed[QUERIES.index(query)].add(path)
    assert listed == files
    assert min(counts) > 0


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_in_the_files_that_have_it(shared: Path, sinorus: Sinorus, word: str) -> None:
    there = re.compile(rf"(?<![A-Za-z]){word}(?:['’]s)?(?![A-Za-z'’])", re.IGNORECASE)
    expected = [path for path, text in texts(shared).items() if there.search(text)]
    answer = sinorus("search", "-l", f"={word}")
    assert sorted(answer.lines) == expected
    assert answer.code == (0 if expected else 1)


@pytest.mark.parametrize("run", RUNS)
def test_any_part_of_a_chinese_sentence_is_found(shared: Path, sinorus: Sinorus, run: str) -> None:
    expected = [path for path, text in texts(shared).items() if run in text]
    assert expected
    assert sorted(sinorus("search", "-l", "--no-names", run).lines) == expected
    every = sinorus("search", "--no-names", run, "-n", "all", "--jsonl").records
    for record in every:
        for match in record["matches"]:
            assert record["text"][match["start"] : match["end"]].replace("\n", "") == run


def test_filters_agree_with_the_list_of_sources(shared: Path, sinorus: Sinorus) -> None:
    for flags in (
        ["--lang", "zh"],
        ["--lang", "ru", "--not-tag", "nonsense"],
        ["--since", "1969", "--until", "1969-12"],
        ["--not-since", "1950", "--path", "seeds/frus"],
        ["--publisher", "state"],
    ):
        sources = sinorus("sources", *flags, "--jsonl").records
        listed = {one["path"]: one["paragraphs"] for one in sources}
        assert sorted(sinorus("search", *flags, "-l").lines) == sorted(listed)
        assert sinorus("search", *flags, "-c").out == f"{sum(listed.values())}\n"


def test_ids_of_a_page_can_be_shown(shared: Path, sinorus: Sinorus) -> None:
    found = sinorus("search", "Ussuri OR 边界 OR граница", "-n", "60", "--jsonl")
    shown = sinorus("show", "-", "--jsonl", stdin=found.out).records
    assert [one["text"] for one in shown] == [one["text"] for one in found.records]
    assert all(
        one["hash"] == other["hash"] for one, other in zip(shown, found.records, strict=True)
    )


def test_pages_are_parts_of_the_whole(shared: Path, sinorus: Sinorus) -> None:
    whole = sinorus("search", "china OR border", "-n", "150", "--json").ids
    pages = [
        name
        for offset in (0, 50, 100)
        for name in sinorus(
            "search", "china OR border", "-n50", "--offset", str(offset), "--json"
        ).ids
    ]
    assert pages == whole
    assert len(set(whole)) == len(whole) == 150


def test_the_files_of_the_library_are_not_touched(shared: Path, sinorus: Sinorus) -> None:
    assert sinorus("status", "--check").code == 0
    assert sinorus("index").out.startswith("0 new, 0 updated, 1,673 unchanged, 0 removed")
