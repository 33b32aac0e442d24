"""`sinorus compare`: who says what, and two texts side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Sinorus


@pytest.mark.parametrize(
    ("by", "groups", "silent"),
    [
        ("lang", ["en", "ru", "zh"], []),
        ("publisher", ["Carnegie", "Kremlin", "Xinhua", None], []),
        ("year", ["2022", "2023", None], []),
        ("author", ["Alexander Gabuev", "Ann Lee", "Wang Wei", "Дмитрий Песков", None], []),
        ("document", ["carnegie/pact", "kremlin/statement", "notes", "xinhua/visit"], []),
    ],
)
def test_each_group_on_a_query(
    press: Path, sinorus: Sinorus, by: str, groups: list[str | None], silent: list[str]
) -> None:
    document = sinorus("compare", "gas OR газ OR 天然气", "--by", by, "--json").json
    assert document["by"] == by
    found = [group["key"] for group in document["groups"]]
    assert sorted(found, key=str) == sorted(groups, key=str)
    assert [group["key"] for group in document["silent"]] == silent


def test_groups_that_never_mention_it_are_named(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "alliance", "--by", "lang", "--json").json
    assert [group["key"] for group in document["groups"]] == ["en"]
    assert [group["key"] for group in document["silent"]] == ["zh", "ru"]  # the longer first
    assert [group["documents"] for group in document["silent"]] == [1, 1]
    last = sinorus("compare", "alliance", "--by", "lang").lines[-1]
    assert last.startswith("silent: zh (1 document, 27 words), ru (1 document, 15")


def test_what_is_counted_of_a_group(press: Path, sinorus: Sinorus) -> None:
    (group,) = sinorus("compare", "alliance", "--by", "lang", "--json").json["groups"]
    assert (group["matches"], group["paragraphs"], group["documents"]) == (3, 2, 2)
    assert group["words"] == 42
    assert group["rate"] == pytest.approx(3 / 42 * 1000, abs=0.001)
    assert (group["first"], group["last"]) == ("2022", "2022")
    assert [hit["id"] for hit in group["best"]] == ["carnegie/pact#1", "notes#2"]
    (group,) = sinorus("compare", "alliance", "--by", "lang", "-n", "1", "--json").json["groups"]
    assert len(group["best"]) == 1


def test_only_among_these(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "gas", "--among", "notes,carnegie/pact", "--json").json
    assert sorted(group["key"] for group in document["groups"]) == ["carnegie/pact", "notes"]
    assert document["silent"] == []
    document = sinorus("compare", "gas", "--among", "notes", "--among", "visit", "--json").json
    assert [group["key"] for group in document["silent"]] == ["xinhua/visit"]
    unknown = sinorus("compare", "gas", "--among", "nots")
    assert (unknown.out, unknown.code) == ("", 2)
    assert "did you mean notes?" in unknown.err


def test_only_what_the_filters_let_through(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "gas", "--by", "lang", "--not-author", "Lee", "--json").json
    assert [(group["key"], group["matches"]) for group in document["groups"]] == [("en", 1)]


def test_a_name_in_every_script(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("compare", "Putin", "--by", "lang", "--json")
    assert sorted(group["key"] for group in answer.json["groups"]) == ["ru", "zh"]
    assert answer.err.startswith("sinorus: Putin: also ")
    assert sinorus("compare", "Putin", "--no-names").code == 1


def test_a_name_of_several_words_counts_where_they_stand_together(
    own_press: Path, sinorus: Sinorus
) -> None:
    text = "The European Union met.\n\nA union of European states.\n\nЕвросоюз и ЕС.\n"
    (own_press / "seeds" / "union.md").write_text(text, "utf-8")
    (group,) = sinorus("compare", "European Union", "--by", "document", "--json").json["groups"]
    assert (group["key"], group["matches"], group["paragraphs"]) == ("union", 3, 2)
    assert sinorus("search", "European Union", "-c").out == "3\n"
    found = sinorus("search", "European Union", "--json").json["results"]
    assert found[-1]["id"] == "union#2"


def test_nobody_says_it(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("compare", "submarine", "--by", "lang")
    assert answer.code == 1
    assert answer.lines[0].startswith("silent: ")


def test_two_documents(own_press: Path, sinorus: Sinorus) -> None:
    text = (own_press / "seeds/carnegie/pact.md").read_text("utf-8")
    changed = text.replace("on paper", "on parchment").replace("Partners sign", "Partners signed")
    (own_press / "seeds/carnegie/later.md").write_text(changed, "utf-8")
    document = sinorus("compare", "carnegie/pact", "later", "--json").json
    assert (document["left"]["id"], document["right"]["id"]) == ("carnegie/pact", "carnegie/later")
    assert [row["kind"] for row in document["rows"]] == ["changed", "same", "same", "changed"]
    first = document["rows"][0]
    for side, word in (("left", "paper"), ("right", "parchment")):
        (span,) = first[side]["changed"]
        assert first[side]["text"][span["start"] : span["end"]] == word
    assert 0.8 < document["similarity"] < 1
    plain = sinorus("compare", "carnegie/pact", "later")
    assert plain.code == 0
    assert "parchment" in plain.out


def test_two_paragraphs(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "pact#1", "notes#2", "--json").json
    sides = {(row["left"] or row["right"])["id"] for row in document["rows"]}
    assert sides <= {"carnegie/pact#1", "notes#2"}
    assert sinorus("compare", "pact#1", "nots#2").code == 2


def test_two_words_that_are_no_documents_are_a_query(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "gas", "trade", "--json").json
    assert document["schema"] == "sinorus.compare/2"
    assert document["query"] == "gas trade"


def test_there_must_be_something_to_compare(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("compare")
    assert (answer.out, answer.code) == ("", 2)
    assert "nothing to compare" in answer.err


@pytest.mark.parametrize("form", ["rich", "plain", "json", "jsonl", "markdown"])
def test_every_format_has_data_only(press: Path, sinorus: Sinorus, form: str) -> None:
    for arguments in (["compare", "Putin", "--by", "lang"], ["compare", "pact", "notes"]):
        loud = sinorus(*arguments, "--format", form)
        assert loud.code == 0
        assert loud.out == sinorus(*arguments, "--format", form, "--quiet").out
        assert "sinorus:" not in loud.out
        assert "\x1b" not in loud.out
