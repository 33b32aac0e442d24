"""What holds of any text at all."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.texts import forms, nfc, nfd, texts

from sinorus.text.fold import fold_value
from sinorus.text.tokens import paragraph_hash, tokenize

TWICE_POSSESSIVE = re.compile("[sS](?:['\u2019\u02bc\u02bb\u2018\uff07][sS])+")
ANY = st.text(max_size=80) | st.text(st.characters(exclude_categories=[]), max_size=80) | texts


@settings(max_examples=250, deadline=None)
@given(ANY)
@example("\ud800\udc00 \udfff")
def test_offsets_are_sorted_inside_and_apart(text: str) -> None:
    tokens = tokenize(text)
    spans = list(zip(tokens.starts, tokens.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(tokens.forms)
    assert all(tokens.stems)
    assert all(1 < join.width <= len(tokens) - join.at for join in tokens.joins)
    assert len(paragraph_hash(text, tokens)) == 8


@settings(max_examples=250, deadline=None)
@given(texts)
def test_a_word_cut_out_of_its_text_is_still_that_word(text: str) -> None:
    tokens = tokenize(text)
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        cut = text[start:end]
        if TWICE_POSSESSIVE.search(text) is None:
            assert forms(cut) == [form]


@settings(max_examples=250, deadline=None)
@given(texts)
def test_composed_and_decomposed_text_have_the_same_words(text: str) -> None:
    plain = text.replace(".", " ")  # accented initials: see test_text_tokens
    assert forms(nfc(plain)) == forms(nfd(plain))


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, max_size=4))
def test_paragraphs_put_together_keep_their_words(parts: list[str]) -> None:
    apart = [form for part in parts for form in forms(part.replace("[", " ").replace("]", " "))]
    together = "\n\n".join(part.replace("[", " ").replace("]", " ") for part in parts)
    assert forms(together) == apart


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_a_folded_value_is_folded_once_and_for_all(text: str) -> None:
    once = fold_value(text)
    assert fold_value(f"  {text}\n") == once
    assert once == once.strip()


SIZE = 100_000
LONG = {
    "one letter": ("a", 1),
    "a dotted chain": ("a.", 1),
    "a dotted chain that ends in a word": ("Я.", 1),
    "apostrophes": ("a'", 1),
    "open footnotes": ("a[1", 2 * SIZE),
    "an open footnote": ("[1,", SIZE),
    "signs of footnotes": ("a¹[1]", SIZE),
    "hyphens": ("-", 0),
    "joined words": ("a-", SIZE),
    "broken words": ("a-\n", SIZE),
    "broken words and spaces": ("a\xac \n  ", SIZE),
    "a hyphen and spaces": ("-\t", 0),
    "accents": ("e\u0301", 1),
    "soft hyphens": ("a\u00ad", 1),
    "ideographs": ("中", SIZE),
    "voiced kana": ("ｶﾞ", SIZE),
    "digits": ("9", 1),
    "halves": ("½", SIZE),
    "Hangul and marks": ("한\u0301", 1),
    "surrogates": ("\ud83d", 0),
    "scripts that alternate": ("wя", 2 * SIZE),
    "scripts that look alike": ("aя", 1),
    "initials": ("U. ", SIZE),
    "groups of digits": ("1,000", SIZE + 1),
    "groups and spaces": ("1 000 ", 2 * SIZE),
    "elided articles": ("l'a ", 2 * SIZE),
    "an article that is never done": ("l'", 1),
}


@pytest.mark.parametrize(("piece", "expected"), LONG.values(), ids=LONG.keys())
def test_the_longest_text_is_read_to_its_end(piece: str, expected: int) -> None:
    """A pattern that went back over what it has read would not come to an end here."""
    assert len(tokenize(piece * SIZE)) == expected
    assert forms(piece * SIZE + " end")[-1] == "end"
