"""The screen of `pick`, driven by Textual's pilot: what is shown, and what keys do."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.golden import GOLDEN, assert_golden
from support.pick_session import Session, run
from support.program import ROOT
from support.small_libraries import make_library
from support.terminal import controls, width

from sinorus import Library
from sinorus.errors import SinorusError
from sinorus.render.palette import COLOURS


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (100, 30), (200, 50)])
@pytest.mark.parametrize(
    ("name", "query"), [("ru", "газ"), ("zh", "合作"), ("en", "pipeline OR treaty")]
)
def test_the_screen(seeds_indexed: Path, columns: int, lines: int, name: str, query: str) -> None:
    async def look(session: Session) -> None:
        await session.press("down", "tab")
        shown = session.lines
        assert len(shown) == lines
        assert max(map(width, shown)) <= columns
        assert_golden(f"pick/{name}-{columns}x{lines}.txt", "\n".join(shown) + "\n")

    assert run(Session(seeds_indexed, query), look, (columns, lines)) is None


def test_the_page_shows_the_screen() -> None:
    page = (ROOT / "docs" / "pick.md").read_text("utf-8")
    assert (GOLDEN / "pick" / "en-80x24.txt").read_text("utf-8") in page


def test_typing_searches_and_the_paragraph_stands_under_the_list(press_indexed: Path) -> None:
    async def type_(session: Session) -> None:
        assert "Type what you look for" in "\n".join(session.lines)
        await session.type("gas")
        assert session.ids == ["notes#1", "carnegie/pact#3"]
        assert session.lines[1] == "2 paragraphs in 2 documents"
        assert "Notes of May 1987 on trade and gas." in session.lines
        await session.press("down")
        assert any("A pact without an alliance" in line for line in session.lines)
        await session.type(" тру")
        await session.press(*["backspace"] * 7)
        assert session.ids == []

    run(Session(press_indexed), type_)


def test_the_beginning_of_a_word_finds_what_begins_so(press_indexed: Path) -> None:
    async def type_(session: Session) -> None:
        await session.type("pipel")
        assert session.ids == ["carnegie/pact#3"]
        assert "with words that begin so" in session.lines[1]
        await session.type("ines")
        assert session.ids == ["carnegie/pact#3"]
        assert session.lines[1] == "1 paragraph in 1 document"

    run(Session(press_indexed), type_)


def test_a_query_that_is_half_typed_leaves_the_list(press_indexed: Path) -> None:
    async def type_(session: Session) -> None:
        await session.type("alliance")
        before = session.ids
        assert len(before) == 2
        await session.type(" (of")
        assert session.ids == before
        assert session.lines[1] == "this bracket is never closed"
        await session.type(" 1950)")
        assert session.lines[1] == "1 paragraph in 1 document"

    run(Session(press_indexed), type_)


def test_marks_are_taken_in_their_order(press_indexed: Path) -> None:
    async def mark(session: Session) -> None:
        await session.type("gas")
        await session.press("down", "shift+tab", "tab", "up", "tab", "tab", "shift+tab")
        assert session.lines[1].endswith("1 marked")
        await session.press(*["backspace"] * 3)
        await session.type("allies")
        await session.press("tab", "ctrl+t")

    leaving = run(Session(press_indexed), mark)
    assert leaving is not None
    assert (leaving.how, leaving.ids) == ("taken", ("carnegie/pact#3", "carnegie/pact#4"))


def test_without_marks_the_current_one_is_taken(press_indexed: Path) -> None:
    async def take(session: Session) -> None:
        await session.press("down", "ctrl+t")

    leaving = run(Session(press_indexed, "gas"), take)
    assert leaving is not None
    assert leaving.ids == ("carnegie/pact#3",)


def test_filters_go_round_and_across_widens(press_indexed: Path) -> None:
    async def narrow(session: Session) -> None:
        assert session.ids == ["notes#1", "carnegie/pact#3"]
        await session.press("ctrl+x")
        assert "kremlin/statement#3" in session.ids
        assert session.lines[1].endswith("· across")
        seen = []
        for _ in range(4):
            await session.press("f2")
            await session.until(lambda: session.desk.message)
            await session.settled()
            langs = {hit.document.lang for hit in session.desk.hits}
            seen.append((session.desk.message, sorted(map(str, langs))))
        assert [langs for _, langs in seen] == [["en"], ["ru"], ["zh"], ["en", "ru", "zh"]]
        assert seen[0][0] == "language: en, 2 paragraphs (1 of 3)"
        assert seen[3][0] == "language: all"
        await session.press("f4")
        await session.until(lambda: session.desk.message.startswith("years: 2023, 3"))
        await session.settled()
        assert {hit.document.id for hit in session.desk.hits} == {
            "kremlin/statement",
            "xinhua/visit",
        }
        await session.press("f5")
        await session.until(lambda: session.desk.message.startswith("publisher: Kremlin"))
        await session.settled()
        assert session.ids == ["kremlin/statement#3", "kremlin/statement#2"]
        assert "years: 2023 · publisher: Kremlin · across" in session.lines[1]
        await session.press("f7")
        assert {hit.document.lang for hit in session.desk.hits} == {"en", "ru", "zh"}

    run(Session(press_indexed, "gas"), narrow, (100, 30))


def test_filters_of_the_command_line_are_shown_and_replaced(press_indexed: Path) -> None:
    async def narrow(session: Session) -> None:
        assert {hit.document.lang for hit in session.desk.hits} == {"ru"}
        assert session.lines[1].endswith("· lang: ru")
        await session.press("f2")
        await session.until(lambda: session.desk.message)
        await session.settled()
        assert session.lines[1].endswith("· language: en")

    run(Session(press_indexed, filters={"lang": ["ru"]}), narrow)


def test_enter_opens_and_what_was_changed_is_found(own_press: Path) -> None:
    async def open_(session: Session) -> None:
        await session.press("enter")
        await session.until(lambda: session.opened)
        await session.until(lambda: session.desk.message)
        assert session.lines[-1] == "opened: notes#1"
        (own_press / "seeds" / "notes.txt").write_text("No word of that any more.\n")
        await session.press("enter")
        await session.until(lambda: session.ids == ["carnegie/pact#3"])
        session.fault = SinorusError("there is no editor", "set EDITOR")
        await session.press("enter")
        await session.until(lambda: "set EDITOR" in session.lines[-1])
        assert session.app.is_running

    session = Session(own_press, "gas")
    assert run(session, open_) is None
    assert session.opened == ["notes#1", "notes#1"]
    assert session.app.used


def test_quotations_and_ids_are_copied(press_indexed: Path) -> None:
    async def copy(session: Session) -> None:
        await session.press("ctrl+r")
        assert session.app.clipboard == "notes#1"
        await session.press("tab", "tab", "ctrl+y")
        assert session.app.clipboard == (
            "> Notes of May 1987 on trade and gas.\n\n— *notes*, notes#1\n\n"
            "> Gas flows through the pipelines; the “no limits” words are no treaty.\n\n"
            "— Alexander Gabuev, Ann Lee, *A pact without an alliance*, Carnegie, 2022, "
            "carnegie/pact#3\n\n"
        )
        assert session.lines[-1] == "copied: 2 quotations"
        await session.press("tab")
        assert session.lines[-1].startswith("F1 help")

    run(Session(press_indexed, "gas"), copy)


def test_what_is_marked_is_saved_in_a_set(own_press: Path) -> None:
    async def save(session: Session) -> None:
        await session.type("gas")
        await session.press("tab", "tab", "ctrl+s")
        await session.until(lambda: session.lines[-1] == "saved in the set 'глава': 2 paragraphs")
        await session.press("shift+tab", "f8")
        told = "saved in the set 'глава': 0 paragraphs; 1 was there already"
        await session.until(lambda: session.lines[-1] == told)

    run(Session(own_press, saves_in="глава"), save)
    with Library.at(own_press) as library:
        kept = [(mark.mark.id.partition("@")[0], mark.mark.query)
                for mark in library.marks.find("глава")[0].marks]  # fmt: skip
    assert kept == [("notes#1", "gas"), ("carnegie/pact#3", "gas")]


def test_help_comes_by_f1_and_by_a_question_mark_alone(press_indexed: Path) -> None:
    async def ask(session: Session) -> None:
        await session.press("question_mark")
        assert any(line.startswith("Ctrl-T") for line in session.lines)
        await session.press("escape")
        assert session.desk.text == ""
        await session.type("ga")
        await session.press("question_mark")
        assert session.desk.text == "ga?"
        assert not session.desk.helping
        await session.press("f1")
        assert any(line.startswith("Ctrl-T") for line in session.lines)
        await session.press("f1", "escape")

    leaving = run(Session(press_indexed), ask)
    assert leaving is not None
    assert (leaving.how, leaving.ids) == ("left", ())


def test_a_long_list_grows_and_a_long_paragraph_moves(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(900))
    files = {f"d{n:02}.md": f"# Zebra {n}\n\nA zebra of number {n}.\n" for n in range(60)}
    root = make_library(tmp_path, files | {"long.md": f"{words} quagga {words}\n"})

    async def go(session: Session) -> None:
        assert session.desk.result is not None
        assert session.desk.result.total == 120
        first = len(session.ids)
        assert first < 60
        await session.press("ctrl+end")
        await session.press("ctrl+end")
        assert len(session.ids) > first
        assert session.lines[3].startswith((" ", "▌"))
        assert any(line.startswith("▌") for line in session.lines)
        await session.press("pageup", "ctrl+home")
        assert session.lines[3].startswith("▌")
        await session.press(*["backspace"] * 5)
        await session.type("quagga")
        assert any("quagga" in line for line in session.lines[14:]), session.lines
        before = session.lines
        await session.press("shift+down", "shift+down")
        assert session.lines[:13] == before[:13]
        assert session.lines[13:] != before[13:]
        await session.press("shift+up", "shift+up")
        assert session.lines == before

    run(Session(root, "zebra"), go)


def test_a_document_is_neither_markup_nor_obeyed(tmp_path: Path) -> None:
    text = (
        "A [bold]zebra[/bold] [@click=app.bell]here[/] \x1b[31mred\x1b]0;title\x07 \u202egnp\x9b2J"
    )
    head = "---\ntitle: '[red]T[/red] [link=x]y'\nauthor: '[/]'\n---\n\n"
    root = make_library(tmp_path, {"a.txt": f"{head}{text}\n"})

    async def look(session: Session) -> None:
        shown = "\n".join(session.lines)
        assert controls(shown) == set()
        assert "[red]T[/red] [link=x]y" in shown
        assert "[bold]zebra[/bold] [@click=app.bell]here[/] ␛[31mred" in shown, shown

    run(Session(root, "zebra"), look, (120, 30))


def test_only_colours_of_the_palette_are_used(press_indexed: Path) -> None:
    """So that they suit any background; that of the terminal stays as it is."""

    async def look(session: Session) -> None:
        await session.press("tab", "left", "shift+left")
        seen = list(session.styles)
        await session.press("f1")
        seen += session.styles
        await session.press("f1", *["backspace"] * 9, "(")
        seen += session.styles
        colours = {style.color.type.name for style in seen if style.color}
        backgrounds = {style.bgcolor.type.name for style in seen if style.bgcolor}
        assert (colours, backgrounds) == ({"DEFAULT", "STANDARD"}, {"DEFAULT"})
        names = {style.color.name for style in seen if style.color}
        assert names <= {"default", *COLOURS}
        assert any(style.reverse for style in seen)

    run(Session(press_indexed, "gas OR pipelin"), look)


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    async def look(session: Session) -> None:
        await session.type("gas")
        assert "the library is empty" in "\n".join(session.lines)
        await session.press("down", "tab", "enter", "ctrl+y", "ctrl+t", "f2")
        assert session.app.is_running

    assert run(Session(make_library(tmp_path, {})), look) is None


@pytest.mark.parametrize("size", [(20, 5), (8, 3), (40, 6)])
def test_a_tiny_window_breaks_nothing(press_indexed: Path, size: tuple[int, int]) -> None:
    async def look(session: Session) -> None:
        await session.type("гa")
        await session.press("down", "f1", "escape", "pagedown")
        await session.pilot.resize_terminal(120, 40)
        await session.pilot.pause()
        assert len(session.lines) == 40
        assert max(map(width, session.lines)) <= 120

    run(Session(press_indexed, "gas OR газ OR 天然气"), look, size)
