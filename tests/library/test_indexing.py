"""An index run over real files: ids, faults, touched files and parts of a library."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from support.small_libraries import make_library

from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import SearchRequest
from sinorus.files import Tree
from sinorus.library.indexing import IndexReport, Progress, update_index
from sinorus.library.survey import Survey, survey
from sinorus.model import Fingerprint
from sinorus.query.parse import parse
from sinorus.sources.conversion.limits import Conversions


class Desk:
    """A library of real files and an index of them in memory."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.engine = MemoryEngine()
        self.progress: list[Progress] = []

    def write(self, **files: str) -> None:
        make_library(self.root, {name.replace("__", "."): text for name, text in files.items()})

    def path(self, name: str) -> Path:
        return self.root / "seeds" / name

    def index(self, only: Collection[str] | None = None, rebuild: bool = False) -> IndexReport:
        known = [] if rebuild else list(self.engine.fingerprints())
        tree = Tree(str(self.root))

        def look(known: Sequence[Fingerprint]) -> Survey:
            return survey(tree, ["seeds"], known, only)

        *steps, report = update_index(
            self.engine, Conversions(tree), look, look(known), rebuild=rebuild
        )
        self.progress = [step for step in steps if isinstance(step, Progress)]
        assert isinstance(report, IndexReport)
        return report

    @property
    def documents(self) -> dict[str, str]:
        return {document.id: document.path for document in self.engine.documents()}

    def count(self, query: str) -> int:
        return self.engine.search(SearchRequest(parse(query))).total


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(make_library(tmp_path / "library", {}))


def counts(report: IndexReport) -> tuple[int, int, int, int, int]:
    return report.new, report.updated, report.unchanged, report.removed, report.skipped


def test_files_are_new_then_unchanged_then_updated_then_removed(desk: Desk) -> None:
    desk.write(a__md="one alliance", b__txt="two")
    assert counts(desk.index()) == (2, 0, 0, 0, 0)
    assert counts(desk.index()) == (0, 0, 2, 0, 0)
    desk.write(a__md="one treaty and more")
    assert counts(desk.index()) == (0, 1, 1, 0, 0)
    assert (desk.count("alliance"), desk.count("treaty")) == (0, 1)
    desk.path("b.txt").unlink()
    assert counts(desk.index()) == (0, 0, 1, 1, 0)
    assert desk.documents == {"a": "seeds/a.md"}


def test_the_report_counts_what_the_index_holds(desk: Desk) -> None:
    desk.write(a__md="one\n\ntwo\n\nthree", b__md="four")
    report = desk.index()
    assert (report.documents, report.paragraphs) == (2, 4)
    assert report.seconds >= 0


def test_progress_ends_at_all_files_and_bytes(desk: Desk) -> None:
    desk.write(a__md="one", b__md="two and more", c__md="three")
    desk.index()
    assert [step.done for step in desk.progress] == [0, 1, 2, 3]
    assert {step.total for step in desk.progress} == {3}
    last = desk.progress[-1]
    assert last.bytes_done == last.bytes_total == 20


def test_a_touched_file_is_not_read_into_the_index_again(desk: Desk) -> None:
    desk.write(a__md="one alliance")
    desk.index()
    before = next(desk.engine.fingerprints())
    os.utime(desk.path("a.md"), ns=(1, 1_000_000_007))
    assert counts(desk.index()) == (0, 0, 1, 0, 0)
    after = next(desk.engine.fingerprints())
    assert after.mtime == 1_000_000_007
    assert (after.digest, after.document) == (before.digest, before.document)
    assert not survey(Tree(str(desk.root)), ["seeds"], desk.engine.fingerprints()).stale


def test_files_of_one_name_get_ids_of_their_own_and_it_is_said(desk: Desk) -> None:
    desk.write(a__md="in markdown", a__txt="in plain text", a__markdown="in a third")
    report = desk.index()
    assert desk.documents == {
        "a": "seeds/a.markdown",
        "a~2": "seeds/a.md",
        "a~3": "seeds/a.txt",
    }
    assert [fault.path for fault in report.faults] == ["seeds/a.md", "seeds/a.txt"]
    assert all("'a'" in fault.reason and not fault.skipped for fault in report.faults)
    assert counts(report) == (3, 0, 0, 0, 0)
    assert {p.document for p in desk.engine.paragraphs("a~2")} == {"a~2"}


def test_an_id_of_the_front_matter_is_given_once(desk: Desk) -> None:
    desk.write(a__md="---\nid: same\n---\none", b__md="---\nid: same\n---\ntwo", same__md="three")
    desk.index()
    assert desk.documents == {
        "same": "seeds/a.md",
        "same~2": "seeds/b.md",
        "same~3": "seeds/same.md",
    }


def test_ids_in_the_two_unicode_forms_are_one_id(desk: Desk) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "ёлка-café") + ".md"
        desk.path(name).write_text(f"paragraph in {form}", "utf-8")
    if len(os.listdir(desk.path("."))) < 2:  # noqa: PTH208 - names as they are
        pytest.skip("this file system knows one form only")
    desk.index()
    name = unicodedata.normalize("NFC", "ёлка-café")
    assert sorted(desk.documents) == [name, f"{name}~2"]
    assert desk.count("paragraph") == 2


def test_who_had_an_id_keeps_it_when_another_comes_or_changes(desk: Desk) -> None:
    desk.write(b__md="---\nid: same\n---\nfirst here")
    desk.index()
    desk.write(a__md="---\nid: same\n---\nlater, though first by name")
    desk.index()
    assert desk.documents == {"same": "seeds/b.md", "same~2": "seeds/a.md"}
    desk.write(a__md="---\nid: same\n---\nchanged")
    desk.index()
    assert desk.documents == {"same": "seeds/b.md", "same~2": "seeds/a.md"}


def test_an_id_that_is_free_again_goes_to_the_next_who_gives_it(desk: Desk) -> None:
    same = "---\nid: same\n---\n"
    desk.write(a__md=f"{same}one", b__md=f"{same}two", c__md=f"{same}three")
    desk.index()
    desk.path("a.md").unlink()
    report = desk.index()
    assert desk.documents == {"same": "seeds/b.md", "same~2": "seeds/c.md"}
    assert "belongs to seeds/b.md" in report.faults[0].reason
    assert counts(desk.index()) == (0, 0, 2, 0, 0)
    desk.path("c.md").unlink()
    report = desk.index()
    assert (report.faults, desk.documents) == ((), {"same": "seeds/b.md"})


def test_a_touched_document_is_not_lost_to_a_newcomer_of_its_name(desk: Desk) -> None:
    desk.write(a__md="alliance")
    desk.index()
    os.utime(desk.path("a.md"), ns=(1, 1_000_000_000))
    desk.write(a__markdown="a newcomer, earlier in the alphabet")
    desk.index()
    assert (desk.count("alliance"), desk.count("newcomer")) == (1, 1)
    assert desk.documents == {"a": "seeds/a.md", "a~2": "seeds/a.markdown"}


def test_a_changed_document_is_not_lost_to_a_newcomer_of_its_name(desk: Desk) -> None:
    desk.write(a__md="alliance")
    desk.index()
    desk.write(a__md="treaty now", a__markdown="a newcomer, earlier in the alphabet")
    desk.index()
    assert (desk.count("treaty"), desk.count("newcomer")) == (1, 1)
    assert set(desk.documents) == {"a", "a~2"}


def test_a_run_gives_the_ids_that_a_rebuild_gives_after_all_files_change(desk: Desk) -> None:
    desk.write(a__md="---\nid: x\n---\none", b__md="---\nid: x\n---\ntwo", c__md="three")
    desk.index()
    desk.write(a__md="---\nid: y\n---\none!", b__md="---\nid: y\n---\ntwo!", c__md="three!")
    desk.index()
    stepwise = desk.documents
    desk.index(rebuild=True)
    assert desk.documents == stepwise == {"y": "seeds/a.md", "y~2": "seeds/b.md", "c": "seeds/c.md"}


def test_ids_can_be_exchanged_between_files(desk: Desk) -> None:
    desk.write(a__md="---\nid: x\n---\nfirst", b__md="---\nid: y\n---\nsecond")
    desk.index()
    desk.write(a__md="---\nid: y\n---\nfirst!", b__md="---\nid: x\n---\nsecond!")
    desk.index()
    assert desk.documents == {"y": "seeds/a.md", "x": "seeds/b.md"}
    assert (desk.count("first"), desk.count("second")) == (1, 1)


def test_a_moved_file_keeps_its_given_id(desk: Desk) -> None:
    desk.write(a__md="---\nid: x\n---\nfirst")
    desk.index()
    desk.path("a.md").rename(desk.path("b.md"))
    assert desk.index().removed == 1
    assert desk.documents == {"x": "seeds/b.md"}


def test_a_freed_id_is_taken_by_a_file_that_wants_it_at_its_next_change(desk: Desk) -> None:
    desk.write(a__md="one", a__txt="two")
    desk.index()
    desk.path("a.md").unlink()
    desk.index()
    desk.write(a__txt="two, changed")
    desk.index()
    assert desk.documents == {"a": "seeds/a.txt"}


def test_faults_are_kept_as_long_as_their_files_are_as_they_were(desk: Desk) -> None:
    desk.write(empty__md="", bad__md="---\ntitle: [open\n---\ntext", good__md="text")
    first = desk.index()
    assert first.skipped == 1
    reasons = [(fault.path, fault.skipped) for fault in first.faults]
    assert ("seeds/empty.md", True) in reasons
    assert ("seeds/bad.md", False) in reasons
    second = desk.index()
    assert second.faults == first.faults
    assert counts(second) == (0, 0, 2, 0, 1)
    desk.write(empty__md="now with text", bad__md="---\ntitle: closed\n---\ntext")
    third = desk.index()
    assert third.faults == ()
    assert counts(third) == (1, 1, 1, 0, 0)


def test_a_file_that_lost_its_text_is_taken_out_and_named(desk: Desk) -> None:
    desk.write(a__md="alliance", b__md="b")
    desk.index()
    desk.write(a__md="")
    report = desk.index()
    assert report.skipped == 1
    assert desk.documents == {"b": "seeds/b.md"}
    assert desk.count("alliance") == 0
    desk.path("a.md").unlink()
    assert desk.index().faults == ()


def test_only_the_named_files_are_looked_at(desk: Desk) -> None:
    desk.write(a__md="one", b__md="two", c__md="three")
    assert desk.index(only=["seeds/b.md"]).new == 1
    assert desk.documents == {"b": "seeds/b.md"}
    desk.write(a__md="one!", b__md="two!")
    assert counts(desk.index(only=["seeds/b.md"])) == (0, 1, 0, 0, 0)
    desk.path("b.md").unlink()
    assert desk.index(only=["seeds/b.md"]).removed == 1
    assert desk.documents == {}


def test_a_name_that_is_no_source_is_said(desk: Desk) -> None:
    desk.write(a__md="one")
    report = desk.index(only=["seeds/nowhere.md", "seeds/a.md"])
    assert report.new == 1
    assert [(fault.path, fault.skipped) for fault in report.faults] == [("seeds/nowhere.md", True)]


def test_an_id_given_in_a_part_run_is_not_taken_by_another_file(desk: Desk) -> None:
    desk.write(a__txt="two")
    desk.index()
    desk.write(a__md="one")
    desk.index(only=["seeds/a.md"])
    assert desk.documents == {"a": "seeds/a.txt", "a~2": "seeds/a.md"}


def test_a_run_that_is_given_up_changes_nothing(desk: Desk) -> None:
    desk.write(a__md="one", b__md="two")
    desk.index()
    desk.write(a__md="one, changed", b__md="two, changed", c__md="three")
    known = list(desk.engine.fingerprints())
    tree = Tree(str(desk.root))

    def look(known: Sequence[Fingerprint]) -> Survey:
        return survey(tree, ["seeds"], known)

    steps = update_index(desk.engine, Conversions(tree), look, look(known))
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert desk.count("changed") == 0
    assert list(desk.engine.fingerprints()) == known
