"""What is known of one group of sources while its hits are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from sinorus.model import Date, Document, Group, Hit, Keyword


@dataclass
class Gathered:
    """The sums over a group; `matching` are its documents with hits, by id."""

    documents: int = 0
    words: int = 0
    matches: int = 0
    paragraphs: int = 0
    matching: dict[str, Document] = field(default_factory=dict)
    best: list[Hit] = field(default_factory=list)

    def add(self, hit: Hit, best: int) -> None:
        # A paragraph found without a word to mark, by its fields, is one match.
        self.matches += len(hit.matches) or 1
        self.paragraphs += 1
        self.matching[hit.document.id] = hit.document
        if len(self.best) < best:
            self.best.append(hit)

    @property
    def rate(self) -> float:
        return 1000 * self.matches / self.words if self.words else 0.0

    def group(self, key: str | None, keywords: tuple[Keyword, ...]) -> Group:
        """All of it as a value."""
        first, last = self._dates()
        return Group(
            key=key,
            matches=self.matches,
            paragraphs=self.paragraphs,
            documents=len(self.matching),
            words=self.words,
            rate=self.rate,
            first=first,
            last=last,
            best=tuple(self.best),
            keywords=keywords,
        )

    def _dates(self) -> tuple[Date | None, Date | None]:
        """The first and the last date; partial ones by the first and last day they may mean."""
        dates = [document.date for document in self.matching.values() if document.date]
        if not dates:
            return None, None
        first = min(dates, key=lambda date: (date.first, date.text))
        return first, max(dates, key=lambda date: (date.last, date.text))
