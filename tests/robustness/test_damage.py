"""A damaged index is called damaged, with the one command that helps; never an empty answer."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.program import Answer, Sinorus

Harm = Callable[[Path], object]
COMMANDS = [
    ["search", "gas"],
    ["search", "-l", "--lang", "en"],
    ["show", "pact"],
    ["compare", "gas", "--by", "lang"],
    ["status"],
    ["status", "--check"],
    ["index"],
]
HARMS: dict[str, Harm] = {
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut by one byte": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "cut to nothing": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(random.Random(5).randbytes(path.stat().st_size)),
    "text": lambda path: path.write_text("not an index\n"),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
}


@pytest.fixture(autouse=True)
def warnings_apart(sinorus: Sinorus) -> None:
    """Whoosh leaves a file open that it cannot read to its end; that warning is not the matter."""
    del sinorus.environment["PYTHONWARNINGS"]


def contents(root: Path) -> Path:
    """The table of contents of the index."""
    (found,) = (root / "index").glob("_MAIN_*.toc")
    return found


def parts(root: Path) -> list[Path]:
    """The files that hold what is indexed, the largest first."""
    found = [path for path in (root / "index").glob("MAIN_*") if path.name != "MAIN_WRITELOCK"]
    assert found
    return sorted(found, key=lambda path: -path.stat().st_size)


def refused(answer: Answer) -> bool:
    """Whether this is the one way to speak of damage."""
    assert "Traceback" not in answer.err, answer.err
    return answer.code == 2 and "sinorus index --rebuild" in answer.err


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("what", ["contents", "largest part"])
def test_a_harmed_file_is_called_damage(
    own_press: Path, sinorus: Sinorus, what: str, harm: str
) -> None:
    whole = [sinorus(*command) for command in COMMANDS]
    before = sinorus("search", "gas OR газ OR 天然气", "--jsonl").out
    HARMS[harm](contents(own_press) if what == "contents" else parts(own_press)[0])
    for command, healthy in zip(COMMANDS, whole, strict=True):
        answer = sinorus(*command)
        if command == ["index"] and answer.code == 0:
            continue  # it looks at the files' times, and what it reads of the index may be whole
        right = (answer.out, answer.code) == (healthy.out, healthy.code)
        assert refused(answer) or (right and command != ["status", "--check"]), (command, answer)
    rebuilt = sinorus("index", "--rebuild")
    assert (rebuilt.code, rebuilt.err) == (0, "")
    assert sinorus("status", "--check").code == 0
    assert sinorus("search", "gas OR газ OR 天然气", "--jsonl").out == before


@pytest.mark.parametrize("harm", [*HARMS, "taken away"])
def test_every_part_is_needed(own_press: Path, sinorus: Sinorus, harm: str) -> None:
    healthy = sinorus("search", "gas OR 天然气", "--lang", "en", "--lang", "zh")
    for path in parts(own_press):
        sound = path.read_bytes()
        HARMS.get(harm, Path.unlink)(path)
        answer = sinorus("search", "gas OR 天然气", "--lang", "en", "--lang", "zh")
        assert refused(answer) or sorted(answer.lines) == sorted(healthy.lines), (path, answer)
        if harm != "zeros" or any(sound):
            checked = sinorus("status", "--check")
            assert checked.code == 2, path
        if harm == "taken away" or harm.startswith("cut"):
            assert refused(answer), path
        path.write_bytes(sound)
    assert sinorus("status", "--check").code == 0


@pytest.mark.parametrize("harm", [harm for harm in HARMS if harm.startswith("cut")])
def test_what_is_cut_is_damage_to_all_that_read_it(
    own_press: Path, sinorus: Sinorus, harm: str
) -> None:
    HARMS[harm](parts(own_press)[0])
    for command in (*COMMANDS, ["sources"]):
        assert refused(sinorus(*command)), command
    assert sinorus("index", "--rebuild").code == 0
    assert sinorus("status", "--check").code == 0


@pytest.mark.parametrize("harm", ["cut to nothing", "garbage", "text"])
@pytest.mark.parametrize("name", ["seal.json", "names.json", "MAIN_WRITELOCK", "writer.json"])
def test_what_is_no_part_of_the_index_cannot_damage_it(
    own_press: Path, sinorus: Sinorus, name: str, harm: str
) -> None:
    (own_press / "names.toml").write_text('[[group]]\nforms = ["zebra", "зебра"]\n', "utf-8")
    before = sinorus("search", "gas OR Putin").out
    (own_press / "index" / name).touch()
    HARMS[harm](own_press / "index" / name)
    answer = sinorus("search", "gas OR Putin")
    assert (answer.out, answer.code) == (before, 0), answer.err
    (own_press / "seeds/new.md").write_text("A zebra.\n")
    assert sinorus("search", "-c", "zebra").out == "1\n"
    assert sinorus("status", "--check").code == 0


def test_without_its_table_of_contents_there_is_no_index(own_press: Path, sinorus: Sinorus) -> None:
    contents(own_press).unlink()
    answer = sinorus("search", "-c", "gas")
    assert (answer.out, answer.code) == ("2\n", 0)
    assert "indexed 4 documents" in answer.err
    assert sinorus("status", "--check").code == 0


def test_one_flipped_bit_is_found(own_press: Path, sinorus: Sinorus) -> None:
    luck = random.Random(11)
    for path in parts(own_press) * 2:
        sound = path.read_bytes()
        harmed = bytearray(sound)
        harmed[luck.randrange(len(sound))] ^= 1 << luck.randrange(8)
        path.write_bytes(harmed)
        answer = sinorus("status", "--check", "--json")
        assert answer.code == 2
        assert answer.json["damage"]
        assert "sinorus index --rebuild" in answer.err
        found = sinorus("search", "gas OR Путин", "--jsonl")
        assert refused(found) or found.code in (0, 1), found.err
        assert "Traceback" not in found.err
        path.write_bytes(sound)
    assert sinorus("status", "--check").code == 0


def test_the_folder_of_the_index_is_a_file(own_press: Path, sinorus: Sinorus) -> None:
    (own_press / "index").rename(own_press / "elsewhere")
    (own_press / "index").write_text("")
    for command in (["search", "gas"], ["index"], ["index", "--rebuild"], ["show", "pact"]):
        answer = sinorus(*command)
        assert (answer.out, answer.code) == ("", 2)
        assert "index" in answer.err
        assert "Traceback" not in answer.err


def test_a_full_disk_leaves_the_index_as_it_was(own_seeds: Path, sinorus: Sinorus) -> None:
    """No file may grow beyond 200 KB: the segment needs more."""
    assert parts(own_seeds)[0].stat().st_size > 210_000
    before = sinorus("search", "china", "--jsonl").out
    (own_seeds / "seeds/new.md").write_text("A zebra.\n")
    for blocks in (0, 1, 100, 200):
        answer = sinorus.shell(f"ulimit -f {blocks}; sinorus index --rebuild")
        assert answer.code == 2, answer.err
        assert "Traceback" not in answer.err, answer.err
        found = sinorus("search", "china", "--jsonl", "--no-update", "--no-notices")
        assert (found.out, found.err, found.code) == (before, "", 0)
    assert sinorus("index").out.startswith("1 new, 0 updated, 16 unchanged")
    assert sinorus("status", "--check").code == 0
