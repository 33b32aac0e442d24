"""Messages of a mailbox and attachments are documents of their own, and follow their file."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from sinorus.library import Library
from sinorus.model import IndexReport


def letter(number: int, attached: bytes = b"") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Lee <ann@example.org>", f"Letter {number}"
    message["Date"] = "Tue, 21 Mar 2023 10:00:00 +0800"
    message.set_content(f"This is letter number {number}, on pipelines.")
    if attached:
        kind = {"maintype": "application", "subtype": "octet-stream"}
        message.add_attachment(attached, **kind, filename="notes.md")
        message.add_attachment(b"\x89PNG", **kind, filename="picture.png")
    return message


def write_box(path: Path, *letters: EmailMessage) -> None:
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for one in letters:
        box.add(one)
    box.close()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "seeds").mkdir()
    notes = b"# Notes\n\nA pipeline of gas.\n"
    write_box(tmp_path / "seeds" / "box.mbox", letter(1), letter(2, notes), letter(3))
    return Library.at(tmp_path)


def documents(library: Library) -> dict[str, str]:
    return {one.id: one.path for one in library.sources(update=False)}


WHOLE = {
    "box": "seeds/box.mbox",
    "box/2": "seeds/box.mbox//2.eml",
    "box/2/notes": "seeds/box.mbox//2.eml//notes.md",
    "box/3": "seeds/box.mbox//3.eml",
}


def counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.new, report.updated, report.unchanged, report.removed


def test_each_message_and_each_attachment_is_a_document(library: Library) -> None:
    report = library.index()
    assert counts(report) == (4, 0, 0, 0)
    assert not report.faults
    assert documents(library) == WHOLE
    (hit,) = library.search("gas").hits
    assert (hit.paragraph.id, hit.paragraph.heading) == ("box/2/notes#2", ("Notes",))
    assert [one.title for one in library.sources()] == ["Letter 1", "Letter 2", "Notes", "Letter 3"]


def test_a_file_that_was_touched_or_rebuilt_keeps_them(library: Library) -> None:
    library.index()
    (library.root / "seeds" / "box.mbox").touch()
    assert counts(library.index()) == (0, 0, 4, 0)
    assert counts(library.index(rebuild=True)) == (4, 0, 0, 0)
    assert documents(library) == WHOLE


def test_parts_that_are_gone_from_their_file_go(library: Library) -> None:
    library.index()
    write_box(library.root / "seeds" / "box.mbox", letter(1), letter(2))
    library.index()
    assert documents(library) == {name: WHOLE[name] for name in ("box", "box/2")}


def test_parts_go_with_their_file(library: Library) -> None:
    library.index()
    (library.root / "seeds" / "other.md").write_text("Something else.\n")
    (library.root / "seeds" / "box.mbox").unlink()
    assert counts(library.index()) == (1, 0, 0, 4)
    assert documents(library) == {"other": "seeds/other.md"}


def test_parts_that_have_the_id_of_another_get_one_of_their_own(library: Library) -> None:
    folder = library.root / "seeds" / "box"
    folder.mkdir()
    (folder / "2.md").write_text("A file that was there before.\n")
    report = library.index()
    assert documents(library)["box/2"] == "seeds/box/2.md"
    assert documents(library)["box/2~2"] == "seeds/box.mbox//2.eml"
    assert any("belongs to" in fault.reason for fault in report.faults)
    (folder / "2.md").unlink()
    library.index()
    assert documents(library) == WHOLE
