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
    query = "alliance OR союзник OR 联盟"
    document = sinorus("compare", query, "--by", "lang", "--json").json
    assert [group["key"] for group in document["groups"]] == ["en"]
    assert [group["key"] for group in document["silent"]] == ["ru", "zh"]  # both are as long
    assert [group["documents"] for group in document["silent"]] == [1, 1]
    assert document["unasked"] == []
    last = sinorus("compare", query, "--by", "lang").lines[-1]
    assert last.startswith("silent: ru (1 document, 15 words), zh (1 document, 15 words)")


def test_who_was_not_asked_is_not_called_silent(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "seeds" / "word.md").write_text("The zyzzyx of the river in English words.\n")
    document = sinorus("compare", "zyzzyx", "--by", "lang", "--json").json
    assert document["silent"] == []
    assert [(one["key"], one["across"]) for one in document["unasked"]] == [("ru", 0), ("zh", 0)]
    last = sinorus("compare", "zyzzyx", "--by", "lang").lines[-1]
    assert last == "not asked in ru, zh: no word of the query is in their script"
    # By publisher too, but for those whose documents are all in other scripts.
    document = sinorus("compare", "zyzzyx", "--by", "publisher", "--json").json
    assert {one["key"] for one in document["unasked"]} == {"Kremlin", "Xinhua"}
    assert not {"Kremlin", "Xinhua"} & {one["key"] for one in document["silent"]}
    # A word that terms ask in all languages is nowhere there.
    document = sinorus("compare", "paper", "--by", "lang", "--json").json
    assert [one["key"] for one in document["silent"]] == ["ru", "zh"]
    assert document["unasked"] == []


@pytest.mark.parametrize("flags", [("--no-names",), ("--exact",), ("-s",)])
def test_other_forms_are_no_silence(press: Path, sinorus: Sinorus, flags: tuple[str, ...]) -> None:
    document = sinorus("compare", "Путина OR Putin", "--by", "lang", "--json", *flags).json
    assert [(one["key"], one["written"]) for one in document["unasked"]] == [("zh", 1)]
    lines = sinorus("compare", "Путина OR Putin", "--by", "lang", *flags).lines
    assert "not written so in zh: in all forms and names there are 1" in lines
    assert any(line.startswith("silent: en (2 documents") for line in lines)
    document = sinorus("compare", "=Path OR =partner", "--by", "lang", "--json").json
    assert next((one["key"], one["written"]) for one in document["unasked"]) == ("en", 1)


def test_words_that_do_not_stand_together_are_no_silence(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "alliance pipelines", "--by", "publisher", "--json").json
    told = {one["key"]: one["together"] for one in document["unasked"]}
    assert told["Carnegie"] == 2
    assert told[None] == 1


def test_traditional_and_simplified_are_one(own_press: Path, sinorus: Sinorus) -> None:
    for year, text in (("1954", "发展工业。"), ("1955", "發展工業。")):
        path = own_press / "seeds" / f"{year}.md"
        path.write_text(f"---\ndate: {year}\n---\n{text}\n", "utf-8")
    for query in ("工业", "工業"):
        groups = sinorus("compare", query, "--by", "year", "--json").json["groups"]
        assert [group["key"] for group in groups] == ["1954", "1955"]


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
    assert [group["key"] for group in document["unasked"]] == ["xinhua/visit"]
    unknown = sinorus("compare", "gas", "--among", "nots")
    assert (unknown.out, unknown.code) == ("", 2)
    assert "did you mean notes?" in unknown.err


def test_a_phrase_counts_once(own_press: Path, sinorus: Sinorus) -> None:
    text = "A gas pipeline, the gas pipeline.\n\nA pipeline for gas. A gas pipeline of gas.\n"
    (own_press / "seeds" / "pipes.md").write_text(text, "utf-8")

    def matches(query: str, *flags: str) -> int:
        asked = sinorus("compare", query, "--among", "pipes", "--json", *flags)
        return int(asked.json["groups"][0]["matches"])

    assert matches('"gas pipeline"') == 3
    assert matches("gas pipeline") == 4  # and once where the words stand apart
    assert matches("gas") == 5
    assert matches("gas OR pipeline") == 9
    assert matches('gas OR "gas pipeline"') == 5
    assert matches("gas NEAR/2 pipeline") == 4


def test_groups_by_any_key_folder_and_decade(press: Path, sinorus: Sinorus) -> None:
    def keys(by: str) -> list[str | None]:
        groups = sinorus("compare", "gas OR газ OR 天然气", "--by", by, "--json").json["groups"]
        return [group["key"] for group in groups]

    assert set(keys("folder")) == {"seeds/kremlin", "seeds/carnegie", "seeds/xinhua", "seeds"}
    assert keys("decade") == ["2020s", None]
    assert set(keys("volume")) == {"12", None}
    assert "energy" in keys("tag")
    wrong = sinorus("compare", "gas", "--by", "volum")
    assert (wrong.out, wrong.code) == ("", 2)
    assert "did you mean volume?" in wrong.err
    assert sinorus("search", "gas", "--group-by", "volum").code == 2
    assert sinorus("search", "газ", "--group-by", "volume").code == 0


def test_the_order_of_groups(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "seeds" / "note.md").write_text("Gas.\n", "utf-8")
    long = "Gas.\n\nGas, gas.\n" + "\nWord.\n" * 1_000
    (own_press / "seeds" / "long.md").write_text(long, "utf-8")

    def keys(*flags: str) -> list[str]:
        groups = sinorus("compare", "gas", "--json", *flags).json["groups"]
        return [group["key"] for group in groups]

    assert keys()[0] == "long"
    assert keys("--order", "rate")[:2] == ["long", "note"]
    assert keys("--order", "name") == ["carnegie/pact", "long", "note", "notes"]
    assert keys("--least-words", "500") == ["long"]
    answer = sinorus("compare", "gas", "--least-words", "500", "--json")
    assert {one["key"] for one in answer.json["small"]} >= {"note", "notes"}
    assert "left out: 5 groups of fewer than 500 words" in answer.err
    years = sinorus("compare", "gas OR alliance", "--by", "year", "--json").json["groups"]
    assert [group["key"] for group in years] == ["2022", None]


def test_chinese_is_counted_in_words(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("compare", "gas OR 天然气", "--by", "lang", "--json").json
    words = {group["key"]: group["words"] for group in answer["groups"]}
    assert words == {"en": 42, "zh": 15}
    assert answer["languages"] == ["en", "zh"]
    lines = sinorus("compare", "gas OR 天然气", "--by", "lang").lines
    assert any(line.startswith("rates stand for words of different languages") for line in lines)


def test_only_what_the_filters_let_through(press: Path, sinorus: Sinorus) -> None:
    document = sinorus("compare", "gas", "--by", "lang", "--not-author", "Lee", "--json").json
    assert [(group["key"], group["matches"]) for group in document["groups"]] == [("en", 1)]


def test_a_name_in_every_script(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("compare", "Putin", "--by", "lang", "--json")
    assert sorted(group["key"] for group in answer.json["groups"]) == ["ru", "zh"]
    assert answer.err.startswith("note: Putin: also ")
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


def test_two_texts_open_with_one_line(own_press: Path, sinorus: Sinorus) -> None:
    text = (own_press / "seeds/carnegie/pact.md").read_text("utf-8")
    long = "The two sides signed a contract for the delivery of gas through the new pipe.\n"
    head, body = text.rsplit("---\n", 1)
    (own_press / "seeds/one.md").write_text(f"{head}---\n{long}\n{body}", "utf-8")
    moved = body.replace("on paper", "on parchment")
    (own_press / "seeds/two.md").write_text(f"{head}---\n{moved}\n{long}", "utf-8")
    lines = sinorus("compare", "one", "two").lines
    assert lines[0].endswith("98 % of the words in common, 1 passage moved")
    document = sinorus("compare", "one", "two", "--json").json
    assert document["summary"]["moved"] == document["summary"]["changed"] == 1
    assert document["summary"]["passages_moved"] == 1
    for only, kinds in (("changed", {"changed"}), ("moved", {"moved"})):
        some = sinorus("compare", "one", "two", "--only", only, "--json").json
        assert {row["kind"] for row in some["rows"]} == kinds
        assert some["summary"] == document["summary"]
        assert len(sinorus("compare", "one", "two", "--only", only, "--format", "csv").lines) == 2
    assert sinorus("compare", "gas", "--only", "moved").code == 2


def test_two_languages_are_said_to_be_two(press: Path, sinorus: Sinorus) -> None:
    lines = sinorus("compare", "pact", "statement").lines
    assert lines[0] == "no passage in common"
    assert "in different languages, en and ru" in lines[1]
    assert sinorus("compare", "pact", "statement", "--json").json["languages"] == ["en", "ru"]
    assert sinorus("compare", "pact", "notes", "--json").json["languages"] is None


@pytest.mark.parametrize(
    "words", [("pact", "statment"), ("visti", "notes"), ("pact", "notes-2"), ("visti", "statment")]
)
def test_a_mistyped_id_is_no_query(press: Path, sinorus: Sinorus, words: tuple[str, str]) -> None:
    answer = sinorus("compare", *words)
    assert (answer.out, answer.code) == ("", 2)
    assert "there is no document" in answer.err


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
        assert loud.out == sinorus(*arguments, "--format", form, "--no-notices").out
        assert "note:" not in loud.out
        assert "\x1b" not in loud.out


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        (["pact#1", "pact#4"], "carnegie/pact#1 and carnegie/pact#4"),
        (["pact#1-2", "pact#3-4"], "carnegie/pact#1-2 and carnegie/pact#3-4"),
        (["pact", "notes#2"], "carnegie/pact and notes#2"),
        (["pact", "notes", "--only", "changed"], "carnegie/pact and notes"),
    ],
)
def test_what_is_compared_is_named(
    press: Path, sinorus: Sinorus, ids: list[str], named: str
) -> None:
    heads = [line for line in sinorus("compare", *ids).lines if line.startswith("==")]
    assert [head.partition(":")[0] for head in heads] == [f"== {named}"]
    table = sinorus("compare", *ids, "--format", "markdown").lines
    head = next(line for line in table if line.startswith("|"))
    told = [f"({one})" in head for one in named.split(" and ")]
    assert told == ["#" in one for one in named.split(" and ")]


def test_the_texts_of_the_help_page_have_something_in_common(seeds: Path, sinorus: Sinorus) -> None:
    page = sinorus("compare", "--help").out
    pairs = [line.split()[2:4] for line in page.splitlines() if "two paragraphs" in line]
    assert pairs
    for pair in pairs:
        answer = sinorus("compare", *pair, "--json")
        assert answer.code == 0, answer.err
        assert answer.json["similarity"] > 0.15
