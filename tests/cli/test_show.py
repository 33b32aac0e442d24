"""`sinorus show`: by id, by the end of an id, by a line of output, with its hash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Sinorus

PACT = [
    "seeds/carnegie/pact.md:9:carnegie/pact#1:The alliance of 1950 was an alliance on paper.",
    "seeds/carnegie/pact.md:11:carnegie/pact#2:Pipes",
    "seeds/carnegie/pact.md:13:carnegie/pact#3:"
    "Gas flows through the pipelines; the “no limits” words are no treaty.",
    "seeds/carnegie/pact.md:15:carnegie/pact#4:Allies sign treaties. Partners sign contracts.",
]


def test_a_whole_document(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("show", "carnegie/pact")
    assert (answer.lines, answer.err, answer.code) == (PACT, "", 0)


@pytest.mark.parametrize("name", ["pact", "seeds/carnegie/pact.md", "./seeds/carnegie/pact.md"])
def test_a_document_by_the_end_of_its_id_or_its_path(
    press: Path, sinorus: Sinorus, name: str
) -> None:
    assert sinorus("show", name).lines == PACT
    assert sinorus("show", f"{name}#2").lines == PACT[1:2]


def test_paragraphs_and_ranges_in_the_order_asked_for(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("show", "pact#3-4").lines == PACT[2:]
    assert sinorus("show", "pact#3-99").lines == PACT[2:]
    answer = sinorus("show", "pact#4", "notes#1", "pact#1")
    assert [line.split(":")[2] for line in answer.lines] == [
        "carnegie/pact#4",
        "notes#1",
        "carnegie/pact#1",
    ]


def test_neighbours_are_told_from_what_was_asked_for(press: Path, sinorus: Sinorus) -> None:
    lines = sinorus("show", "pact#3", "-C", "1").lines
    assert lines == [
        PACT[1].replace(":", "-", 3),
        PACT[2],
        PACT[3].replace(":", "-", 3),
    ]
    context = [one["context"] for one in sinorus("show", "pact#3", "-B1", "--json").json["results"]]
    assert context == [True, False]


def test_ids_on_standard_input_stand_among_others(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("show", "notes#2", "-", stdin="pact#1\r\n\n  pact#4  \n")
    assert [line.split(":")[2] for line in answer.lines] == [
        "notes#2",
        "carnegie/pact#1",
        "carnegie/pact#4",
    ]
    nothing = sinorus("show", "-", stdin="")
    assert (nothing.out, nothing.code) == ("", 1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pakt", ["no document 'pakt'", "did you mean carnegie/pact?"]),
        ("zzzzz", ["no document 'zzzzz'", "sinorus sources"]),
        ("pact#5", ["has 4 paragraphs", "no #5"]),
        ("pact#0", ["count from 1"]),
        ("pact#3-2", ["pact#3-2"]),
        ("pact#x", ["pact#x"]),
        ("act", ["no document 'act'"]),
        ("", ["''"]),
    ],
)
def test_an_id_that_names_nothing_is_an_error(
    press: Path, sinorus: Sinorus, name: str, words: list[str]
) -> None:
    answer = sinorus("show", name)
    assert (answer.out, answer.code) == ("", 2)
    assert all(word in answer.err for word in words), answer.err


def test_an_ambiguous_id_lists_the_candidates(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "seeds/xinhua/pact.md").write_text("Another pact.\n", "utf-8")
    answer = sinorus("show", "pact#1", "--no-notices")
    assert (answer.out, answer.code) == ("", 2)
    assert "'pact' may be any of carnegie/pact, xinhua/pact" in answer.err
    assert sinorus("show", "xinhua/pact#1").code == 0


def hash_of(sinorus: Sinorus, name: str) -> str:
    """The hash that `show --json` gives for a paragraph."""
    (shown,) = sinorus("show", name, "--json").json["results"]
    return f"{name}@{shown['hash']}"


def checked(sinorus: Sinorus, name: str) -> tuple[str, str, str]:
    """The check of the paragraph shown for an id with a hash, its id, and stderr."""
    answer = sinorus("show", name, "--json", "--no-update")
    (shown,) = answer.json["results"]
    return shown["check"], shown["id"], answer.err


def test_an_id_written_down_long_ago(own_press: Path, sinorus: Sinorus) -> None:
    noted = hash_of(sinorus, "pact#3")
    assert checked(sinorus, noted) == ("exact", "carnegie/pact#3", "")
    path = own_press / "seeds/carnegie/pact.md"
    text = path.read_text("utf-8")

    # Quotation marks, case and line breaks are no change.
    path.write_text(text.replace("“no limits” words", '"No\nLimits" words'), "utf-8")
    assert sinorus("index").code == 0
    assert checked(sinorus, noted)[0] == "exact"

    path.write_text(text.replace("The alliance of", "New.\n\nNewer.\n\nThe alliance of"), "utf-8")
    assert sinorus("index").code == 0
    check, now, told = checked(sinorus, noted)
    assert (check, now) == ("moved", "carnegie/pact#5")
    assert told == f"note: {noted}: moved, now #5\n"

    path.write_text(text.replace("no limits", "some limits"), "utf-8")
    assert sinorus("index").code == 0
    check, now, told = checked(sinorus, noted)
    assert (check, now) == ("changed", "carnegie/pact#3")
    assert told.startswith(f"note: {noted}: the text has changed since (now @")
    assert sinorus("show", noted, "--no-notices").err == ""


def test_a_range_moves_as_a_whole(own_press: Path, sinorus: Sinorus) -> None:
    noted = hash_of(sinorus, "pact#3").replace("#3@", "#3-4@")
    path = own_press / "seeds/carnegie/pact.md"
    path.write_text(
        path.read_text("utf-8").replace("The alliance", "New.\n\nThe alliance"), "utf-8"
    )
    shown = sinorus("show", noted, "--json").json["results"]
    assert [one["id"] for one in shown] == ["carnegie/pact#4", "carnegie/pact#5"]


def test_a_paragraph_gone_with_the_end_of_its_document(own_press: Path, sinorus: Sinorus) -> None:
    noted = hash_of(sinorus, "pact#4")
    path = own_press / "seeds/carnegie/pact.md"
    path.write_text(path.read_text("utf-8").split("Allies")[0], "utf-8")
    answer = sinorus("show", noted)
    assert (answer.out, answer.code) == ("", 1)
    assert f"{noted} is gone; until 20" in answer.err
    assert "it was 'Allies sign treaties. Partners sign contracts.'" in answer.err


def test_what_a_query_matches_is_highlighted(press: Path, sinorus: Sinorus) -> None:
    shown = sinorus("show", "pact", "--query", "gas OR treaty", "--json").json["results"]
    words = [[one["text"][m["start"] : m["end"]] for m in one["matches"]] for one in shown]
    assert words == [[], [], ["Gas", "treaty"], ["treaties"]]
    coloured = sinorus("show", "pact#3", "--query", "gas", "--color", "always").out
    assert "Gas\x1b[0m" in coloured


def test_a_document_with_all_that_is_known_of_it(press: Path, sinorus: Sinorus) -> None:
    page = sinorus("show", "statement", "--format", "rich", env={"COLUMNS": "80"}).out
    for known in ("Заявление для прессы", "Дмитрий Песков, Kremlin, 2023-03 [ru]", "volume: 12"):
        assert known in page
    for known in ("kremlin/statement#1", "seeds/kremlin/statement.md:11", "tags: summit"):
        assert known in page
    (first, title, last) = sinorus("show", "statement", "--json").json["results"]
    assert (first["extra"], last["heading"]) == ({"volume": "12"}, ["Газ"])
    assert (title["kind"], title["text"], title["heading"]) == ("heading", "Газ", [])


def test_places_for_an_editor(press: Path, sinorus: Sinorus) -> None:
    plain = [line.split(":", 3) for line in PACT]
    assert sinorus("show", "pact", "--vimgrep").lines == [
        f"{path}:{line}:{4 if text == 'Pipes' else 1}:{text}" for path, line, _, text in plain
    ]
    answer = sinorus("show", "pact#3", "-C", "1", "--query", "gas OR treaty", "--vimgrep")
    assert [line.split(":")[1:3] for line in answer.lines] == [
        ["11", "4"],
        ["13", "1"],
        ["13", str(PACT[2].split(":", 3)[3].encode().index(b"treaty") + 1)],
        ["15", str(PACT[3].split(":", 3)[3].index("treaties") + 1)],
    ]


@pytest.mark.parametrize(
    ("ids", "cited"),
    [
        (["pact#3"], ["carnegie/pact#3"]),
        (["pact#2-4"], ["carnegie/pact#2-4"]),
        (["pact#3-99"], ["carnegie/pact#3-4"]),
        (["pact#1", "pact#2"], ["carnegie/pact#1-2"]),
        (["pact#1", "pact#3"], ["carnegie/pact#1", "carnegie/pact#3"]),
        (["pact#3", "-C", "1"], ["carnegie/pact#2-4"]),
        (["pact"], ["carnegie/pact"]),
        (["notes", "pact#1-4"], ["notes", "carnegie/pact#1-4"]),
    ],
)
def test_what_is_quoted_is_cited(
    press: Path, sinorus: Sinorus, ids: list[str], cited: list[str]
) -> None:
    answer = sinorus("show", *ids, "--format", "markdown")
    lines = [line for line in answer.lines if line.startswith("— ")]
    assert [line.rsplit(", ", 1)[-1].removeprefix("— ") for line in lines] == cited


def test_a_paragraph_is_found_by_its_hash_in_a_renamed_file(
    own_press: Path, sinorus: Sinorus
) -> None:
    noted = hash_of(sinorus, "carnegie/pact#3")
    old = own_press / "seeds/carnegie/pact.md"
    (own_press / "seeds/essays").mkdir()
    old.rename(own_press / "seeds/essays/alliance.md")
    assert sinorus("index").code == 0
    answer = sinorus("show", noted, "--json")
    (shown,) = answer.json["results"]
    assert (shown["id"], shown["check"], answer.code) == ("essays/alliance#3", "moved", 1)
    assert answer.err == f"note: {noted}: moved, now essays/alliance#3\n"
    (own_press / "seeds/essays/alliance.md").unlink()
    assert sinorus("index").code == 0
    answer = sinorus("show", noted)
    assert (answer.out, answer.code) == ("", 1)
    assert answer.err.startswith(f"note: {noted} is gone; until 20")
    assert "it was 'Gas flows through the pipelines; the “no limits” words" in answer.err


def test_ids_are_read_out_of_running_prose(own_press: Path, sinorus: Sinorus) -> None:
    prose = (
        "An alliance on paper (see carnegie/pact#1), says Gabuev; but compare notes#9 and\n"
        "what stands in «kremlin/statement#2», or in pact#3-4.\n"
        "This line of the draft names nothing at all.\n"
    )
    answer = sinorus("show", "-", "--jsonl", stdin=prose)
    assert [one["id"] for one in answer.records] == [
        *("carnegie/pact#1", "kremlin/statement#2", "carnegie/pact#3", "carnegie/pact#4")
    ]
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "notes has 2 paragraphs, there is no #9" in answer.err
    assert sinorus("show", "-", stdin="energy and nothing#3").code == 2
