"""An id noted long ago, whose source has changed since: on a terminal, in a pipe, in a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from support.program import Sinorus
from support.small_libraries import make_library
from support.terminal import bare, width

if TYPE_CHECKING:
    from support.program import Valid

SAID = {
    "en": (
        "Gas flows through the pipelines of the east from the first of January, and no treaty "
        "binds the two allies to buy more of it than they wish.",
        ("no treaty", "a treaty"),
    ),
    "ru": (
        "Российский газ идет в Китай по трубопроводам, и союзники подписали договор о поставках "
        "на тридцать лет вперед, не называя цены.",
        ("тридцать", "двадцать"),
    ),
    "zh": (
        "两国同意扩大贸易规模，并且深化能源领域的全面合作，同时反对任何形式的单边制裁，维护国际公平正义，"
        "共同推动世界多极化进程。",
        ("扩大", "缩小"),
    ),
}


class Noted(NamedTuple):
    """A library that has changed, and the ids that were noted before."""

    root: Path
    ids: dict[str, str]


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Noted:
    """Three texts, indexed, and then edited; a fourth that was taken away."""
    base = tmp_path_factory.mktemp("noted")
    (base / "home").mkdir()
    sinorus = Sinorus(base / "home")
    files = {f"{lang}.md": f"First.\n\n{text}\n" for lang, (text, _) in SAID.items()}
    files["gone.md"] = "Zebras quarrel nightly in the savanna of the south.\n"
    sinorus.cwd = root = make_library(base / "library", files)
    shown = sinorus("show", "en#2", "ru#2", "zh#2", "gone#1", "--jsonl").records
    for lang, (_, (old, new)) in SAID.items():
        path = root / "seeds" / f"{lang}.md"
        text = path.read_text("utf-8").replace(old, new)
        path.write_text(text.replace("First.", "First.\n\nNew."), "utf-8")
    (root / "seeds" / "gone.md").unlink()
    return Noted(root, {one["document"]: f"{one['id']}@{one['hash']}" for one in shown})


@pytest.fixture
def program(noted: Noted, sinorus: Sinorus) -> Sinorus:
    """The program in that library."""
    sinorus.cwd = noted.root
    return sinorus


def test_on_a_terminal_what_it_was_stands_above_what_it_is(noted: Noted, program: Sinorus) -> None:
    for lang, (_, (old, new)) in SAID.items():
        answer = program.terminal("show", noted.ids[lang], columns=80, env={"PAGER": "cat"})
        assert answer.code == 1
        lines = bare(answer.out).splitlines()
        assert max(map(width, lines)) <= 80
        page = "\n".join(lines)
        was, now = page.partition("- #2\n")[2].split("+ #3\n")
        assert was.startswith("- ")
        assert now.startswith("+ ")
        struck, added = (f"\x1b[{code}m" for code in ("9;31", "4;32"))
        assert answer.out.partition(struck)[2].startswith(f"{old.split()[0]}\x1b")
        assert answer.out.partition(added)[2].startswith(f"{new.split()[0]}\x1b")


def test_in_a_pipe_the_record_is_as_ever_and_the_difference_above_it(
    noted: Noted, program: Sinorus, valid: Valid
) -> None:
    ids = [noted.ids[lang] for lang in SAID]
    answer = program("show", *ids, noted.ids["gone"])
    assert answer.code == 1
    assert "\x1b" not in answer.out
    for at, (lang, (text, (old, new))) in enumerate(SAID.items()):
        was, now = answer.lines[2 * at : 2 * at + 2]
        assert now == f"seeds/{lang}.md:5:{lang}#3:{text.replace(old, new)}"
        assert was.startswith(f"seeds/{lang}.md-5-{noted.ids[lang]}-{text[:4]}")
    marked = ["[-no-]{+a+} treaty", "[-тридцать-]{+двадцать+} лет", "[-扩大-]{+缩小+}贸易"]
    assert all(part in line for part, line in zip(marked, answer.lines[::2], strict=True))
    assert answer.err.count("the text has changed since (now #3@") == 3
    assert f"{noted.ids['gone']} is gone; until 20" in answer.err
    assert "it was “Zebras quarrel nightly" in answer.err

    told = valid("show", program("show", *ids, "--json").json)
    for one, (text, (old, new)) in zip(told["results"], SAID.values(), strict=True):
        assert (one["check"], one["was"]) == ("changed", text)
        ((left,), (right,)) = one["was_changed"], one["changed"]
        assert one["was"][left["start"] : left["end"]] in old
        assert one["text"][right["start"] : right["end"]] in new
    rows = program("show", *ids, "en#1", "--format", "csv").out.splitlines()
    assert rows[0].endswith(",was,was_until")
    assert rows[-1].endswith(",,")


def test_a_draft_is_told_what_its_source_said(
    noted: Noted, program: Sinorus, tmp_path: Path, valid: Valid
) -> None:
    ids, draft = noted.ids, tmp_path / "draft.md"
    draft.write_text(
        "It was “from the first of January, and no treaty binds the two allies”"
        f"<!-- sinorus: {ids['en']} -->, and\n"
        "«союзники подписали договор о продажах на тридцать лет вперед, не называя цены»"
        f"<!-- sinorus: {ids['ru']} -->.\n\n"
        f"“Zebras quarrel nightly in the savanna of the south”<!-- sinorus: {ids['gone']} -->.\n\n"
        f"See {ids['zh']}.\n",
        "utf-8",
    )
    answer = program("check", draft, "--json")
    assert answer.code == 1
    one, two, three, four = valid("check", answer.json)["results"]
    for finding, grade, id_, said, was in (
        (one, "CHANGED", "en#3", "EXACT", "from the first of January, and no treaty binds"),
        (two, "CHANGED", "ru#3", "NEAR", "подписали договор о поставках на тридцать лет"),
        (three, "NOT-FOUND", "en#3", "EXACT", "Zebras quarrel nightly"),
        (four, "CHANGED", "zh#3", None, SAID["zh"][0]),
    ):
        found = (finding["grade"], (finding["id"] or "").partition("@")[0], finding["was_grade"])
        assert found == (grade, id_, said)
        assert was in finding["was"]
        assert finding["was_until"][:2] == "20"
    assert one["was_id"] == ids["en"]
    parts = [one["was"][span["start"] : span["end"]] for span in one["was_changed"]]
    assert parts == ["no"]

    page = program.terminal("check", draft, columns=80, env={"PAGER": "cat"})
    lines = bare(page.out).splitlines()
    assert max(map(width, lines)) <= 80
    shown = " ".join(bare(page.out).split())
    assert "CHANGED the source has changed since; 92% of the words alike; until 20" in shown
    assert "the source said so en#3" in shown
    assert "the source said otherwise ru#3" in shown
    assert "was: союзники подписали договор о поставках на тридцать лет" in shown
    assert "NOT-FOUND nowhere in the library; until 20" in shown
    assert "- 两国同意扩大贸易规模" in shown
    assert "+ 两国同意缩小贸易规模" in shown
    plain = program("check", draft)
    assert "\x1b" not in plain.out
    assert len(plain.lines) == 4
    vim = program("check", draft, "--vimgrep")
    assert "the source said so" in vim.lines[0]


def test_what_moved_to_another_document_is_named_with_it(own_press: Path, sinorus: Sinorus) -> None:
    (shown,) = sinorus("show", "carnegie/pact#3", "--json").json["results"]
    noted = f"pact#3@{shown['hash']}"
    old = own_press / "seeds/carnegie/pact.md"
    old.rename(own_press / "seeds/carnegie/alliance.md")
    quoted = sinorus("quote", noted)
    assert quoted.err.endswith(f"note: {noted}: moved, now carnegie/alliance#3\n")
    page = sinorus("show", noted, "--format", "rich")
    assert f"moved: {noted} is now carnegie/alliance#3" in page.lines
