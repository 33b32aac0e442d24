"""Office files, books and mail as programs made them, each held against what stands in it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from sinorus.sources.formats.registry import BY_SUFFIX, Binary, Content, Unreadable

FOLDER = Path(__file__).parents[4] / "shared" / "documents"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the files are not here")


def content(name: str) -> Content:
    """What is read of a file."""
    path = FOLDER / name
    module = import_module(f"sinorus.sources.formats.{BY_SUFFIX[path.suffix].module}")
    found: Content = module.read(Binary(path.read_bytes(), path.name))
    return found


def seen(name: str) -> list[tuple[str, str]]:
    """Kind and text of each block of a file."""
    return [(one.kind, one.text) for one in content(name).blocks]


WHOLE = {
    "docx/track_changes_insertion.docx": [("text", "This is a text with two exciting insertions.")],
    "docx/track_changes_scrubbed_metadata.docx": [("text", "Here is a test document.")],
    "docx/textbox_image_duplicate_encoding.docx": [
        *(("text", "The image is below."), ("text", "The image is above.")),
    ],
    "docx/testWORD_EMFAndAttachments.docx": [("text", "This is test word document for parser.")],
    "odt/listBlocks.odt": [
        ("list", "Indented text in a list."),
        (
            "list",
            "This is a numbered block.\nIt contains several paragraphs of text.\nLike this.",
        ),
        ("list", "Next item."),
    ],
    "odt/referenceToChapter.odt": [
        *(("heading", "A chapter"), ("text", "Some text."), ("heading", "Another chapter")),
        ("text", "A reference to Another chapter."),
        ("text", "A reference to A chapter."),
    ],
    "odt/unicode.odt": [("text", "“”’çӨ©¼вбФШöÉµ")],
    "rtf/testRTF_annotation_spacing.rtf": [("text", "This is supercalifragilistic")],
    "rtf/testRTFControls.rtf": [
        *(("text", "Thiswordhasanem—dash"), ("text", "Thiswordhasanen–dash")),
        *(("text", "Thiswordhasanon‑breakinghyphen"), ("text", "Thiswordhasanonbreaking\xa0space")),
        *(("text", "Thiswordhasanoptional\xadhyphen"), ("text", "‘Single quoted text’")),
        *(("text", "“Double quoted text”"), ("text", "“Double quoted text again”")),
    ],
    "eml/testThunderbirdEml.eml": [("text", "Dear Vladimir .....")],
    "eml/test-incremental-updates.eml": [
        ("text", "This is a container email with an embedded pdf with incremental updates."),
    ],
    "epub/epub2_picture.epub": [("text", "Pandoc EPUB2 Test")],
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_short_file_is_read_whole(name: str) -> None:
    assert seen(name) == WHOLE[name]


def test_each_file_is_read_or_has_a_reason() -> None:
    refused = {}
    for path in sorted(FOLDER.rglob("*")):
        kind = BY_SUFFIX.get(path.suffix)
        if kind is None or kind.module not in ("docx", "odt", "epub", "rtf", "mail"):
            continue
        try:
            assert content(str(path.relative_to(FOLDER))) is not None
        except Unreadable as error:
            refused[path.name] = error.message
    assert refused == {"testODTEncrypted.odt": "it has a password: save a copy without one"}


@pytest.mark.parametrize("name", ["docx/wasteland.docx", "epub/wasteland.epub"])
def test_the_notes_of_a_poem_are_tied_to_its_lines(name: str) -> None:
    found = content(name)
    notes: dict[str, list[str]] = {}
    for one in found.blocks:
        if one.kind == "footnote":
            notes.setdefault(one.label, []).append(one.text)
    (line,) = [one for one in found.blocks if one.text.startswith("Unreal City,") and one.notes]
    assert "".join(notes[line.notes[0]]).startswith("60. Cf. Baudelaire:")
    assert line.heading[-1] == "I. THE BURIAL OF THE DEAD"
    referred = {label for one in found.blocks for label in one.notes}
    assert referred == set(notes)
    assert found.fields["title"] == "The Waste Land"
    assert found.fields["author"] == ["T.S. Eliot"]
    assert found.fields["date"] == "2011-09-01"


def test_pages_of_word_and_a_table_in_an_endnote() -> None:
    blocks = content("docx/testWORD_endnote_table.docx").blocks
    assert [(one.page, one.end_page) for one in blocks[:3]] == [(1, 1), (1, 2), (2, 2)]
    assert [one.text for one in blocks if one.kind == "footnote"][1] == (
        "This is endnote text in a table - The Cat Property Act 2025"
    )


def test_properties_without_a_text_are_read() -> None:
    found = content("docx/doc-coreprops.docx")
    assert found.fields["title"] == "Title"
    assert found.fields["author"] == ["Steve Canny"]
    assert "lang" not in found.fields


def test_tables_of_rtf_are_tables() -> None:
    assert [kind for kind, _ in seen("rtf/table_error_codes.rtf")] == ["table"]
    tables = [text for kind, text in seen("rtf/tables.rtf") if kind == "table"]
    assert (
        tables[0] == "Right\tLeft\tCenter\tDefault\n12\t12\t12\t12\n123\t123\t123\t123\n1\t1\t1\t1"
    )
    assert len(tables) == 7


def test_mail_in_mail_and_attachments() -> None:
    parts = {one.name: one for one in content("eml/testGroupWiseEml.eml").parts}
    assert set(parts) == {"test.eml", "Neues Textdokument.txt"}
    inner = parts["test.eml"].content
    assert inner is not None
    assert (inner.fields["title"], inner.fields["date"]) == ("test2", "2013-06-27")
    (pdf,) = content("eml/test-incremental-updates.eml").parts
    assert pdf.name == "testPDF_incrementalUpdates.pdf"
    assert pdf.raw.startswith(b"%PDF-")
