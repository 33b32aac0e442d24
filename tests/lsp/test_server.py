"""The language server as a process, by what an editor sees of it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from support.editor import Editor
from support.program import Sinorus
from support.small_libraries import make_library

if TYPE_CHECKING:
    from support.program import MakeLibrary, Poll

ALIVE = (
    "A \\[link\\](http://evil.example/a), !\\[picture\\](http://evil.example/b.png), "
    "\\<img src=x\\>, www.evil.example and http://evil.example/c, a@evil.example, "
    "\\`code\\`, \\*stars\\*, &amp;amp; are the words of somebody who is a stranger.\n"
)
FILES = {
    "treaty.md": (
        "---\ntitle: The Treaty of Nerchinsk\nauthor: Anna Müller\ndate: 1999-05-04\n"
        "citekey: mueller1999\n---\n\n# The Treaty\n\n"
        "The envoys met at Nerchinsk in August, and the line followed the rivers to the north.\n\n"
        "Neither side did get all that it had wanted, and both were silent about the islands.\n"
    ),
    "союз.md": (
        "---\ntitle: О союзе\nauthor: Сергей Иванов\ndate: 2021\n---\n\n"
        "Ни одна из сторон не стремится к военному союзу, и это понимают в обеих столицах.\n"
    ),
    "大国.md": (
        "---\ntitle: 大国关系\ndate: 2020\n---\n\n"
        "中俄关系不是同盟关系，而是不针对第三方的伙伴关系。\n"
    ),
    "alive.md": ALIVE,
    "gas.md": "---\ntitle: Gas\n---\n\nThe price of gas was not published by the two companies.\n",
}
DRAFT = """\
𝒳🙂 As they say, “the line followed the mountains to the north” [@mueller1999, para. 2].

Говорят, что 𝒳 «ни одна из сторон не стремится к военному блоку»; [@nobody2020] так и treaty#3.

他说𠀀：“中俄关系是同盟关系，而是不针对第三方的伙伴关系”。 [@mueller1999]

It is said that “the price of gas was not published by the two companies” there.

And “both were silent about the islands”.<!-- sinorus: treaty#3@00000000 -->
"""


def started(root: Path, home: Path, **how: object) -> Editor:
    """An editor in a folder, whose server is a process."""
    home.mkdir(exist_ok=True)
    program = Sinorus(home)
    return Editor(program.command("lsp"), program.environment, root, **how)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of few files."""
    return make_library(tmp_path_factory.mktemp("lsp") / "library", FILES)


@pytest.fixture(scope="module")
def editor(root: Path) -> Iterator[Editor]:
    """An editor that has a draft open which was never saved."""
    found = started(root, root.parent / "home")
    found.open("draft.md", DRAFT)
    yield found
    found.close()


def test_what_is_not_as_in_the_source_is_underlined(editor: Editor, root: Path) -> None:
    found = editor.save("draft.md")
    assert editor.encoding == "utf-16"
    assert [(one.code, editor.in_range("draft.md", one.range)) for one in found] == [
        ("NEAR", "the line followed the mountains to the north"),
        ("NEAR", "ни одна из сторон не стремится к военному блоку"),
        ("NOT-FOUND", "@nobody2020"),
        ("MISQUOTED-NEGATION", "中俄关系是同盟关系，而是不针对第三方的伙伴关系"),
        ("CHANGED", "both were silent about the islands"),
    ]
    near, russian, key, chinese, changed = found
    assert {one.source for one in found} == {"sinorus"}
    assert near.severity == changed.severity == types.DiagnosticSeverity.Warning
    assert key.severity == chinese.severity == types.DiagnosticSeverity.Error
    assert "the source has “the line followed the rivers to the north” in treaty#2@" in near.message
    assert "военному союзу" in russian.message
    (there,) = near.related_information or []
    assert there.location.uri == (root / "seeds" / "treaty.md").as_uri()
    assert there.location.range.start.line == 9
    assert "The Treaty of Nerchinsk" in there.message
    assert not key.related_information


def test_places_are_counted_as_was_agreed_also_where_lines_end_in_two_signs(root: Path) -> None:
    editor = started(root, root.parent / "home", encodings=["utf-8", "utf-16"])
    found = editor.open("draft.md", DRAFT.replace("\n", "\r\n").replace("it and", "it\u2028and"))
    assert editor.encoding == "utf-8"
    words = [editor.in_range("draft.md", one.range) for one in found]
    assert words[0] == "the line followed the mountains to the north"
    assert words[3] == "中俄关系是同盟关系，而是不针对第三方的伙伴关系"
    assert "О союзе" in editor.hover("draft.md", "одна из сторон")
    ((title, mend),) = editor.actions("draft.md", "ни одна").items()
    assert title.startswith("Mend")
    assert mend.edit is not None
    ((uri, edits),) = (mend.edit.changes or {}).items()
    assert uri == editor.uri("draft.md")
    text = editor.edited("draft.md", edits)
    assert "«Ни одна из сторон не стремится к военному союзу»" in text
    assert text.count("\r\n") == text.count("\n") == DRAFT.count("\n")
    assert editor.end() == 0


def test_the_pointer_shows_the_paragraph(editor: Editor) -> None:
    key = editor.hover("draft.md", "mueller1999")
    assert "**The Treaty of Nerchinsk**" in key
    assert "Anna Müller, 1999-05-04" in key
    assert "`treaty#2@" in key
    assert "> The envoys met at Nerchinsk" in key
    whole = editor.hover("draft.md", "@mueller1999]")
    assert "cited by mueller1999" in whole
    plain = editor.hover("draft.md", "treaty#3.")
    assert "> Neither side did get" in plain
    moved = editor.hover("draft.md", "treaty#3@")
    assert "changed since" in moved
    quoted = editor.hover("draft.md", "中俄关系是同盟")
    assert "**MISQUOTED-NEGATION**" in quoted
    assert "`大国#1@" in quoted
    assert editor.hover("draft.md", "It is said") == ""


def test_of_what_is_typed_just_now_the_pointer_knows_too_and_a_signal_ends_it(root: Path) -> None:
    editor = started(root, root.parent / "home", markdown=False)
    editor.open("other.txt", "nothing\n", "plaintext")
    text = "They said “the price of gas was not published by the two”, of gas#1.\n"
    editor.write("other.txt", text)
    quoted = editor.hover("other.txt", "price of gas")
    assert quoted.startswith("NORMALISED: the same words, written otherwise\n\nGas\ngas#1@")
    assert "The price of gas was not published" in editor.hover("other.txt", "gas#1")
    os.kill(editor.process, signal.SIGTERM)
    assert editor.exit_code() == 130
    editor.close()


def test_nothing_of_a_source_is_alive_in_what_is_shown(editor: Editor) -> None:
    from markdown_it import MarkdownIt

    text = "Some “who is a stranger to us all” and alive#1 there.\n"
    editor.open("alive.md", text)
    shown = editor.hover("alive.md", "alive#1")
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": True}).parse(shown)
    kinds = {one.type for token in tokens for one in (token, *(token.children or []))}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "em_open"}
    read = "".join(
        one.content
        for token in tokens
        for one in token.children or []
        if one.type in ("text", "text_special")
    )
    assert "[link](http://evil.example/a)" in read
    assert "<img src=x>" in read
    assert "www.evil.example and http://evil.example/c, a@evil.example, `code`" in read


def test_a_definition_is_the_line_of_the_file(editor: Editor, root: Path) -> None:
    for words, line in (("mueller1999", 9), ("treaty#3.", 11), ("the line followed", 9)):
        found = editor.definition("draft.md", words)
        assert found is not None
        assert found.uri == (root / "seeds" / "treaty.md").as_uri()
        assert found.range.start == types.Position(line, 0)
    found = editor.definition("draft.md", "одна из")
    assert found is not None
    assert "%D1%81" in found.uri
    assert editor.definition("draft.md", "It is said") is None


def test_keys_are_offered_behind_the_sign_of_each_language(editor: Editor) -> None:
    drafts = {
        "a.md": ("markdown", "See [@mu", "mu"),
        "a.tex": ("latex", "See \\cite[para.~2]{other, mu", "mu"),
        "a.org": ("org", "See [cite:@mu", "mu"),
        "a.typ": ("typst", "See #cite(<mu", "mu"),
    }
    for name, (language, text, typed) in drafts.items():
        editor.open(name, text, language)
        item = editor.complete(name, text)[0]
        assert item.label == "mueller1999"
        assert item.detail == "The Treaty of Nerchinsk, Anna Müller, 1999"
        assert isinstance(item.text_edit, types.TextEdit)
        assert editor.edited(name, [item.text_edit]) == text.removesuffix(typed) + "mueller1999"
    by_title = "See [@nerchinsk"
    editor.open("b.md", by_title)
    assert [one.label for one in editor.complete("b.md", by_title)] == ["mueller1999"]
    editor.open("c.md", "Write to anna@mu")
    assert editor.complete("c.md", "anna@mu") == []


def test_hits_for_the_sentence_so_far_are_offered(editor: Editor) -> None:
    drafts = {
        "h.md": ("markdown", "<!-- sinorus:", "", "<!-- sinorus: {} -->"),
        "i.md": ("markdown", "<!-- sinorus: ", " -->\n", "<!-- sinorus: {} -->\n"),
        "j.tex": ("latex", "% sinorus: ", "\n", "% sinorus: {}\n"),
        "k.typ": ("typst", "/* sinorus:", "", "/* sinorus: {} */"),
        "l.org": ("org", "sinorus:", "", "@@comment:sinorus: {}@@"),
        "m.txt": ("plaintext", "sinorus:", "", "[sinorus: {}]"),
    }
    said = "Envoys are rare. The *price* of the gas that companies have published "
    for name, (language, typed, rest, done) in drafts.items():
        editor.open(name, said + typed + rest, language)
        item = editor.complete(name, typed)[0]
        assert item.label == "1. Gas"
        assert isinstance(item.text_edit, types.TextEdit)
        reference = item.detail
        assert reference
        assert reference.startswith("gas#1@")
        assert editor.edited(name, [item.text_edit]) == said + done.format(reference)
    russian = "В столицах говорят о военном союзе. <!-- sinorus:"
    editor.open("n.md", russian)
    assert "О союзе" in editor.complete("n.md", russian)[0].label
    words = "Nothing at all. <!-- sinorus: 伙伴关系"
    editor.open("o.md", words)
    assert "大国关系" in editor.complete("o.md", words)[0].label


def test_a_quotation_is_mended_as_check_does_it(editor: Editor, root: Path) -> None:
    diagnostics = editor.save("draft.md")
    found = editor.actions("draft.md", "the line followed", diagnostics)
    ((title, mend),) = found.items()
    assert title == "Mend: the line followed the rivers to the north"
    assert mend.is_preferred
    assert mend.edit is not None
    assert [one.code for one in mend.diagnostics or []] == ["NEAR"]
    (edits,) = (mend.edit.changes or {}).values()
    new = editor.edited("draft.md", edits)
    (root / "one.md").write_text(DRAFT.split("\n\n", maxsplit=1)[0] + "\n")
    home = Sinorus(root.parent / "home")
    home.cwd = root
    assert home("check", "one.md", "--in-place").code in (0, 1)
    assert (root / "one.md").read_text().rstrip() == new.split("\n\n")[0]


def test_a_source_is_added_and_a_quotation_put_in(editor: Editor) -> None:
    cite = editor.actions("draft.md", "price of gas")
    ((title, action),) = cite.items()
    assert title.startswith("Cite gas#1@")
    assert action.edit is not None
    (edits,) = (action.edit.changes or {}).values()
    text = editor.edited("draft.md", edits)
    assert "two companies” (*Gas*, para. 1)<!-- sinorus: gas#1@" in text
    assert not [one for one in editor.change("draft.md", text) if one.code == "NOT-FOUND"][1:]
    editor.change("draft.md", DRAFT, 3)
    found = editor.actions("draft.md", "treaty#3.")
    hashed = next(one for title, one in found.items() if title.startswith("Add the hash"))
    assert hashed.edit is not None
    (edits,) = (hashed.edit.changes or {}).values()
    assert edits[0].new_text.startswith("treaty#3@")
    found = editor.actions("draft.md", "treaty#3@0")
    quote = next(one for title, one in found.items() if title.startswith("Quote"))
    assert quote.edit is not None
    (edits,) = (quote.edit.changes or {}).values()
    text = editor.edited("draft.md", edits)
    assert "“both were silent about the islands”.“Neither side did get" in text
    assert "sinorus: treaty#3@00000000" not in text


def test_the_command_puts_a_quotation_at_a_place(editor: Editor) -> None:
    got: list[types.ApplyWorkspaceEditParams] = []

    @editor.client.feature(types.WORKSPACE_APPLY_EDIT)
    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        got.append(params)
        return types.ApplyWorkspaceEditResult(applied=True)

    editor.open("q.tex", "See \n", "latex")
    arguments = [editor.uri("q.tex"), 0, 4, "gas#1"]
    params = types.ExecuteCommandParams("sinorus.quote", arguments)
    editor.wait(editor.client.workspace_execute_command_async(params))
    ((edit,),) = (got[0].edit.changes or {}).values()
    assert "price of gas was not published" in edit.new_text
    assert "\\cite[para.~1]{" in edit.new_text
    assert edit.new_text.endswith("\n")


def test_what_changes_in_the_library_is_seen(
    library: MakeLibrary, tmp_path: Path, poll: Poll
) -> None:
    root = library({"a.md": "The first words of the library are these ones here.\n"})
    editor = started(root, tmp_path / "home")
    text = "“The other words of the library are those ones there” and b#1.\n"
    assert [one.code for one in editor.open("d.md", text)] == ["NEAR"]
    assert editor.hover("d.md", "b#1") == ""
    (root / "seeds" / "b.md").write_text("The other words of the library are those ones there.\n")
    assert editor.save("d.md") == []
    assert "**b**" in editor.hover("d.md", "b#1")
    (root / "seeds" / "c.md").write_text("A third text.\n")
    editor.change("d.md", "See c#1.\n", 2)
    poll(lambda: "A third text" in editor.hover("d.md", "c#1"))
    assert editor.end() == 0


def test_without_a_library_one_message_and_no_end(tmp_path: Path, poll: Poll) -> None:
    (tmp_path / "here").mkdir()
    editor = started(tmp_path / "here", tmp_path / "home")
    editor.texts[editor.uri("d.md")] = text = "“The first words of the library are these” [@a\n"
    item = types.TextDocumentItem(editor.uri("d.md"), "markdown", 1, text)
    opened = types.DidOpenTextDocumentParams(item)
    for _ in range(2):
        editor.tell(lambda: editor.client.text_document_did_open(opened))
        assert editor.hover("d.md", "first") == ""
        assert editor.complete("d.md", "[@a") == []
    poll(lambda: editor.client.messages)  # a check of its own says it
    (message,) = editor.client.messages
    assert "there is no library" in message.message
    assert "sinorus init" in message.message
    make_library(tmp_path / "here", {"a.md": "The first words of the library are these.\n"})
    assert [one.code for one in editor.save("d.md")] == ["MISATTRIBUTED", "NOT-FOUND"]
    assert editor.end() == 0


def test_other_files_are_left_alone_and_a_draft_that_is_closed_is_forgotten(
    editor: Editor,
) -> None:
    uri = editor.uri("x.py")
    item = types.TextDocumentItem(uri, "python", 1, 'a = "the line followed the mountains"\n')
    editor.texts[uri] = item.text
    editor.tell(lambda: editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item)))
    assert editor.hover("x.py", "line") == ""
    assert editor.open("y.md", "“the line followed the mountains to the north”\n")
    gone = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(editor.uri("y.md")))
    editor.tell(lambda: editor.client.text_document_did_close(gone))
    editor.hover("draft.md", "mueller1999")
    assert list(editor.client.diagnostics[editor.uri("y.md")]) == []
    assert uri not in editor.client.diagnostics


def test_it_ends_when_the_editor_is_gone(root: Path, poll: Poll) -> None:
    program = Sinorus(root.parent / "home")
    script = (
        "import subprocess, sys, time\n"
        f"server = subprocess.Popen({[os.fsdecode(one) for one in program.command('lsp')]!r},"
        " stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)\n"
        "print(server.pid, flush=True)\n"
        "server.stdin.write(b'Content-Length: 1000\\r\\n\\r\\n{\"half')\n"
        "server.stdin.flush()\n"
        "time.sleep(60)\n"
    )
    editor = subprocess.Popen(
        [program.command()[0], "-c", script],
        stdout=subprocess.PIPE,
        cwd=root,
        env=program.environment,
        text=True,
    )
    assert editor.stdout is not None
    server = int(editor.stdout.readline())
    editor.kill()
    editor.wait()
    editor.stdout.close()
    poll(lambda: not Path(f"/proc/{server}").exists() or "Z" in _state(server))


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def test_it_ends_with_the_process_that_it_was_told_to_watch(root: Path) -> None:
    other = subprocess.Popen(["sleep", "60"])
    editor = started(root, root.parent / "home", process=other.pid)
    editor.open("w.md", "Nothing is quoted here.\n")
    other.kill()
    other.wait()
    assert editor.exit_code() == 0
    editor.close()


def test_a_person_or_one_without_pygls_is_told_what_to_do(root: Path) -> None:
    program = Sinorus(root.parent / "home")
    program.cwd = root
    typed = program.terminal("lsp")
    assert typed.code == 2
    assert "docs/editors.md" in typed.err
    without = (
        "import sys; sys.modules['pygls'] = None; sys.argv = ['sinorus', 'lsp']\n"
        "from sinorus.cli.main import main\nmain()\n"
    )
    done = subprocess.run(
        [program.command()[0], "-c", without],
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        cwd=root,
        env=program.environment,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'sinorus[lsp]'" in done.stderr
    piped = program("lsp", stdin=b"")
    assert (piped.code, piped.out, piped.err) == (0, "", "")
