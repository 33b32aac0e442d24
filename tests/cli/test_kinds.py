"""Kinds of paragraphs, footnotes and speakers: searched by, filtered by, printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.spoken import TREATY, make_spoken

if TYPE_CHECKING:
    from support.program import Sinorus, Valid


@pytest.fixture
def talks(tmp_path: Path, sinorus: Sinorus) -> Path:
    """The library of all kinds; the program is there and takes its index as it is."""
    sinorus.cwd = make_spoken(tmp_path / "library")
    sinorus.environment["SINORUS_UPDATE"] = "no"
    return sinorus.cwd


def numbers(sinorus: Sinorus, *arguments: str) -> list[int]:
    """The numbers of the paragraphs of `talks` that are found, sorted; those of `plain` as 0."""
    answer = sinorus("search", "-n", "all", "--jsonl", *arguments)
    assert answer.code in (0, 1), answer.err
    return sorted(one["paragraph"] * (one["document"] == "talks") for one in answer.records)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["kind:heading"], [1]),
        (["gas", "--kind", "footnote"], [8]),
        (["--kind", "Footnote"], [8, 9]),
        (["gas", "--kind", "code", "--kind", "list"], [6, 7]),
        (["gas", "--not-kind", "text"], [1, 5, 6, 7, 8]),
        (["gas", "--kind", "text", "--not-kind", "text"], []),
        (["speaker:putin"], [2, 3]),
        (["gas", "--speaker", "Путин"], []),
        (["gas", "--speaker", "V. Putin"], [2, 3]),
        (["gas", "--speaker", "wang", "--speaker", "putin"], [2, 3, 4]),
        (["gas", "--kind", "text", "--not-speaker", "putin"], [0, 4]),
        (["sell", "speaker:putin", "NOT kind:quote"], [3]),
        (["--speaker", "yi"], [4]),
        (["gas", "--kind", "text", "--lang", "ru"], [0]),
        (["gas", "--kind", "caption"], []),
    ],
    ids=lambda value: " ".join(map(str, value)),
)
def test_paragraphs_are_filtered_by_kind_and_speaker(
    talks: Path, sinorus: Sinorus, arguments: list[str], expected: list[int]
) -> None:
    assert numbers(sinorus, *arguments) == expected


def test_an_unknown_kind_is_an_error_that_names_all(talks: Path, sinorus: Sinorus) -> None:
    for flag in ("--kind", "--not-kind"):
        answer = sinorus("search", "gas", flag, "footnotes")
        assert (answer.out, answer.code) == ("", 2)
        assert "there is no 'footnotes'\n  did you mean footnote?" in answer.err
        assert "There are also text, heading, list, quote, table, code, caption" in answer.err
    assert sinorus("compare", "gas", "--kind", "x").code == 2
    assert sinorus("sources", "--kind", "x").code == 2


def test_files_and_counts_are_of_what_the_filters_let_through(
    talks: Path, sinorus: Sinorus
) -> None:
    assert sinorus("search", "gas", "-l", "--kind", "quote").lines == ["seeds/talks.md"]
    assert sinorus("search", "gas", "-c", "--not-kind", "text").lines == ["5"]
    assert sinorus("search", "cubic", "-L", "--kind", "text").lines == [
        "seeds/plain.md",
        "seeds/talks.md",
    ]
    # Of the documents in which Putin speaks, none but this one, where he does not say so.
    assert sinorus("search", "cubic", "-L", "--speaker", "putin").lines == ["seeds/talks.md"]
    assert sinorus("search", "-q", "--kind", "table").code == 1


def test_documents_are_listed_that_have_such_paragraphs(talks: Path, sinorus: Sinorus) -> None:
    def listed(*arguments: str) -> list[str]:
        return sinorus("sources", *arguments, "--format", "template:{id}").lines

    assert listed("--kind", "text") == ["plain", "talks"]
    assert listed("--speaker", "putin") == ["talks"]
    assert listed("--not-kind", "text") == ["talks"]
    assert listed("--kind", "text", "--not-speaker", "putin", "--lang", "ru") == ["plain"]
    assert listed("--kind", "caption") == []


def test_groups_are_compared_on_what_the_filters_let_through(talks: Path, sinorus: Sinorus) -> None:
    answer = sinorus("compare", "gas", "--kind", "text", "--json").json
    assert {one["key"]: one["paragraphs"] for one in answer["groups"]} == {"talks": 3, "plain": 1}
    answer = sinorus("compare", "gas", "--speaker", "putin", "--json").json
    assert [(one["key"], one["paragraphs"]) for one in answer["groups"]] == [("talks", 2)]
    assert answer["silent"] == []


def test_json_has_kind_markup_notes_and_speaker(
    talks: Path, sinorus: Sinorus, valid: Valid
) -> None:
    answer = valid("search", sinorus("search", "friends", "-A", "1", "--json").json)
    (one,) = answer["results"]
    assert (one["kind"], one["speaker"]) == ("text", "V. Putin")
    assert one["spans"] == [
        {"start": 5, "end": 12, "kind": "strong"},
        {"start": 14, "end": 17, "kind": "emphasis"},
        {"start": 34, "end": 40, "kind": "link", "target": TREATY},
    ]
    assert (one["notes"], one["noted_by"]) == (["talks#8", "talks#9"], [])
    (after,) = one["after"]
    assert (after["speaker"], after["notes"], after["spans"]) == ("V. Putin", ["talks#9"], [])
    shown = valid("show", sinorus("show", "talks#9", "--json").json)["results"][0]
    assert (shown["kind"], shown["noted_by"]) == ("footnote", ["talks#2", "talks#3"])
    assert (shown["speaker"], shown["spans"], shown["notes"]) == (None, [], [])
    best = valid("compare", sinorus("compare", "friends", "--json").json)["groups"][0]["best"][0]
    assert best["notes"] == ["talks#8", "talks#9"]
    rows = valid("compare-texts", sinorus("compare", "talks#2", "talks#9", "--json").json)["rows"]
    sides = [side for row in rows for side in (row["left"], row["right"]) if side]
    assert {side["kind"] for side in sides} == {"text", "footnote"}


def test_tables_and_templates_have_kind_and_speaker(talks: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "friends OR cubic", "--csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert sorted((row["kind"], row["speaker"]) for row in rows) == [
        ("footnote", ""),
        ("text", "V. Putin"),
    ]
    assert answer.lines[0].endswith(",crossing,page,end_page,page_label,citekey,same,marks")
    assert (
        sinorus("show", "talks", "--format", "tsv")
        .lines[0]
        .endswith("\tend_page\tpage_label\tcitekey\tmarks\twas\twas_until")
    )
    lines = sinorus("search", "friends", "--format", "template:{kind}: {speaker}").lines
    assert lines == ["text: V. Putin"]


def test_matches_are_pointed_at_behind_the_markup(talks: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "friends OR flows", "--vimgrep").lines == [
        f"seeds/talks.md:3:{column}:Dear friends, gas flows under the treaty."
        for column in (16, 31)
    ]


def test_kinds_are_completed(talks: Path, sinorus: Sinorus) -> None:
    for flag in ("--kind", "--not-kind"):
        sinorus.environment["_SINORUS_COMPLETE"] = "bash"
        assert sinorus(f"sinorus search {flag} c").lines == ["code", "caption"]


def test_what_a_reader_tells_of_markdown_is_found_and_printed(
    library: Callable[[dict[str, str]], Path], sinorus: Sinorus
) -> None:
    library(
        {
            "a.md": "# Talks\n\nGas **flows**[^1] on.\n\n> Gas of old.\n\n- gas\n\n"
            "```\ngas = 5\n```\n\n[^1]: Not in winter.\n"
        }
    )
    assert sinorus("index", "--quiet").code == 0
    found = sinorus("search", "gas", "--json").json["results"]
    kinds = {one["kind"]: one for one in found}
    assert set(kinds) == {"text", "quote", "list", "code"}
    (note,) = kinds["text"]["notes"]
    (footnote,) = sinorus("show", note, "--json").json["results"]
    assert (footnote["kind"], footnote["noted_by"]) == ("footnote", [kinds["text"]["id"]])
    assert [span["kind"] for span in kinds["text"]["spans"]] == ["strong"]
    assert sinorus("search", "--kind", "footnote", "-c").lines == ["1"]
    assert sinorus("status", "--check").code == 0


def shown(sinorus: Sinorus, *ids: str) -> list[str]:
    """The lines of `show` on a terminal, without the head of the document and empty ones."""
    answer = sinorus("show", *ids, "--format", "rich")
    assert answer.code == 0, answer.err
    return [line for line in answer.out.partition("\n\n")[2].split("\n") if line]


def test_show_prints_the_footnotes_below_what_refers_to_them(talks: Path, sinorus: Sinorus) -> None:
    assert shown(sinorus, "talks#2") == [
        "Gas talks",
        "#2  V. Putin: Dear friends, gas flows under the treaty. [#8] [#9]",
        "    [#8] The treaty on gas of 2001.",
        "    [#9] In cubic metres.",
    ]
    assert shown(sinorus, "talks#3", "talks#2")[2:] == [
        "    [#9] In cubic metres.",
        "#2  V. Putin: Dear friends, gas flows under the treaty. [#8] [#9]",
        "    [#8] The treaty on gas of 2001.",
    ], "each once"
    lines = shown(sinorus, "talks#2-3", "talks#9")
    assert [line for line in lines if line.startswith("    [#")] == [
        "    [#8] The treaty on gas of 2001."
    ]
    assert lines[-2:] == ["#9  In cubic metres.", "    referred to by #2, #3"]
    whole = shown(sinorus, "talks")
    assert [line for line in whole if line.startswith("    [#")] == []
    assert whole[:2] == [
        "#1  Gas talks",
        "#2  V. Putin: Dear friends, gas flows under the treaty. [#8] [#9]",
    ]
    assert whole[-2:] == ["#9  In cubic metres.", "    referred to by #2, #3"]
    assert "[#" not in sinorus("show", "talks#2").out, "a pipe has one record a line"


def test_a_range_far_beyond_the_end_takes_no_time(talks: Path, sinorus: Sinorus) -> None:
    assert shown(sinorus, "talks#2-999999999")[-1] == "    referred to by #2, #3"
