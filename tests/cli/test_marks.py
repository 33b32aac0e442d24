"""Evidence sets: saved, noted, found again, exported, by several at once and by hand."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.program import PATIENCE

from sinorus import Library
from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from support.program import Sinorus, Valid

ALLIANCE, GAS = "carnegie/pact#1", "carnegie/pact#3"


def states(sinorus: Sinorus, *names: str) -> dict[str, tuple[str, str | None]]:
    """What became of each mark, by what it was, without hashes."""
    answer = sinorus("marks", *names, "--json")
    return {
        one["was"].partition("@")[0]: (one["state"], (one["id"] or "").partition("@")[0] or None)
        for one in answer.json["results"]
    }


def note_all(root: Path, name: str, *ids: str) -> None:
    """Notes at paragraphs, in a set."""
    with Library.at(root) as library:
        for id_ in ids:
            library.marks.note([id_], f"why {id_}", name)


def test_what_a_search_found_is_saved_and_seen_again(
    own_press: Path, sinorus: Sinorus, valid: Valid
) -> None:
    none = sinorus("marks")
    assert (none.code, none.out) == (1, "")
    assert "nothing is marked: sinorus search QUERY --save NAME makes one" in none.err
    assert valid("marks", sinorus("marks", "--json").json)["results"] == []
    saved = sinorus("search", "alliance", "--save", "глава 2", "--lang", "en", "-n", "1")
    assert (saved.code, len(saved.lines)) == (0, 1)
    assert "saved in the set 'глава 2': 1 paragraph\n" in saved.err
    again = sinorus("search", "alliance", "--save", "глава 2", "-n", "all", "--json")
    assert "saved in the set 'глава 2': 1 paragraph; 1 were there already" in again.err
    marks = {one["id"]: one["marks"] for one in valid("search", again.json)["results"]}
    assert [mark["set"] for mark in marks[ALLIANCE]] == ["глава 2"]

    listed = sinorus("marks")
    assert (listed.code, listed.lines) == (0, ["глава 2\t2\t0\t2 as marked"])
    found = sinorus("marks", "глава 2", "--json")
    assert found.code == 0
    first, second = valid("marks", found.json)["results"]
    assert (first["number"], first["state"], first["id"]) == (1, "exact", first["was"])
    assert first["query"] == "alliance --lang en"
    assert second["query"] == "alliance"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first["day"])
    assert valid("show", sinorus("show", ALLIANCE, "--json").json)["results"][0]["marks"] == [
        {"set": "глава 2", "id": first["id"], "note": None}
    ]
    assert sinorus("search", "zebra", "--save", "x").err.count("nothing is saved") == 1
    assert not (own_press / "marks.toml").read_text("utf-8").count("zebra")
    for shape in ("-c", "-l", "-q"):
        assert sinorus("search", "gas", "--save", "x", shape).code == 2
    assert sinorus("search", "gas", "--save", " ").code == 2
    many = sinorus("search", "--queries", "-", "--save", "q", stdin="gas\ntreaties\n")
    assert many.code == 0
    queries = [one["query"] for one in sinorus("marks", "q", "--json").json["results"]]
    assert set(queries) == {"gas", "treaties"}


def test_what_became_of_what_was_marked(own_press: Path, sinorus: Sinorus, valid: Valid) -> None:
    ids = ("carnegie/pact#1", "carnegie/pact#3-4", "notes#1", "notes#2", "kremlin/statement#3")
    note_all(own_press, "s", *ids, "xinhua/visit#1")
    pact = own_press / "seeds/carnegie/pact.md"
    text = pact.read_text("utf-8").replace("The alliance", "New.\n\nThe alliance", 1)
    pact.write_text(text, "utf-8")  # an insertion
    notes = own_press / "seeds/notes.txt"
    notes.write_text(notes.read_text("utf-8").replace("trade and gas", "trade, and oil"), "utf-8")
    (own_press / "seeds/kremlin/statement.md").rename(own_press / "seeds/kremlin/march.md")
    (own_press / "seeds/xinhua/visit.md").unlink()
    assert states(sinorus, "s") == {
        "carnegie/pact#1": ("moved", "carnegie/pact#2"),
        "carnegie/pact#3-4": ("moved", "carnegie/pact#4-5"),
        "notes#1": ("changed", "notes#1"),
        "notes#2": ("exact", "notes#2"),
        "kremlin/statement#3": ("moved", "kremlin/march#3"),
        "xinhua/visit#1": ("gone", None),
    }
    answer = sinorus("marks", "s", "--format", "rich")
    assert answer.code == 1
    assert "moved: carnegie/pact#1@" in answer.out
    assert " is now #2\n" in answer.out
    assert re.search(r"is now kremlin/march#3\n", answer.out)
    assert "trade [-and gas-]" in answer.out or "trade and [-gas-]" in answer.out
    assert "{+oil+}" in answer.out
    assert "gone: xinhua/visit#1@" in answer.out
    assert sinorus("marks").code == 1
    changed = next(one for one in sinorus("marks", "--json").json["results"] if one["changed"])
    assert changed["words"][slice(*changed["changed"][0].values())] == "gas"
    valid("marks", sinorus("marks", "--json").json)
    # What has moved is marked where it stands now, each paragraph of a range too.
    shown = sinorus("show", "carnegie/pact#1-5", "kremlin/march#3", "--json").json["results"]
    assert [len(one["marks"]) for one in shown] == [0, 1, 0, 1, 1, 1]
    page = sinorus("marks", "s", "--format", "markdown")
    assert "(gone: xinhua" in page.out
    assert "why notes\\#2" in page.out or "why notes#2" in page.out
    found = sinorus("check", "-", "--jsonl", stdin=page.out.replace("it was: “", 'it was: "'))
    grades = {one["grade"] for one in found.records if one["kind"] == "quotation"}
    assert "EXACT" in grades
    # Put right by hand, all of it is as it was marked.
    file = own_press / "marks.toml"
    told = file.read_text("utf-8")
    for one in sinorus("marks", "--json").json["results"]:
        told = told.replace(f'"{one["was"]}"', f'"{one["id"] or "notes#2"}"')
    file.write_text(told, "utf-8")
    assert sinorus("marks").code == 0


def test_sets_are_exported(own_press: Path, sinorus: Sinorus) -> None:
    note_all(own_press, "a", ALLIANCE, "xinhua/visit#1")
    note_all(own_press, "b", GAS)
    quoted = sinorus("quote", "--set", "a", "--jsonl")
    assert (quoted.code, quoted.err) == (0, "")
    assert [one["id"] for one in quoted.records] == [ALLIANCE, "xinhua/visit#1"]
    both = sinorus("quote", "notes#1", "--set", "a", "--set", "b", "--jsonl")
    assert [one["id"] for one in both.records] == ["notes#1", ALLIANCE, "xinhua/visit#1", GAS]
    assert [one["id"] for one in sinorus("show", "--set", "b", "--jsonl").records] == [GAS]
    bib = sinorus("bib", "--set", "a", "--format", "csl-json")
    assert (bib.code, len(bib.json)) == (0, 2)
    (own_press / "seeds/xinhua/visit.md").unlink()
    for command in (["quote"], ["show"], ["bib"]):
        answer = sinorus(*command, "--set", "a")
        assert answer.code == 1, command
        assert "gone: xinhua/visit#1@" in answer.err
        assert "(set 'a', 2)" in answer.err
        assert answer.out, command
    alone = sinorus("quote")
    assert (alone.code, alone.out) == (2, "")
    assert "N|ID" in alone.err
    unknown = sinorus("quote", "--set", "gass")
    assert unknown.code == 2
    assert "there is no set of marks 'gass'" in unknown.err
    assert sinorus("bib", "--set", "a", "gas").code == 2


def test_notes_are_written_replaced_and_taken_away(own_press: Path, sinorus: Sinorus) -> None:
    first = sinorus("note", "pact#1", "first", "words")
    assert (first.code, first.out) == (0, "")
    assert re.search(r"carnegie/pact#1@\w{8}: marked with a note \(set 'notes'\)", first.err)
    second = sinorus("note", "pact#1", "-", stdin="two\r\nlines\n")
    assert "the note was written (set 'notes')" in second.err
    assert sinorus("marks", "notes", "--json").json["results"][0]["note"] == "two\nlines"
    shown = sinorus("show", "pact#1", "--format", "rich").out
    assert "#1 †  The alliance" in shown
    assert "      † notes: two\n        lines\n" in shown
    other = sinorus("note", "pact#1", "--set", "b", "other")
    assert "marked with a note (set 'b')" in other.err
    which = sinorus("note", "pact#1", "which")
    assert which.code == 2
    assert "is in several sets: notes, b\n  name one with --set NAME" in which.err
    for wrong in (["pact", "whole"], ["pact#1"], ["pact#1", "x", "--remove"], ["pact#99", "x"]):
        assert sinorus("note", *wrong).code == 2, wrong
    assert sinorus("note", "pact#1", " ").code == 1
    sinorus("search", "=paper", "--save", "saved")
    sinorus("note", "pact#1", "--set", "saved", "kept")
    gone = sinorus("note", "pact#1", "--remove")
    assert (gone.code, gone.err.count("is gone")) == (0, 3)
    assert sinorus("marks").lines == ["saved\t1\t0\t1 as marked"]
    assert sinorus("note", "pact#1", "--remove").code == 1
    assert sinorus("marks", "saved", "notes#1", "--remove").code == 1
    assert sinorus("marks", "saved", "pact#1", "--remove").code == 0
    assert sinorus("marks", "saved", "--remove").code == 2
    assert sinorus("marks").code == 1


HAND = """\
# Evidence, in my order.
[[mark]]
id = "pact#3"        # short, and without a hash
set = "hand"

# The second.
[[mark]]
set = "hand"
id = "notes#2"
note = 'mine'
"""


def test_a_file_that_a_person_wrote_stays_his(own_press: Path, sinorus: Sinorus) -> None:
    file = own_press / "marks.toml"
    file.write_text(HAND, "utf-8")
    assert states(sinorus) == {
        "pact#3": ("exact", "carnegie/pact#3"),
        "notes#2": ("exact", "notes#2"),
    }
    assert sinorus("show", GAS, "--json").json["results"][0]["marks"][0]["set"] == "hand"
    assert sinorus("search", "limits", "--save", "hand").err.count("1 were there already") == 1
    assert file.read_text("utf-8") == HAND
    sinorus("note", GAS, "new")
    sinorus("note", "xinhua/visit#1", "--set", "hand", "third")
    sinorus("marks", "hand", "notes#2", "--remove")
    text = file.read_text("utf-8")
    comments = ["# Evidence, in my order.", "# short, and without a hash", "# The second."]
    assert [comment for comment in comments if comment in text] == comments
    assert sinorus("marks", "hand").lines[0].startswith("hand\t1\texact\tcarnegie/pact#3@")
    assert len(sinorus("marks", "hand").lines) == 2


def test_a_broken_file_is_one_error_with_its_line(own_press: Path, sinorus: Sinorus) -> None:
    file = own_press / "marks.toml"
    content = b"[[mark]]\nset = 'a'\nid = '\xff'\n"
    file.write_bytes(content)
    told = "marks.toml:3: this is not UTF-8"
    for command in (["marks"], ["note", ALLIANCE, "x"], ["search", "gas", "--save", "a"]):
        answer = sinorus(*command)
        assert (answer.code, answer.err.count(told)) == (2, 1), answer
        assert file.read_bytes() == content
    file.write_text("[[mark]]\nset = 'a'\nid = 'x#1'\nnotes = 'y'\n")
    found = sinorus("search", "gas", "--lang", "en")
    assert (found.code, len(found.lines)) == (0, 2)
    assert "marks.toml:4: unknown key 'notes'; no marks are shown" in found.err


def test_a_change_keeps_who_may_read_the_file_and_makes_none_that_cannot_be_read(
    own_press: Path,
) -> None:
    file = own_press / "marks.toml"
    with Library.at(own_press) as library:
        library.marks.note([GAS], "mine alone")
        file.chmod(0o600)
        library.marks.note([GAS], "mine still")
        assert file.stat().st_mode & 0o777 == 0o600
        content = file.read_text("utf-8") + ("#" * 1023 + "\n") * ((1 << 14) - 1)
        file.write_text(content, "utf-8")
        with pytest.raises(SinorusError, match=r"marks\.toml would be larger than 16 MiB") as told:
            library.marks.note([ALLIANCE], "x" * 1024)
        assert "nothing was written" in told.value.hint
        assert file.read_text("utf-8") == content
        assert [one.name for one in own_press.glob("marks.toml*")] == ["marks.toml"]
        assert library.marks.names() == ["notes"]


def test_two_writers_lose_nothing(own_press: Path, sinorus: Sinorus) -> None:
    every = [f"{name}#{n}" for name in ("carnegie/pact", "kremlin/statement") for n in (1, 3)]
    running = [sinorus.start("note", name, "by", name, "--wait", "60") for name in every]
    running += [sinorus.start("search", "gas", "--save", "gas", "--wait", "60") for _ in range(2)]
    assert [one.wait(PATIENCE) for one in running] == [0] * len(running)
    with Library.at(own_press) as library:
        sets = {one.name: one for one in library.marks.find()}
    noted = [one.mark for name in sets for one in sets[name].marks if one.mark.note]
    assert sorted(one.note for one in noted) == sorted(f"by {name}" for name in every)
    found = sets["gas"].marks
    assert len({one.mark.id for one in found}) == len(found) >= 2


WRITER = """
import sys
from sinorus import Library
with Library.at(sys.argv[1]) as library:
    print("ready", flush=True)
    for n in range(10_000):
        library.marks.note(["carnegie/pact#1"], f"note {n}", "s")
"""


def test_a_writer_that_is_killed_loses_nothing(own_press: Path, sinorus: Sinorus) -> None:
    with Library.at(own_press) as library:
        library.marks.note([GAS], "kept", "first")
        for seed in range(6):
            process = subprocess.Popen(
                [sys.executable, "-c", WRITER, str(own_press)],
                stdout=subprocess.PIPE,
                env=sinorus.environment,
            )
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.Random(seed).uniform(0.005, 0.12))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=PATIENCE)
            first, *rest = library.marks.find()
            assert first.marks[0].mark.note == "kept"
            assert len(rest) <= 1
        (own_press / "marks.toml.0123456789abcdef").touch()
        library.marks.note([GAS], "more", "first")
        assert [one.name for one in own_press.glob("marks.toml*")] == ["marks.toml"]


def test_another_writer_is_waited_for(own_press: Path, sinorus: Sinorus) -> None:
    import fcntl

    with Library.at(own_press) as library:
        library.marks.note([GAS], "x")
    with (own_press / "index/marks.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = sinorus("note", ALLIANCE, "y", "--wait", "0.1")
    assert answer.code == 2
    assert "the marks are being written by another process" in answer.err
    assert "--wait SECONDS" in answer.err


def test_the_file_is_no_way_out_of_the_library(
    own_press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("# mine\n", "utf-8")
    (own_press / "marks.toml").symlink_to(outside)
    assert sinorus("note", ALLIANCE, "x").code == 2
    assert outside.read_text("utf-8") == "# mine\n"
    (own_press / "marks.toml").unlink()
    (own_press / "kept.toml").touch()
    (own_press / "marks.toml").symlink_to("kept.toml")  # one within it stays a link
    assert sinorus("note", ALLIANCE, "x\x1b[31m\u202e").code == 0
    assert (own_press / "marks.toml").is_symlink()
    assert "[[mark]]" in (own_press / "kept.toml").read_text("utf-8")
    for command in (["marks", "notes"], ["show", ALLIANCE], ["marks"]):
        for form in ("rich", "plain"):
            shown = sinorus(*command, "--format", form, "--color", "never").out
            assert "\x1b" not in shown
            assert "\u202e" not in shown


def test_on_a_terminal_marks_have_a_sign_and_numbers(
    own_press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    note_all(own_press, "s", "notes#1", ALLIANCE)
    screen = sinorus.terminal("search", "alliance", "--color", "never", "--no-pager")
    assert "carnegie/pact#1 †" in screen.out
    assert "notes#2 †" not in screen.out
    lines = sinorus.terminal("search", "alliance", "--kwic", "--no-pager").out
    assert "/pact#1 †]" in lines
    assert "†" not in sinorus("search", "alliance", "--kwic").out
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ncat "$1" > seen; echo "from the editor" > "$1"\n')
    editor.chmod(0o755)
    written = sinorus.terminal("note", ALLIANCE, env={"EDITOR": str(editor), "VISUAL": ""})
    assert written.code == 0, written
    assert (own_press / "seen").read_text("utf-8") == f"why {ALLIANCE}\n"
    assert sinorus("marks", "s", "--json").json["results"][1]["note"] == "from the editor"
    script = f"{sys.executable} -m sinorus marks s --no-pager; {sys.executable} -m sinorus quote 2"
    both = subprocess.run(
        ["script", "-qec", f"sh -c '{script}'", os.devnull],
        cwd=own_press,
        env=sinorus.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "sinorus: carnegie/pact#1@" in both.stdout


def test_what_was_written_in_the_editor_is_not_lost(
    own_press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "an hour of work" > "$1"; echo broken > marks.toml\n')
    editor.chmod(0o755)
    outcome = sinorus.terminal(
        "note", ALLIANCE, env={"EDITOR": str(editor), "VISUAL": "", "TMPDIR": str(tmp_path)}
    )
    assert outcome.code == 2
    (path,) = tmp_path.glob("note-*.md")
    assert path.read_text("utf-8") == "an hour of work"
    assert f"; what you wrote is in {path}" in outcome.err


def test_names_of_sets_are_offered(own_press: Path, sinorus: Sinorus) -> None:
    note_all(own_press, "глава 2", ALLIANCE)
    sinorus.environment["_SINORUS_COMPLETE"] = "zsh"
    for words in (["marks"], ["quote", "--set"], ["search", "x", "--save"]):
        offered = sinorus("sinorus", *words, "гл").lines
        assert [line.split("\t")[0] for line in offered] == ["глава 2"], words


def test_only_what_is_marked_is_searched_and_only_what_is_not(
    own_press: Path, sinorus: Sinorus, valid: Valid
) -> None:
    none = sinorus("search", "alliance", "--marked")
    assert (none.out, none.code) == ("", 1)
    assert "note: nothing is marked: sinorus search QUERY --save NAME makes one\n" in none.err
    every = sinorus("search", "alliance", "--no-fold", "--json").ids
    assert len(every) > 1
    with Library.at(own_press) as library:
        library.marks.note([ALLIANCE], "why", "pact")
        library.marks.note([f"{GAS.rpartition('#')[0]}#2-3"], "a range", "gas")
    found = sinorus("search", "alliance", "--marked", "--json")
    assert valid("search", found.json)["total"] == 1
    assert found.ids == [ALLIANCE]
    rest = sinorus("search", "alliance", "--not-marked", "--no-fold", "--json").ids
    assert sorted([*rest, ALLIANCE]) == sorted(every)
    assert sinorus("search", "--marked", "--json").ids == [f"carnegie/pact#{n}" for n in (1, 2, 3)]
    assert sinorus("search", "--marked", "-c", "--kind", "text", "--no-notices").out == "2\n"
    assert sinorus("search", "--marked", "-l").lines == ["seeds/carnegie/pact.md"]
    assert "seeds/carnegie/pact.md" not in sinorus("search", "--marked", "-L").lines
    saved = sinorus("search", "--marked", "alliance", "--save", "again", "--no-notices")
    assert saved.code == 0
    assert 'query = "alliance --marked"' in (own_press / "marks.toml").read_text("utf-8")

    source = own_press / "seeds/carnegie/pact.md"
    source.write_text(source.read_text("utf-8").replace("\n\n", "\n\nA new one.\n\n", 1), "utf-8")
    moved = sinorus("search", "--marked", "alliance", "--json")
    assert moved.json["total"] == 1
    assert [one["set"] for one in moved.json["results"][0]["marks"]] == ["pact", "again"]


def test_a_search_pays_for_marks_only_where_there_are_some(
    own_press: Path, sinorus: Sinorus
) -> None:
    def loaded() -> set[str]:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "sinorus", "search", "gas", "--no-notices"],
            cwd=own_press,
            env=sinorus.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}

    ours = {"sinorus.library.marks", "sinorus.library.marked", "sinorus.citation.evidence"}
    assert not loaded() & ours
    note_all(own_press, "s", ALLIANCE)
    with Library.at(own_press) as library:
        library.search("gas")
    with_marks = loaded()
    assert ours <= with_marks
    assert not with_marks & {"tomlkit", "tomllib", "rapidfuzz"}


def test_from_python(own_press: Path) -> None:
    with Library.at(own_press) as library:
        marks = library.marks
        assert marks.names() == []
        saved = marks.save("s", library.search("alliance", limit=1))
        assert (saved.new, saved.known) == (1, 0)
        (mark,) = library.search("alliance", limit=1).hits[0].marks
        assert mark.set == "s"
        (one,) = marks.find("s", quoted=True)
        assert one.sound
        assert one.marks[0].quotation is not None
        with pytest.raises(SinorusError, match="no set of marks"):
            marks.find("other")
        assert [gone.id for gone in marks.remove("s")] == [mark.id]
        assert library.search("alliance", limit=1).hits[0].marks == ()
