"""Documents as a cluster keeps them, and as they come back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.conformance import make

from sinorus.engines.opensearch.documents import (
    Piece,
    clipped,
    encode,
    read_indexed_file,
    read_paragraph,
)
from sinorus.engines.opensearch.query import compiled
from sinorus.engines.opensearch.schema import EXACT, SEPARATOR, mapping
from sinorus.model import Date, Fault, Fingerprint, Place, Reading, Styled
from sinorus.query.nodes import FieldValue, FieldWords, Term
from sinorus.text.tokens import Tokens, paragraph_hash, tokenize

MADE = make(
    "Press/Tass/a",
    ["The alliances\nof 1950", "Договор"],
    ("Part One", "Chapter"),
    title="Allies",
    authors=("Wang Yi", "Лавров"),
    publisher="Tass",
    date=Date("1952-02"),
    url="https://example.org/a",
    lang="zh-Hant",
    tags=("Cold  War", "мир"),
    extra={"place of birth": "Гори", "places": ("Moscow", "Beijing")},
    derived=("lang",),
    encoding="cp1251",
)
assert MADE.document is not None
DOCUMENT, FINGERPRINT = MADE.document, MADE.fingerprint
PARAGRAPHS = [
    replace(
        MADE.paragraphs[0],
        kind="quote",
        places=(Place(0, 2, 2), Place(14, 3, 2)),
        spans=(Styled(4, 13, "link", "https://example.org/"), Styled(5, 6, "strong")),
        notes=(2,),
        speaker="В. Путин",
    ),
    replace(MADE.paragraphs[1], kind="footnote", noted_by=(1,)),
]
FAULTS = [
    Fault("seeds/Press/Tass/a.md", 3, "bad date", skipped=False),
    Fault("seeds/Press/Tass/a.md", None, "no title", skipped=False),
]
READING = Reading(FINGERPRINT, DOCUMENT, PARAGRAPHS, FAULTS)


def kept(piece: Piece) -> dict[str, Any]:
    """What a cluster gives back of a piece: what went through JSON and is not excluded."""
    excluded = mapping()["_source"]["excludes"]
    source: Mapping[str, Any] = json.loads(json.dumps(piece.source))
    return {name: value for name, value in source.items() if name not in excluded}


def test_a_document_comes_back_with_all_that_is_known_of_it() -> None:
    pieces, counts = encode("press", READING, 3)
    assert counts == (1, 2, 5)
    file = read_indexed_file(kept(pieces[-1]))
    assert (file.born, file.document, file.path) == (3, "Press/Tass/a", FINGERPRINT.path)
    assert file.counts == counts
    assert file.fingerprint == FINGERPRINT
    assert file.read_document() == DOCUMENT
    assert file.read_faults() == FAULTS


def test_paragraphs_come_back_as_they_were() -> None:
    pieces, _ = encode("press", READING, 3)
    assert [read_paragraph(kept(piece)) for piece in pieces[:-1]] == PARAGRAPHS


def test_a_paragraph_without_a_hash_gets_one_and_a_document_its_words() -> None:
    bare = [replace(one, hash="") for one in PARAGRAPHS]
    pieces, _ = encode("press", READING._replace(document=replace(DOCUMENT, words=0)), 3)
    assert read_indexed_file(kept(pieces[-1])).read_document().words == 5
    pieces, _ = encode("press", READING._replace(paragraphs=bare), 3)
    hashes = [read_paragraph(kept(piece)).hash for piece in pieces[:-1]]
    assert hashes == [paragraph_hash(one.text, tokenize(one.text)) for one in PARAGRAPHS]


def test_a_skipped_file_comes_back_with_its_fault() -> None:
    fingerprint = Fingerprint("", "seeds/x.md", 1, 2, 3, 4, "cd")
    fault = Fault("seeds/x.md", 7, "binary file", skipped=True)
    (piece,), counts = encode("press", Reading(fingerprint, faults=[fault]), 3)
    assert counts == (0, 0, 0)
    file = read_indexed_file(kept(piece))
    assert file.fingerprint == fingerprint
    assert file.read_faults() == [fault]
    assert file.counts == counts
    assert "document" not in piece.source


def test_a_document_is_searched_by() -> None:
    pieces, _ = encode("press", READING, 3)
    source = pieces[0].source
    assert {name: source[name] for name in source if name not in ("version", "stored")} == {
        "kind": "paragraph",
        "born": 3,
        "document": "Press/Tass/a",
        "path": "seeds/Press/Tass/a.md",
        "tails": ["press/tass/a", "tass/a", "a"],
        "lang": "zh-hant",
        "tag": ["cold war", "мир"],
        "since": 19520201,
        "days": {"gte": 19520201, "lte": 19520229},
        "title": "allies\x00Allies",
        "order": "press\x01tass\x01a\x00Press/Tass/a",
        "named": [
            "author:wang author:yi",
            f"author:лавр{SEPARATOR}author:лавров",
            "tag:cold tag:war",
            f"tag:мир{SEPARATOR}tag:миро",
            "title:alli",
            "publisher:tass",
            "url:https url:exampl url:org url:a",
            "lang:zh lang:hant",
            f"place%20of%20birth:гореть{SEPARATOR}place%20of%20birth:гори",
            "places:moscow",
            "places:beij",
        ],
        "n": 1,
        "hash": "00000001",
        "words": 4,
        "prose": 46,
        "text": (
            "the\x01=the\x01^The allianc\x01=alliances\x01^alliances of\x01=of\x01^of 1950\x01=1950"
        ),
        "heading": ["part one", "chapter"],
        "block": "quote",
        "speaker": "в путин",
    }


def test_what_is_not_known_of_a_document_is_not_sent() -> None:
    pieces, _ = encode("press", make("a", ["word"]), 1)
    assert set(pieces[0].source) == {
        *("kind", "version", "born", "document", "order", "path", "tails", "tag", "named"),
        *("n", "hash", "words", "prose", "text", "heading", "block", "stored"),
    }
    assert set(pieces[0].source["stored"]) == {"text", "lines"}


def test_a_word_that_is_written_as_two_is_sent_beside_both() -> None:
    pieces, _ = encode("press", make("a", ["an off-shore agree-\nment"]), 1)
    assert pieces[0].source["text"].replace(SEPARATOR, "/").split() == [
        "an/=an/^an",
        "off/=off/^off/-20offshor/-20=offshore/-20^offshore",
        "shore/=shore/^shore/-21offshor/-21=offshore/-21^offshore",
        "agre/=agree/^agree/-20agreement/-20=agreement/-20^agreement",
        "ment/=ment/^ment/-21agreement/-21=agreement/-21^agreement",
    ]


def test_every_field_that_is_sent_is_one_of_the_mapping() -> None:
    pieces, _ = encode("press", READING, 3)
    sent = {name for piece in pieces for name in piece.source}
    assert sent == set(mapping()["properties"])


def test_every_piece_of_a_file_has_a_name_of_its_own_and_lies_with_the_others() -> None:
    pieces, _ = encode("press", READING, 3)
    version = pieces[-1].source["version"]
    assert [piece.id for piece in pieces] == [
        f"press/{version}#1",
        f"press/{version}#2",
        f"press/{version}",
    ]
    assert {piece.source["version"] for piece in pieces} == {version}
    assert {piece.routing for piece in pieces} == {version.split(".")[0]}


@pytest.mark.parametrize(
    ("changed", "born"),
    [
        (READING, 4),
        (READING._replace(fingerprint=FINGERPRINT._replace(digest="ac")), 3),
        (READING._replace(fingerprint=FINGERPRINT._replace(path="seeds/b.md")), 3),
        (READING._replace(document=replace(DOCUMENT, id="b")), 3),
        (READING._replace(document=None), 3),
    ],
    ids=["a later change", "other bytes", "another path", "another id", "no document"],
)
def test_another_state_of_a_file_is_another_version(changed: Reading, born: int) -> None:
    (*_, before), _ = encode("press", READING, 3)
    (*_, after), _ = encode("press", changed, born)
    assert before.source["version"] != after.source["version"]


def token_sent(text: str) -> tuple[str, str]:
    """The stem and the form that the index is given of a text of one word."""
    pieces, _ = encode("press", make("a", [text]), 1)
    stem, form, *_ = pieces[0].source["text"].split(SEPARATOR)
    return stem, form


def value_asked(node: Term) -> str:
    """The token that a query of one word asks for."""
    value: str = compiled(node)["term"]["text"]["value"]
    return value


@pytest.mark.parametrize("letter", ["1", "w", "я", "𐤀"])
@pytest.mark.parametrize("size", [7_999, 8_000, 8_001, 20_000])
def test_a_long_word_is_found_by_what_it_was_indexed_as(letter: str, size: int) -> None:
    text = letter * size
    stem, form = token_sent(text)
    tokens = tokenize(text)  # a query has no words so long, an index may
    found, exact = Term(tokens.stems[0], solid=True), Term(tokens.forms[0], exact=True, solid=True)
    assert (stem, form) == (value_asked(found), value_asked(exact))
    assert form.startswith(EXACT)
    assert max(len(stem.encode()), len(form.encode())) <= 32_766


def test_long_words_that_differ_only_at_the_end_stay_different() -> None:
    words = ["w" * 8_000 + end for end in ("", "1", "2", "12", "w")]
    assert len({clipped(word) for word in words}) == len(words)


def test_a_long_word_of_a_field_is_found_by_what_it_was_indexed_as() -> None:
    word = "9" * 8_000
    reading = make("a", ["word"], (word + "1",), title=word, extra={"é e": word})
    pieces, _ = encode("press", reading, 1)
    source = pieces[0].source
    title = compiled(FieldWords("title", (word,)))["match_phrase"]["named"]["query"]
    extra = compiled(FieldWords("é e", (word,)))["match_phrase"]["named"]["query"]
    heading = compiled(FieldWords("heading", (word + "1",)))["match_phrase"]["heading"]["query"]
    assert source["named"] == [title, extra]
    assert title != extra
    assert source["heading"] == [heading]
    assert max(len(value) for value in (title, extra, heading)) <= 8_000


@pytest.mark.parametrize("value", ["press/tass/a", "tass/a", "a"])
def test_a_document_is_asked_for_by_the_end_of_its_id(value: str) -> None:
    pieces, _ = encode("press", READING, 3)
    asked = compiled(FieldValue("id", value))["term"]["tails"]["value"]
    assert asked in pieces[0].source["tails"]


def faults_of(tokens: Tokens) -> list[str]:
    """The tokens that a cluster would not take apart as we mean it."""
    return [
        token
        for token in map(clipped, (*tokens.stems, *tokens.forms))
        if not token
        or SEPARATOR in token
        or token.startswith(EXACT)
        or any(sign.isspace() for sign in token)
    ]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_token_has_a_space_or_a_sign_of_ours_in_it(text: str) -> None:
    assert faults_of(tokenize(text)) == []


@pytest.mark.parametrize("sign", ["ﷺ", "ﷻ", "ﹶ", "ͺ"])
def test_a_sign_that_stands_for_several_words_is_one_token(sign: str) -> None:
    assert faults_of(tokenize(f"one {sign} two")) == []
