"""What paragraphs said before their sources changed: what is kept of it, how long, how safely."""

from __future__ import annotations

import errno
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from struct import pack
from threading import Thread
from time import process_time
from typing import TYPE_CHECKING, cast

import pytest
from support.small_libraries import make_library

from sinorus import Library, Notice, Paragraph, Shown, UnknownIdError
from sinorus.engines.port import Engine, EngineInfo
from sinorus.files import Tree
from sinorus.library.former import FILE, FOLDER, Formers, Leaving

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = {
    "en": (
        "Gas flows through the pipelines of the east, and no treaty binds the two allies.",
        "Gas flows through the old pipelines of the east, and a treaty binds the two.",
        [("", "old"), ("no", "a"), ("allies", "")],
    ),
    "ru": (
        "Российский газ идет в Китай по трубопроводам, и союзники подписали договор.",
        "Российский газ идет в Индию по трубопроводам, и союзники подписали договор.",
        [("Китай", "Индию")],
    ),
    "zh": (
        "两国同意扩大贸易规模，并且深化能源领域的全面合作。",
        "两国同意缩小贸易规模，并且深化能源领域的全面合作。",
        [("扩大", "缩小")],
    ),
}
"""What was said, what is said now, and what took the place of what."""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Library]:
    """A library with a text in each script; its notices are in `told`."""
    files = {
        f"{lang}.md": f"# One\n\nThe first paragraph of {lang}.\n\n{was}\n\nThe last of {lang}.\n"
        for lang, (was, _, _) in TEXTS.items()
    }
    with Library.at(make_library(tmp_path / "library", files)) as library:
        library.index()
        yield library


def noted(library: Library, name: str) -> str:
    """The id of a paragraph with its hash."""
    (shown,) = library.show(name)
    return f"{name}@{shown.paragraph.hash}"


def edit(library: Library, name: str, *changes: tuple[str, str]) -> None:
    """Replaces words of a source."""
    path = library.root / "seeds" / f"{name}.md"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def words(shown: Shown) -> list[tuple[str, str]]:
    """What took the place of what."""
    assert shown.was is not None
    return [
        (shown.was.text[old[0] : old[1]], shown.paragraph.text[new[0] : new[1]])
        for old, new in shown.edits
    ]


@pytest.mark.parametrize("lang", TEXTS)
def test_an_edit_is_shown_as_what_it_changed(opened: Library, lang: str) -> None:
    was, now, changed = TEXTS[lang]
    name = noted(opened, f"{lang}#3")
    edit(opened, lang, (was, now), ("# One\n", "# One\n\nSomething new, and above.\n\nMore.\n"))
    (shown,) = opened.show(name)  # which indexes it on the spot
    assert (shown.check, shown.paragraph.id, shown.paragraph.text) == ("changed", f"{lang}#5", now)
    assert shown.was is not None
    assert (shown.was.text, shown.was.id) == (was, name)
    assert shown.was.until[:2] == "20"
    assert words(shown) == changed


def test_the_first_and_the_last_words_of_an_edit(opened: Library) -> None:
    was, _, _ = TEXTS["en"]
    name = noted(opened, "en#3")
    edit(opened, "en", (was, was.replace("Gas flows", "It flows") + " So be it."))
    (shown,) = opened.show(name)
    assert words(shown) == [("Gas", "It"), ("", "So be it")]


def test_what_is_gone_is_told_in_its_words(opened: Library) -> None:
    name, other = noted(opened, "en#3"), noted(opened, "ru#3")
    edit(opened, "en", (TEXTS["en"][0], "Nothing of that remains."))
    (opened.root / "seeds" / "ru.md").unlink()
    for asked, was in ((name, TEXTS["en"][0]), (other, TEXTS["ru"][0])):
        with pytest.raises(UnknownIdError) as fault:
            opened.show(asked)
        assert fault.value.gone
        assert f"{asked} is gone; until 20" in fault.value.message
        assert f"it was '{was}'" in fault.value.message


def test_it_is_found_edited_in_another_document(opened: Library) -> None:
    name = noted(opened, "en#3")
    old = opened.root / "seeds" / "en.md"
    (opened.root / "seeds" / "en.md").rename(opened.root / "seeds" / "essay.md")
    edit(opened, "essay", ("binds", "ties"))
    assert not old.exists()
    (shown,) = opened.show(name)
    assert (shown.check, shown.paragraph.id, words(shown)) == (
        *("changed", "essay#3"),
        [("binds", "ties")],
    )


def test_only_what_is_nowhere_any_more_is_kept(opened: Library) -> None:
    kept = opened.root / FOLDER / FILE
    assert not kept.exists()
    (opened.root / "seeds" / "en.md").rename(opened.root / "seeds" / "essay.md")
    opened.index()
    assert not kept.exists()
    edit(opened, "essay", ("binds", "ties"))
    opened.index()
    size = kept.stat().st_size
    opened.index(rebuild=True)
    assert kept.stat().st_size == size
    was = hash_of_first(opened)
    assert was == TEXTS["en"][0]


def hash_of_first(library: Library) -> str:
    """What the kept paragraph said, by the hash that the old text has."""
    path = library.root / "seeds" / "again.md"
    path.write_text(TEXTS["en"][0], "utf-8")
    (shown,) = library.show("again")
    found = Formers(Tree(str(library.root)), lambda _: None).find(shown.paragraph.hash)
    assert found is not None
    return found.text


class Leaves:
    """As much of an engine as a change needs: documents whose paragraphs it takes out."""

    shared = False

    def __init__(self, documents: dict[str, list[Paragraph]]) -> None:
        self._documents = documents

    def paragraphs(self, name: str) -> list[Paragraph]:
        """The paragraphs of a document."""
        return self._documents[name]

    def paragraph_by_hash(self, _: str) -> Sequence[object]:
        """None is there any more."""
        return ()

    def info(self) -> EngineInfo:
        """The index was made on a day."""
        return EngineInfo("", "", "", "2026-11-26T10:00:00Z", 0, 0, 0)


def leave(root: Path, number: int, texts: Sequence[str]) -> list[str]:
    """Takes out a document of these texts; the hashes of its paragraphs."""
    hashes = [f"{number * 1_000 + at:08x}" for at in range(len(texts))]
    paragraphs = [
        Paragraph(f"d{number}", at, text, 1, 1, hash=hashes[at - 1])
        for at, text in enumerate(texts, 1)
    ]
    leaving = Leaving(cast("Engine", Leaves({f"d{number}": paragraphs})))
    leaving.take([f"d{number}"])
    leaving.keep(Tree(str(root)))
    return hashes


def test_the_newest_is_kept_and_the_file_stays_small(tmp_path: Path) -> None:
    luck = random.Random(17)
    every = [
        leave(tmp_path, number, [luck.randbytes(100_000).hex() for _ in range(15)])
        for number in range(8)
    ]
    assert (tmp_path / FOLDER / FILE).stat().st_size <= 8 << 20
    formers = Formers(Tree(str(tmp_path)), lambda _: None)
    assert [formers.find(hashes[0]) is not None for hashes in every] == [False] * 4 + [True] * 4
    last = formers.find(every[-1][-1])
    assert last is not None
    assert (last.id, last.until, len(last.text)) == (
        f"d7#15@{every[-1][-1]}",
        "2026-11-26",
        200_000,
    )


def test_damage_costs_no_more_than_what_is_damaged(tmp_path: Path) -> None:
    hashes = [leave(tmp_path, number, [f"paragraph {number}"])[0] for number in range(20)]
    path = tmp_path / FOLDER / FILE
    sound = path.read_bytes()
    luck = random.Random(17)
    for trial in range(120):
        raw = bytearray(sound)
        kind = trial % 3
        if kind == 0:
            raw[luck.randrange(len(raw))] ^= 1 << luck.randrange(8)
        elif kind == 1:
            raw = raw[: luck.randrange(len(raw))]
        else:
            at = luck.randrange(len(raw))
            raw[at : at + luck.randrange(1, 40)] = luck.randbytes(luck.randrange(40))
        path.write_bytes(raw)
        told: list[str] = []
        formers = Formers(Tree(str(tmp_path)), told.append)
        found = [formers.find(one) for one in hashes]
        assert all(
            one is None or one.text == f"paragraph {number}" for number, one in enumerate(found)
        )
        if kind < 2:
            lost = found.count(None)
            assert lost <= 1 if kind == 0 else found[: 20 - lost].count(None) == 0
            assert lost == 0 or kind == 1 or len(told) == 1
    path.write_bytes(sound[:-3])
    leave(tmp_path, 20, ["paragraph 20"])  # what is sound is kept, and the file is whole again
    told = []
    formers = Formers(Tree(str(tmp_path)), told.append)
    assert [formers.find(one) is None for one in hashes] == [False] * 19 + [True]
    assert told == []


def test_changes_that_end_at_the_same_moment_keep_the_words_of_all(tmp_path: Path) -> None:
    leave(tmp_path, 0, ["the first"])
    running = [Thread(target=leave, args=(tmp_path, n, [f"{n}"])) for n in range(1, 5)]
    with closing(Tree(str(tmp_path)).folder(FOLDER)) as folder, folder.turn("former.lock", 1):
        for one in running:
            one.start()  # each of them waits
        with pytest.raises(BlockingIOError), folder.turn("former.lock", 0.05):
            raise AssertionError("there is one turn at a time")
    for one in running:
        one.join(60)
    formers = Formers(Tree(str(tmp_path)), lambda _: None)
    assert all(formers.find(f"{n * 1_000:08x}") for n in range(5))


def test_what_cannot_be_read_just_now_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = leave(tmp_path, 0, ["the first"])
    told: list[str] = []

    def fails(*_: object) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:  # a disk that fails: root may read all there is
        broken.setattr("sinorus.files.Folder.read", fails)
        leave(tmp_path, 1, ["the second"])
        assert Formers(Tree(str(tmp_path)), told.append).find(first) is None
    assert told == ["index/former.bin cannot be read: Input/output error"]
    assert Formers(Tree(str(tmp_path)), told.append).find(first)


def test_a_file_of_nothing_but_beginnings_is_given_up(tmp_path: Path) -> None:
    (first,) = leave(tmp_path, 0, ["the first"])
    path, told = tmp_path / FOLDER / FILE, list[str]()
    began = pack("<4sIII", b"FRM1", 0, 0, 4 << 20)
    path.write_bytes(path.read_bytes() + began * ((7 << 20) // len(began)))
    since = process_time()
    assert Formers(Tree(str(tmp_path)), told.append).find(first)
    assert process_time() - since < 5  # each of half a million has a checksum over megabytes
    assert len(told) == 1


@pytest.mark.parametrize("make", ["folder", "link", "nothing"])
def test_what_stands_in_the_place_of_the_file(opened: Library, tmp_path: Path, make: str) -> None:
    name, path = noted(opened, "en#3"), opened.root / FOLDER / FILE
    outside = tmp_path / "outside"
    outside.write_bytes(b"secret")
    if make == "folder":
        path.mkdir()
    elif make == "link":
        path.symlink_to(outside)
    told: list[Notice] = []
    edit(opened, "en", ("binds", "ties"))
    with Library.at(opened.root, notify=told.append) as again:
        (shown,) = again.show(name)
    assert outside.read_bytes() == b"secret"
    assert shown.check == "changed"
    assert (shown.was is None) == (make == "folder")
    assert any("former.bin is damaged" in one for one in told) == (make == "folder")
