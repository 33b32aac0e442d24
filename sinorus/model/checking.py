"""What a draft says that it quotes and cites, and what the library says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from sinorus.model.documents import Document, Span
from sinorus.model.hits import IndexState
from sinorus.model.value import value

Grade = Literal[
    "EXACT",
    "NORMALISED",
    "ELLIPSIS",
    "NEAR",
    "MOVED",
    "CHANGED",
    "MISATTRIBUTED",
    "MISQUOTED-NEGATION",
    "NOT-FOUND",
    "UNVERIFIABLE",
]
GRADES: tuple[Grade, ...] = (
    *("EXACT", "NORMALISED", "ELLIPSIS", "UNVERIFIABLE", "MOVED", "NEAR", "CHANGED"),
    *("MISATTRIBUTED", "MISQUOTED-NEGATION", "NOT-FOUND"),
)
"""From what is as it should be to what is furthest from it."""
SOUND = frozenset({"EXACT", "NORMALISED", "ELLIPSIS", "UNVERIFIABLE"})
"""Grades that call for nothing to be done."""
Caution = Literal[
    "truncated",
    "spliced",
    "hidden negation",
    "number",
    "order",
    "another paragraph",
    "not closed",
]
"""What is worth a look beside a grade: the quotation stops before what limits it, or begins behind
a negation; it is made of several passages; what was left out has a negation; a number differs; the
words are there in another order; they stand in another paragraph than the one named; the
mark before the words is not closed."""
FindingKind = Literal["quotation", "reference", "key"]


@value(frozen=True)
class Was:
    """What a source said until a day: the words that a quotation is of, else all of a paragraph.

    `grade` is what the quotation is worth held against it, None of what is only cited; `changed`
    are the spans of `text` in which it differs from the `found` of its finding.
    """

    id: str
    text: str
    until: str
    grade: Grade | None = None
    changed: tuple[Span, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether a quotation was right as long as the source said this."""
        return self.grade in SOUND


@value(frozen=True)
class Finding:
    """A quotation, a reference or a citation key of a draft, and what became of it.

    `line` and `column` count from 1, columns in code points; both are where the words begin, the
    end is exclusive. `text` are the draft's words, `cited` what stands beside them, as it is
    written. `id` is where the words are, or what is nearest to them, with its hash; `found` are the
    source's words. `changed` are spans of `text`, `found_changed` of `found` in which the two
    differ. `likeness` is the share of words in common. `source_line` is where `found` begins in the
    source's file; 0 where it has no lines. `others` are ids of what else is to be looked at.
    `byte_column` is `column` in bytes of UTF-8, as editors are told it. `was` is what the source
    said before it was changed or taken away, where a hash is beside and that is known.
    """

    kind: FindingKind
    grade: Grade
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    cited: str | None = None
    document: Document | None = None
    id: str | None = None
    source_line: int = 0
    found: str = ""
    likeness: float = 0.0
    changed: tuple[Span, ...] = ()
    found_changed: tuple[Span, ...] = ()
    cautions: tuple[Caution, ...] = ()
    others: tuple[str, ...] = ()
    byte_column: int = 0
    was: Was | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is to be done about it."""
        return self.grade in SOUND


@value(frozen=True)
class CheckReport:
    """What a draft quotes and cites, in its order.

    `short` are the titles, names and scare quotes of too few words to be looked up.
    """

    draft: str
    findings: tuple[Finding, ...]
    short: int
    index: IndexState

    @property
    def sound(self) -> bool:
        """Whether all of it is as written down."""
        return all(one.sound for one in self.findings)

    @property
    def counts(self) -> Mapping[Grade, int]:
        """How many findings have each grade."""
        return Counter(one.grade for one in self.findings)
