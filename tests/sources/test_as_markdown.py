"""Documents as Markdown are read back as the paragraphs that they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.program import SHARED

from sinorus.files import Tree
from sinorus.model import Document, Paragraph
from sinorus.sources.as_markdown import as_markdown
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.entry import Entry
from sinorus.sources.formats.registry import MARKDOWN
from sinorus.sources.metadata import split_metadata
from sinorus.sources.paragraphs import read_paragraphs
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import walk


def read_back(text: str) -> list[tuple[str, str]]:
    metadata = split_metadata(text, "a.md")
    assert not metadata.faults
    blocks = read_paragraphs(MARKDOWN, metadata.body, metadata.body_line).blocks
    return [(block.kind, block.text) for block in blocks]


def plain(paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    as_text = ("caption", "speaker")
    return [("text" if one.kind in as_text else one.kind, one.text) for one in paragraphs]


FILES = [
    entry
    for folder, every in (("library", 40), ("documents", 4))
    for entry in walk(Tree(str(SHARED)), [folder]).entries[::every]
]


@pytest.mark.parametrize("entry", FILES, ids=lambda entry: entry.path)
def test_real_documents(entry: Entry, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    content = read_content(Tree(str(SHARED)), entry.path)
    reading = read_source(entry, content, Conversions(Tree(str(tmp_path))))
    if reading.document is None:
        pytest.skip("it cannot be read")
    text = as_markdown(reading.document, reading.paragraphs, "a")
    known, found = plain(list(reading.paragraphs)), read_back(text)
    same = sum(one == other for one, other in zip(known, found, strict=False))
    assert same >= 0.97 * len(known) or len(known) - same <= 1


SIGNS = st.text(  # a sign of a footnote is none of the text, however it is written
    st.sampled_from("ab 1.)-+*_`[]()<>&#|~$!:=\"'/яЖ中文@%"), min_size=1, max_size=40
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(SIGNS.filter(lambda text: text.strip() and text == " ".join(text.split())), max_size=1)
)
def test_any_signs(texts: list[str]) -> None:
    paragraphs = [Paragraph("a", n, text, 0, 0) for n, text in enumerate(texts, 1)]
    assert read_back(as_markdown(Document("a", "a.pdf"), paragraphs, "a.pdf")) == plain(paragraphs)
