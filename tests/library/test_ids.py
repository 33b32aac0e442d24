"""Ids as people write, shorten and paste them."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.queries import many_documents

from sinorus.engines.memory import MemoryEngine
from sinorus.errors import UnknownIdError
from sinorus.library.ids import Ids, id_in_line, read_id
from sinorus.model import Document, Fingerprint, Reading


@pytest.mark.parametrize(
    ("text", "document", "first", "last", "check"),
    [
        ("d5", "d5", None, None, None),
        ("frus/v30/d0005", "frus/v30/d0005", None, None, None),
        ("d5#3", "d5", 3, 3, None),
        ("d5#3-7", "d5", 3, 7, None),
        ("d5#3@9f2c41aa", "d5", 3, 3, "9f2c41aa"),
        ("d5#3-7@9f2c41aa", "d5", 3, 7, "9f2c41aa"),
        ("kremlin-2023-03-21#14", "kremlin-2023-03-21", 14, 14, None),
        ("a~2#1", "a~2", 1, 1, None),
        ("中俄 关系#1", "中俄 关系", 1, 1, None),
        ("seeds/a.md", "seeds/a.md", None, None, None),
        ("d5#x", "d5#x", None, None, None),
    ],
)
def test_an_id_has_these_parts(
    text: str, document: str, first: int | None, last: int | None, check: str | None
) -> None:
    asked = read_id(text)
    assert (asked.text, asked.document) == (text, document)
    assert (asked.first, asked.last, asked.hash) == (first, last, check)


@pytest.mark.parametrize("text", ["", "d#0", "d#7-3", "d#0-2"])
def test_what_names_no_paragraph_is_refused(text: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        read_id(text)
    assert caught.value.hint


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab/#@-0139~. 中\n٣²"), max_size=12) | st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        asked = read_id(text)
    except UnknownIdError:
        return
    assert asked.document
    assert text.startswith(asked.document)
    assert id_in_line(text)


def test_a_number_longer_than_any_document_is_refused() -> None:
    """No traceback, whatever is pasted."""
    with pytest.raises(UnknownIdError):
        read_id("d#" + "9" * 5000)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("d5#3", "d5#3"),
        ("frus/v30/d0005", "frus/v30/d0005"),
        ("seeds/frus/d5.md:88:frus/d5#14:The text: with #1: colons", "frus/d5#14"),
        ("seeds/frus/d5.md-88-frus/d5#14-text", "frus/d5#14"),
        ("seeds/a.md:1:a~2#1:text", "a~2#1"),
        ("seeds/中俄.md:7:中俄#2:普京：说", "中俄#2"),
        (json.dumps({"id": "d5#3", "text": "a"}), "d5#3"),
        (json.dumps({"id": "d5", "title": "a"}), "d5"),
        (json.dumps({"query": "q", "id": "d:5#3"}, ensure_ascii=False), "d:5#3"),
        ('{"id": 5}', '{"id": 5}'),
        ("{d5}#3", "{d5}#3"),
        ('{"id": "broken', '{"id": "broken'),
    ],
)
def test_a_line_of_our_own_output_gives_its_id(line: str, expected: str) -> None:
    assert id_in_line(line) == expected


def test_a_vimgrep_line_gives_its_id() -> None:
    """`path:line:column:text` names the paragraph that holds this line."""
    assert id_in_line("seeds/a.md:88:5:The text: all of it") == "seeds/a.md:88"


def test_an_id_with_a_colon_is_read_back_from_our_own_line() -> None:
    """`id: memo:5` in the front matter, `2023: notes.md` as a file."""
    assert id_in_line("seeds/a.md:88:memo:5#14:The text") == "memo:5#14"


def test_an_id_typed_on_a_mac_is_the_same_id() -> None:
    documents = library("ёлка-café", "é/notes")
    for typed, right in zip(("ёлка-café", "é/notes"), documents, strict=True):
        assert ids_of(documents).find(unicodedata.normalize("NFD", typed)) == right


def ids_of(documents: list[Document]) -> Ids:
    engine = MemoryEngine()
    with engine.writer() as writer:
        for one in documents:
            writer.add(Reading(Fingerprint(one.id, one.path, 1, 1, 1, 1, ""), one))
    return Ids(engine)


def library(*ids: str) -> list[Document]:
    return [Document(name, f"seeds/{name}.md") for name in ids]


FRUS = library("frus/1964-68v30/d0005", "frus/1969-76v17/d0005", "frus/1969-76v17/d0007", "notes")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("notes", "notes"),
        ("d0007", "frus/1969-76v17/d0007"),
        ("1964-68v30/d0005", "frus/1964-68v30/d0005"),
        ("frus/1964-68v30/d0005", "frus/1964-68v30/d0005"),
        ("seeds/notes.md", "notes"),
        ("./seeds/notes.md", "notes"),
    ],
)
def test_an_id_a_path_or_a_unique_end_names_a_document(name: str, expected: str) -> None:
    assert ids_of(FRUS).find(name).id == expected


def test_a_whole_id_wins_over_the_end_of_another() -> None:
    assert ids_of(library("old/notes", "notes")).find("notes").id == "notes"


def test_an_ambiguous_id_lists_the_candidates() -> None:
    with pytest.raises(UnknownIdError) as caught:
        ids_of(FRUS).find("d0005")
    assert "frus/1964-68v30/d0005" in caught.value.message
    assert "frus/1969-76v17/d0005" in caught.value.message
    assert "d0007" not in caught.value.message
    assert caught.value.hint


def test_many_candidates_are_counted() -> None:
    with pytest.raises(UnknownIdError) as caught:
        ids_of(library(*(f"v{n}/d" for n in range(20)))).find("d")
    assert "v13/d" in caught.value.message
    assert "and 12 more" in caught.value.message


@pytest.mark.parametrize(
    ("name", "near"), [("note", "notes"), ("d0006", "d0007"), ("Notes", "notes")]
)
def test_an_unknown_id_gets_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        ids_of(FRUS).find(name)
    assert name in caught.value.message
    assert near in caught.value.hint
    assert caught.value.reason == ""


@pytest.mark.parametrize("name", ["005", "0005", "/d0007", "zzzzzz", ""])
def test_half_a_name_names_nothing(name: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        ids_of(FRUS).find(name)
    assert caught.value.hint or caught.value.reason == "unknown document"


def ends(path: str, end: str) -> bool:
    stem = path.rpartition(".")[0] or path
    return any(one == end or one.endswith("/" + end) for one in (path, stem))


def test_ids_are_found_by_their_ends_as_if_all_were_gone_through() -> None:
    by_path = {one.path: one for one in many_documents()}
    known = [*{one.id: one for one in by_path.values()}.values()]
    catalogue = ids_of(known)
    names = {one.id for one in known} | {one.path for one in known}
    names |= {name[at:] for name in names for at in range(len(name))} | {"nowhere"}
    for name in sorted(names):
        if not name:
            continue
        whole = [one for one in known if name in (one.id, one.path)]
        found = whole[:1] or [one for one in known if one.id.endswith("/" + name)]
        found = found or [one for one in known if ends(one.path, name)]
        if len(found) == 1:
            assert catalogue.find(name) == found[0], name
        else:
            with pytest.raises(UnknownIdError) as caught:
                catalogue.find(name)
            assert caught.value.several == bool(found), name


def test_an_ambiguous_id_lists_the_candidates_by_id() -> None:
    base = Document("", "")
    known = [replace(base, id=f"{part}/d", path=f"seeds/{part}/d.md") for part in "cab"]
    with pytest.raises(UnknownIdError, match="a/d, b/d, c/d"):
        ids_of(known).find("d")


def test_ids_in_lines_are_those_that_the_plain_pattern_finds() -> None:
    plain = re.compile(r"(?=([:-])\d+\1(.+?#\d+)\1)")
    chance = random.Random(5)
    for _ in range(4_000):
        line = "".join(chance.choices(":-1#a", k=chance.randint(1, 14)))
        found = [match[2] for match in plain.finditer(line)]
        for name in found:
            assert id_in_line(line, {name.rpartition("#")[0]}.__contains__) in found, line
        if found and not re.match(r"(.+?:\d+):\d+:", line):
            assert id_in_line(line) == found[0], line


def test_an_end_of_an_id_is_one_where_it_was_cut_and_names_one_document() -> None:
    ids = ids_of(library("a/energy", "b/bioenergy", "c/trade-policy"))
    for tail, found in (
        ("…de-policy", "c/trade-policy"),
        ("……policy", "c/trade-policy"),
        ("…oenergy", "b/bioenergy"),
    ):
        document = ids.known(tail)
        assert document is not None
        assert document.id == found
        assert ids.cut(tail.lstrip("…")) == document == ids.holding(f"{tail}#3")
        assert ids.known(tail.lstrip("…")) is None, "by itself it is no end that counts"
    assert ids.known("…a/energy") is None, "there is nothing to be cut"
    assert ids.known("…") is None
    assert ids.cut("nothing") is None
    for several in ("…energy", "…rgy"):
        with pytest.raises(UnknownIdError, match="may be any of a/energy, b/bioenergy"):
            ids.known(several)
        with pytest.raises(UnknownIdError, match="may be any of"):
            ids.cut(several.lstrip("…"))
    with pytest.raises(UnknownIdError, match="there is no document 'olicy'"):
        ids.holding("olicy")
    assert ids.holding("olicy#1").id == "c/trade-policy"
