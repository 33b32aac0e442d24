"""An index that somebody made on purpose: its checksums are right, and its content is not to be
trusted. No code in it runs, and no command ends in anything but an answer or one sentence.
"""

from __future__ import annotations

import ast
import json
import os
import pickle
import random
import shutil
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from struct import pack
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import pytest
from support.tampering import CHECK, READING, asked, commit, contents_file, rewritten, segments

import sinorus
from sinorus.engines.whoosh.commit import FORMAT, latest, read_commit, write_commit
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.engines.whoosh.segment.file import SegmentFile
from sinorus.errors import IndexDamagedError
from sinorus.files import Tree

if TYPE_CHECKING:
    from support.program import Sinorus

    Change = Callable[[bytes], bytes]

MODULES = sorted(Path(sinorus.__file__).parent.rglob("*.py"))


class Trap:
    """A value whose unpickling makes a folder."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> object:
        return (os.mkdir, (str(self.mark),))


def trapped(root: Path, mark: Path) -> bytes:
    """What Whoosh would write of the index, with a trap among its segments."""
    from whoosh.filedb.filestore import RamStorage
    from whoosh.index import TOC

    from sinorus.engines.whoosh.codec.schema import make_schema

    storage = RamStorage()
    TOC(make_schema(), [Trap(mark)], latest(Tree(str(root)).folder("index"))).write(storage, "MAIN")
    (name,) = storage.list()
    with storage.open_file(name) as file:
        return bytes(file.read())


@pytest.mark.parametrize("kind", ["ours is right", "whoosh's alone", "of an old format", "bare"])
def test_an_index_cannot_run_code(
    own_press: Path, sinorus: Sinorus, tmp_path: Path, kind: str
) -> None:
    from whoosh.index import open_dir

    mark, index = tmp_path / "ran", own_press / "index"
    content = pickle.dumps(Trap(mark)) if kind == "bare" else trapped(own_press, mark)
    if kind == "ours is right":
        folder = Tree(str(own_press)).folder("index")
        known = read_commit(folder, latest(folder))
        write_commit(folder, known, content)
    else:
        contents_file(own_press).write_bytes(content)
    if kind == "of an old format":
        (index / "seal.json").write_text("{}")
    if kind != "bare":  # the trap is one: Whoosh itself falls into it
        with suppress(Exception):
            open_dir(str(index))
        assert mark.exists()
        mark.rmdir()
    whole = shutil.copytree(own_press, tmp_path / "kept")
    reading = [["show", "pact"] if command[0] == "show" else command for command in READING]
    for command in (*reading, CHECK, ["index"], ["index", "--rebuild"]):
        answer = sinorus(*command)
        assert answer.code in (0, 1, 2), (command, answer)
        if kind == "ours is right":
            assert answer.code in (0, 1), (command, answer)
        assert not mark.exists(), command
        shutil.rmtree(own_press)
        shutil.copytree(whole, own_press)


def test_only_the_pipes_to_our_own_processes_carry_pickles() -> None:
    found = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(alias.name for alias in node.names)]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                names = [node.func.id] if node.func.id in ("eval", "exec") else []
            elif isinstance(node, ast.Attribute):  # ways in which Whoosh and numpy unpickle
                names = [node.attr] if node.attr in ("open_dir", "open_index", "load_toc") else []
            unsafe = {"pickle", "_pickle", "dill", "shelve", "marshal", "eval", "exec"}
            unsafe |= {"open_dir", "open_index", "load_toc"}
            if unsafe & {name.split(".")[0] for name in names}:
                found.add(path.name)
    assert found == {"workers.py"}


def numbers(change: Callable[[np.ndarray], object], kind: type = np.uint32) -> Change:  # type: ignore[type-arg]
    """A change of a section as an array, in place."""

    def changed(content: bytes) -> bytes:
        array = np.frombuffer(content, kind).copy()
        change(array)
        return array.tobytes()

    return changed


def at(place: int, value: int, step: int = 1, kind: type = np.uint32) -> Change:
    """One number, or every one from there in steps, is another."""
    where = slice(place, None, step) if step > 1 else place

    def put(array: np.ndarray) -> None:  # type: ignore[type-arg]
        array[where] = value

    return numbers(put, kind)


MOST = (1 << 32) - 1
LIES: dict[str, tuple[str, Change | None]] = {
    "texts do not ascend": ("text.starts", lambda content: content[:4] + content[:3:-1]),
    "texts begin beyond the end": ("text.starts", at(1, MOST, 2)),
    "one text only": ("text.starts", lambda content: content[:8]),
    "lists are beyond the end": ("text.rows", at(0, MOST, 5)),
    "lists are longer than all there is": ("text.rows", at(1, MOST, 5)),
    "a term is in every text": ("text.rows", at(2, MOST, 5)),
    "lists have chunks": ("text.rows", at(3, MOST, 5)),
    "lists have one chunk": ("text.rows", at(3, 1, 5)),
    "stems have forms": ("text.rows", at(4, 300, 5)),
    "no rows": ("text.rows", lambda _: b""),
    "tokens are beyond the end": ("text.lists", lambda content: b"\xff" * len(content)),
    "tokens are one": ("text.lists", lambda content: bytes(len(content))),
    "stems end beyond the end": ("text.stems.ends", at(3, MOST, 3)),
    "stems end before they begin": ("text.stems.ends", numbers(lambda array: array[::-1].sort())),
    "stems are not sorted": ("text.stems", lambda content: content[::-1]),
    "no stems": ("text.stems.ends", lambda _: b""),
    "forms are of no stem": ("text.form.rows", at(0, MOST, 3)),
    "forms have no slot": ("text.form.rows", at(1, MOST, 3)),
    "blocks are beyond the end": ("para.records.blocks", at(1, 1 << 60, 2, np.uint64)),
    "blocks are no blocks": ("para.records", lambda content: b"\0" * len(content)),
    "blocks are shorter": ("para.records", lambda _: zlib.compress(b"")),
    "a block is a bomb": ("para.records", lambda _: zlib.compress(bytes(1 << 27))),
    "records are of no number": (
        "para.records",
        lambda content: zlib.compress(zlib.decompressobj().decompress(content)[::-1]),
    ),
    "blocks have more records": ("para.records.first", at(1, MOST, 2)),
    "documents begin beyond the end": ("doc.first", at(1, MOST, 2)),
    "documents do not ascend": ("doc.first", lambda content: content[:4] + content[:3:-1]),
    "ids are no text": ("doc.ids", lambda content: b"\xff" * len(content)),
    "ids name no document": ("doc.byid", at(0, MOST, 2)),
    "paths name no document": ("doc.bypath", at(0, MOST, 2)),
    "ranks are beyond the end": ("doc.rank", at(0, MOST, 2)),
    "titles are beyond the end": ("doc.bytitle", at(0, MOST, 2)),
    "days are no days": ("doc.since", at(0, MOST, 2)),
    "faults are of no document": ("doc.faulty", at(0, MOST)),
    "documents are no JSON": (
        "doc.records",
        lambda _: zlib.compress(b"\x09\0\0\0" * 9 + b"{" * 99),
    ),
    "documents are deep": (
        "doc.records",
        lambda _: zlib.compress(pack("<6I", *[200_000] * 6) + b"[" * 1_200_000),
    ),
    "headings begin beyond the end": ("head.first", at(0, MOST, 2)),
    "headings are no JSON": ("head.names", lambda content: b"x" * len(content)),
    "values begin beyond the end": ("value.first", at(1, MOST, 2)),
    "values are of no document": ("value.docs", at(0, MOST, 2)),
    "values have no name": ("value.keys", lambda content: content.replace(b"\0", b"x")),
    "no hashes": ("para.hashes", lambda _: b""),
    "hashes are of no paragraph": ("para.byhash", at(0, MOST, 2)),
    "hashes are all of one paragraph": ("para.byhash", at(0, 0, 1 << 30)),
    "hashes are not sorted": ("para.byhash", numbers(lambda array: array[::-1].sort())),
    "no order of hashes": ("para.byhash", None),
    "no section of lists": ("text.lists", None),
    "no section of documents": ("doc.first", None),
}


def survived(sinorus: Sinorus, path: Path, versions: dict[str, bytes]) -> None:
    """Each command answers or says in a sentence that it cannot, whatever the segment holds."""
    commands = [*READING, CHECK, ["index"]]
    as_it_is = {"SINORUS_UPDATE": "no"}  # what lies of files would be indexed anew
    _, *others = asked(sinorus, path, list(versions.values()), commands, as_it_is)
    for name, answers in zip(versions, others, strict=True):
        for command, said in zip(commands, answers, strict=True):
            assert said.code in (0, 1, 2), (name, command, said.err[-1500:])
            assert "Traceback" not in said.err, (name, command, said.err[-1500:])
            assert said.code != 2 or said.refused or command in (READING[3], CHECK), (name, said)


def test_a_segment_that_lies(full: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    (path,) = segments(full)
    versions = {
        name: rewritten(path, tmp_path / "lie", {section: change})
        for name, (section, change) in LIES.items()
    }
    survived(sinorus, path, versions)


def test_looking_one_thing_up_in_a_segment_that_lies(full: Path, tmp_path: Path) -> None:
    """The answer is one that the segment gives, or that it is damaged; nothing else is raised."""
    (path,) = segments(full)
    with closing(WhooshEngine(full / "index")) as engine:
        names = [document.id for document in engine.documents()]
        hashes = [paragraph.hash for name in names for paragraph in engine.paragraphs(name)]
    changes = list(LIES.values())
    luck = random.Random(5)
    for name in SegmentFile(path):
        if name.startswith(("para", "doc")):
            changes += [(name, lambda content: luck.randbytes(len(content))), (name, None)]
    for section, change in changes:
        content = rewritten(path, tmp_path / "lie", {section: change})
        path.unlink()
        path.write_bytes(content)
        with closing(WhooshEngine(full / "index")) as engine:
            looks = [*(partial(engine.document, name) for name in names)]
            looks += [partial(engine.find_documents, end) for end in ("", "t", *names)]
            looks += [partial(engine.paragraph_by_hash, one) for one in hashes]
            for look in looks:
                with suppress(IndexDamagedError):
                    look()


def test_the_check_finds_what_lies(full: Path, sinorus: Sinorus, tmp_path: Path) -> None:
    (path,) = segments(full)
    assert rewritten(path, tmp_path / "same", {}) == path.read_bytes()
    versions = {
        name: rewritten(path, tmp_path / "lie", {section: change})
        for name, (section, change) in LIES.items()
    }
    first, *others = asked(sinorus, path, list(versions.values()), [CHECK])
    assert first[0].code == 0
    assert [name for name, (said,) in zip(versions, others, strict=True) if said.code != 2] == []


@pytest.mark.parametrize("filling", ["noise", "zeros", "ones", "nothing", "a half", "swapped"])
def test_each_section_with_other_content(
    full: Path, sinorus: Sinorus, tmp_path: Path, filling: str
) -> None:
    (path,) = segments(full)
    luck = random.Random(filling)
    others = {
        "noise": lambda content: luck.randbytes(len(content)),
        "zeros": lambda content: bytes(len(content)),
        "ones": lambda content: b"\xff" * len(content),
        "nothing": lambda content: b"",
        "a half": lambda content: content[: len(content) // 16 * 8],
        "swapped": lambda content: (
            content[len(content) // 16 * 8 :] + content[: len(content) // 16 * 8]
        ),
    }
    versions = {
        name: rewritten(path, tmp_path / "other", {name: others[filling]})
        for name in SegmentFile(path)
    }
    survived(sinorus, path, versions)


@pytest.mark.parametrize(
    "rows",
    [
        None,
        [],
        ["x"],
        [[1, 2, 3]],
        [["x", *[1] * 7]],
        [["../../secret", *[1] * 5, 0, 0]],
        [["x\0y", *[1] * 5, 0, 0]],
        [["0" * 16, *["1"] * 5, 0, 0]],
        [["0" * 16, *[1] * 5, -1, 10**9]],
    ],
    ids=str,
)
def test_a_table_of_contents_that_lies(own_press: Path, sinorus: Sinorus, rows: object) -> None:
    known = commit(own_press)
    told = {"format": FORMAT, "analysis": known.analysis, "updated": known.updated}
    head = json.dumps({**told, "segments": rows}).encode()
    content = head + pack("<II", len(head), 0)  # as docs/index-format.md has it
    contents_file(own_press).write_bytes(content + pack("<I8s", crc32(content), b"SINOTOC\x1a"))
    for command in (["search", "gas"], ["show", "pact"], ["sources"], CHECK, ["index"]):
        answer = sinorus(*command, *(["--no-update"] if command[0] in ("search", "show") else []))
        assert "Traceback" not in answer.err, (command, answer.err)
        assert answer.code in (0, 1, 2), (command, answer)
