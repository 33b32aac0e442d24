"""Screens as a person reads them: real terminals of four widths, texts in three scripts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from support.small_libraries import make_library
from support.terminal import bare

from sinorus.render.terminal.breaking import clusters

if TYPE_CHECKING:
    from support.program import IndexedOnce, Sinorus


WIDTHS = (40, 80, 120, 200)
STOPS = tuple("，。、；：？！）》」』】〕”’…,.;:!?)")
ZH = "双方一致认为：“能源合作”是两国务实合作的重要支柱（见第三条），贸易、科技、教育……都在发展；"
RU = "Стороны отмечают, что поставки газа «по восточному маршруту» растут, а цена — нет; "
EN = "Deliveries of gas rose (as planned), and “Power of Siberia” — a pipeline — grew; "
SIGNS = "é🇨🇳👨‍👩‍👧"
KINDS = f"""\
# All kinds

> A *quoted* word on gas, {EN * 2}

1. The first item of a list. {EN * 2}
2. The second, in Russian. {RU * 3}

| Country | Gas, bcm | What is said of it |
|---|---:|---|
| Россия | 38 | {RU} |
| 中国 | 3,000 | {ZH} |

```python
def gas(amount):
    return amount
```

A claim.[^1]

[^1]: A note on gas.
"""


HEAD = "---\ntitle: {}\npublisher: {}\ndate: 2023-05-04\n---\n\n"
FILES = {
    "en/a-long-name-of-a-document.md": HEAD.format("Gas " * 20, "The Press") + EN * 20,
    "ru/газ.md": HEAD.format("Заявление по итогам переговоров о газе", "Кремль") + RU * 20,
    "zh/合作.md": HEAD.format("中俄新时代全面战略协作伙伴关系", "新华社") + ZH * 20,
    "signs.md": f"gas {SIGNS * 200}",
    "kinds.md": KINDS,
}


@pytest.fixture
def scripts(indexed_once: IndexedOnce, sinorus: Sinorus) -> Path:
    """A library in three scripts, of all kinds of paragraphs, that nobody changes."""
    sinorus.cwd = indexed_once("scripts", lambda root: make_library(root, FILES))
    return sinorus.cwd


def screen(sinorus: Sinorus, columns: int, *arguments: str) -> list[str]:
    """The lines of a terminal, as they were written."""
    answer = sinorus.terminal(*arguments, columns=columns, env={"PAGER": "cat"})
    assert (answer.code, answer.err) == (0, "")
    return bare(answer.out).split("\n")


def check(lines: list[str], columns: int) -> None:
    """Nothing is too wide, nothing is cut within a character, no line begins with a stop."""
    assert [line for line in lines if cell_len(line) > columns] == []
    for line in lines:
        text = line.strip(" ┃│")
        begins = text.removeprefix("… ")
        assert not begins.startswith(STOPS), line
        assert clusters("x" + begins)[1:2] != [2], line  # nothing that belongs to what is before
        for sign in re.findall("[🇨🇳]+", line):
            assert sign.replace("🇨🇳", "") == "", line
        if "👨" in text:
            assert text.count("👨‍👩‍👧") == text.count("👨") == text.count("👧"), line


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_page_of_hits_in_three_scripts(scripts: Path, sinorus: Sinorus, columns: int) -> None:
    lines = screen(sinorus, columns, "search", "gas OR газ OR 合作")
    check(lines, columns)
    assert re.fullmatch(r"\d+ paragraphs in 5 documents", lines[0])
    places = [at for at, line in enumerate(lines) if re.match(" *[0-9]+  [^ ]+#[0-9]+", line)]
    numbers = [int(lines[at].split()[0]) for at in places]
    assert numbers == list(range(1, len(places) + 1))
    assert len({lines[at].index(lines[at].split()[1]) for at in places}) == 1
    for begin, end in zip(places, [*places[1:], len(lines)], strict=True):
        text = [line for line in lines[begin + 1 : end] if line.startswith("    ")]
        assert len(text) + sum(line.startswith("  … ") for line in lines[begin + 1 : end]) <= 6
    whole = screen(sinorus, columns, "search", "gas OR газ OR 合作", "--full")
    check(whole, columns)
    said = " ".join(line.strip() for line in whole)
    assert len(whole) > len(lines)
    assert "".join(said.split()).count("".join(EN.split())) >= 22
    assert "".join(said.split()).count(ZH) == 20


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_document_of_all_kinds(scripts: Path, sinorus: Sinorus, columns: int) -> None:
    lines = screen(sinorus, columns, "show", "kinds")
    check(lines, columns)
    text = "\n".join(lines)
    assert "def gas(amount):\n" in text
    assert "    return amount" in text
    assert "\n#3  1. The first item" in text
    assert "\n#4  2. The second" in text
    if columns > 60:
        bars = [line.index("│") for line in lines if line.count("│") == 2]
        assert len(bars) > 3
        assert re.search(r"Country +│ Gas, bcm │ What is said of it", text)
    assert "#7  A claim. [#8]\n\n#8  A note on gas.\n    referred to by #7\n" in text


def test_a_table_that_was_found_keeps_its_head(scripts: Path, sinorus: Sinorus) -> None:
    lines = screen(sinorus, 80, "search", "3,000")
    (head,) = [line for line in lines if "Country" in line]
    assert re.match(r"    Country +│ Gas, bcm │ What", head)
    assert any(re.match(r"[ …]+中国 +│    3,000 │ ", line) for line in lines)


def test_one_meaning_has_one_colour(scripts: Path, sinorus: Sinorus) -> None:
    """The id of a paragraph looks the same in every command, and as the user wants it."""
    commands = (
        ["search", "gas"],
        ["search", "gas", "--kwic"],
        ["search", "gas", "--format", "plain"],
        ["show", "kinds#1"],
        ["sources"],
    )
    config = sinorus.home / "config/sinorus/config.toml"
    config.parent.mkdir(parents=True)
    for colors, code in (("", "32"), ('[colors]\nid = "underline blue"\n', "34;4")):
        config.write_text(colors)
        for command in commands:
            answer = sinorus.terminal(*command, "--color", "always", env={"PAGER": "cat"})
            codes = {";".join(sorted(code.split(";"))) for code in re.findall(
                r"\x1b\[([\d;]+)m(?:\[[^\x1b]*)?kinds", answer.out
            )}  # fmt: skip
            assert codes == {code}, (command, answer.out)


def test_a_colour_that_there_is_not_is_named(scripts: Path, sinorus: Sinorus) -> None:
    config = sinorus.home / "config/sinorus/config.toml"
    config.parent.mkdir(parents=True)
    for line, said in (
        ('mach = "red"', "[colors] has no 'mach'\n  did you mean 'match'?"),
        ('match = "rad"', "[colors] match = 'rad': 'rad' is no colour\n  did you mean 'red'?"),
        ('match = "#ff0000"', "'#ff0000' is no colour"),
        ("match = 3", "is not a table of names and texts"),
    ):
        config.write_text(f"[colors]\n{line}\n")
        answer = sinorus("search", "gas")
        assert answer.code == 2
        assert said in answer.err
