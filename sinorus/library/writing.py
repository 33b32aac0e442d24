"""What a library has for somebody who is writing: a draft that is open, word by word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sinorus.library.opened import OpenLibrary
from sinorus.model import IndexState

if TYPE_CHECKING:
    from sinorus.library.checking import Known
    from sinorus.library.cursor import Mendings, Standing
    from sinorus.library.keys import Keys
    from sinorus.model import Document, Finding, Paragraph
    from sinorus.model.citation import Quotation


class Writing(OpenLibrary):
    """A library beside a draft. `kind` is one of `citation.drafts.draft.FORMATS`.

    What asks about a place of the draft takes an offset in code points, and the index as it is.
    """

    _last_keys: Keys | None = None

    def look_again(self, update: bool | None = None) -> IndexState:
        """As `refresh`, for a library that is open for long: what others indexed counts too."""
        if not (self.settings["update"] if update is None else update):
            self._engine.close()  # it would go on reading what it found when it was opened
        return self.refresh(update)

    def mendings(
        self,
        draft: str,
        *,
        kind: str,
        name: str = "-",
        least_words: int = 3,
        update: bool | None = None,
    ) -> Mendings:
        """What `check` says of a draft, and what `mend` would change for each of its findings."""
        from sinorus.citation.drafts.draft import Draft
        from sinorus.citation.mending import mendings
        from sinorus.library.checking import mendable
        from sinorus.library.cursor import Mendings

        state, read = self.refresh(update), Draft(draft, kind)
        report, quoted = mendable(self._known(), read, name, state, least_words)
        return Mendings(report, mendings(read, quoted, report))

    def keyed(self) -> Mapping[str, Document]:
        """The documents by their citation keys; made once for each state of the index."""
        return self._keys().named

    def key_of(self, document: Document) -> str:
        """The citation key of a document."""
        return self._keys().every[document.id]

    def standing_at(self, draft: str, offset: int, kind: str) -> Standing | None:
        """The citation key or the paragraph's id that a draft has there; None: neither."""
        from sinorus.library.cursor import standing_at

        return standing_at(self._engine, self.keyed(), draft, offset, kind)

    def quoted_at(self, draft: str, offset: int, kind: str) -> Finding | None:
        """What became of the quotation that a draft has there, by its paragraph alone."""
        from sinorus.library.cursor import quoted_at

        return quoted_at(self._known(), draft, offset, kind, self._now())

    def sentence_before(self, draft: str, offset: int, kind: str) -> str:
        """The words of the sentence that a draft has before an offset, without markup."""
        from sinorus.library.cursor import sentence_before

        return sentence_before(draft, offset, kind)

    def unseen(self, kind: str) -> tuple[str, str]:
        """What stands before and behind a reference in a draft of that kind."""
        from sinorus.citation.reference import UNSEEN

        return UNSEEN[kind]

    def reference(self, paragraph: Paragraph) -> str:
        """A paragraph as a draft names it: `ID#N@HASH`, with nothing in it that ends a comment."""
        from sinorus.citation.reference import Reference

        return str(Reference(paragraph.document, paragraph.n, paragraph.n, paragraph.hash))

    def citation(self, quotation: Quotation) -> str:
        """How a draft cites what was quoted, with the unseen reference, without the words."""
        from sinorus.citation.layouts import citation

        return citation(quotation)

    def _now(self) -> IndexState:
        return IndexState(self._engine.info().updated, stale=False)

    def _known(self) -> Known:
        from sinorus.library.checking import Known

        return Known(self._engine, self.keyed, self._formers())

    def _keys(self) -> Keys:
        """The citation keys, as of the index that is read."""
        last = self._last_keys
        if last is None or last.state != self._engine.info():
            from sinorus.library.keys import Keys

            last = self._last_keys = Keys(self._engine)
        return last
