"""`Library` from Python: opened on real folders, with nobody's environment."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path

import pytest
from support.small_libraries import PRESS, make_library

from sinorus import Library
from sinorus.errors import (
    ConfigError,
    NoIndexError,
    NoLibraryError,
    QueryError,
    SinorusError,
    UnknownIdError,
)
from sinorus.library.location import find_library, named_library
from sinorus.model import Document, Notice


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "library", PRESS)


@pytest.fixture
def said() -> list[str]:
    """What the library says to its user."""
    return []


@pytest.fixture
def opened(root: Path, said: list[str]) -> Iterator[Library]:
    with Library.open(root, notify=said.append) as library:
        yield library


def add(root: Path, number: int, size: int = 20, start: int = 0) -> None:
    text = "pipeline " * (size // 9 + 1)
    make_library(root, {f"new/{n:03}.md": text[:size] for n in range(start, start + number)})


# -- where the library is


def test_a_library_is_found_above_and_by_either_mark(root: Path, tmp_path: Path) -> None:
    assert find_library(root / "seeds" / "xinhua") == root
    other = tmp_path / "other"
    other.mkdir()
    (other / "sinorus.toml").write_text("")
    assert find_library(other) == named_library(other) == other
    with pytest.raises(NoLibraryError) as caught:
        find_library(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert caught.value.reason == "no library"


def test_a_named_folder_must_be_a_library_itself(root: Path) -> None:
    for folder in (root / "seeds", root / "nowhere", root / "seeds" / "notes.txt"):
        with pytest.raises(NoLibraryError) as caught:
            Library.at(folder)
        assert str(folder) in caught.value.message
    with Library.at(root) as library:
        assert library.root == root


def test_the_nearest_library_wins(root: Path) -> None:
    inner = make_library(root / "seeds" / "inner", {})
    assert find_library(inner / "seeds") == inner


def test_open_reads_the_librarys_settings_and_no_environment(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "sinorus.toml").write_text('limit = 3\nsources = ["seeds", "papers"]\n')
    (root / "papers").mkdir()
    (root / "papers" / "p.md").write_text("A paper on the alliance.")
    monkeypatch.setenv("SINORUS_LIMIT", "7")
    with Library.open(root) as library:
        assert library.settings["limit"] == 3
        assert "papers/p.md" in {document.path for document in library.sources()}


# -- what it answers


def test_a_search_answers_with_ranked_marked_paragraphs(opened: Library) -> None:
    found = opened.search("alliance")
    assert (found.total, len(found.tally), found.partial) == (2, 2, False)
    assert [hit.rank for hit in found.hits] == [1, 2]
    assert found.hits[0].document.title == "A pact without an alliance"
    for hit in found.hits:
        assert [hit.paragraph.text[a:b] for a, b in hit.matches]
        assert all(hit.paragraph.text[a:b] == "alliance" for a, b in hit.matches)
    assert found.parsed == "alliance"
    assert found.index.stale is False


def test_names_and_filters_work_across_languages(opened: Library) -> None:
    assert {hit.document.lang for hit in opened.search("Putin").hits} == {"ru", "zh"}
    assert opened.search("Putin").names[0].form == "Putin"
    assert opened.search("Putin", names=False).total == 0
    assert opened.search("Putin", lang=["zh"]).total == 1
    assert opened.search("Putin", not_lang=["zh"]).total == 1
    assert opened.search(since=["2023"]).total == 5
    assert opened.search("volume:12 газ").total == 2
    assert opened.search("Alliances", exact=True).total == 0
    assert opened.search("gas OR", literal=True).partial
    assert opened.search("treaty 天然气", any_word=True).total == 3


def test_a_page_is_what_was_asked_for(opened: Library) -> None:
    whole = [hit.paragraph.id for hit in opened.search(None, lang=["en"], limit=None).hits]
    assert len(whole) == 6
    page = opened.search(None, lang=["en"], limit=2, offset=2)
    assert [hit.paragraph.id for hit in page.hits] == whole[2:4]
    assert [hit.rank for hit in page.hits] == [3, 4]
    assert page.total == 6
    assert len(opened.search(None, lang=["en"], max_per_doc=1).hits) == 2


def test_paragraphs_are_shown_by_id_range_and_hash(opened: Library) -> None:
    (above,) = opened.show("pact#2")
    assert (above.paragraph.kind, above.paragraph.text) == ("heading", "Pipes")
    (one,) = opened.show("pact#3")
    assert one.paragraph.heading == ("Pipes",)
    assert [item.paragraph.n for item in opened.show("carnegie/pact#2-3")] == [2, 3]
    around = opened.show("pact#3", before=1, after=1)
    assert [item.context for item in around] == [True, False, True]
    (kept,) = opened.show(f"pact#3@{one.paragraph.hash}")
    (moved,) = opened.show(f"pact#1@{one.paragraph.hash}")
    (changed,) = opened.show("pact#3@00000000")
    assert (kept.check, moved.check, changed.check) == ("exact", "moved", "changed")
    assert moved.paragraph == one.paragraph
    (lit,) = opened.show("pact#1", query="alliance")
    assert len(lit.matches) == 2


def test_sources_compare_and_status_agree(opened: Library) -> None:
    assert [document.id for document in opened.sources(lang=["en"])] == ["carnegie/pact", "notes"]
    compared = opened.compare("alliance", by="publisher")
    assert compared.query == "alliance"
    assert opened.compare_texts("pact#1", "notes#2").rows
    status = opened.status(check=True)
    assert (status.documents, status.paragraphs, status.damage) == (4, 11, ())
    assert (status.added, status.changed, status.removed) == (0, 0, 0)


def test_faults_of_the_caller_are_errors_with_a_hint(opened: Library) -> None:
    with pytest.raises(QueryError):
        opened.search("alliance OR")
    with pytest.raises(QueryError):
        opened.search("")
    with pytest.raises(SinorusError, match="since: 'soon'"):
        opened.search("a", since=["soon"])
    with pytest.raises(UnknownIdError):
        opened.show("pakt#2")
    with pytest.raises(UnknownIdError, match="4 paragraphs"):
        opened.show("pact#9")


def test_every_value_it_gives_is_frozen(opened: Library) -> None:
    found = opened.search("alliance")
    given = [found, *found.hits, found.hits[0].document, found.hits[0].paragraph, found.index]
    given += [
        *opened.show("pact#1"),
        *opened.sources(),
        opened.compare("alliance"),
        opened.status(),
    ]
    for value in given:
        assert is_dataclass(value)
        with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):
            setattr(value, fields(value)[0].name, "changed")


# -- freshness


def test_the_first_search_makes_a_small_index_and_says_so(opened: Library, said: list[str]) -> None:
    assert opened.search("alliance").total == 2
    assert len(said) == 1
    assert said[0].startswith("indexed 4 documents, 11 paragraphs")
    opened.search("alliance")
    assert len(said) == 1


@pytest.mark.parametrize(("number", "size"), [(1300, 20), (3, 2_600_000)])
def test_a_large_library_is_not_indexed_unasked(root: Path, number: int, size: int) -> None:
    add(root, number, size)
    with Library.open(root) as library:
        with pytest.raises(NoIndexError) as caught:
            library.search("pipeline")
        assert caught.value.reason == "no index"
        assert f"{number + 4:,} files" in caught.value.message


def test_no_index_is_made_without_leave(opened: Library) -> None:
    with pytest.raises(NoIndexError):
        opened.search("alliance", update=False)
    assert not (opened.root / "index").exists()


def test_a_few_changed_files_are_indexed_before_the_answer(
    opened: Library, said: list[str]
) -> None:
    opened.index()
    add(opened.root, 20)
    found = opened.search("pipeline", names=False)
    assert (found.total, found.index.stale) == (21, False)
    assert said == ["20 files changed: indexed before answering"]
    (opened.root / "seeds" / "new" / "003.md").unlink()
    assert opened.search("pipeline", names=False).total == 20
    assert said[1:] == ["1 file changed: indexed before answering"]


@pytest.mark.parametrize(("number", "size"), [(600, 20), (2, 1_600_000)])
def test_many_changes_are_announced_and_not_made(
    opened: Library, said: list[str], number: int, size: int
) -> None:
    opened.index()
    add(opened.root, number, size)
    found = opened.search("pipeline", names=False)
    assert (found.total, found.index.stale) == (1, True)
    assert len(said) == 1
    assert said[0].startswith(f"{number} files changed since the index was made")
    assert isinstance(said[0], Notice)
    assert said[0].reason == "stale index"


def test_a_touched_file_changes_no_answer_and_is_not_spoken_of(
    opened: Library, said: list[str]
) -> None:
    opened.index()
    os.utime(opened.root / "seeds" / "notes.txt", ns=(1, 1_000_000_000))
    assert opened.search("alliance").index.stale is False
    assert opened.status().changed == 0
    assert said == []


def test_without_update_the_files_are_not_looked_at(opened: Library, said: list[str]) -> None:
    opened.index()
    add(opened.root, 3)
    assert opened.search("pipeline", names=False, update=False).total == 1
    assert opened.status().added == 3
    assert said == []


def test_a_removed_document_is_never_answered_with(opened: Library) -> None:
    opened.index()
    (opened.root / "seeds" / "notes.txt").unlink()
    assert [hit.document.id for hit in opened.search("alliance").hits] == ["carnegie/pact"]
    with pytest.raises(UnknownIdError):
        opened.show("notes")


# -- names of the library's own

OWN = '[[group]]\nforms = ["wheeled ship", "pipeline", "蒸汽船"]\n'


def test_the_librarys_own_names_join_those_of_the_program(opened: Library) -> None:
    (opened.root / "names.toml").write_text('[[group]]\nforms = ["Путин", "hospodar"]\n')
    opened.index()
    assert opened.search("hospodar").total == 2


def test_a_change_of_names_is_seen_by_the_next_library(root: Path) -> None:
    (root / "names.toml").write_text(OWN, "utf-8")
    with Library.open(root) as library:
        library.index()
        assert library.search("蒸汽船").total == 1
    with Library.open(root) as library:
        assert library.search("蒸汽船").total == 1
    changed = OWN.replace("蒸汽船", "蒸气船")
    assert len(changed.encode()) == len(OWN.encode())
    state = (root / "names.toml").stat()
    (root / "names.toml").write_text(changed, "utf-8")
    os.utime(root / "names.toml", ns=(state.st_atime_ns, state.st_mtime_ns))
    with Library.open(root) as library:
        assert library.search("蒸气船").total == 1
        assert library.search("蒸汽船").total == 0
    (root / "names.toml").unlink()
    with Library.open(root) as library:
        assert library.search("蒸气船").total == 0


@pytest.mark.parametrize("content", ["{", "[]", '{"stamp": null}', "\x00"])
def test_a_broken_cache_of_names_is_made_anew(root: Path, content: str) -> None:
    (root / "names.toml").write_text(OWN, "utf-8")
    with Library.open(root) as library:
        library.index()
        assert library.search("Putin").total == 2
    (cache,) = (library.root / "index").glob("names.json*")
    whole = cache.read_bytes()
    cache.write_text(content)
    with Library.open(root) as library:
        assert library.search("Putin").total == 2
    assert cache.read_bytes() == whole


def test_without_names_of_its_own_a_library_compiles_none(root: Path) -> None:
    with Library.open(root) as library:
        library.index()
        assert library.search("Putin").total == 2
    assert not [*(library.root / "index").glob("names.json*")]


def test_a_broken_names_file_is_named(opened: Library) -> None:
    (opened.root / "names.toml").write_text("[[group]]\n")
    with pytest.raises(ConfigError, match=r"names\.toml"):
        opened.search("alliance")
    assert opened.search("alliance", names=False).total == 2


def test_citation_keys_are_made_once_for_each_state_of_the_index(
    opened: Library, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sinorus.library import keys

    made: list[int] = []
    make = keys.citation_keys

    def counted(documents: Iterable[Document]) -> Mapping[str, str]:
        made.append(1)
        return make(documents)

    opened.refresh()
    (first, *_) = opened.sources(update=False)
    monkeypatch.setattr(keys, "citation_keys", counted)
    assert opened.check("“No key is here at all.”", kind="markdown", update=False).findings
    assert made == []
    key = opened.key_of(first)
    draft = f"“Nobody ever said these words” [@{key}], and @{key} said so."
    report = opened.check(draft, kind="markdown", update=False)
    assert key in (report.findings[0].cited or "")
    assert opened.mend(draft, kind="markdown", update=False)[0] == report
    assert opened.mendings(draft, kind="markdown", update=False).report == report
    assert opened.quoted_at(draft, 5, "markdown") is not None
    assert len(made) == 1
    add(root, 1)
    opened.index()
    assert opened.check(draft, kind="markdown", update=False).findings
    assert len(made) == 2
