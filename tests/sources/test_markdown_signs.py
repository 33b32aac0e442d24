"""Which texts that are not named so are Markdown."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from support.program import SHARED

from sinorus.files import Tree
from sinorus.sources.formats.markdown_signs import looks_like_markdown
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import Entry

FRONT = "---\ntitle: A visit\ndate: 1969\n---\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "Words.\n\n## One\n\nMore words.\n\n## Two\nWords.\n",
        "# Title\n\n## Part\n\nWords.\n",
        "# Title\n\n> A quotation.\n\nWords.\n",
        "# Title\n\nSome **strong** words.\n",
        "## Part\n\nWords that [1] cites.\n\n[1]: https://example.org\n",
        "See [the text](https://example.org/a) there.\n",
        "See [the text](notes.md#part) there.\n",
        "![A map](img/map.png)\n",
        "- [ ] to do\n- [x] done\n",
        "* [ ] to do\n",
        "Words.\n\n```python\nx = 1\n```\n",
        "Words.\n\n~~~\nx = 1\n~~~\n",
        "Words[^1].\n\n[^1]: A note.\n",
        f"{FRONT}## Part\n\nWords.\n",
        f"{FRONT}> A quotation.\n",
        f"{FRONT}# Title\n\nWords.\n",
        "+++\ntitle = 'A'\n+++\n\nA **strong** word.\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n**Strong** words.\n",
        "## Часть первая\r\n\r\nСлова.\r\n\r\n## Часть вторая\r\n\r\nСлова.\r\n",
        "## 第一章\n\n文字。\n\n### 第一节\n\n文字。\n",
    ],
)
def test_the_shape_of_markdown_is_known(text: str) -> None:
    assert looks_like_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words.\n\nMore of them.\n",
        "> quoted\n> in a mail\n\nYes.\n",
        "On Monday Ivan wrote:\n> See [1].\n\nYes [1].\n\n[1]: http://example.org\n",
        ">> deeper\n> quoted\n",
        "# a comment\n# another\nlimit = 3\n",
        "# a comment\n\nlimit = 3\n",
        "#!/bin/sh\n## what it does\n## and how\nls\n",
        "1. one\n2. two\n\n- a\n- b\n* c\n",
        "One.\n\n***\n\nTwo.\n\n---\n\nThree.\n\n* * *\n",
        "Title\n=====\n\nWords.\n\nPart\n----\n\nWords.\n",
        f"{FRONT}Plain words that `sinorus add` put a head on.\n",
        f"{FRONT}1. one\n2. two\n\n***\n",
        "---\nDear friend,\n---\n> quoted\n",
        "The array a[i](x) and f[2](3) of a paper.\n",
        "[laughter] (applause) [sic](!)\n",
        "2 ** 3 ** 4 and a**b**c, 5 ** 6\n## 7\n",
        "+---+---+\n| a | b |\n+---+---+\n",
        "He is #1.\n#hashtag\n##also\n",
        "[1]: see above\n[2]: ibid.\n",
        "[ ] yes [x] no\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "``quoted'' as TeX does, and ```three'''\n",
    ],
)
def test_plain_text_stays_plain(text: str) -> None:
    assert not looks_like_markdown(text)


@pytest.mark.parametrize(
    "piece",
    [
        *("[" * 400, "](", "[a](", "**a", "`" * 1000 + "\n", "> ", "|-", "# ", "- [ ]", "[^"),
        *("~~~\n", "\n", "[a]:", "[a](b ", "**a b", "-|", " ", "[[]", "![", "[a](#" * 100),
    ],
)
def test_it_takes_no_time_whatever_the_text_is(piece: str) -> None:
    text = piece * (20_000_000 // len(piece))
    began = time.process_time()
    looks_like_markdown(text)
    assert time.process_time() - began < 0.5


def test_a_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    markdown = "## One\n\nWith *words*.\n\n## Two\n\n> Quoted.\n"
    plain = "# a comment\n# another\n\n> quoted\n"

    def headings(name: str, text: str) -> list[tuple[str, ...]]:
        (tmp_path / name).write_text(text)
        content = read_content(Tree(str(tmp_path)), name)
        return [
            one.heading for one in read_source(Entry(name, ".", 0, 0, 0, 7), content).paragraphs
        ]

    for name in ("a.txt", "a.text", "README", "Treaty of 1969.03.02", "a.md", "b.mdown", "c.Rmd"):
        assert ("Two",) in headings(name, markdown), name
    assert set(headings("b.txt", plain)) == {()}


@pytest.mark.skipif(not (SHARED / "plain").is_dir(), reason="needs ../shared")
def test_no_speech_of_the_plain_ones_is_markdown() -> None:
    texts = [path for path in (SHARED / "plain").rglob("*") if path.is_file()]
    wrong = [
        path.name for path in texts if looks_like_markdown(path.read_text("utf-8-sig", "replace"))
    ]
    assert len(texts) >= 100
    assert wrong == []
