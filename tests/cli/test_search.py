"""`sinorus search`: which paragraphs, how many, in what order and in what shape."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus

ALLIANCE = (
    "seeds/carnegie/pact.md:9:carnegie/pact#1:The alliance of 1950 was an alliance on paper.\n"
)
NOTED = "seeds/notes.txt:3:notes#2:The alliance is not mentioned again.\n"
PIPES = (
    "seeds/carnegie/pact.md:13:carnegie/pact#3:"
    "Gas flows through the pipelines; the “no limits” words are no treaty.\n"
)


def found(sinorus: Sinorus, *arguments: str) -> str:
    """The short ids of the paragraphs found, in order: `pact#1 notes#2`."""
    answer = sinorus("search", "--json", *arguments)
    assert answer.code in (0, 1), answer.err
    assert answer.code == (0 if answer.ids else 1), answer
    return " ".join(name.rpartition("/")[2] for name in answer.ids)


def test_a_paragraph_is_one_line_of_path_line_id_and_text(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "alliance")
    assert (answer.out, answer.err, answer.code) == (ALLIANCE + NOTED, "", 0)


def test_words_side_by_side_are_all_wanted(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "gas", "pipelines") == "pact#3"
    assert found(sinorus, "gas pipelines") == "pact#3"


def test_paths_are_as_seen_from_the_current_folder(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "pipelines", cwd=press / "seeds" / "carnegie")
    assert answer.out == PIPES.removeprefix("seeds/carnegie/")
    answer = sinorus("--library", press, "search", "pipelines", cwd=press.parent)
    assert answer.out == "library/" + PIPES


def test_three_languages_are_found_in_any_form_of_a_word(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "pipeline") == "pact#3"
    assert sorted(found(sinorus, "TREATY").split()) == ["pact#3", "pact#4"]
    assert found(sinorus, "трубопровод") == "statement#3"
    assert sorted(found(sinorus, "газа").split()) == ["statement#2", "statement#3"]
    assert found(sinorus, "идет") == "statement#3"
    assert found(sinorus, "斯科会") == "visit#1"
    mixed = found(sinorus, "газ OR gas OR 天然气").split()
    assert sorted(mixed) == ["notes#1", "pact#3", "statement#2", "statement#3", "visit#1"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("alliance -paper", "notes#2"),
        ("alliance NOT paper", "notes#2"),
        ("pipelines | mentioned", "pact#3 notes#2"),
        ("(pipelines OR mentioned) alliance", "notes#2"),
        ('"no limits"', "pact#3"),
        ("„no limits“", "pact#3"),
        ("«no limits»", "pact#3"),
        ('"limits no"', ""),
        ('"treaties partners"~3', "pact#4"),
        ("words NEAR/5 limits", "pact#3"),
        ("limits ADJ/5 words", "pact#3"),
        ("words ADJ/5 limits", ""),
        ("pipe*", "pact#2 pact#3"),
        ("al?iance", "pact#1 notes#2"),
        ("allianse~1", "pact#1 notes#2"),
        ("=treaties", "pact#4"),
        ("=treaty", "pact#3"),
        ("author:gabuev treaty", "pact#4 pact#3"),
        ('publisher:"Carnegie" gas', "pact#3"),
        ("volume:12", "statement#1 statement#2 statement#3"),
        ("heading:pipes gas", "pact#3"),
        ("lang:(zh OR ru) 天然气", "visit#1"),
        ("date:2022..2023-03 (gas OR газ)", "statement#2 statement#3 pact#3"),
        ("date:>=2023-03-22 газ", "statement#2 statement#3"),
        ("kind:heading date:<2023", "pact#2"),
        ("date:<2023 alliance", "pact#1"),
    ],
)
def test_the_query_language(press: Path, sinorus: Sinorus, query: str, ids: str) -> None:
    answer = sinorus("search", "--json", "--", query)
    assert answer.code == (0 if ids else 1), answer.err
    assert sorted(name.rpartition("/")[2] for name in answer.ids) == sorted(ids.split())


@pytest.mark.parametrize(
    ("flags", "ids"),
    [
        (["--author", "gabuev"], "pact#1 pact#2 pact#3 pact#4"),
        (["--author", "Gabuev", "--author", "Wang"], "pact#1 pact#2 pact#3 pact#4 visit#1 visit#2"),
        (["--author", "Lee", "--lang", "ru"], ""),
        (["--not-author", "Lee", "--not-author", "Wang", "--not-lang", "ru"], "notes#1 notes#2"),
        (["--publisher", "kremlin"], "statement#1 statement#2 statement#3"),
        (["--not-publisher", "kremlin", "--not-publisher", "carnegie", "--not-lang", "en"],
         "visit#1 visit#2"),
        (["--source", "pact"], "pact#1 pact#2 pact#3 pact#4"),
        (["--source", "carnegie/pact", "--source", "notes"],
         "pact#1 pact#2 pact#3 pact#4 notes#1 notes#2"),
        (["--not-source", "pact", "--not-source", "statement", "--not-source", "visit"],
         "notes#1 notes#2"),
        (["--lang", "zh"], "visit#1 visit#2"),
        (["--not-lang", "en"], "statement#1 statement#2 statement#3 visit#1 visit#2"),
        (["--tag", "summit"], "statement#1 statement#2 statement#3 visit#1 visit#2"),
        (["--tag", "summit", "--not-tag", "energy"], "statement#1 statement#2 statement#3"),
        (["--path", "seeds/x*/*"], "visit#1 visit#2"),
        (["--path", "seeds/notes.txt"], "notes#1 notes#2"),
        (["--not-path", "seeds/*/*"], "notes#1 notes#2"),
        (["--since", "2023"], "statement#1 statement#2 statement#3 visit#1 visit#2"),
        (["--since", "2023-03-22"], "statement#1 statement#2 statement#3"),
        (["--until", "2022-06"], "pact#1 pact#2 pact#3 pact#4"),
        (["--since", "2022-05", "--until", "2023-03-01"],
         "pact#1 pact#2 pact#3 pact#4 statement#1 statement#2 statement#3"),
        (["--not-since", "2023", "--lang", "en"], "notes#1 notes#2 pact#1 pact#2 pact#3 pact#4"),
        (
            ["--not-until", "2022"],
            "notes#1 notes#2 statement#1 statement#2 statement#3 visit#1 visit#2",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_filters_without_a_query_list_what_they_let_through(
    press: Path, sinorus: Sinorus, flags: list[str], ids: str
) -> None:
    assert sorted(found(sinorus, *flags).split()) == sorted(ids.split())


def test_a_filter_narrows_a_query(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "alliance", "--not-author", "Lee") == "notes#2"
    assert found(sinorus, "alliance", "--until", "2022") == "pact#1"


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--since", "soon"], ["--since", "'soon' is not a date", "2023-05-04"]),
        (["--since", "03/04/2022"], ["--since", "may be 2022-03-04 or 2022-04-03"]),
        (["--not-until", "2023-02-30"], ["--not-until", "not a day"]),
        (["--lang", ""], ["--lang", "no value"]),
        (["--author", "…"], ["--author", "no word"]),
    ],
)
def test_a_filter_that_cannot_be_read_is_named(
    press: Path, sinorus: Sinorus, flags: list[str], words: list[str]
) -> None:
    answer = sinorus("search", "gas", *flags)
    assert (answer.out, answer.code) == ("", 2)
    assert all(word in answer.err for word in words), answer.err


def test_a_page_of_the_answer(press: Path, sinorus: Sinorus) -> None:
    every = found(sinorus, "--lang", "en", "-n", "all").split()
    assert len(every) == 6
    assert found(sinorus, "--lang", "en", "-n", "2") == " ".join(every[:2])
    assert found(sinorus, "--lang", "en", "--limit", "2", "--offset", "2") == " ".join(every[2:4])
    last = sinorus("search", "--lang", "en", "-n", "2", "--offset", "4", "--json").json
    assert (last["total"], last["documents"]) == (6, 2)
    assert (last["offset"], last["limit"]) == (4, 2)
    assert [result["rank"] for result in last["results"]] == [5, 6]


def test_what_is_left_out_is_told_on_stderr(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "alliance", "-n", "1")
    assert answer.out == ALLIANCE
    assert answer.err == "note: 1 of 2 paragraphs in 2 documents; -n all shows the rest\n"
    assert sinorus("search", "alliance", "-n", "1", "--no-notices").err == ""


def test_no_document_crowds_out_the_others(press: Path, sinorus: Sinorus) -> None:
    ids = found(sinorus, "--lang", "en", "--max-per-doc", "1").split()
    assert sorted(name.partition("#")[0] for name in ids) == ["notes", "pact"]
    capped = sinorus("search", "--lang", "en", "--max-per-doc", "1", "--json").json
    assert capped["total"] == 6


def test_the_order_asked_for(press: Path, sinorus: Sinorus) -> None:
    def documents(sort: str) -> list[str]:
        ids = found(sinorus, "--not-lang", "fr", "--max-per-doc", "1", "--sort", sort).split()
        return [name.partition("#")[0] for name in ids]

    assert documents("date") == ["pact", "statement", "visit", "notes"]
    assert documents("-date") == ["visit", "statement", "pact", "notes"]
    assert [name for name in documents("title") if name != "notes"] == [
        "pact",
        "statement",
        "visit",
    ]
    assert found(sinorus, "alliance", "--sort", "relevance") == "pact#1 notes#2"


def test_neighbours_are_marked_by_a_dash(press: Path, sinorus: Sinorus) -> None:
    first = "seeds/carnegie/pact.md-9-carnegie/pact#1-" + ALLIANCE.split(":", 3)[3]
    before = "seeds/carnegie/pact.md-11-carnegie/pact#2-Pipes\n"
    after = (
        "seeds/carnegie/pact.md-15-carnegie/pact#4-Allies sign treaties. Partners sign contracts.\n"
    )
    assert sinorus("search", "pipelines", "-C", "1").out == before + PIPES + after
    assert sinorus("search", "pipelines", "-B", "9").out == first + before + PIPES
    assert sinorus("search", "pipelines", "-A", "1").out == PIPES + after
    assert sinorus("search", "pipelines", "-C", "2", "-A", "0").out == first + before + PIPES
    (result,) = sinorus("search", "pipelines", "-C", "1", "--json").json["results"]
    assert [one["id"] for one in result["before"]] == ["carnegie/pact#2"]
    assert [one["id"] for one in result["after"]] == ["carnegie/pact#4"]


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        ("document", ["A pact without an alliance (carnegie/pact)", "notes"]),
        ("publisher", ["Carnegie", "unknown"]),
        ("author", ["Alexander Gabuev; Ann Lee", "unknown"]),
        ("year", ["2022", "unknown"]),
        ("lang", ["en"]),
    ],
)
def test_hits_of_a_group_stand_together(
    press: Path, sinorus: Sinorus, by: str, headings: list[str]
) -> None:
    page = sinorus("search", "alliance", "--group-by", by, "--format", "rich").out
    assert re.findall("^── (.+?) ─*$", page, re.MULTILINE) == headings
    assert page.index("carnegie/pact#1") < page.index("notes#2")
    plain = sinorus("search", "alliance", "--group-by", by)
    assert plain.out == ALLIANCE + NOTED  # one record a line and nothing else


def test_only_files(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "-l", "gas").out == "seeds/carnegie/pact.md\nseeds/notes.txt\n"
    assert (
        sinorus("search", "-L", "gas").out == "seeds/kremlin/statement.md\nseeds/xinhua/visit.md\n"
    )
    answer = sinorus("search", "--files-with-matches", "-0", "gas")
    assert answer.out == "seeds/carnegie/pact.md\0seeds/notes.txt\0"
    answer = sinorus("search", "--files-without-match", "--null", "gas", "--lang", "en")
    assert (answer.out, answer.code) == ("", 1)
    assert sinorus("search", "-L", "alliance", "--lang", "zh").out == "seeds/xinhua/visit.md\n"
    assert sinorus("search", "-l", "--tag", "summit", "--lang", "ru").lines == [
        "seeds/kremlin/statement.md"
    ]


def test_only_the_number(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "-c", "treaty").out == "2\n"
    none = sinorus("search", "--count", "submarine")
    assert (none.out, none.code) == ("0\n", 1)
    grouped = sinorus("search", "-c", "alliance OR treaty", "--group-by", "document")
    assert grouped.out == "carnegie/pact\t3\nnotes\t1\n"
    grouped = sinorus("search", "-c", "alliance", "--group-by", "publisher")
    assert grouped.out == "Carnegie\t1\nunknown\t1\n"


def test_only_whether(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "-q", "gas") == sinorus("search", "-q", "treaty")
    assert (sinorus("search", "-q", "gas").out, sinorus("search", "-q", "gas").code) == ("", 0)
    none = sinorus("search", "-q", "submarine")
    assert (none.out, none.err, none.code) == ("", "", 1)


def test_only_the_words_that_match(press: Path, sinorus: Sinorus) -> None:
    assert sorted(sinorus("search", "-o", "alliance OR 合作 OR газ").lines) == [
        "seeds/carnegie/pact.md:9:carnegie/pact#1:alliance",
        "seeds/carnegie/pact.md:9:carnegie/pact#1:alliance",
        "seeds/kremlin/statement.md:13:kremlin/statement#2:Газ",
        "seeds/kremlin/statement.md:15:kremlin/statement#3:газ",
        "seeds/notes.txt:3:notes#2:alliance",
        "seeds/xinhua/visit.md:10:xinhua/visit#1:合作",
    ]
    assert sinorus("search", "-o", '"no limits"').lines == [
        "seeds/carnegie/pact.md:13:carnegie/pact#3:no limits"
    ]


def test_each_match_in_the_middle_of_its_line(press: Path, sinorus: Sinorus) -> None:
    lines = sinorus("search", "--kwic", "alliance").lines
    assert len(lines) == 3
    columns = [{match.start() for match in re.finditer("alliance", line)} for line in lines]
    assert len(set.intersection(*columns)) == 1
    assert [line.split("]")[0] for line in lines] == [
        "[en 2022 carnegie/pact#1",
        "[en 2022 carnegie/pact#1",
        "[en notes#2",
    ]


def test_words_as_they_are_written(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "--exact", "treaties") == "pact#4"
    assert found(sinorus, "--exact", "pipeline") == ""
    assert found(sinorus, "--exact", "газа") == ""


def test_any_of_the_words(press: Path, sinorus: Sinorus) -> None:
    ids = found(sinorus, "--any", "gas pipelines trade").split()
    assert sorted(ids) == ["notes#1", "pact#3"]
    assert not sinorus("search", "--any", "gas submarine", "--json").json["partial"]


def test_nothing_in_the_query_is_an_operator(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "--literal", "(alliance") == "pact#1 notes#2"
    assert found(sinorus, "--literal", 'the "alliance is not') == "notes#2"
    assert found(sinorus, "--literal", "--", "-alliance paper") == "pact#1"
    assert found(sinorus, "--literal", "gas NOT pipelines") != "notes#1"


def test_a_name_is_found_in_every_script(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "-l", "Putin")
    assert answer.lines == ["seeds/kremlin/statement.md", "seeds/xinhua/visit.md"]
    answer = sinorus("search", "Putin")
    assert sorted(line.split(":")[2] for line in answer.lines) == [
        "kremlin/statement#1",
        "xinhua/visit#1",
    ]
    assert answer.err.startswith("note: Putin: also Vladimir Putin, Владимир Путин, Путин, 普京")
    assert answer.err.endswith(" (--no-names: only as written)\n")
    assert answer.err.count("\n") == 1
    for name in ("普京", "Путин"):
        assert sorted(found(sinorus, name).split()) == ["statement#1", "visit#1"]


def test_an_explanation_that_was_asked_for_is_no_notice(press: Path, sinorus: Sinorus) -> None:
    told = sinorus("search", "Putin", "--explain", "--no-notices").err
    assert told == sinorus("search", "Putin", "--explain").err
    assert "普京" in told


def test_what_is_meant_is_the_nearest_word_as_it_is_written(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    text = "Pipelines cross it. Pipelines cost much. A pipeline leaks. Harbours freeze.\n"
    library({"a.md": f"{text}\nPut it there. They met Putin.\n"})
    meant = {
        typed: sinorus("search", typed, "--format", "rich").err.rpartition("did you mean ")[2]
        for typed in ("pipelien", "Putn", "harbuors", "Harbuors")
    }
    assert meant == {
        "pipelien": "pipeline?)\n",
        "Putn": "Putin?)\n",
        "harbuors": "harbours?)\n",
        "Harbuors": "Harbours?)\n",
    }


def test_a_name_only_as_it_is_written(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "--no-names", "Putin") == ""
    assert found(sinorus, "--no-names", "Путин") == "statement#1"
    assert found(sinorus, "=Putin") == ""
    assert sinorus("search", "Путин", env={"SINORUS_NAMES": "no"}).err == ""


def test_the_librarys_own_names_come_on_top(own_press: Path, sinorus: Sinorus) -> None:
    assert sorted(found(sinorus, "gas").split()) == ["notes#1", "pact#3"]
    own = '[[group]]\nforms = ["gas", "газ", "天然气"]\n'
    (own_press / "names.toml").write_text(own, "utf-8")
    everywhere = ["notes#1", "pact#3", "statement#2", "statement#3", "visit#1"]
    assert sorted(found(sinorus, "gas").split()) == everywhere
    assert "gas: also газ, 天然气" in sinorus("search", "gas").err
    assert sorted(found(sinorus, "Putin").split()) == ["statement#1", "visit#1"]


@pytest.mark.parametrize(
    "broken",
    [
        "[[group]\nforms = 1",
        "[[group]]\nforms = 'gas'",
        "[[group]]\nform = ['gas']",
        "[[groups]]\nforms = ['gas']",
        "[group]\nforms = ['gas']",
        "group = 3",
        "group = 'gas'",
        "[[group]]\nforms = [1, 2]",
    ],
)
def test_a_broken_names_file_is_a_clear_error(
    own_press: Path, sinorus: Sinorus, broken: str
) -> None:
    (own_press / "names.toml").write_text(broken, "utf-8")
    answer = sinorus("search", "gas")
    assert (answer.out, answer.code) == ("", 2), answer.err
    assert answer.err.startswith(f"error: {own_press}/names.toml: ")
    assert sinorus("search", "gas", "--no-names").code == 0


def test_how_a_query_was_read_is_told_on_stderr(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "--explain", "gas OR pipelines -paper", "-c")
    assert answer.out == "2\n"
    answer = sinorus("search", "--explain", "gas OR pipelines -paper")
    assert answer.err.split("\n")[0] == "note: read as: gas OR (pipelines AND NOT paper)"
    assert "note: gas: 2 paragraphs in 2 documents" in answer.err
    told = sinorus("search", "--explain", "gas", "--json").json["explanation"]
    assert told == ["read as: gas", "gas: 2 paragraphs in 2 documents"]


def test_counting_explains_too(press: Path, sinorus: Sinorus) -> None:
    assert "read as: gas" in sinorus("search", "--explain", "-c", "gas").err


def test_a_count_too_says_that_a_name_was_widened(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "-c", "Putin").out == "2\n"
    assert "Putin: also" in sinorus("search", "-c", "Putin").err


def test_what_has_most_of_the_words_is_told_where_it_can_be(press: Path, sinorus: Sinorus) -> None:
    query = "alliance paper submarine"
    document = sinorus("search", query, "--json")
    assert (document.code, document.json["partial"], document.json["total"]) == (1, True, 0)
    assert document.json["results"][0]["missing"] == ["submarine"]
    assert "no paragraph has all of the words" in document.err
    assert "submarine" in document.err
    records = [json.loads(line) for line in sinorus("search", query, "--jsonl").lines]
    assert records == document.json["results"]
    for form in ("plain", "csv", "tsv", "markdown", "vimgrep", "template:{id}"):
        answer = sinorus("search", query, "--format", form)
        assert answer.code == 1, form
        assert "alliance" not in answer.out
    assert sinorus("search", query, "--format", "rich").code == 1
    assert sinorus("search", query, "-q").code == 1


def test_what_lacks_one_word_follows_a_few_that_have_all(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "gas pipelines", "--json")
    document = answer.json
    assert (answer.code, document["partial"], document["total"]) == (0, False, 1)
    complete, *others = document["results"]
    assert (complete["missing"], complete["rank"]) == ([], 1)
    assert others
    assert all(len(one["missing"]) == 1 for one in others)
    assert [one["rank"] for one in document["results"]] == [*range(1, len(others) + 2)]
    pages = []
    for offset in range(len(others) + 1):
        page = sinorus("search", "gas pipelines", "--json", "-n", 1, "--offset", offset)
        pages += [(one["id"], one["rank"]) for one in page.json["results"]]
    assert pages == [(one["id"], one["rank"]) for one in document["results"]]
    assert len(sinorus("search", "gas pipelines").lines) == 1
    assert sinorus("search", "gas pipelines", "-c").out == "1\n"
    assert "missing: " in sinorus("search", "gas pipelines", "--format", "rich").out


def test_words_of_grammar_need_not_be_there(press: Path, sinorus: Sinorus) -> None:
    assert found(sinorus, "the pipelines of gas") == found(sinorus, "pipelines gas") == "pact#3"
    assert sinorus("search", "the pipelines", "--json").json["parsed"] == "pipelines"
    for query in ('"upon" pipelines', "=upon pipelines", "-upon pipelines"):
        assert "upon" in sinorus("search", "--json", "--", query).json["parsed"]
    assert sinorus("search", '"about" pipelines', "-c").out == "0\n"


def test_nothing_found_says_which_word_is_to_blame(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", '"gas submarine"')
    assert (answer.out, answer.code) == ("", 1)
    assert answer.err.startswith("note: nothing found")
    assert sinorus("search", "submarine", "--no-notices").err == ""
    # Of words near each other what was typed, not all forms of the names among them.
    near = sinorus("search", "Putin NEAR/2 (submarine OR boat)").err
    assert "note: nothing found; Putin NEAR/2 (submarine OR boat): 0 paragraphs\n" in near
    some = sinorus("search", "allience paper", "--format", "rich").err
    assert "(allience: nowhere in the library, did you mean alliance?)" in some


def test_the_query_on_standard_input(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "-", stdin="alliance\n  paper\n").out == ALLIANCE
    assert sinorus("search", "-", stdin="\ufeffгаз\r\n").lines[0].endswith("трубопроводам.")
    empty = sinorus("search", "-", stdin="")
    assert (empty.out, empty.code) == ("", 2)
    assert "nothing to search for" in empty.err


def test_many_queries_from_a_file(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text("\ufeffpipelines\n\n  submarine \nмежду\r\nгаз\r\n", "utf-8")
    answer = sinorus("search", "--queries", queries)
    assert answer.out.startswith("pipelines\t" + PIPES)
    assert [line.split("\t")[0] for line in answer.lines] == ["pipelines", "газ", "газ"]
    assert answer.code == 0
    assert [one["query"] for one in sinorus("search", "--queries", queries, "--jsonl").records] == [
        "pipelines",
        "газ",
        "газ",
    ]
    counted = sinorus("search", "--queries", queries, "-c")
    assert counted.out == "pipelines\t1\nsubmarine\t0\nмежду\t0\nгаз\t2\n"
    listed = sinorus("search", "--queries", queries, "-l")
    assert listed.out == "pipelines\tseeds/carnegie/pact.md\nгаз\tseeds/kremlin/statement.md\n"


def test_many_queries_from_standard_input(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "--queries", "-", stdin="gas\ngas\n", env={"SINORUS_LIMIT": "1"})
    assert [line.split("\t")[0] for line in answer.lines] == ["gas", "gas"]
    nothing = sinorus("search", "--queries", "-", stdin="submarine\n")
    assert (nothing.out, nothing.code) == ("", 1)
    no_queries = sinorus("search", "--queries", "-", "--csv", stdin="\n")
    assert (len(no_queries.lines), no_queries.code) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search"], ["nothing to search for"]),
        (["search", "gas", "--queries", "-"], ["--queries", "together"]),
        (["search", "--queries", "missing.txt"], ["missing.txt", "cannot be read"]),
        (["search", "-l", "-c", "gas"], ["-l", "-c", "choose one"]),
        (["search", "-l", "--json", "gas"], ["-l", "json"]),
        (["search", "--kwic", "--csv", "gas"], ["--kwic", "csv"]),
        (["search", "gas", "-n", "many"], ["many", "all"]),
        (["search", "gas", "-n", "-1"], ["-1"]),
        (["search", "gas", "--offset", "-1"], ["-1"]),
        (["search", "gas", "--max-per-doc", "0"], ["0"]),
        (["search", "gas", "--sort", "size"], ["size", "relevance"]),
        (["search", "gas", "--group-by", "color"], ["color", "publisher"]),
        (["search", "gas", "--format", "jsn"], ["jsn", "did you mean json?"]),
        (["search", "gas", "--format", "template:{idd}"], ["idd", "did you mean {id}?"]),
        (["search", "gas", "--format", "template:{"], ["{{"]),
        (["search", "gas", "--format", "json:x"], ["json:x"]),
        (["search", "gas", "--colour", "never"], ["--colour", "--color"]),
        (["search", "-alliance"], ["NOT alliance"]),
        (["serach", "gas"], ["'serach'", "did you mean sinorus search?"]),
        (["alliance"], ["sinorus search alliance"]),
    ],
)
def test_a_wrong_command_line_is_explained_before_anything_is_done(
    press: Path, sinorus: Sinorus, arguments: list[str], words: list[str]
) -> None:
    answer = sinorus(*arguments)
    assert (answer.out, answer.code) == ("", 2), answer
    assert answer.err.startswith("error: ")
    assert all(word in answer.err for word in words), answer.err


def test_two_dashes_end_the_flags(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "--", "alliance", "-paper").out == NOTED
    assert sinorus("search", "--", "-paper", "alliance").out == NOTED


def test_a_limit_counts_over_all_groups_and_says_so(press: Path, sinorus: Sinorus) -> None:
    cut = sinorus("search", "alliance OR treaty", "--group-by", "publisher", "-n", "2")
    assert len(cut.lines) == 2
    assert "-n counts over all groups (-c --group-by publisher counts each)" in cut.err
    whole = sinorus("search", "alliance OR treaty", "--group-by", "publisher")
    assert "over all groups" not in whole.err


def test_a_concordance_by_what_stands_beside(library: MakeLibrary, sinorus: Sinorus) -> None:
    library(
        {
            "b.md": "Gas of Yamal flows; cheap gas is dear.\n\nArab gas, part 10.\n",
            "a.md": "The gas, part 9.\n",
        }
    )

    def matches(order: str) -> list[str]:
        lines = sinorus("search", "gas", "--kwic", "--sort", order).lines
        column = next(line.index("gas") for line in lines if "part 9" in line)
        return [line[column:].rstrip(".") for line in lines]

    assert matches("right") == [
        "gas is dear",
        "Gas of Yamal flows; cheap gas is dear",
        "gas, part 9",
        "gas, part 10",
    ]
    assert [line.split()[-1] for line in matches("left")] == ["dear", "10", "dear", "9"]
    lines = sinorus("search", "gas", "--sort", "source").lines
    assert [line.split(":")[2] for line in lines] == ["a#1", "b#1", "b#2"]
    wrong = sinorus("search", "gas", "--sort", "left")
    assert (wrong.out, wrong.code) == ("", 2)
    assert "--kwic" in wrong.err


def test_forms_that_are_written_alike_are_said_once(press: Path, sinorus: Sinorus) -> None:
    told = sinorus("search", "Путин NEAR/5 Си", "--explain", "-x").err
    names = re.findall(r"^note: name: (.*) = (.*)$", told, re.M)
    assert [name for name, _ in names] == ["Путин", "Си"]
    for name, told_forms in names:
        forms = [name, *told_forms.split(", ")]
        assert len(forms) == len(set(forms)) > 3
