"""PDF: paragraphs, notes, headings and tables of typeset files, of which is known what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.pdf_files import paragraphs, typeset

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.pdf import read
from sinorus.sources.formats.registry import Binary

REAL = Path(__file__).resolve().parents[4] / "shared" / "documents" / "typeset"
HEAD = "RIVERS AND FROST"
PAGE = f"""#set page("a5", columns: COLUMNS, header: align(center)[{HEAD}],
  footer: context align(center, counter(page).display()))
#set columns(gutter: 16pt)
#set text(size: SIZEpt, lang: "LANG", hyphenate: JUSTIFY)
#set par(justify: JUSTIFY, leading: 0.6em, spacing: SPACE, first-line-indent: INDENT)
"""
LAYOUTS = {
    "indents": {},
    "gaps": {"SPACE": "1.3em", "INDENT": "0em"},
    "small gaps, ragged": {"SPACE": "1em", "INDENT": "0em", "JUSTIFY": "false"},
    "two columns": {"COLUMNS": "2", "SIZE": "8"},
    "two columns, gaps": {"COLUMNS": "2", "SIZE": "8", "SPACE": "1.2em", "INDENT": "0em"},
    "three columns": {"COLUMNS": "3", "SIZE": "6"},
    "three columns, ragged": {"COLUMNS": "3", "SIZE": "6", "JUSTIFY": "false"},
}


def settings(**changed: str) -> str:
    """The settings of a layout; what is not said is one justified column with indents."""
    values = {"COLUMNS": "1", "SIZE": "10", "JUSTIFY": "true", "SPACE": "0.6em", "INDENT": "1.5em"}
    text = PAGE
    for name, value in {**values, "LANG": "en", **changed}.items():
        text = text.replace(name, value)
    return text


def blocks(made: bytes) -> list[Block]:
    return read(Binary(made, "a.pdf")).blocks


def share(wanted: list[str] | tuple[str, ...], found: list[Block]) -> float:
    texts = {one.text for one in found}
    return sum(one in texts for one in wanted) / len(wanted)


def plain(text: str) -> str:
    return " ".join(text.translate(str.maketrans("’‘“”", "''\"\"")).split())


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_paragraphs_are_found_whatever_the_layout(name: str, lang: str) -> None:
    wanted = paragraphs(lang, 40)
    found = blocks(typeset("\n\n".join(wanted), settings(**LAYOUTS[name], LANG=lang)))
    assert share(wanted, found) >= 0.95
    assert not [one for one in found if HEAD in one.text or one.text.isdecimal()]
    order = [one.text for one in found if one.text in wanted]
    assert order == [one for one in wanted if one in order]


@pytest.mark.skipif(not REAL.is_dir(), reason="the typeset files are not here")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.pdf")), ids=lambda path: path.stem)
def test_the_files_that_are_given(path: Path) -> None:
    truth = json.loads(path.with_name(path.name.replace("_untagged.pdf", ".json")).read_text())
    found = blocks(path.read_bytes())
    texts = {plain(one.text) for one in found}
    wanted = [plain(one) for one in truth["paras"]]
    assert sum(one in texts for one in wanted) >= 0.95 * len(wanted)
    assert not [one for one in found if truth["head"] in one.text]
    notes = {one.label for one in found if one.kind == "footnote"}
    assert notes == {label for one in found for label in one.notes}


def test_a_paragraph_over_a_page_break_has_both_pages() -> None:
    wanted = paragraphs("en", 60)
    found = blocks(typeset("\n\n".join(wanted), settings()))
    over = [one for one in found if one.end_page != one.page]
    assert over
    assert all(one.text in wanted and one.end_page == (one.page or 0) + 1 for one in over)


def test_notes_are_tied_to_their_marks() -> None:
    body = [
        text if number % 5 else f"{text}#footnote[Remark number {number} of the editor.] The end."
        for number, text in enumerate(paragraphs("en", 30))
    ]
    found = blocks(typeset("\n\n".join(body), settings()))
    notes = {one.label: one.text for one in found if one.kind == "footnote"}
    assert sorted(notes.values()) == sorted(
        f"Remark number {number} of the editor." for number in range(0, 30, 5)
    )
    for number, text in enumerate(paragraphs("en", 30)):
        if number % 5 == 0:
            (one,) = [one for one in found if one.text == f"{text} The end."]
            assert [notes[label] for label in one.notes] == [
                f"Remark number {number} of the editor."
            ]


@pytest.mark.parametrize("tags", [False, True])
def test_headings_lists_and_tables(*, tags: bool) -> None:
    texts = paragraphs("en", 6)
    body = "\n\n".join(
        [
            *("= The First Chapter", *texts[:3], "== A Part of It", texts[3]),
            "- first thing that is bought\n- second thing, which is sold",
            "#table(columns: 3, [Year], [Tons], [Share], [1901], [20], [3], [1902], [21], [4])",
            *("= The Second Chapter", *texts[4:]),
        ]
    )
    found = blocks(typeset(body, settings(), tags=tags))
    heads = [(one.text, one.level) for one in found if one.kind == "heading"]
    assert heads == [("The First Chapter", 1), ("A Part of It", 2), ("The Second Chapter", 1)]
    items = [one.text for one in found if one.kind == "list"]
    assert items == ["first thing that is bought", "second thing, which is sold"]
    (table,) = [one.text for one in found if one.kind == "table"]
    assert table == "Year\tTons\tShare\n1901\t20\t3\n1902\t21\t4"
    assert share(texts, found) == 1
    (inner,) = [one for one in found if one.text == texts[3]]
    assert inner.heading == ("The First Chapter", "A Part of It")


def test_a_title_over_two_columns_comes_first() -> None:
    texts = paragraphs("en", 30)
    title = '#place(top + center, scope: "parent", float: true, text(20pt)[*The Title of It*])\n\n'
    found = blocks(typeset(title + "\n\n".join(texts), settings(COLUMNS="2", SIZE="8")))
    assert (found[0].text, found[0].kind) == ("The Title of It", "heading")
    assert share(texts, found) == 1


def test_styles_are_spans() -> None:
    made = typeset("Words with _emphasis on them_ and *strong ones* here.", settings())
    (found,) = [one for one in blocks(made) if one.text.startswith("Words")]
    styled = {found.text[one.start : one.end]: one.kind for one in found.spans}
    assert styled == {"emphasis on them": "emphasis", "strong ones": "strong"}


def test_words_cut_at_line_ends_are_whole() -> None:
    wanted = paragraphs("ru", 30)
    found = blocks(typeset("\n\n".join(wanted), settings(COLUMNS="3", SIZE="7", LANG="ru")))
    text = " ".join(one.text for one in found)
    assert "-" not in text
    assert share(wanted, found) >= 0.95
