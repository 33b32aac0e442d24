"""A writer's evidence sets in a library: what is put into them, found again and taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sinorus.engines.port import Engine, EngineInfo
from sinorus.errors import SinorusError
from sinorus.library.mark_file import MarkFile, Stamp
from sinorus.model.marks import Mark, MarkSet, Saved

if TYPE_CHECKING:
    from sinorus.citation.reference import Reference
    from sinorus.files import Tree
    from sinorus.library.marked import Marked
    from sinorus.model import Paragraph, SearchResult

USUAL = "notes"
"""The set of a note at what is in no set."""


class Noted(NamedTuple):
    """A mark as it is after a note was written; `new`: there was none."""

    mark: Mark
    new: bool


class Marks:
    """The evidence sets of a library, which its file `marks.toml` has.

    Methods that change it raise SinorusError where it cannot be written; all raise ConfigError,
    with the line, for a file that cannot be read.
    """

    def __init__(self, engine: Callable[[], Engine], tree: Tree, wait: float) -> None:
        self._engine_of, self._file = engine, MarkFile(tree, wait)
        self._seen: tuple[Stamp, EngineInfo] | None = None
        self._marked: Marked | None = None

    @property
    def _engine(self) -> Engine:
        return self._engine_of()

    # -- what is there

    def names(self) -> list[str]:
        """The names of all sets, in the order of the file."""
        return list(dict.fromkeys(mark.set for mark in self._file.quick()))

    def of(self, paragraph: Paragraph) -> tuple[Mark, ...]:
        """The marks of a paragraph, without their words; in whatever set, as long as it is as it
        was marked.
        """
        marked = self.marked()
        return marked.of(paragraph) if marked else ()

    def marked(self) -> Marked | None:
        """What knows the marks of paragraphs; None where nothing is marked, which costs a stat."""
        stamp = self._file.stamp()
        if stamp is None:
            self._seen = self._marked = None
            return None
        seen = (stamp, self._engine.info())
        if seen != self._seen:
            from sinorus.library.marked import Marked

            marks = self._file.quick()
            self._seen, self._marked = seen, Marked(self._engine, marks) if marks else None
        return self._marked

    def places(self) -> list[str]:
        """The whole ids of paragraphs and ranges that are marked and as they were marked."""
        marked = self.marked()
        return marked.places() if marked else []

    def find(self, *names: str, quoted: bool = False) -> list[MarkSet]:
        """The sets of these names, or all of them: each mark with what became of it.

        `quoted`: and what is there as a quotation in Markdown, with its source. Raises SinorusError
        for a set that there is not.
        """
        marks = self._file.read()
        sets: dict[str, list[Mark]] = {}
        for mark in marks:
            sets.setdefault(mark.set, []).append(mark)
        chosen = [_known(name, sets) for name in names] or list(sets)
        from sinorus.library.mark_states import States

        states = States(self._engine, [mark for name in chosen for mark in sets[name]])
        found = [
            MarkSet(name, tuple(states.found(n, mark) for n, mark in enumerate(sets[name], 1)))
            for name in dict.fromkeys(chosen)
        ]
        return [self._quoted(one) for one in found] if quoted else found

    def _quoted(self, one: MarkSet) -> MarkSet:
        from sinorus.citation.excerpts import Cut
        from sinorus.library.citing import Form, quotations
        from sinorus.library.keys import Keys
        from sinorus.library.showing import Selection

        chosen = Selection(self._engine, [mark.id for mark in one.marks if mark.id])
        form = Form("markdown", block=True, keyed=False)
        made = quotations(self._engine, chosen, Cut(), form, Keys(self._engine))
        marks = [replace(mark, quotation=next(made)) if mark.id else mark for mark in one.marks]
        return MarkSet(one.name, tuple(marks))

    # -- what is put in

    def save(self, name: str, result: SearchResult, query: str = "") -> Saved:
        """Puts the hits of a search into a set, with the query by which they were found."""
        asked = query or result.query
        return self.put(name, ((hit.paragraph, asked) for hit in result.hits))

    def ready(self, name: str) -> None:
        """Raises what `put` would raise for a name or for the file, before there is anything."""
        from sinorus.citation.evidence import set_name

        set_name(name)
        self._file.quick()

    def put(self, name: str, found: Iterable[tuple[Paragraph, str]]) -> Saved:
        """Puts paragraphs into a set, each with what it was found by; those that it has stay."""
        from sinorus.citation.evidence import added, read_marks, set_name
        from sinorus.citation.kept_words import shortened
        from sinorus.library.marked import Marked

        name, given = set_name(name), list(found)
        today = date.today().isoformat()
        new: dict[str, Mark] = {}

        def change(text: str, source: str) -> str:
            there = [mark for mark in read_marks(text, source) if mark.set == name]
            marked = Marked(self._engine, there)
            for paragraph, query in given:
                id_ = f"{paragraph.id}@{paragraph.hash}"
                if not any("-" not in one.id.rpartition("#")[2] for one in marked.of(paragraph)):
                    words = shortened(paragraph.text)
                    new.setdefault(id_, Mark(name, id_, "", words, query, today))
            return added(text, new.values(), source) if new else text

        self._file.change(change)
        return Saved(name, len(new), len(given) - len(new))

    def note(self, ids: Iterable[str], note: str, name: str | None = None) -> list[Noted]:
        """Writes a note at paragraphs or ranges, each of which is marked by that.

        In the set `name`; else in the one that has it, or `USUAL`. Raises UnknownIdError;
        SinorusError for a whole document, and where several sets have it.
        """
        from sinorus.citation.evidence import added, noted, read_marks, set_name
        from sinorus.citation.kept_words import shortened

        name = set_name(name) if name is not None else None
        places = list(self._places(ids))
        today = date.today().isoformat()
        done: list[Noted] = []

        def change(text: str, source: str) -> str:
            there = read_marks(text, source)
            notes: dict[int, str] = {}
            new: dict[str, Mark] = {}
            for reference, paragraph in places:
                found = self._in_one_set(there, reference, name)
                for at in found:
                    notes[at] = note
                if not found:
                    words = shortened(paragraph.text)
                    new[reference.id] = Mark(name or USUAL, reference.id, note, words, "", today)
            done.extend(Noted(there[at]._replace(note=note), False) for at in notes)
            done.extend(Noted(mark, True) for mark in new.values())
            text = noted(text, notes, source) if notes else text
            return added(text, new.values(), source) if new else text

        self._file.change(change)
        return done

    def at(self, ids: Iterable[str], name: str | None = None) -> list[Mark]:
        """The marks that `note` would write a note to; raises as it does."""
        there = self._file.read()
        return [
            there[at]
            for reference, _ in self._places(ids)
            for at in self._in_one_set(there, reference, name)
        ]

    # -- what is taken out

    def unnote(self, ids: Iterable[str], name: str | None = None) -> list[Mark]:
        """Takes away the notes at paragraphs or ranges, in one set or in all; those that had one.

        A mark that was made for its note goes with it; what a search found stays in its set.
        """
        from sinorus.citation.evidence import noted, read_marks, without

        ids, done = list(ids), list[Mark]()

        def change(text: str, source: str) -> str:
            there = read_marks(text, source)
            found = [at for at in self._named(there, ids, name) if there[at].note]
            done.extend(there[at] for at in found)
            kept = {at: "" for at in found if there[at].query}
            text = noted(text, kept, source) if kept else text
            gone = {at for at in found if at not in kept}
            return without(text, gone, source) if gone else text

        self._file.change(change)
        return done

    def remove(self, name: str, ids: Iterable[str] = ()) -> list[Mark]:
        """Takes marks out of a set, all of them or those at some ids: what was taken out.

        Raises SinorusError for a set that there is not, UnknownIdError for what is not in it.
        """
        from sinorus.citation.evidence import read_marks, without

        ids, done = list(ids), list[Mark]()

        def change(text: str, source: str) -> str:
            there = read_marks(text, source)
            own = _known(name, {mark.set for mark in there})
            gone = [at for at, mark in enumerate(there) if mark.set == own]
            if ids:
                gone = self._named(there, ids, own)
            done.extend(there[at] for at in gone)
            return without(text, set(gone), source) if gone else text

        self._file.change(change)
        return done

    # -- which marks ids name

    def _places(self, ids: Iterable[str]) -> Iterator[tuple[Reference, Paragraph]]:
        """What ids name now, with the first paragraph of each."""
        from sinorus.citation.reference import Reference
        from sinorus.library.showing import Selection

        for part, first in Selection(self._engine, ids).parts():
            if part.check == "changed":
                what = f"{part.asked}: the text has changed since"
                raise SinorusError(what, "write the id without its hash to mark it as it is now")
            if part.whole or first is None:
                last = part.document.paragraphs
                raise SinorusError(
                    f"{part.asked} is a document, and a mark is at its paragraphs",
                    f"write {part.document.id}#1, or all of them: {part.document.id}#1-{last}",
                )
            yield Reference(part.document.id, part.first, part.last, first.hash), first

    def _in_one_set(
        self, there: Sequence[Mark], reference: Reference, name: str | None
    ) -> list[int]:
        found = self._at(there, reference, name)
        sets = list(dict.fromkeys(there[at].set for at in found))
        if len(sets) > 1:
            what = f"{reference.id} is in several sets: {', '.join(sets)}"
            raise SinorusError(what, "", "which set")
        return found

    def _at(self, there: Sequence[Mark], reference: Reference, name: str | None) -> list[int]:
        """The marks, by number, at just what is named, in one set or in all."""
        from sinorus.library.marked import Marked
        from sinorus.library.places import Place

        place = Place(reference.document, reference.first, reference.last)
        marked = Marked(self._engine, ())

        def is_it(mark: Mark) -> bool:
            same = mark.id.endswith(f"@{reference.hash}") or "@" not in mark.id
            return mark.id == reference.id or (same and marked.again(mark).place == place)

        return [at for at, mark in enumerate(there) if name in (None, mark.set) and is_it(mark)]

    def _named(self, there: Sequence[Mark], ids: Collection[str], name: str | None) -> list[int]:
        """The marks that ids name: as they are written in the file, or where they stand now."""
        found: list[int] = []
        for id_ in ids:
            written = [
                at
                for at, mark in enumerate(there)
                if name in (None, mark.set) and id_ in (mark.id, mark.id.rpartition("@")[0])
            ]
            for reference, _ in () if written else self._places([id_]):
                bare = reference.id.rpartition("@")[0]  # what has changed is there by its number
                written = self._at(there, reference, name) or [
                    at
                    for at, mark in enumerate(there)
                    if name in (None, mark.set) and mark.id.rpartition("@")[0] == bare
                ]
            found += written
        return sorted(set(found))


def _known(name: str, sets: Collection[str]) -> str:
    """The name of a set that there is. Raises SinorusError."""
    from sinorus.citation.evidence import set_name

    wanted = set_name(name)
    if wanted in sets:
        return wanted
    from difflib import get_close_matches

    near = get_close_matches(wanted, [*sets], 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else ""
    hint = hint or (f"there are {', '.join(sets)}" if sets else "")
    raise SinorusError(f"there is no set of marks {name!r}", hint, "" if hint else "no marks")
