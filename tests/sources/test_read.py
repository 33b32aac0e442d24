"""A file in any state becomes a document, or a fault that says why not."""

from __future__ import annotations

import codecs
import hashlib
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from sinorus.files import NotRegular, Tree
from sinorus.model import Date, Reading
from sinorus.render.spans import place
from sinorus.sources.read import (
    document_id,
    read_content,
    read_source,
)
from sinorus.sources.walk import Entry, walk

SHARED = Path(__file__).parents[3] / "shared"
RUSSIAN = "Граница между Россией и Китаем была согласована в 2004 году.\n"
CHINESE = "中国和俄罗斯的边界问题在二〇〇四年得到了彻底的解决。\n"


def entry_of(root: Path, raw: bytes | str, name: str) -> Entry:
    path = root / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return Entry(f"seeds/{name}", "seeds", 0, 0, 0, 7)


def read(root: Path, raw: bytes | str, name: str = "a.md") -> Any:
    """The reading of a file that has a document."""
    found = source_at(root, entry_of(root, raw, name))
    assert found.document is not None, found.faults
    return found


def source_at(root: Path, entry: Entry) -> Reading:
    return read_source(entry, read_content(Tree(str(root)), entry.path))


def skipped(root: Path, raw: bytes, name: str = "a.md") -> str:
    found = source_at(root, entry_of(root, raw, name))
    (fault,) = found.faults
    assert found.document is None
    assert not found.paragraphs
    assert (fault.path, fault.skipped) == (f"seeds/{name}", True)
    return fault.reason


def test_a_document_is_what_its_front_matter_and_its_text_say(tmp_path: Path) -> None:
    front = "---\ntitle: On the border\nauthor: A; B\ndate: 2004-10\nvolume: 07\n---\n"
    source = read(tmp_path, front + "\n# Part\n\nThe end of it.\n", "box/border.md")
    document, (heading, paragraph) = source.document, source.paragraphs
    assert (document.id, document.path) == ("box/border", "seeds/box/border.md")
    assert (document.title, document.authors) == ("On the border", ("A", "B"))
    assert (document.date, document.extra) == (Date("2004-10"), {"volume": "07"})
    assert (document.lang, document.derived) == ("en", ("lang",))
    assert (document.paragraphs, document.words) == (2, 0)  # words are for the engine to count
    assert (paragraph.id, paragraph.line, paragraph.heading) == ("box/border#2", 10, ("Part",))
    assert (heading.text, heading.kind, heading.line, heading.heading) == ("Part", "heading", 8, ())
    assert paragraph.hash == ""  # made where the words are read
    assert source.faults == ()


def test_the_fingerprint_is_that_of_the_bytes(tmp_path: Path) -> None:
    source = read(tmp_path, RUSSIAN)
    state = (tmp_path / "seeds/a.md").stat()
    digest = hashlib.blake2b(RUSSIAN.encode(), digest_size=16).hexdigest()
    assert source.fingerprint.digest == digest
    assert (source.fingerprint.size, source.fingerprint.mtime) == (state.st_size, state.st_mtime_ns)
    assert source.fingerprint.document == source.document.id


def test_a_first_heading_is_the_title_where_none_is_given(tmp_path: Path) -> None:
    source = read(tmp_path, "# The border\n\nIt is the end of the road.")
    assert (source.document.title, source.document.derived) == ("The border", ("title", "lang"))
    assert read(tmp_path, "Text\n\n## *Later* on\n\nx").document.title == "Later on"
    assert read(tmp_path, "# Not\n\nMarkdown", "a.txt").document.title == "a"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("a.txt", "a"),
        ("2023-03-21 Visit to Moscow.md", "2023-03-21 Visit to Moscow"),
        ("Mr. Smith goes.md", "Mr. Smith goes"),
        ("no_blanks%20here.v2.md", "no_blanks%20here.v2"),
        ("访问.txt", "访问"),
    ],
)
def test_the_name_of_the_file_stands_in_for_a_title(tmp_path: Path, name: str, title: str) -> None:
    document = read(tmp_path, "Words\n\nof a text", name).document
    assert document is not None
    assert (document.title, "title" in document.derived) == (title, True)
    assert "title" in document.missing


MESSY = {
    "UTF-8 with a mark": (codecs.BOM_UTF8 + b"---\nid: x\n---\n" + RUSSIAN.encode(), "utf-8"),
    "UTF-16 with a mark": (RUSSIAN.encode("utf-16"), "utf-16-le"),
    "UTF-16 without": (RUSSIAN.encode("utf-16-be"), "utf-16-be"),
    "CP1251": (RUSSIAN.encode("cp1251"), "cp1251"),
    "KOI8-R": (RUSSIAN.encode("koi8_r"), "koi8_r"),
    "CP866": (RUSSIAN.encode("cp866"), "cp866"),
    "carriage returns": (b"---\rid: x\r---\r" + RUSSIAN.encode().replace(b"\n", b"\r"), "utf-8"),
    "mixed line ends": (b"---\r\nid: x\n---\r" + RUSSIAN.encode() + b"\r\n", "utf-8"),
    "tabs and blanks at line ends": (RUSSIAN.replace("\n", " \t \n").encode(), "utf-8"),
}


@pytest.mark.parametrize("case", MESSY)
def test_a_messy_file_has_the_same_text(tmp_path: Path, case: str) -> None:
    raw, encoding = MESSY[case]
    source = read(tmp_path, raw)
    assert [paragraph.text for paragraph in source.paragraphs] == [RUSSIAN.strip()]
    assert (source.document.encoding, source.document.lang) == (encoding, "ru")
    assert source.faults == ()


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16"])
def test_chinese_in_any_encoding_has_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = CHINESE if encoding != "big5" else "中國與俄羅斯的邊界問題得到了解決。"
    source = read(tmp_path, text.encode(encoding))
    assert source.paragraphs[0].text == text.strip()
    assert source.document.lang == "zh"


FAULTY: dict[str, tuple[str | bytes, int, str]] = {
    "unclosed front matter": ("---\ntitle: T\n\nText.", 1, "is not closed"),
    "a list for front matter": ("---\n- a\n---\nText.", 1, "is a list"),
    "plain text for front matter": ("---\nMEMO\n---\nText.", 1, "is plain text"),
    "broken front matter": ("---\ntitle: a: b\n---\nText.", 2, "must stand in quotes"),
    "no date": ("---\ntitle: T\ndate: 0000-00-00\n---\nText.", 3, "'0000-00-00' is not a date"),
    "one stray byte": (("да " * 60).encode() + b"\n\xff Text.", 2, "1 place is not valid utf-8"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_file_is_read_all_the_same_and_the_fault_is_named(
    tmp_path: Path, case: str
) -> None:
    raw, line, reason = FAULTY[case]
    source = read(tmp_path, raw)
    assert "Text." in source.paragraphs[-1].text
    (fault,) = source.faults
    assert (fault.path, fault.line, fault.skipped) == ("seeds/a.md", line, False)
    assert reason in fault.reason


def test_a_nul_is_made_visible_and_other_controls_are_left_to_the_renderers(tmp_path: Path) -> None:
    source = read(tmp_path, "one\0two\x1b[31m\x07 three")
    assert source.paragraphs[0].text == "one␀two\x1b[31m\x07 three"


@pytest.mark.parametrize(
    "raw", [b"", b" \n\t\n", b"---\ntitle: T\n---\n", b"# \n\n<!-- nothing -->\n", codecs.BOM_UTF8]
)
def test_a_file_without_text_is_skipped(tmp_path: Path, raw: bytes) -> None:
    assert skipped(tmp_path, raw) == "nothing to index: the file has no text"


def test_a_binary_file_with_the_name_of_a_text_is_skipped(tmp_path: Path) -> None:
    assert skipped(tmp_path, b"\x89PNG\r\n\x1a\n\x00\x00", "scan.txt") == "binary file"
    assert skipped(tmp_path, b"%PDF-1.4 ...", "scan.txt") == "it is no text but PDF"


def test_a_file_that_vanished_or_became_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    tree = Tree(str(tmp_path))
    with pytest.raises(FileNotFoundError):
        read_content(tree, "gone.md")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    for name in ("pipe.md", "folder.md"):
        with pytest.raises(NotRegular):
            read_content(tree, name)


@pytest.mark.parametrize(
    ("given", "path", "expected"),
    [
        (None, "seeds/frus/d0005.md", "frus/d0005"),
        (None, "seeds/udhr.zh-Hans.md", "udhr.zh-Hans"),
        (None, "seeds/README", "README"),
        (None, "seeds/two words.md", "two words"),
        (None, "seeds/C# @home.md", "C- -home"),
        (None, "seeds/line\nbreak.md", "line-break"),
        (None, "seeds/-rf.md", "-rf"),
        (None, "seeds/\udce9t\udce9.md", "\ufffdt\ufffd"),
        (None, "seeds/cafe\u0301.md", "caf\u00e9"),
        ("  frus/d 5 ", "seeds/a.md", "frus/d-5"),
        ("a#b@c\x07", "seeds/a.md", "a-b-c"),
        ("  ", "seeds/a.md", "a"),
        ("x" * 100_000, "seeds/a.md", "x" * 1_000),
    ],
)
def test_an_id_is_given_or_made_from_the_path(given: str | None, path: str, expected: str) -> None:
    assert document_id(given, Entry(path, "seeds", 0, 0, 0, 7)) == expected


def test_the_library_as_its_own_source_folder_gives_whole_paths() -> None:
    assert document_id(None, Entry("box/a.md", ".", 0, 0, 0, 7)) == "box/a"


@pytest.mark.parametrize("name", ["📜 скан.md", "new\nline.md", "-n.md", "a'b.md"])
def test_a_file_of_any_name_is_read(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, RUSSIAN, name).document.path == f"seeds/{name}"


def test_twins_in_two_unicode_forms_are_both_read(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        read(tmp_path, RUSSIAN, unicodedata.normalize(form, "café.md"))
    entries = walk(Tree(str(tmp_path)), ["seeds"]).entries
    ids = {source_at(tmp_path, entry).document.id for entry in entries}
    assert ids == {"café"}  # the caller tells the user that two files have one id


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared library is not beside the repository")
def test_the_real_library_is_read_without_a_fault_and_cites_its_lines() -> None:
    found = walk(Tree(str(SHARED)), ["library"])
    assert (len(found.entries), found.faults) == (1_673, [])
    languages: dict[str | None, int] = {}
    for entry in found.entries[::7]:
        source = source_at(SHARED, entry)
        assert source.faults == ()
        languages[source.document.lang] = languages.get(source.document.lang, 0) + 1
        lines = (SHARED / entry.path).read_bytes().split(b"\n")
        for paragraph in source.paragraphs:
            for offset in range(0, len(paragraph.text), 7):
                line, column = place(paragraph, offset)
                sign = paragraph.text[offset]
                shown = lines[line - 1][column - 1 :].decode()
                assert sign == "\n" or shown.startswith((sign, "&", "\\")), (paragraph.id, offset)
    assert languages.keys() >= {"en", "ru", "zh"}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared library is not beside the repository")
def test_texts_with_a_paragraph_a_line_are_split_by_line() -> None:
    for entry in walk(Tree(str(SHARED)), ["seeds"]).entries:
        if entry.path.endswith(".txt"):
            lines = (SHARED / entry.path).read_text(encoding="utf-8").split("\n")
            source = source_at(SHARED, entry)
            assert len(source.paragraphs) == sum(bool(line.strip()) for line in lines)
