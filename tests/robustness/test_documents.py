"""Libraries of files to convert: killed at any moment, and with hostile files among them."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from support.office_files import docx, odt, para
from support.pdf_files import lines, pdf
from support.program import SHARED

if TYPE_CHECKING:
    from support.program import Sinorus

MakeLibrary = Callable[[Mapping[str, str | bytes]], Path]
Poll = Callable[[Callable[[], Any]], Any]
FILES, KILLS = 21, 5


def letter(text: str, attached: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ann Lee <ann@example.org>", "A letter"
    message["Date"] = "Tue, 21 Mar 2023 10:00:00 +0800"
    message.set_content(text)
    kind = {"maintype": "application", "subtype": "octet-stream"}
    message.add_attachment(attached, **kind, filename="attached.docx")
    return message.as_bytes()


def made(kind: int, text: str) -> tuple[str, bytes]:
    """The suffix and the bytes of a file that says a text."""
    if kind == 0:
        return ".docx", docx(para(f"<w:r><w:t>{text}</w:t></w:r>"))
    if kind == 1:
        return ".odt", odt(f"<text:p>{text}</text:p>")
    if kind == 2:
        return ".html", f"<html><body><p>{text}</p></body></html>".encode()
    if kind == 3:
        return ".eml", letter(text, docx(para(f"<w:r><w:t>{text}, attached</w:t></w:r>")))
    if kind == 4:
        return ".pdf", pdf([lines([text])])
    if kind == 5:
        return ".rtf", rf"{{\rtf1\ansi {text}\par}}".encode()
    return ".md", f"{text}\n".encode()


def mixed(root: Path, version: int) -> set[str]:
    """Writes files of all kinds, and gives what they say."""
    said = set()
    for number in range(FILES):
        text = f"stamp {number} in version {version}"
        suffix, raw = made(number % 7, text)
        (root / "seeds" / f"{number:02}{suffix}").write_bytes(raw)
        said |= {text} | ({f"{text}, attached"} if suffix == ".eml" else set())
    return said


def indexed(sinorus: Sinorus) -> set[str]:
    answer = sinorus(
        *("search", "stamp", "-n", "all", "--no-update", "--format", "template:{text}")
    )
    return set(answer.lines)


def test_killed_at_a_random_moment(
    library: MakeLibrary, sinorus: Sinorus, poll: Poll, tmp_path: Path
) -> None:
    del sinorus.environment["PYTHONWARNINGS"]  # what is killed leaves files open
    luck = random.Random(7)
    root = library({})
    good = mixed(root, 0)
    started = time.monotonic()
    assert sinorus("index", "--quiet").code == 0
    length = time.monotonic() - started
    assert indexed(sinorus) == good
    for version in range(1, KILLS + 1):
        wanted = mixed(root, version)
        with (tmp_path / "stderr").open("wb") as errors:
            process = sinorus.start("index", stderr=errors)
        time.sleep(luck.uniform(0, length))  # the moment is what this test is about
        process.kill()
        process.wait()
        assert indexed(sinorus) in (good, wanted)
        repaired = sinorus("index")
        assert (repaired.code, repaired.err) == (0, "")
        assert indexed(sinorus) == wanted
        good = wanted
    assert sinorus("status", "--check").code == 0
    # What was converted of files that are not so any more is kept no longer.
    kept = list((root / "index" / "converted").iterdir())
    parts = sum("." in path.name for path in kept)
    letters = len(list((root / "seeds").glob("*.eml")))
    texts = len(list((root / "seeds").glob("*.md")))
    assert (len(kept) - parts, parts) == (FILES - texts + letters, letters)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".odt", ".epub", ".rtf", ".html", ".eml"])
def test_a_hostile_file_costs_itself_alone(
    library: MakeLibrary, sinorus: Sinorus, suffix: str
) -> None:
    luck = random.Random(suffix)
    files: dict[str, str | bytes] = {"good.md": "A giraffe.\n"}
    kind = {".docx": 0, ".odt": 1, ".html": 2, ".eml": 3, ".pdf": 4, ".rtf": 5}.get(suffix, 0)
    _, raw = made(kind, "A zebra.")
    for number in range(12):
        cut = raw[: luck.randrange(len(raw))]
        spoiled = bytearray(raw)
        for _ in range(8):
            spoiled[luck.randrange(len(raw))] = luck.randrange(256)
        files |= {f"cut{number}{suffix}": cut, f"spoiled{number}{suffix}": bytes(spoiled)}
    files |= {f"noise{suffix}": luck.randbytes(5_000), f"empty{suffix}": b""}
    library(files)
    answer = sinorus("index")
    assert answer.code == 0
    assert "Traceback" not in answer.err
    assert sinorus("search", "-c", "giraffe").lines == ["1"]
    known = set(sinorus("sources", "--format", "template:{path}").lines)
    named = {line.partition(": ")[0] for line in answer.err.splitlines()}
    missing = [name for name in files if f"seeds/{name}" not in known | named]
    assert not missing


def test_a_transcript_and_a_long_paragraph_in_a_file_without_lines_are_read_from_the_index(
    library: MakeLibrary, sinorus: Sinorus
) -> None:
    spoken = ["А.Иванов: Первое слово.", "Б.Петров: Второе.", "А.Иванов: Третье.", "Б.Петров: Да."]
    long = "A sentence of the long zebra paragraph is here. " * 2_000
    library(
        {
            "talk.docx": docx("".join(map(para, [*spoken, long]))),
            "talk.odt": odt("".join(f"<text:p>{one}</text:p>" for one in [*spoken, long])),
            "talk.pdf": pdf([lines([f"Speaker {at % 2}: Words number {at}."]) for at in range(6)]),
            "talk.html": "".join(f"<p>{one}</p>" for one in [*spoken, long]),
        }
    )
    assert sinorus("index").code == 0
    asked = ("search", "--path", "seeds/**", "--no-fold", "-n", "all", "--json")
    found = sinorus(*asked).json["results"]
    spoke = [one["path"] for one in found if one["kind"] == "speaker" and one["text"] == "Второе."]
    assert sorted(spoke) == ["seeds/talk.docx", "seeds/talk.html", "seeds/talk.odt"]
    assert sum(one["kind"] == "speaker" for one in found if one["path"] == "seeds/talk.pdf") == 6
    assert sum("zebra" in one["text"] for one in found) > 3
    assert {one["line"] for one in found} == {None}


@pytest.mark.skipif(not (SHARED / "documents").exists(), reason="needs ../shared")
def test_real_documents_come_out_of_the_index(library: MakeLibrary, sinorus: Sinorus) -> None:
    root = library({})
    shutil.copytree(SHARED / "documents", root / "seeds", dirs_exist_ok=True)
    assert sinorus("index", "--quiet").code == 0
    found = sinorus("search", "--path", "seeds/**", "--no-fold", "-n", "all", "--json")
    assert found.code == 0
    assert len(json.loads(found.out)["results"]) > 1_000
    assert sinorus("status", "--check").code == 0
