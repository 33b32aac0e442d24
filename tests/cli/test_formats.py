"""What stands on standard output in each format: whole, pure, harmless, and as published."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.golden import assert_golden_json
from support.terminal import controls

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus, Valid

SEARCH_FORMATS = ["rich", "plain", "json", "jsonl", "csv", "tsv", "markdown", "vimgrep"]
SEARCH_FORMATS += ["template:{id}\t{text}"]
SHAPES = [["-l"], ["-L"], ["-c"], ["-o"], ["--kwic"], ["--group-by", "lang"], ["-C", "1"]]
SEARCH_HEADER = (
    "id,document,paragraph,hash,rank,score,path,line,end_line,heading,title,author,publisher,date,"
    "date_precision,url,tags,lang,extra,derived,text,matches,before,after,missing,query,"
    "kind,speaker,time,crossing,page,end_page,page_label,citekey,same,marks"
)


def test_json_of_a_search_is_the_published_envelope(
    press: Path, sinorus: Sinorus, valid: Valid
) -> None:
    document = valid("search", sinorus("search", "газ kind:text", "-C", "1", "--json").json)
    assert document["index"].pop("updated").startswith("20")
    for result in (*document["results"], *document["results"][0]["before"]):
        assert len(result.pop("hash")) == 8
    assert document["results"][0].pop("score") > 0
    assert_golden_json("cli/search.json", document)


def test_json_is_utf8_and_not_escaped(press: Path, sinorus: Sinorus) -> None:
    for locale in ("C", "C.UTF-8", "POSIX"):
        out = sinorus("search", "газ", "--json", env={"LC_ALL": locale}).out
        assert '"title": "Заявление для прессы"' in out
        assert out.count("\n") == 1


def test_offsets_count_code_points(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"a.md": "🐉🐉 Дракон — 龙 and the e\u0301lite dragon.\n"})
    (result,) = sinorus("search", "龙 OR dragon OR elite", "--json").json["results"]
    matched = [result["text"][m["start"] : m["end"]] for m in result["matches"]]
    assert matched == ["龙", "e\u0301lite", "dragon"]


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("search", ["search", "alliance", "--explain"]),
        ("search", ["search", "Putin", "-C", "3", "--max-per-doc", "1", "--group-by", "year"]),
        ("search", ["search", "alliance paper submarine"]),
        ("search", ["search", "--lang", "zh", "-n", "all"]),
        ("show", ["show", "pact", "statement#1-2", "notes#2"]),
        ("show", ["show", "pact#3@00000000", "-C", "1", "--query", "gas"]),
        ("compare", ["compare", "gas OR 天然气 OR газ", "--by", "lang"]),
        ("compare", ["compare", "Putin", "--by", "author", "-n", "0"]),
        ("compare", ["compare", "gas", "--among", "notes,pact"]),
        ("compare-texts", ["compare", "pact", "notes"]),
        ("compare-texts", ["compare", "pact#1", "notes#2"]),
        ("sources", ["sources"]),
        ("sources", ["sources", "--missing", "date"]),
        ("status", ["status"]),
        ("status", ["status", "--check"]),
    ],
)
def test_every_json_document_has_the_published_schema(
    press: Path, sinorus: Sinorus, valid: Valid, schema: str, arguments: list[str]
) -> None:
    answer = sinorus(*arguments, "--json")
    changed = any(one.get("check") == "changed" for one in answer.json.get("results", ()))
    assert answer.code == int(answer.json.get("partial") or changed), answer.err
    assert valid(schema, answer.json)["schema"] == f"sinorus.{schema}/2"


@pytest.mark.parametrize(
    ("schema", "arguments", "empty"),
    [
        ("search", ["search", "submarine"], "results"),
        ("search", ["search", "--lang", "fr"], "results"),
        ("compare", ["compare", "submarine"], "groups"),
        ("sources", ["sources", "--lang", "fr"], "results"),
    ],
)
def test_nothing_found_is_the_same_envelope(
    press: Path, sinorus: Sinorus, valid: Valid, schema: str, arguments: list[str], empty: str
) -> None:
    answer = sinorus(*arguments, "--json")
    assert answer.code == 1
    assert valid(schema, answer.json)[empty] == []


def test_json_of_many_queries(press: Path, sinorus: Sinorus, valid: Valid) -> None:
    answer = sinorus("search", "--queries", "-", "--json", stdin="gas\nsubmarine\nPutin\n")
    found = valid("searches", answer.json)["searches"]
    assert [(one["query"], one["total"]) for one in found] == [
        ("gas", 2),
        ("submarine", 0),
        ("Putin", 2),
    ]
    nothing = sinorus("search", "--queries", "-", "--json", stdin="")
    assert valid("searches", nothing.json)["searches"] == []
    assert nothing.code == 1


def test_a_number_sign_begins_a_comment_among_queries(press: Path, sinorus: Sinorus) -> None:
    asked = '# the topics\n#gas\n\ngas  # pipelines\n"gas # oil"\n(gas # "x"\n'
    answer = sinorus("search", "--queries", "-", stdin=asked)
    assert "-:6: " in answer.err
    assert "  (gas\n  ^\n" in answer.err
    good = asked.rpartition("(")[0]
    answer = sinorus("search", "--queries", "-", "-c", stdin=good)
    assert [line.split("\t")[0] for line in answer.lines] == ["gas", '"gas # oil"']


def test_a_library_without_a_document_has_all_its_envelopes(
    library: MakeLibrary, sinorus: Sinorus, valid: Valid
) -> None:
    library({})
    assert valid("status", sinorus("status", "--json").json)["updated"] is None
    assert sinorus("index").code == 0
    assert valid("search", sinorus("search", "gas", "--json").json)["results"] == []
    assert valid("sources", sinorus("sources", "--json").json)["results"] == []
    assert valid("status", sinorus("status", "--check", "--json").json)["first"] is None


def test_json_lines_are_the_results_of_the_document(press: Path, sinorus: Sinorus) -> None:
    lines = sinorus("search", "treaty", "--jsonl").records
    assert lines == sinorus("search", "treaty", "--json").json["results"]
    lines = sinorus("sources", "--jsonl").records
    assert lines == sinorus("sources", "--json").json["results"]
    lines = sinorus("show", "pact", "--jsonl").records
    assert lines == sinorus("show", "pact", "--json").json["results"]


def test_tables_always_have_their_full_header(press: Path, sinorus: Sinorus) -> None:
    answer = sinorus("search", "treaty", "--csv")
    rows = list(csv.DictReader(io.StringIO(answer.out)))
    assert answer.lines[0] == SEARCH_HEADER
    assert sorted(row["id"] for row in rows) == ["carnegie/pact#3", "carnegie/pact#4"]
    assert [row["author"] for row in rows] == ["Alexander Gabuev; Ann Lee"] * 2
    assert sorted(row["text"] for row in rows)[1].startswith("Gas flows through")
    nothing = sinorus("search", "submarine", "--csv")
    assert (nothing.out, nothing.code) == (SEARCH_HEADER + "\n", 1)
    nothing = sinorus("search", "submarine", "--format", "tsv")
    assert nothing.out == SEARCH_HEADER.replace(",", "\t") + "\n"
    many = sinorus("search", "--queries", "-", "--csv", stdin="treaty\ngas\n")
    assert many.out.count(SEARCH_HEADER) == 1
    assert [row["query"] for row in csv.DictReader(io.StringIO(many.out))] == [
        *("treaty", "treaty", "gas", "gas"),
    ]
    shown = sinorus("show", "pact", "--csv").lines
    assert shown[0].endswith("page,end_page,page_label,citekey,marks,was,was_until")
    assert sinorus("sources", "--lang", "fr", "--csv").lines[0].startswith("id,path,title,")


def test_lines_after_the_users_own_pattern(press: Path, sinorus: Sinorus) -> None:
    def lines(pattern: str) -> str:
        return sinorus("search", "pipelines", "--format", f"template:{pattern}").out

    assert lines(r"{id}\t{year}\t{author}") == "carnegie/pact#3\t2022\tAlexander Gabuev; Ann Lee\n"
    assert lines(r"{path}\0") == "seeds/carnegie/pact.md\0"
    assert lines("{{{date}}}") == "{2022}\n"
    assert lines("{matches} {query}") == "22-31 pipelines\n"
    answer = sinorus("sources", "--lang", "zh", "--format", "template:{id}: {title}")
    assert answer.out == "xinhua/visit: 习近平访问莫斯科\n"
    # Any key of the front matter is a field; what is not known leaves nothing behind in [ ].
    answer = sinorus("show", "statement", "notes#1", "--format", "template:{id}[ ({volume})]")
    assert answer.lines[0] == "kremlin/statement#1 (12)"
    assert answer.lines[-1] == "notes#1"


@pytest.mark.parametrize("command", [["search", "gas"], ["show", "pact"], ["sources"]])
def test_a_field_that_no_document_has_is_an_error(
    press: Path, sinorus: Sinorus, command: list[str]
) -> None:
    answer = sinorus(*command, "--format", "template:{id} {volumes}")
    assert (answer.out, answer.code) == ("", 2)
    assert "has no field 'volumes'" in answer.err
    assert "did you mean {volume}?" in answer.err


def test_a_quotation_to_paste(press: Path, sinorus: Sinorus) -> None:
    assert sinorus("search", "pipelines", "--format", "markdown").out == (
        "> Gas flows through the pipelines; the “no limits” words are no treaty.\n\n"
        "— Alexander Gabuev, Ann Lee, *A pact without an alliance*, Carnegie, 2022, "
        "carnegie/pact#3\n\n"
    )


@pytest.mark.parametrize("form", SEARCH_FORMATS)
def test_nothing_but_data_on_stdout(own_press: Path, sinorus: Sinorus, form: str) -> None:
    """Notices there are: a name, files changed and indexed on the way, more than is shown."""
    (own_press / "seeds/new.txt").write_text("Путин и газ.\n\nPutin again.\n", "utf-8")
    loud = sinorus("search", "Putin", "-n", "2", "--format", form)
    assert "1 file changed" in loud.err
    assert "Putin: also" in loud.err
    assert "2 of 4 paragraphs" in loud.err
    silent = sinorus("search", "Putin", "-n", "2", "--format", form, "--no-notices")
    assert (silent.out, silent.err) == (loud.out, "")
    assert "note:" not in loud.out
    assert not controls(loud.out)
    if form == "json":
        assert len(json.loads(loud.out)["results"]) == 2
    if form in ("plain", "jsonl", "vimgrep") or form.startswith("template"):
        assert len(loud.lines) == 2


@pytest.mark.parametrize("form", SEARCH_FORMATS)
def test_nothing_found_is_nothing_printed(press: Path, sinorus: Sinorus, form: str) -> None:
    answer = sinorus("search", "submarine", "--format", form)
    assert answer.code == 1
    if form not in ("json", "csv", "tsv"):
        assert answer.out == ""


@pytest.mark.parametrize("shape", SHAPES, ids=" ".join)
def test_shapes_too_have_only_data_on_stdout(
    press: Path, sinorus: Sinorus, shape: list[str]
) -> None:
    loud = sinorus("search", "Putin", "-n", "1", *shape)
    assert loud.out == sinorus("search", "Putin", "-n", "1", *shape, "--no-notices").out
    assert "note:" not in loud.out
    assert loud.out
    assert not controls(loud.out)


HOSTILE = (
    "---\ntitle: \"[bold red]\\e[31mTitle[/bold red] [link=x]\"\nauthor: '[/b] :100:'\n"
    'publisher: "\\e]0;owned\\a"\nvolume: "\\x9b31m"\n---\n\n'
    "# Head \x1b[5m[blink]\n\n"
    "The dragon[sic] said [bold]x[/bold], [/b] and :100: :smile:; \x1b[31mred\x1b[0m "
    "\x1b]8;;http://evil\x1b\\link \x07bell \x08back \x9b32m csi \u202egnp.exe {0} %s $HOME.\n"
)
SAID = "The dragon[sic] said [bold]x[/bold], [/b] and :100: :smile:; "


@pytest.mark.parametrize("colour", ["never", "always"])
@pytest.mark.parametrize("form", SEARCH_FORMATS)
def test_what_a_document_says_is_never_obeyed(
    library: MakeLibrary, sinorus: Sinorus, form: str, colour: str
) -> None:
    library({"[bold]dragon[/bold] :100:.md": HOSTILE})
    answer = sinorus("search", "dragon", "--format", form, "--color", colour)
    assert answer.code == 0, answer.err
    bare = answer.out
    if colour == "always":
        for code in ("0", "1", "2", "3", "4", "7"):  # what is left must not hold the document's
            bare = bare.replace(f"\x1b[{code}m", "")
        assert "\x1b[5m" not in answer.out
        assert "\x07" not in answer.out
        assert "\x1b]0;" not in answer.out
        assert "\x1b]8;;http://evil" not in answer.out
        assert "\x9b" not in answer.out
        return
    assert not controls(bare), controls(bare)
    flat = " ".join(bare.replace("\n", " ").split())
    if form == "json":
        assert json.loads(bare)["results"][0]["text"].startswith(SAID + "\x1b[31mred")
    elif form == "markdown":
        assert "dragon[sic] said [bold]x[/bold], [/b] and :100:" in flat
    else:
        assert SAID.replace('"', '""') in flat


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "--format", "rich"],
        ["show"],
        ["show", "--csv"],
        ["show", "--format", "markdown"],
        ["sources", "--format", "rich"],
        ["sources"],
        ["sources", "--format", "tsv"],
        ["sources", "--format", "markdown"],
        ["status", "--format", "rich"],
        ["search", "dragon", "--kwic"],
        ["search", "dragon", "-o"],
        ["search", "dragon", "-l"],
        ["search", "dragon", "-c", "--group-by", "publisher"],
        ["search", "dragon", "--group-by", "author"],
        ["search", "dragon", "--explain", "--queries", "-"],
        ["compare", "dragon", "--by", "publisher"],
        ["compare", "dragon", "--format", "rich"],
        ["compare", "dragon", "--format", "markdown"],
        ["compare", "a", "a", "--format", "rich"],
        ["index", "--rebuild"],
    ],
    ids=" ".join,
)
def test_no_command_lets_a_control_character_through(
    library: MakeLibrary, sinorus: Sinorus, arguments: list[str]
) -> None:
    library({"a.md": HOSTILE, "b\x1b[31m.md": "A dragon.\n", "c\x07.pdf": b"%PDF-"})
    if arguments[0] == "show":
        arguments = [*arguments, "a"]
    if "--queries" in arguments:
        arguments.remove("dragon")
    answer = sinorus(*arguments, stdin="dragon OR \x1b[31m\n")
    assert answer.code == 0, answer.err
    assert not controls(answer.out)
    assert not controls(answer.err)
    assert answer.out


def test_an_error_spells_out_what_it_quotes(press: Path, sinorus: Sinorus) -> None:
    for arguments in (
        ["search", "\x1b[31m(alliance"],
        ["show", "\x1b[31m"],
        ["\x1b[31m"],
        ["search", "a", "--format", "\x1b[31m"],
        ["search", "a", "--sort", "\x1b[31m"],
        ["search", "--queries", "\x1b[31m"],
        ["--library", "\x1b[31m", "status"],
    ):
        answer = sinorus(*arguments)
        assert answer.code == 2
        assert not controls(answer.err), answer.err


WRAPPED = {
    "long.md": (
        "---\ntitle: Lines\n---\n\n> The alliance, quoted:\n> an «alliance» — 联盟 alliance.\n\n"
        "- an item with an alliance\n  and the alliance again\n\n"
        "1. Первый союз\n   и второй alliance\n\n\talliance after a tab\n"
    ),
    "crlf.txt": "An alliance\r\nof two alliances.\r\n\r\n　　全角 alliance 同盟。\r\n",
    "bom.txt": "\ufeffalliance first\nthen an alliance\n",
    "old mac.txt": "é alliance\rà alliance\r",
    "cp1251.txt": "Этот текст о союзе, alliance по-английски.\n".encode("cp1251"),
}


def test_vimgrep_columns_are_bytes_of_the_physical_line(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    """In files that are UTF-8; an editor that decodes another encoding counts for itself."""
    root = library(WRAPPED)
    records = sinorus("search", "alliance", "--vimgrep", "-n", "all").lines
    seen = []
    for record in records:
        path, line, column, text = record.split(":", 3)
        raw = (root / path).read_bytes().removeprefix("\ufeff".encode())
        if path.endswith("cp1251.txt"):
            raw = raw.decode("cp1251").encode()
        physical = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")[int(line) - 1]
        at = physical[int(column) - 1 :]
        assert at.lower().startswith(b"alliance"), (record, physical)
        assert "alliance" in text
        seen.append((path, line))
    counts = {
        str(path.relative_to(root)): path.read_bytes().lower().count(b"alliance")
        for path in (root / "seeds").iterdir()
    }
    assert {path: len([1 for other, _ in seen if other == path]) for path, _ in seen} == counts


def test_vimgrep_of_the_seeds_points_at_the_word(seeds: Path, sinorus: Sinorus) -> None:
    records = sinorus("search", "china OR китай OR 中国", "--vimgrep", "-n", "all").lines
    assert len(records) > 80
    for record in records:
        path, line, column, _ = record.split(":", 3)
        physical = (seeds / path).read_bytes().split(b"\n")[int(line) - 1]
        at = physical[int(column) - 1 :].decode().casefold()
        assert at.startswith(("chin", "кита", "中", "prc", "кнр", "people")), record


def test_the_id_of_a_search_shows_what_was_found(seeds: Path, sinorus: Sinorus) -> None:
    found = sinorus("search", "alliance", "--jsonl")
    shown = sinorus("show", "-", "--json", stdin=found.out).json["results"]
    assert [one["text"] for one in shown] == [one["text"] for one in found.records]
    plain = sinorus("search", "alliance")
    assert sinorus("show", "-", stdin=plain.out).out == plain.out
    ids = "\n".join(one["id"] for one in found.records)
    assert sinorus("show", "-", stdin=ids).out == plain.out


def test_an_id_with_colons_survives_the_round_trip(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"z.md": "---\nid: un:res:1973\n---\nA resolution about zebras.\n"})
    plain = sinorus("search", "zebras")
    assert plain.out == "seeds/z.md:4:un:res:1973#1:A resolution about zebras.\n"
    assert sinorus("show", "un:res:1973#1").out == plain.out
    assert sinorus("show", "-", stdin=plain.out).out == plain.out


def test_text_that_looks_like_a_record_survives_the_round_trip(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    library({"a:7:b.md": "Zebra at seeds/c.md:3:c#1:that.\n", "c.md": "Another.\n"})
    plain = sinorus("search", "zebra")
    assert sinorus("show", "-", stdin=plain.out).out == plain.out


def test_neighbours_survive_the_round_trip(press: Path, sinorus: Sinorus) -> None:
    around = sinorus("search", "pipelines", "-C", "1")
    shown = sinorus("show", "-", stdin=around.out)
    assert [line.split("#")[1][0] for line in shown.lines] == ["2", "3", "4"], shown.err


def test_no_escape_code_in_a_pipe(press: Path, sinorus: Sinorus) -> None:
    for arguments in (
        *(["search", "gas", "--format", form] for form in SEARCH_FORMATS),
        ["show", "pact"],
        ["sources"],
        ["status"],
        ["compare", "gas"],
        ["--help"],
    ):
        answer = sinorus(*arguments)
        assert "\x1b" not in answer.out + answer.err, arguments
        assert answer.out


def test_in_a_pipe_nothing_is_wrapped_or_cut(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({"a.txt": "word " * 700 + "end.\n"})
    assert sinorus("search", "end", env={"COLUMNS": "40"}).out == (
        f"seeds{os.sep}a.txt:1:a#1:{'word ' * 700}end.\n"
    )
