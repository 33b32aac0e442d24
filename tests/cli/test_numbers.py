"""A number is a hit of the last search of this terminal: remembered, found again, never trusted."""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fake_programs import FakePrograms
from support.program import PATIENCE

from sinorus.cli.remembered import Remembered, read_back
from sinorus.library.ids import read_id

if TYPE_CHECKING:
    from support.program import MakeLibrary, Sinorus


class Shell:
    """A shell in a terminal of its own, in which `sinorus` is the program.

    What a command prints elsewhere than on the terminal it prints into files of the folder.
    """

    def __init__(self, sinorus: Sinorus, folder: Path, script: str) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        program = f'sinorus() {{ {shlex.quote(sys.executable)} -m sinorus "$@"; }}; O={folder}'
        self.process = pexpect.spawn(
            "/bin/bash",
            ["-c", f"{program}; {script}"],
            cwd=str(sinorus.cwd),
            env={**sinorus.environment, "PAGER": "cat"},  # type: ignore[arg-type]
            encoding="utf-8",
            timeout=PATIENCE,
            dimensions=(24, 80),
        )

    def ended(self) -> Shell:
        """Waits for the end of all."""
        self.process.expect(pexpect.EOF)
        self.process.close()
        return self

    def __getitem__(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def kept(sinorus: Sinorus) -> list[Path]:
    """The files in which searches are remembered."""
    return sorted((sinorus.home / ".local/state/sinorus/hits").glob("*"))


def test_a_number_is_a_hit_in_every_command(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    fakes = FakePrograms(tmp_path / "bin")
    fakes.add("vim")
    shell = Shell(
        sinorus,
        tmp_path / "out",
        "sinorus search gas --sort title; "
        "sinorus search gas --sort title --jsonl > $O/hits; "
        "sinorus show 2 --jsonl > $O/one 2> $O/said; sinorus show 1-2 2 --jsonl > $O/range; "
        f"PATH={fakes.path} EDITOR=vim sinorus open 1; "
        "sinorus compare 1 2 --json > $O/texts; sinorus compare 1 pact --json > $O/mixed; "
        "sinorus sources --source 1 --json > $O/source; "
        "sinorus search -c gas --source 2 > $O/count; "
        "sinorus compare gas --among 1,2 --json > $O/among; "
        "sinorus show 3 2> $O/beyond; echo $? >> $O/beyond; sinorus show 2-3 2> $O/over",
    ).ended()
    first, second = [json.loads(line)["id"] for line in shell["hits"].splitlines()]
    assert [json.loads(line)["id"] for line in shell["one"].splitlines()] == [second]
    assert shell["said"] == ""
    shown = [json.loads(line)["id"] for line in shell["range"].splitlines()]
    assert shown == [first, second, second]
    assert len(fakes.calls) == 1
    assert fakes.calls[0][0] == "vim"
    texts = json.loads(shell["texts"])
    assert (texts["left"]["id"], texts["right"]["id"]) == (
        first.partition("#")[0],
        second.partition("#")[0],
    )
    assert json.loads(shell["mixed"])["right"]["id"] == "carnegie/pact"
    assert [one["id"] for one in json.loads(shell["source"])["results"]] == [
        first.partition("#")[0]
    ]
    assert shell["count"] == "1\n"
    assert {one["key"] for one in json.loads(shell["among"])["groups"]} == {
        first.partition("#")[0],
        second.partition("#")[0],
    }
    assert "there is no hit 3: the last search in this terminal printed 1 to 2" in shell["beyond"]
    assert shell["beyond"].endswith("2\n")
    assert "there is no hit 2-3" in shell["over"]


def test_a_number_is_a_hit_after_a_concordance(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    """Whatever the order of its lines, each has the number of its hit."""
    shell = Shell(
        sinorus,
        tmp_path / "out",
        "sinorus search gas --kwic --sort left; sinorus search gas --jsonl > $O/hits; "
        "sinorus show 2 --jsonl > $O/two",
    ).ended()
    assert json.loads(shell["two"])["id"] == json.loads(shell["hits"].splitlines()[1])["id"]


def test_numbers_go_on_where_a_page_begins_later(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    shell = Shell(
        sinorus,
        tmp_path / "out",
        "sinorus search gas --jsonl --offset 1 > $O/hits; sinorus search gas --offset 1; "
        "sinorus search nothing-at-all; "
        "sinorus show 2 --jsonl > $O/two; sinorus show 1 2> $O/one",
    ).ended()
    assert json.loads(shell["two"])["id"] == json.loads(shell["hits"])["id"]
    assert "there is no hit 1: the last search in this terminal printed 2" in shell["one"]


def test_nothing_is_remembered_of_what_is_piped_or_lists_no_paragraphs(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    (tmp_path / "queries").write_text("gas\n")
    shell = Shell(
        sinorus,
        tmp_path / "out",
        "sinorus search gas | cat; sinorus search gas > /dev/null; sinorus search gas -l; "
        "sinorus search gas -c; sinorus search gas -q; sinorus search gas -n 0; "
        f"sinorus search --queries {tmp_path}/queries; sinorus show 1 2> $O/said; "
        "sinorus compare 1 2 --json > $O/query",
    ).ended()
    assert kept(sinorus) == []
    assert shell["said"].startswith(
        "error: there is no document '1', and no search has printed hits in this terminal\n"
    )
    assert json.loads(shell["query"])["schema"].startswith("sinorus.compare/"), "it is a query"


def test_terminals_do_not_share_numbers(press: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    """Not two at a time, and not a later one on the same device."""
    one = Shell(
        sinorus,
        tmp_path / "one",
        "sinorus search газ --no-pager; echo rea''dy; read word; sinorus show 1 --jsonl > $O/one",
    )
    one.process.expect("ready")
    search = "sinorus show 1 2> $O/before; sinorus search gas; sinorus show 1 --jsonl > $O/one"
    other = Shell(sinorus, tmp_path / "other", search).ended()
    later = Shell(sinorus, tmp_path / "later", search).ended()
    one.process.sendline("on")
    one.ended()
    assert json.loads(one["one"])["document"] == "kremlin/statement"
    for shell in (other, later):
        assert "no search has printed hits in this terminal" in shell["before"]
        assert json.loads(shell["one"])["document"] != "kremlin/statement"
    assert len(kept(sinorus)) == 3
    assert {path.stat().st_mode & 0o777 for path in kept(sinorus)} == {0o600}
    assert kept(sinorus)[0].parent.stat().st_mode & 0o777 == 0o700


def test_a_hit_that_changed_since_is_found_by_its_hash(
    own_press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    pact = own_press / "seeds/carnegie/pact.md"
    shell = Shell(
        sinorus,
        tmp_path / "out",
        "sinorus search words treaty; sinorus show 1 --jsonl > $O/before; "
        f"sed -i 's/^## .*/&\\n\\nA new paragraph.\\n/' {pact}; "
        "sinorus show 1 --jsonl > $O/moved 2> $O/said; "
        f"sed -i 's/words are no treaty/words are a treaty/' {pact}; "
        "sinorus show 1 --jsonl > $O/changed 2> $O/told; "
        f"rm {pact}; sinorus show 1 2> $O/gone",
    ).ended()
    before, moved, changed = (json.loads(shell[name]) for name in ("before", "moved", "changed"))
    assert (before["check"], moved["check"]) == (None, "moved")
    assert moved["text"] == before["text"]
    assert f"moved, now #{moved['paragraph']}" in shell["said"]
    assert changed["check"] == "changed"
    assert "the text has changed since" in shell["told"]
    assert f"note: {before['id']}@{before['hash']} is gone; until " in shell["gone"]
    assert f"it was '{before['text']}'" in shell["gone"]


def test_a_document_of_that_id_comes_first(
    library: MakeLibrary, sinorus: Sinorus, tmp_path: Path
) -> None:
    library({"1.md": "A yak.\n", "b.md": "A zebra.\n", "of/2.md": "A zebra and a zebra.\n"})
    sinorus("index")
    shell = Shell(
        sinorus,
        tmp_path / "out",
        "sinorus show 2 --jsonl > $O/end; sinorus search zebra; "
        "sinorus show 1 --jsonl > $O/whole 2> $O/said; "
        "sinorus search zebra --jsonl > $O/hits; sinorus show 2 --jsonl > $O/two",
    ).ended()
    hits = [json.loads(line)["id"] for line in shell["hits"].splitlines()]
    assert json.loads(shell["end"])["document"] == "of/2", "an end of an id, where no hit is 2"
    assert json.loads(shell["whole"])["document"] == "1"
    assert shell["said"] == f"note: 1 is the document of that id; hit 1 is {hits[0]}\n"
    assert json.loads(shell["two"])["id"] == hits[1]


def test_a_number_of_another_library_is_an_error(
    press: Path, seeds: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    sinorus.cwd = press
    shell = Shell(
        sinorus,
        tmp_path / "out",
        f"sinorus search gas; sinorus --library {seeds} show 1 2> $O/said; echo $? >> $O/said",
    ).ended()
    assert shell["said"] == (
        f"error: 1 is a hit of another library, {press}\n"
        "  search in this one first, or write the id\n2\n"
    )


def test_what_stands_in_the_place_of_the_file_is_neither_waited_for_nor_followed(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    state = sinorus.home / ".local/state/sinorus/hits"
    victim = tmp_path / "victim"
    victim.write_text("mine")
    shell = Shell(
        sinorus,
        tmp_path / "out",
        f"sinorus search gas; at=$(echo {state}/*); cp $at $O/file; rm $at; mkfifo $at; "
        "sinorus show 1 2> $O/pipe; sinorus search gas; sinorus show 1 --jsonl > $O/again; "
        f"rm $at; ln -s {victim} $at; sinorus show 1 2> $O/link; "
        "sinorus search gas; sinorus show 1 --jsonl > $O/more; "
        f"rm -r {state}; touch {state}; sinorus search gas -n 1 --jsonl; echo $? > $O/code",
    ).ended()
    for name in ("pipe", "link"):
        assert "no search has printed hits" in shell[name]
    assert json.loads(shell["again"]) == json.loads(shell["more"])
    assert victim.read_text() == "mine"
    assert shell["code"] == "0\n", "where nothing can be remembered a search is a search"


GOOD = Remembered("/srv/library", 3, (("a/b#1", "9f2c41aa"), ("中文#20", "00000000")))
WRITTEN = json.dumps({"library": GOOD.library, "first": GOOD.first, "hits": GOOD.hits}).encode()
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
_VALUES = st.recursive(
    _LEAVES | st.sampled_from(["a#1", "a#0", "#1", "a#²", "9f2c41aa", "\ud800#1", "x" * 20_000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
_LIKE_OURS = st.fixed_dictionaries(
    {},
    optional={"library": st.just("/srv") | _VALUES, "first": st.integers() | _VALUES,
              "hits": st.lists(st.tuples(_VALUES, _VALUES), max_size=3) | _VALUES},
)  # fmt: skip
_DAMAGED = st.tuples(
    st.integers(0, len(WRITTEN)), st.integers(0, len(WRITTEN)), st.binary(max_size=4)
).map(lambda cut: WRITTEN[: cut[0]] + cut[2] + WRITTEN[cut[1] :])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hits") / "8801-1-1"


@settings(max_examples=80)
@given(
    content=_DAMAGED | st.binary(max_size=60) | _LIKE_OURS.map(lambda one: json.dumps(one).encode())
)
def test_a_damaged_file_is_nothing_remembered(file: Path, content: bytes) -> None:
    """Or it is one as we write them: each hit an id and a hash, and no number without one."""
    file.write_bytes(content)
    found = read_back(file)
    if found is None:
        return
    assert found.first >= 1
    assert found.hits
    for at, (name, text_hash) in enumerate(found.hits):
        assert read_id(f"{name}@{text_hash}").first is not None or name.endswith("#0")
        assert found.hit(found.first + at) == (name, text_hash)
    assert found.hit(found.first - 1) is None
    assert found.hit(found.last + 1) is None


def test_what_is_old_or_too_large_is_not_read(file: Path) -> None:
    file.write_bytes(WRITTEN)
    assert read_back(file) == GOOD
    os.utime(file, (time.time() - 40 * 86_400,) * 2)
    assert read_back(file) is None
    file.write_bytes(WRITTEN + b" " * (1 << 20))
    assert read_back(file) is None
    file.write_bytes(b"[" * 100_000)
    assert read_back(file) is None


def test_old_searches_are_forgotten_and_other_files_left(
    press: Path, sinorus: Sinorus, tmp_path: Path
) -> None:
    state = sinorus.home / ".local/state/sinorus/hits"
    state.mkdir(parents=True)
    for n in range(230):
        (state / f"8801-{n:x}-abc").write_bytes(WRITTEN)
    for name in ("8802-1-abc", "8802-1-abc.77", "notes"):
        (state / name).write_bytes(WRITTEN)
        os.utime(state / name, (1, 1))
    Shell(sinorus, tmp_path / "out", "sinorus search gas").ended()
    left = {path.name for path in kept(sinorus)}
    assert len(left) == 201
    assert "notes" in left
    assert not left & {"8802-1-abc", "8802-1-abc.77"}
