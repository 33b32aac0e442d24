"""The desk on real texts: the Universal Declaration of Human Rights in four versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.comparisons import document

from sinorus.corpus.keywords import Keyness
from sinorus.corpus.texts import compare_texts
from sinorus.engines.words import counts_of_texts, passages_of
from sinorus.model import Document, Paragraph
from sinorus.text.tokens import tokenize

UDHR = Path(__file__).parents[3] / "shared" / "library" / "udhr"

pytestmark = pytest.mark.skipif(not UDHR.is_dir(), reason=f"no library at {UDHR}")


def read(lang: str) -> tuple[Document, list[Paragraph]]:
    text = (UDHR / f"udhr.{lang}.md").read_text("utf-8").split("---\n", 2)[2]
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    found = [Paragraph(lang, n, block, n, n) for n, block in enumerate(blocks, 1)]
    words = sum(len(tokenize(block)) for block in blocks)
    return document(lang, words, lang=lang), found


@pytest.mark.parametrize("lang", ["en", "ru", "zh-Hans", "zh-Hant"])
def test_an_edited_version(lang: str) -> None:
    source, paragraphs = read(lang)
    edited = [*paragraphs[:4], *paragraphs[6:20], paragraphs[4], *paragraphs[20:]]
    found = compare_texts(source, paragraphs, source, edited)
    long_enough = tokenize(paragraphs[4].text), tokenize(paragraphs[5].text)
    assert all(len(tokens) > 8 for tokens in long_enough)
    rows = {row.left.paragraph.n: row for row in found.rows if row.left}
    assert rows[5].kind == "moved"
    assert rows[6].kind == "left"
    assert {row.kind for n, row in rows.items() if n not in {5, 6}} == {"same"}
    assert [p.moved for p in found.passages if p.left == paragraphs[4].id] == [True]
    assert 0.9 < found.similarity < 1


def test_simplified_and_traditional_share_much_and_english_and_russian_nothing() -> None:
    chinese = compare_texts(*read("zh-Hans"), *read("zh-Hant"))
    assert 0.5 < chinese.similarity < 1
    assert sum(row.kind in {"same", "changed"} for row in chinese.rows) > len(chinese.rows) / 2
    assert compare_texts(*read("en"), *read("ru")).similarity < 0.1


def test_groups_are_set_apart_only_within_their_script() -> None:
    rows, homes = [], []
    for number, lang in enumerate(("en", "ru", "zh-Hans", "zh-Hant")):
        _, paragraphs = read(lang)
        homes.append((lang,))
        rows += [(one.text, number, number) for one in paragraphs]
    counts = counts_of_texts(passages_of(rows), homes)
    speaking = dict.fromkeys((lang for (lang,) in homes), 1)
    found = Keyness(counts, None, speaking).keywords(list(speaking))
    words = {lang: {one.word for one in found.get(lang, ())} for lang in speaking}
    assert words["en"] == words["ru"] == set()
    # Traditional and simplified are one: what both texts have sets neither apart.
    assert not {"权利", "權利", "自由"} & (words["zh-Hans"] | words["zh-Hant"])
