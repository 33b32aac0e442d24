"""Every paragraph of the seeds, in every style: its reader sees its words, `sinorus` its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html
from support.drafts import needs_pandoc, pandoc, paragraphs_by_markdown_it

from sinorus import Library, Quotation
from sinorus.citation.reference import references_in
from sinorus.model.citation import QUOTE_STYLES


@pytest.fixture(scope="module")
def opened(seeds_indexed: Path) -> Iterator[Library]:
    """The repository's own seeds."""
    with Library.at(seeds_indexed) as library:
        yield library


def every(library: Library, style: str, *, block: bool) -> list[Quotation]:
    """Each paragraph as a quotation of its own."""
    ids = [
        f"{document.id}#{n + 1}"
        for document in library.sources(update=False)
        for n in range(document.paragraphs)
    ]
    return library.quote(*ids, style=style, block=block, update=False)  # type: ignore[arg-type]


def by_pandoc(form: str) -> Callable[[str], str]:
    return lambda draft: pandoc(draft, "-f", form, "-t", "plain", "--wrap=none")


READERS = {
    "markdown": lambda draft: "\n".join(paragraphs_by_markdown_it(draft)),
    "html": lambda draft: str(html.fromstring(f"<div>{draft}</div>").text_content()),
    "pandoc": by_pandoc("markdown"),
    "latex": by_pandoc("latex"),
    "org": by_pandoc("org"),
    "plain": lambda draft: draft,
}


def bare(text: str) -> str:
    """Letters and digits alone: marks are turned, and readers print them in their own way."""
    return "".join(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize("block", [True, False], ids=["block", "inline"])
@pytest.mark.parametrize(
    "style",
    [
        pytest.param(s, marks=needs_pandoc) if s in ("pandoc", "latex", "org") else s
        for s in READERS
    ],
)
def test_words_arrive_in_their_order(opened: Library, style: str, block: bool) -> None:
    quoted = every(opened, style, block=block)
    seen = READERS[style]("\n\n".join(one.text for one in quoted))
    assert "sinorus:" not in seen
    seen, at = bare(seen), 0
    for one in quoted:
        found = seen.find(bare(one.words), at)
        assert found >= 0, one.text
        at = found + len(bare(one.words))


@pytest.mark.parametrize("style", [style for style in QUOTE_STYLES if style != "plain"])
def test_references_lead_back(opened: Library, style: str) -> None:
    quoted = every(opened, style, block=False)
    draft = "\n\n".join(one.text for one in quoted)
    ids = [found.reference.id for found in references_in(draft)]
    assert len(ids) == len(quoted)
    shown = opened.show(*ids, update=False)
    assert [one.paragraph.id for one in shown] == [one.paragraphs[0].id for one in quoted]
    assert {one.check for one in shown} == {"exact"}


SPEECHES = {
    "en": "He said: “We have built ten bridges over the wide river. They will carry the trains of "
    "both countries.” Then he left the hall by the back door.",
    "ru": "Он сказал: «Мы построили десять мостов через широкую реку. Они выдержат поезда обеих "
    "стран». Потом он ушёл из зала через заднюю дверь.",
    "zh": "他说：“我们在这条大河上建了十座桥梁。它们将承载两国的所有列车。”然后他离开了会场大厅。",
}
SUFFIXES = {"latex": ".tex", "org": ".org", "typst": ".typ", "html": ".html", "plain": ".txt"}


def test_a_sentence_out_of_a_speech_is_what_the_source_says(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for lang, text in SPEECHES.items():
        (tmp_path / "seeds" / f"{lang}.md").write_text(f"# Title\n\n{text}\n", "utf-8")
    with Library.at(tmp_path) as library:
        library.index()
        for style in QUOTE_STYLES:
            for block in (True, False):
                quoted = [
                    library.quote(f"{lang}#2", style=style, sentence=[n], block=block, update=False)
                    for lang in SPEECHES
                    for n in ("1", "2", "3")
                ]
                draft = "\n\nSo it was.\n\n".join(one.text for (one,) in quoted)
                report = library.check(draft, name=f"d{SUFFIXES.get(style, '.md')}", update=False)
                found = [one for one in report.findings if one.kind == "quotation"]
                sound = ("EXACT", "ELLIPSIS") if block else ("EXACT",)
                assert [(one.id or "").split("@")[0] for one in found] == [
                    f"{lang}#2" for lang in SPEECHES for _ in range(3)
                ], (style, block, draft)
                assert all(one.grade in sound for one in found), (style, block, found)
                assert not any("not closed" in one.cautions for one in found)
