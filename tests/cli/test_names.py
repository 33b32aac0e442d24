"""`sinorus names`: the groups of names, in every format, and what is said where there is none."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from support.terminal import bare, width

if TYPE_CHECKING:
    from pathlib import Path

    from support.program import Sinorus, Valid

OWN = (
    '[[group]]\nforms = ["Vladimir Putin", "VVP"]\n\n[[group]]\nforms = ["oil", "нефть", "石油"]\n'
)


def test_a_name_is_one_line_of_a_pipe(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "names.toml").write_text(OWN, "utf-8")
    found = int(sinorus("search", "Путин", "-c").out)
    answer = sinorus("names", "путина")
    assert answer.out == (
        f"Vladimir Putin\t{found}\tboth\tVladimir Putin; Putin; VVP (own)\t"
        "Владимир Путин; Путин\t普京; 普丁; 弗拉基米尔·普京\t\n"
    )
    assert (answer.err, answer.code) == ("", 0)
    counted = sinorus("names", "oil", "нефть", "--forms").out.split("\t")
    assert counted[:3] == ["oil", counted[1], "names.toml"]
    assert counted[3].startswith("oil (own, ")


def test_formats(press: Path, sinorus: Sinorus, valid: Valid) -> None:
    page = valid("names", sinorus("names", "russia", "-n", "3", "--offset", "1", "--json").json)
    assert (page["total"] > 4, page["offset"], page["limit"]) == (True, 1, 3)
    assert len(page["results"]) == 3
    assert sinorus("names", "russia", "-c").out == f"{page['total']}\n"
    lines = sinorus("names", "russia", "-n", "3", "--offset", "1", "--jsonl").records
    assert lines == page["results"]
    table = sinorus("names", "putin", "--csv").out
    head, row = csv.reader(io.StringIO(table))
    assert head[:8] == ["name", "paragraphs", "documents", "from", "en", "ru", "zh", "other"]
    assert dict(zip(head, row, strict=True))["zh"] == "普京; 普丁; 弗拉基米尔·普京"
    told = sinorus("names", "putin", "--format", "template:{name}[ {patronymic}]: {en}").out
    assert told == "Vladimir Putin Владимирович: Vladimir Putin; Putin\n"
    listed = sinorus("names", "putin", "--format", "markdown").out
    assert listed.startswith("- **Vladimir Putin**, Putin, Владимир Путин, Путин, 普京")


def test_nothing_found_is_said(press: Path, sinorus: Sinorus, valid: Valid) -> None:
    none = sinorus("names", "gorbachof", "--json")
    assert (valid("names", none.json)["results"], none.code) == ([], 1)
    assert none.err == "note: no name has 'gorbachof'; did you mean Gorbachov?\n"
    assert sinorus("names", "gorbachof", "--no-notices").err == ""
    past = sinorus("names", "putin", "--offset", "9")
    assert (past.out, past.err, past.code) == ("", "note: there is only 1 name\n", 1)


def test_slips(press: Path, sinorus: Sinorus) -> None:
    for arguments, said in (
        (("--sort", "paragraph"), "paragraphs"),
        (("--format", "jsn"), "did you mean json"),
        (("--format", "template:{nam}"), "did you mean {name}? It knows name, paragraphs"),
    ):
        answer = sinorus("names", "putin", *arguments)
        assert answer.code == 2
        assert said in answer.err


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_table_on_a_terminal(press: Path, sinorus: Sinorus, columns: int) -> None:
    answer = sinorus.terminal("names", "xi", "jinping", "--no-pager", columns=columns)
    lines = bare(answer.out).splitlines()
    assert lines[0].split() == ["¶", "│", "en", "│", "ru", "│", "zh"]
    assert lines[-1].endswith(" names") or lines[-1] == "1 name"
    assert max(map(width, lines)) <= columns
    text = " ".join(" ".join(lines).split())
    for form in ("Xi Jinping", "习近平", "=Xi"):
        assert form in text
    bars = {tuple(width(line[:at]) for at, sign in enumerate(line) if sign == "│")
            for line in lines[:-1]}  # fmt: skip
    assert len(bars) == 1


def test_names_are_offered(press: Path, sinorus: Sinorus) -> None:
    sinorus("search", "Putin")  # compiles the names
    sinorus.environment["_SINORUS_COMPLETE"] = "zsh"
    offered = sinorus("sinorus", "names", "Пути").lines
    assert [line.split("\t")[0] for line in offered] == ["Путин"]
    assert "Vladimir Putin" in offered[0]
