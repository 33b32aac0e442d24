"""Files come, change and go; the answer follows, or says that it does not."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]


def summary(sinorus: Sinorus) -> str:
    """The summary line of an index run, without its counts of the whole."""
    answer = sinorus("index")
    assert (answer.code, answer.err) == (0, "")
    return answer.out.partition(":")[0]


def test_what_an_index_run_finds_changed(own_press: Path, sinorus: Sinorus) -> None:
    seeds = own_press / "seeds"
    assert summary(sinorus) == "0 new, 0 updated, 4 unchanged, 0 removed, 0 skipped"
    (seeds / "new.md").write_text("A zebra.\n")
    assert summary(sinorus) == "1 new, 0 updated, 4 unchanged, 0 removed, 0 skipped"
    (seeds / "new.md").write_text("A changed zebra.\n")
    assert summary(sinorus) == "0 new, 1 updated, 4 unchanged, 0 removed, 0 skipped"
    (seeds / "new.md").touch()
    assert summary(sinorus) == "0 new, 0 updated, 5 unchanged, 0 removed, 0 skipped"
    assert summary(sinorus) == "0 new, 0 updated, 5 unchanged, 0 removed, 0 skipped"
    (seeds / "new.md").unlink()
    assert summary(sinorus) == "0 new, 0 updated, 4 unchanged, 1 removed, 0 skipped"
    (seeds / "notes.txt").rename(seeds / "renamed.txt")
    (seeds / "carnegie/pact.md").write_text("Changed.\n")
    (seeds / "kremlin/statement.md").unlink()
    (seeds / "more.md").write_text("More.\n")
    assert summary(sinorus) == "2 new, 1 updated, 1 unchanged, 2 removed, 0 skipped"
    assert sinorus("search", "-l", "gas").lines == ["seeds/renamed.txt"]


def test_a_search_sees_a_change_on_the_spot(own_press: Path, sinorus: Sinorus) -> None:
    seeds = own_press / "seeds"
    (seeds / "new.md").write_text("A zebra.\n")
    asleep = sinorus("search", "zebra", "--no-update")
    assert (asleep.out, asleep.code) == ("", 1)
    assert sinorus("search", "-c", "zebra", env={"SINORUS_UPDATE": "no"}).out == "0\n"
    awake = sinorus("search", "zebra")
    assert awake.out == "seeds/new.md:1:new#1:A zebra.\n"
    assert awake.err == "note: 1 file changed: indexed before answering\n"
    assert sinorus("search", "zebra").err == ""

    (seeds / "new.md").write_text("A giraffe.\n")
    assert sinorus("search", "-c", "zebra", "--no-update").out == "1\n"
    assert sinorus("show", "new", "--no-update").out.endswith("A zebra.\n")
    assert sinorus("show", "new").out.endswith("A giraffe.\n")
    assert sinorus("search", "-c", "zebra").out == "0\n"

    (seeds / "new.md").unlink()
    answer = sinorus("search", "-c", "giraffe")
    assert (answer.out, answer.code) == ("0\n", 1)
    assert sinorus("show", "new").code == 2
    assert sinorus("sources", "-c").out == "4\n"


def test_other_commands_see_changes_too(own_press: Path, sinorus: Sinorus) -> None:
    for n, command in enumerate((["compare", "gas"], ["sources"], ["show", "pact"])):
        (own_press / f"seeds/new{n}.md").write_text("A zebra of gas.\n")
        answer = sinorus(*command)
        assert (answer.code, answer.err) == (
            0,
            "note: 1 file changed: indexed before answering\n",
        )
    assert sinorus("status", "--json").json["documents"] == 7


def test_touched_but_the_same_is_no_change(own_press: Path, sinorus: Sinorus) -> None:
    updated = sinorus("search", "gas", "--json").json["index"]["updated"]
    for path in (own_press / "seeds").rglob("*.md"):
        path.touch()
    answer = sinorus("search", "gas", "--json")
    assert ("changed" in answer.err, answer.json["index"]["stale"]) == (False, False)
    assert answer.json["index"]["updated"] >= updated
    assert summary(sinorus) == "0 new, 0 updated, 4 unchanged, 0 removed, 0 skipped"
    assert sinorus("status", "--json").json["changed"] == 0


def test_a_change_of_the_same_length_is_seen(own_press: Path, sinorus: Sinorus) -> None:
    path = own_press / "seeds/notes.txt"
    path.write_text(path.read_text().replace("trade", "zebra"))
    assert sinorus("search", "-l", "zebra").lines == ["seeds/notes.txt"]


def test_many_changes_are_only_announced(own_press: Path, sinorus: Sinorus) -> None:
    for n in range(20):
        (own_press / f"seeds/few{n}.md").write_text("A zebra.\n")
    assert sinorus("search", "-c", "zebra").out == "20\n"
    for n in range(600):  # more than a second's work
        (own_press / f"seeds/many{n}.md").write_text("A giraffe.\n")
    answer = sinorus("search", "giraffe", "--json")
    assert (answer.json["total"], answer.json["index"]["stale"], answer.code) == (0, True, 1)
    assert "600 files changed since the index was made" in answer.err
    assert "run sinorus index" in answer.err
    fresh = sinorus("search", "zebra", "--json")
    assert (fresh.json["total"], fresh.json["index"]["stale"]) == (20, True)
    assert summary(sinorus) == "600 new, 0 updated, 24 unchanged, 0 removed, 0 skipped"
    assert sinorus("search", "giraffe", "--json").json["index"]["stale"] is False


def test_much_text_is_only_announced(own_press: Path, sinorus: Sinorus) -> None:
    assert sinorus("index", "--quiet").code == 0  # the copies of the files are known
    (own_press / "seeds/long.txt").write_text("A zebra walks on.\n\n" * 200_000)
    answer = sinorus("search", "zebra")
    assert (answer.out, answer.code) == ("", 1)
    assert "1 file changed" in answer.err


def test_a_small_library_is_indexed_at_its_first_search(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    library({"a.md": "A zebra.\n"})
    refused = sinorus("search", "zebra", "--no-update")
    assert (refused.out, refused.code) == ("", 2)
    assert "has no index yet" in refused.err
    answer = sinorus("search", "zebra")
    assert (answer.lines, answer.code) == (["seeds/a.md:1:a#1:A zebra."], 0)
    assert answer.err.startswith("note: indexed 1 document, 1 paragraph in ")


def test_a_large_library_is_not(library: MakeLibrary, sinorus: Sinorus) -> None:
    library({f"{n}.md": "A zebra.\n" for n in range(1_300)})
    answer = sinorus("search", "zebra")
    assert (answer.out, answer.code) == ("", 2)
    assert "has no index yet (1,300 files)" in answer.err
    assert "run sinorus index" in answer.err


def everything(sinorus: Sinorus) -> object:
    """All that the library says of itself, but for when its index was made."""
    answers = [
        sinorus("search", query, "-n", "all", "-C", "1", "--json").json
        for query in ("word1 OR word2 OR зебра", '"word3 word4"', "斑马", "wor?5*", "word1 word7")
    ]
    for answer in answers:
        answer.pop("index")
    return answers, sinorus("sources", "--json").json


def test_step_by_step_or_anew_gives_the_same(library: MakeLibrary, sinorus: Sinorus) -> None:
    """Forty random changes, an index run after each few, then all of it anew."""
    luck = random.Random(7)

    def text() -> str:
        words = [f"word{luck.randint(0, 9)}" for _ in range(luck.randint(3, 40))]
        return f"---\ntitle: {words[0]}\ndate: {luck.randint(1950, 2020)}\n---\n" + "\n\n".join(
            " ".join(luck.sample([*words, "зебра", "斑马"], len(words))) for _ in range(3)
        )

    root = library({f"{n}.md": text() for n in range(20)})
    assert sinorus("index").code == 0
    for step in range(10):
        for _ in range(4):
            name = root / "seeds" / f"{luck.randint(0, 29)}.md"
            if name.exists() and luck.random() < 0.4:
                name.unlink()
            elif name.exists() and luck.random() < 0.2:
                os.utime(name, ns=(1, luck.randint(1, 10**18)))
            else:
                name.write_text(text())
        sinorus(*(["index"] if step % 2 else ["search", "word1"]))
    by_steps = everything(sinorus)
    assert sinorus("status", "--check").code == 0
    assert sinorus("index", "--rebuild").code == 0
    assert everything(sinorus) == by_steps
    shutil.rmtree(root / "index")
    assert sinorus("index").code == 0
    assert everything(sinorus) == by_steps


def test_an_index_of_another_version_is_made_anew(own_press: Path, sinorus: Sinorus) -> None:
    """What another version left: the same files, another name of the analysis."""
    script = (
        "import sys, sinorus.text.tokens as tokens\n"
        "tokens.FINGERPRINT = 'sinorus-text-0'\n"
        "import sinorus.cli.main as cli\n"
        "sys.exit(cli.run(['index', '--rebuild', '--quiet']))\n"
    )
    (own_press.parent / "old.py").write_text(script)
    old = sinorus.shell(f'"{sys.executable}" "{own_press.parent}/old.py"')
    assert old.code == 0, old.err
    answer = sinorus("search", "-c", "gas")
    assert answer.out == "2\n"
    assert "another version" in answer.err
    assert "version" not in sinorus("search", "-c", "gas").err
