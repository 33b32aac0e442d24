"""A small library whose paragraphs have all that there is: kinds, markup, footnotes, speakers.

Its index is made by hand, so that it has speakers whatever the readers of files can tell.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.model import Document, Fingerprint, Paragraph, Place, Reading, Styled

TREATY = "https://example.org/treaty"
TALKS = [
    Paragraph("talks", 1, "Gas talks", 1, 1, (), kind="heading"),
    Paragraph(
        *("talks", 2, "Dear friends, gas flows under the treaty.", 3, 3, ("Gas talks",)),
        places=(Place(0, 3, 10), Place(12, 3, 24)),
        spans=(
            Styled(5, 12, "strong"),
            Styled(14, 17, "emphasis"),
            Styled(34, 40, "link", TREATY),
        ),
        notes=(8, 9),
        speaker="V. Putin",
    ),
    Paragraph("talks", 3, "We sell gas.", 5, 5, ("Gas talks",), speaker="V. Putin", notes=(9,)),
    Paragraph("talks", 4, "And we buy gas.", 7, 7, ("Gas talks",), speaker="Wang Yi"),
    Paragraph("talks", 5, "Gas of old", 9, 9, ("Gas talks",), kind="quote"),
    Paragraph("talks", 6, "gas in a list", 11, 11, ("Gas talks",), kind="list"),
    Paragraph(
        *("talks", 7, "gas = 5", 13, 13, ("Gas talks",)),
        kind="code",
        spans=(Styled(0, 3, "code"),),
    ),
    Paragraph(
        *("talks", 8, "The treaty on gas of 2001.", 15, 15, ("Gas talks",)),
        kind="footnote",
        noted_by=(2,),
    ),
    Paragraph(
        *("talks", 9, "In cubic metres.", 16, 16, ("Gas talks",)),
        kind="footnote",
        noted_by=(2, 3),
    ),
]
PLAIN = [Paragraph("plain", 1, "Gas and nothing else.", 1, 1)]


def make_spoken(root: Path) -> Path:
    """The library in `root`, with its index; to be read without a look at its files."""
    (root / "seeds").mkdir(parents=True)
    with closing(WhooshEngine(root / "index")) as engine, engine.writer() as writer:
        for name, lang, paragraphs in (("talks", "en", TALKS), ("plain", "ru", PLAIN)):
            path = f"seeds/{name}.md"
            (root / path).write_text("\n\n".join(one.text for one in paragraphs))
            document = Document(
                name, path, title=name.title(), lang=lang, paragraphs=len(paragraphs)
            )
            writer.add(Reading(Fingerprint(name, path, 1, 1, 1, 1, ""), document, paragraphs))
    return root
