"""No character of a document or a query drives the terminal, through the whole program.

Each dangerous character stands in a document of its own: in its text, metadata and file name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.small_libraries import make_library

if TYPE_CHECKING:
    from support.program import Sinorus

CHARACTERS = list(map(chr, range(sys.maxunicode + 1)))
CONTROLS = [one for one in CHARACTERS if unicodedata.category(one) == "Cc"]
BREAKS = ["\u2028", "\u2029"]
BIDI = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The characters with the property Bidi_Control."""
GIVEN_UP = list("\u206a\u206b\u206c\u206d\u206e\u206f")
UNSAFE = {*CONTROLS, *BREAKS, *BIDI, *GIVEN_UP}
KEPT = sorted(UNSAFE - set("\0\t\n\r\v\f\x1a\x1c\x1d\x1e\x1f\x85\u2028\u2029"))
"""Those that reading leaves where they stand: others end a line there, or make a file binary."""
SPELLED = {one: "␡" if one == "\x7f" else chr(0x2400 + ord(one)) for one in CONTROLS[:33]}
SPELLED |= {one: f"⟨U+{ord(one):04X}⟩" for one in UNSAFE - SPELLED.keys()}
DIRECTIONS = (("LEFT", "RIGHT"), ("RIGHT", "LEFT"))
OURS = re.compile(r"\r?\x1b\[[0-9;]*[mK]|\x1b\]8;;[!-~]*\x1b\\")
"""The codes that we write ourselves, to a terminal alone."""


def test_the_list_holds_every_character_of_its_kind() -> None:
    explicit = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    reordering = {one for one in CHARACTERS if unicodedata.bidirectional(one) in explicit}
    marks = {one for one in CHARACTERS if unicodedata.name(one, "").endswith("LETTER MARK")}
    marks |= {unicodedata.lookup(f"{side}-TO-{other} MARK") for side, other in DIRECTIONS}
    assert reordering | marks == set(BIDI)
    symmetric = re.compile(r"(IN|A)(HIBIT|CTIVATE) (SYMMETRIC SWAPPING|ARABIC FORM SHAPING)")
    digits = re.compile("(NATIONAL|NOMINAL) DIGIT SHAPES")
    named = {one: unicodedata.name(one, "") for one in CHARACTERS}
    given_up = {one for one, name in named.items() if symmetric.match(name) or digits.match(name)}
    assert given_up == set(GIVEN_UP)
    assert len(CONTROLS) == 65


def unsafe(text: str, allowed: str = "\n") -> set[str]:
    surrogates = {one for one in text if 0xD800 <= ord(one) <= 0xDFFF}
    return {ascii(one) for one in (UNSAFE & set(text)) | surrogates} - set(map(ascii, allowed))


def yaml(text: str) -> str:
    """A text in YAML's double quotes, which may spell any character."""
    return json.dumps(text)


def document(number: int, bad: str) -> str:
    """A document that has one character wherever a document may have it."""
    fields = {
        "title": f"title {bad}title",
        "author": f"author {bad}author",
        "publisher": f"publisher {bad}publisher",
        "url": f"https://example.org/{bad}url",
        "date": f"2{bad}",
        "lang": f"l{bad}ang",
        "volume": f"volume {bad}volume",
        f"key{bad}": f"value {bad}value",
    }
    written = "".join(f"{yaml(name)}: {yaml(value)}\n" for name, value in fields.items())
    text = (
        f"# heading {bad}heading\n\nword {bad}text number{number} shared{bad}shared.\n\nAnother.\n"
    )
    return f"---\n{written}tags: [{yaml(f'tag {bad}tag')}]\n---\n\n{text}"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("visible")
    root = make_library(base / "library", {})
    for number, bad in enumerate(sorted(UNSAFE)):
        (root / "seeds" / f"d{number}.md").write_text(document(number, bad), "utf-8", newline="")
        if bad != "\0":
            name = f"n{number} {bad}name.md"
            (root / "seeds" / name).write_text(f"word in file{number}.\n", "utf-8")
    undecodable = bytes(root / "seeds") + b"/u\xff\xed\xa0\x80name.md"
    Path(undecodable.decode("utf-8", "surrogateescape")).write_text("word in an odd file.\n")
    done = subprocess.run(
        [sys.executable, "-m", "sinorus", "index"],
        cwd=root,
        env={"HOME": str(base), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        check=True,
    )
    assert unsafe((done.stdout + done.stderr).decode()) == set()
    return root


@pytest.fixture
def program(sinorus: Sinorus, indexed: Path) -> Sinorus:
    sinorus.cwd = indexed
    return sinorus


FIELDS = "{id}|{path}|{title}|{author}|{publisher}|{date}|{url}|{tags}|{lang}|{extra}"
TEMPLATE = f"template:{FIELDS}|{{heading}}|{{text}}|{{line1}}"
FORMATS = ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown")
COMMANDS = [
    *(("search", "word", "-n", "all", "--format", one) for one in (*FORMATS, "vimgrep", TEMPLATE)),
    ("search", "word", "-n", "all", "--kwic"),
    ("search", "word OR shared", "-n", "all", "-o"),
    ("search", "word", "-n", "all", "-C", "2", "--explain", "--format", "plain"),
    *(
        ("search", "word", "-n", "all", "--group-by", by, "--format", form)
        for by in ("document", "author", "publisher", "lang", "year")
        for form in ("rich", "markdown")
    ),
    *(("search", "word", "-c", "--group-by", by) for by in ("document", "author", "lang", "year")),
    ("search", "word", "-l"),
    ("search", "word nowhereatall", "-n", "all", "--format", "rich"),
    *(("sources", "--format", one) for one in (*FORMATS, f"template:{FIELDS}|{{missing}}")),
    *(
        ("compare", "word", "--by", by, "--format", form)
        for by in ("author", "publisher", "document", "lang", "year")
        for form in ("rich", "plain", "markdown", "json", "jsonl")
    ),
    *(("status", "--format", one) for one in ("rich", "plain", "json")),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_document_reaches_a_pipe_with_such_a_character(
    program: Sinorus, command: tuple[str, ...]
) -> None:
    answer = program(*command)
    assert answer.code in (0, 1), answer.err
    tabs = "tsv" in command or "-c" in command or command[:3] == ("sources", "--format", "plain")
    assert unsafe(answer.out, "\n\t" if tabs else "\n") == set()
    assert unsafe(answer.err) == set()
    assert answer.out


@pytest.mark.parametrize("form", ["plain", "rich", "tsv", "csv", "markdown", "vimgrep", TEMPLATE])
def test_each_is_made_visible(program: Sinorus, form: str) -> None:
    answer = program("search", "word", "-n", "all", "--format", form)
    for one in KEPT:
        assert f"{SPELLED[one]}text" in answer.out.replace("\n", ""), ascii(one)


def every_id(program: Sinorus) -> list[str]:
    return sorted(one["id"] for one in program("sources", "--json").json["results"])


@pytest.mark.parametrize("form", FORMATS)
def test_no_document_is_shown_with_such_a_character(program: Sinorus, form: str) -> None:
    ids = every_id(program)
    assert len(ids) > 2 * len(KEPT)
    answer = program("show", *ids, "--format", form)
    assert answer.code == 0
    assert unsafe(answer.out, "\n\t" if form == "tsv" else "\n") == set()
    assert unsafe(answer.err) == set()


@pytest.mark.parametrize("form", ["rich", "plain", "markdown", "json", "jsonl"])
def test_no_text_is_laid_beside_another_with_such_a_character(program: Sinorus, form: str) -> None:
    ids = [one for one in every_id(program) if not one.startswith("d")]
    for left, right in zip(ids[::8], [*ids[4::8], ids[0]], strict=False):
        answer = program("compare", left, right, "--format", form)
        assert answer.code in (0, 1), answer.err
        assert unsafe(answer.out + answer.err) == set()


@pytest.mark.parametrize("form", ["rich", "plain", "markdown", "json"])
def test_no_texts_of_two_documents_reach_a_pipe_with_such_a_character(
    program: Sinorus, form: str
) -> None:
    ids = [one for one in every_id(program) if one.startswith("d")]
    for left, right in zip(ids[::6], ids[3::6], strict=False):
        answer = program("compare", left, right, "--format", form)
        assert answer.code in (0, 1), answer.err
        assert unsafe(answer.out + answer.err) == set()


def test_json_is_exact_after_it_is_read(program: Sinorus) -> None:
    answer = program("search", "word", "-n", "all", "--json")
    texts = [one["text"] for one in answer.json["results"]]
    titles = {one["title"] for one in answer.json["results"]}
    for one in KEPT:
        assert any(f"word {one}text" in text for text in texts), ascii(one)
        assert f"title {one}title" in titles
    for one in (*BIDI, *GIVEN_UP):
        assert f"\\u{ord(one):04x}text" in answer.out


TERMINAL = [
    ("search", "word", "-n", "all", "--no-pager"),
    ("search", "word", "-n", "all", "--no-pager", "--kwic"),
    ("search", "word", "-n", "all", "--no-pager", "--format", "plain"),
    ("search", "word", "-n", "all", "--json"),
    ("sources",),
    ("status",),
    ("compare", "word", "--by", "author"),
]


@pytest.mark.parametrize("command", TERMINAL, ids=" ".join)
def test_a_terminal_gets_no_other_codes_than_ours(
    program: Sinorus, command: tuple[str, ...]
) -> None:
    answer = program.terminal(*command, stderr_too=True, env={"SINORUS_PAGER": "cat"})
    assert answer.code == 0
    assert unsafe(OURS.sub("", answer.out)) == set()
    assert command[-1] == "--json" or OURS.search(answer.out)


def test_a_pager_gets_none_either(program: Sinorus, tmp_path: Path) -> None:
    kept = tmp_path / "paged"
    answer = program.terminal("search", "word", "-n", "all", env={"SINORUS_PAGER": f"tee {kept}"})
    assert answer.code == 0
    assert unsafe(OURS.sub("", kept.read_text("utf-8"))) == set()


QUERY_FORMATS = ("rich", "plain", "json", "jsonl", "csv", "tsv", "markdown", "vimgrep")


@pytest.mark.parametrize("form", [*QUERY_FORMATS, "template:{id}"])
def test_no_query_comes_back_with_such_a_character(
    program: Sinorus, tmp_path: Path, form: str
) -> None:
    queries = tmp_path / "queries"
    inside = sorted(UNSAFE - {"\n"})
    queries.write_bytes("".join(f"word OR q{one}q\n" for one in inside).encode())
    answer = program("search", "--queries", queries, "-n", "1", "--format", form, "--explain")
    assert answer.code == 0, answer.err
    tabs = "\n\t" if form in ("plain", "tsv") else "\n"
    assert unsafe(answer.out, tabs) == set()
    assert unsafe(answer.err) == set()


def test_no_word_that_is_not_found_comes_back_with_such_a_character(program: Sinorus) -> None:
    for one in sorted(UNSAFE - {"\0"}):
        answer = program("search", f"qqq{one}zzz")
        assert answer.code in (1, 2)
        assert unsafe(answer.out + answer.err) == set(), ascii(one)


ALL = "".join(sorted(UNSAFE - {"\0"}))
ALL_TOML = "".join(f"\\u{ord(one):04x}" for one in ALL)
MISTAKES = [
    ("search", f'"{ALL}'),
    ("search", f"({ALL}"),
    ("search", f"nofield{ALL}:x"),
    ("search", f"date:{ALL}x"),
    ("search", "word", f"--{ALL}"),
    ("search", "word", "--lang", ALL),
    ("search", "word", "--since", ALL),
    ("search", "word", "--source", ALL),
    ("search", "word", "--path", f"{ALL}*"),
    ("search", "word", "--format", ALL),
    ("search", "word", "--format", f"template:{{{ALL}}}"),
    ("search", "word", "--format", f"template:\\{ALL}"),
    ("search", "word", "-n", ALL),
    ("search", "word", "--group-by", ALL),
    ("search", "--queries", f"/nowhere{ALL}"),
    ("show", f"x{ALL}"),
    ("show", f"x{ALL}#3"),
    ("open", f"x{ALL}"),
    ("compare", f"x{ALL}", f"y{ALL}"),
    ("compare", "word", "--among", f"x{ALL}"),
    ("sources", "--missing", ALL),
    ("index", "--to", f"http://{ALL}"),
    ("index", "--files-from", f"/nowhere{ALL}"),
    ("add", f"/nowhere{ALL}"),
    ("add", "--to", ALL, "x"),
    ("--library", f"/nowhere{ALL}", "search", "word"),
    ("--engine", ALL, "search", "word"),
    ("completion", ALL),
    (f"search{ALL}", "word"),
]


@pytest.mark.parametrize("command", MISTAKES, ids=[f"{i}" for i in range(len(MISTAKES))])
def test_no_mistake_comes_back_with_such_a_character(
    program: Sinorus, command: tuple[str, ...]
) -> None:
    # A key that no document has is missing in all of them, which is no mistake.
    codes = (0,) if "--missing" in command else (1, 2)
    answer = program(*command)
    assert answer.code in codes, answer
    assert unsafe(answer.out + answer.err) == set()
    undecodable = [part.encode().replace(ALL.encode(), b"\xff\xed\xa0\x80") for part in command]
    answer = program(*undecodable)
    assert answer.code in codes, answer
    assert unsafe(answer.out + answer.err) == set()


@pytest.mark.parametrize("name", ["SINORUS_LIMIT", "SINORUS_ENGINE", "SINORUS_URL", "SINORUS_X"])
def test_no_setting_comes_back_with_such_a_character(program: Sinorus, name: str) -> None:
    answer = program("--engine", "opensearch", "search", "word", env={name: f"http{ALL}"})
    assert answer.code == 2
    assert unsafe(answer.out + answer.err) == set()


def test_no_settings_of_a_library_come_back_with_such_a_character(
    sinorus: Sinorus, indexed: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(indexed, tmp_path / f"l{ALL.replace('/', '')}"))
    sinorus.cwd = root
    for line in (f'"{ALL_TOML}" = 1', f'url = "http://{ALL_TOML}"\nengine = "opensearch"', "x = ="):
        (root / "sinorus.toml").write_text(line + "\n")
        for command in (("search", "word"), ("status",)):
            answer = sinorus(*command)
            assert answer.code == 2
            assert unsafe(answer.out + answer.err) == set()
    (root / "sinorus.toml").unlink()
    (root / "names.toml").write_text(f'[[group]]\nforms = ["word", "w{ALL_TOML}w"]\n')
    for command in (("search", "word"), ("search", "word", "--explain"), ("status",)):
        answer = sinorus(*command)
        assert unsafe(answer.out + answer.err) == set()
