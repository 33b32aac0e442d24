"""`sinorus check`: a draft against the library, in every format, with its exit codes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from support.office_files import docx, para

from sinorus import Library

if TYPE_CHECKING:
    from support.program import Answer, Sinorus, Valid

DRAFT = """# Of pacts

Gabuev says that “the alliance of 1950 was an alliance on paper” and that
“gas flows through the pipelines; the ‘no limits’ words are a treaty”.

> Allies sign treaties. Partners sign no contracts.

Песков: «Российский газ идет в Китай по трубопроводам». 新华社说：“两国同意缩小贸易”。

Who said that “zebras quarrel nightly in the savanna”? It is a “new order”.
"""


def write(folder: Path, text: str, name: str = "draft.md") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def grades(answer: Answer) -> list[tuple[str, str | None]]:
    return [(one["grade"], (one["id"] or "").partition("@")[0]) for one in answer.json["results"]]


def noted(sinorus: Sinorus, name: str) -> str:
    """The id of a paragraph with its hash."""
    (shown,) = sinorus("show", name, "--json").json["results"]
    return f"{shown['id']}@{shown['hash']}"


def test_every_quotation_has_a_grade_and_its_source(
    press: Path, sinorus: Sinorus, tmp_path: Path, valid: Valid
) -> None:
    draft = write(tmp_path, DRAFT)
    answer = sinorus("check", draft, "--json")
    assert grades(answer) == [
        ("NORMALISED", "carnegie/pact#1"),
        ("MISQUOTED-NEGATION", "carnegie/pact#3"),
        ("MISQUOTED-NEGATION", "carnegie/pact#4"),
        ("NORMALISED", "kremlin/statement#3"),
        ("NEAR", "xinhua/visit#2"),
        ("NOT-FOUND", ""),
    ]
    told = valid("check", answer.json)
    assert (told["sound"], told["short"], answer.code) == (False, 1, 1)
    near = told["results"][4]
    assert [near["text"][one["start"] : one["end"]] for one in near["changed"]] == ["缩小"]
    assert [near["found"][one["start"] : one["end"]] for one in near["found_changed"]] == ["扩大"]
    lines = DRAFT.splitlines()
    for one in told["results"]:
        assert lines[one["line"] - 1][one["column"] - 1 :].startswith(one["text"][:20])
    assert near["source_line"] == 12


def test_the_formats_for_people_editors_and_workflows(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    draft = write(tmp_path, DRAFT)
    page = sinorus("check", draft, "--format", "rich", env={"COLUMNS": "100"})
    head = " ".join(page.out.split())
    assert head.startswith(f"{draft}: 6 quotations: 2 NORMALISED, 1 NEAR, 2 MISQUOTED")
    assert "  - Allies sign treaties. Partners sign [-no-] contracts." in page.lines
    assert "\x1b" not in page.out
    shown = sinorus("check", draft, "--format", "rich", "--color", "always").out
    assert re.search(r"\x1b\[[0-9;]*9[0-9;]*m ?no", shown)  # struck, as compare marks it

    plain = sinorus("check", draft)
    assert plain.lines[0].startswith(f"{draft}:3:19:NORMALISED:carnegie/pact#1@")
    assert len(plain.lines) == 6

    byte = len(DRAFT.splitlines()[7].partition("两国")[0].encode()) + 1
    vim = sinorus("check", draft, "--vimgrep")
    assert [line.split(": ")[:2] for line in vim.lines] == [
        [f"{draft}:4:4", "MISQUOTED-NEGATION"],
        [f"{draft}:6:3", "MISQUOTED-NEGATION"],
        [f"{draft}:8:{byte}", "NEAR"],
        [f"{draft}:10:18", "NOT-FOUND"],
    ]
    hub = sinorus("check", draft, "--github")
    assert hub.lines[3].startswith(f"::error file={draft},line=10,col=16,endLine=10,endColumn=53,")
    assert {answer.code for answer in (page, plain, vim, hub)} == {1}


def test_exit_codes_and_standard_input(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    good = "He says that “The alliance of 1950 was an alliance on paper.” and no more."
    answer = sinorus("check", "-", "--from", "plain", stdin=good)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines[0].startswith("-:1:15:EXACT:carnegie/pact#1@")
    assert sinorus("check", "-", stdin="nothing is quoted").code == 0
    missing = sinorus("check", tmp_path / "no.md")
    assert (missing.code, missing.out) == (2, "")
    assert "no.md cannot be read" in missing.err
    both = sinorus("check", write(tmp_path, good), write(tmp_path, DRAFT, "b.md"), "--json")
    assert (both.code, len(both.json["drafts"]), len(both.json["results"])) == (1, 2, 7)


def test_what_is_cited_beside_a_quotation_counts(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    one, other = noted(sinorus, "pact#1"), noted(sinorus, "notes#2")
    words = "The alliance of 1950 was an alliance on paper."
    text = f"""“{words}” <!-- sinorus: {one} -->

“{words}” <!-- sinorus: {other} -->

“{words}” <!-- sinorus: gone#1@00000000 -->

“союз был только на бумаге и не более” (пер. авт.) <!-- sinorus: {one} -->

“союз был только на бумаге и не более” (пер. авт.) <!-- sinorus: gone#1@00000000 -->

{one} and gone#3@00000000 alone, and [@nobody].
"""
    answer = sinorus("check", write(tmp_path, text), "--json")
    assert [one["grade"] for one in answer.json["results"]] == [
        *("EXACT", "MISATTRIBUTED", "MISATTRIBUTED", "UNVERIFIABLE", "NOT-FOUND"),
        *("EXACT", "NOT-FOUND", "NOT-FOUND"),
    ]


def test_what_became_of_the_source_of_each(
    own_press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    names = ("pact#1", "pact#3", "notes#1", "statement#2")
    words = [sinorus("show", name, "--json").json["results"][0]["text"] for name in names]
    ids = [noted(sinorus, name) for name in names]
    quoted = [f"> {text}\n<!-- sinorus: {one} -->" for text, one in zip(words, ids, strict=True)]
    draft = write(tmp_path, "\n\n".join(quoted))
    assert {grade for grade, _ in grades(sinorus("check", draft, "--json"))} == {"EXACT"}

    pact = own_press / "seeds/carnegie/pact.md"
    text = pact.read_text("utf-8").replace("The alliance", "New.\n\nThe alliance", 1)
    pact.write_text(text.replace("are no treaty", "make no treaty"), "utf-8")
    (own_press / "seeds/notes.txt").rename(own_press / "seeds/may.txt")
    (own_press / "seeds/kremlin/statement.md").unlink()
    assert sinorus("index").code == 0
    answer = sinorus("check", draft, "--json")
    assert grades(answer) == [
        ("MOVED", "carnegie/pact#2"),
        ("CHANGED", "carnegie/pact#4"),
        ("MOVED", "may#1"),
        ("NOT-FOUND", ""),
    ]
    assert answer.code == 1


STYLES = {
    "markdown": "md",
    "pandoc": "md",
    "latex": "tex",
    "org": "org",
    "typst": "typ",
    "html": "html",
    "plain": "txt",
}


@pytest.mark.parametrize("style", STYLES)
def test_what_was_quoted_is_exact_in_every_style(press: Path, style: str) -> None:
    ids = ("pact#1", "pact#3-4", "statement#1", "visit#1-2", "notes#2")
    name = f"draft.{STYLES[style]}"
    with Library.at(press) as library:
        for block in (True, False):
            made = library.quote(*ids, style=style, block=block, update=False)  # type: ignore[arg-type]
            pieces = [f"<p>{one.text}</p>" if style == "html" else one.text for one in made]
            report = library.check("\n\n".join(pieces) + "\n", name=name, update=False)
            quoted = [one for one in report.findings if one.kind == "quotation"]
            assert [one.grade for one in quoted] == ["EXACT"] * len(ids)
            assert all(
                (one.id or "").partition("@")[0].endswith(name)
                for one, name in zip(quoted, ids, strict=True)
            )
            cited = [one.grade for one in report.findings if one.kind != "quotation"]
            assert set(cited) <= {"EXACT"}


def test_titles_of_documents_are_no_quotations(press: Path, sinorus: Sinorus) -> None:
    text = "In “A Pact Without an Alliance” he says that “a pact with no alliance is there”."
    answer = sinorus("check", "-", "--json", stdin=text)
    assert [one["grade"] for one in answer.json["results"]] == ["NOT-FOUND"]
    assert answer.json["short"] == 1


@pytest.mark.parametrize("text", ["“", "> ", "\x00“a b c d e”\x1b[31m", "“" * 3000, "[@" * 2000])
def test_drafts_that_are_none(press: Path, sinorus: Sinorus, tmp_path: Path, text: str) -> None:
    answer = sinorus("check", write(tmp_path, text), "--format", "rich")
    assert answer.code in (0, 1)
    assert "\x1b" not in answer.out
    assert answer.err == ""


def test_the_hook_of_pre_commit_is_a_command(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    hooks = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
    (hook,) = yaml.safe_load(hooks.read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == "sinorus"
    answer = sinorus(*arguments, write(tmp_path, DRAFT))
    assert (answer.code, len(answer.lines)) == (1, 4)
    assert re.search(hook["files"], "chapters/one.qmd")


def test_what_can_be_mended_is_mended_in_a_copy_or_in_place(
    own_press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    one, other = noted(sinorus, "pact#1"), noted(sinorus, "pact#3")
    text = (
        "He says “the alliance of 1949 was an *alliance* on paper”, and “Gas runs through the "
        f"pipelines; the ‘no limits’ words are no treaty”. <!-- sinorus: {other} -->\n\n"
        f"“The alliance of 1950 was an alliance on paper.” <!-- sinorus: {one} -->\n\n"
        "“zebras quarrel nightly in the savanna”, “Partners [...] no contracts at all”.\n"
    )
    pact = own_press / "seeds/carnegie/pact.md"
    pact.write_text(pact.read_text("utf-8").replace("The all", "New.\n\nThe all", 1), "utf-8")
    assert sinorus("index").code == 0
    draft = write(tmp_path, text)
    answer = sinorus("check", draft, "--fix")
    wanted = text.replace("Gas runs", "Gas flows").replace("#3@", "#4@").replace("#1@", "#2@")
    assert (tmp_path / "draft.fixed.md").read_text("utf-8") == wanted
    assert draft.read_text("utf-8") == text
    assert answer.lines[:2] == [f"--- {draft}", f"+++ {tmp_path / 'draft.fixed.md'}"]
    assert answer.code == 1  # markup, an invention and an omission are left to the author
    assert sinorus("check", draft, "--in-place").code == 1
    assert draft.read_text("utf-8") == wanted
    again = sinorus("check", draft, "--in-place")
    assert (again.out, again.code) == ("", 1)
    assert "nothing that can be mended" in again.err
    assert sinorus("check", "-", "--fix", stdin=text).code == 2


def test_a_mended_draft_keeps_its_bytes_where_nothing_is_mended(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    real, draft = there / "real.md", tmp_path / "draft.md"
    text = (
        "\ufeff“Gas runs through the pipelines; the ‘no limits’ words are no treaty”.\r\n\r\nЁ.\r\n"
    )
    real.write_bytes(text.encode())
    real.chmod(0o640)
    draft.symlink_to(real)
    assert sinorus("check", draft, "--in-place").code == 0
    assert real.read_bytes() == text.replace("runs", "flows").encode()
    assert (draft.is_symlink(), real.stat().st_mode & 0o777) == (True, 0o640)
    assert [one.name for one in there.iterdir()] == ["real.md"]
    for raw, said in (
        (text.encode("utf-16"), "no text"),
        (text.encode("cp1251", "replace"), "UTF-8"),
    ):
        real.write_bytes(raw)
        answer = sinorus("check", draft, "--in-place")
        assert (answer.code, said in answer.err, real.read_bytes()) == (2, True, raw)
    real.write_bytes(mixed := text.encode() + b"a\nb\n")
    answer = sinorus("check", draft, "--in-place")
    assert (answer.code, real.read_bytes()) == (2, mixed)
    assert "end in several ways" in answer.err


def test_a_draft_of_word(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    style = '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
    body = [
        para("He says that “the alliance of 1949 was an alliance on paper”."),
        para("Allies sign treaties. Partners sign contracts.", style="Quote"),
    ]
    path.write_bytes(docx("".join(body), styles=style))
    answer = sinorus("check", path, "--json")
    assert grades(answer) == [("NEAR", "carnegie/pact#1"), ("EXACT", "carnegie/pact#4")]
    assert [one["line"] for one in answer.json["results"]] == [1, 2]
    assert sinorus("check", path, "--fix").code == 2
    path.write_bytes(b"PK\x03\x04 word/document.xml is broken")
    broken = sinorus("check", path)
    assert (broken.code, broken.out) == (2, "")
    assert "broken or no Word file" in broken.err
