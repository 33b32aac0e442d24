"""Words and values of the library that are like one that it does not have."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from sinorus.engines.port import Engine, SearchRequest
from sinorus.query.evaluate import highlights
from sinorus.query.nodes import FieldValue, FieldWords, Fuzzy, Node, Synonyms, Term
from sinorus.query.parse import parse_literal
from sinorus.query.passages import Passage
from sinorus.text.tokens import is_ideograph, tokenize

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю"
_ENDING = ".!?…:;。！？："
"""Behind which a sentence begins."""
_OPENING = " \t\n\"'“”«„(["
_PARAGRAPHS = 30
"""Paragraphs in which words are looked at that are spelt like another."""
_DOCUMENTS = 20_000
"""Documents of which the values are looked at."""
_LISTED = 5
"""Values of a field that are named where none is like the one that was given."""


def suggestion(engine: Engine, node: Node) -> str | None:
    """What was probably meant by a part of a query that finds nothing, as it is written."""
    if isinstance(node, Synonyms):
        node = node.parts[0]
    if isinstance(node, FieldValue):
        return _near_value(engine, node.name, node.value)
    if isinstance(node, FieldWords):
        return _near_value(engine, node.name, node.shown or " ".join(node.words))
    if not isinstance(node, Term) or len(node.text) < 4 or is_ideograph(node.text):
        return None
    written = node.shown or node.text
    if (other := _other_keyboard(written)) and _is_there(engine, other):
        return other
    forms = tokenize(written).forms
    for distance in (1, 2) if len(forms) == 1 else ():
        capital = written[:1].isupper()
        if found := _spelt_nearly(engine, Fuzzy(forms[0], distance), capital=capital):
            return max(found, key=lambda word: _likeness(word, forms[0], found[word]))
    return None


def _other_keyboard(word: str) -> str:
    """What the same keys type on the other keyboard; empty where they type no word there."""
    for typed, meant in ((_LATIN, _RUSSIAN), (_RUSSIAN, _LATIN)):
        found = word.lower().translate(str.maketrans(typed, meant))
        if all(letter in typed for letter in word.lower()) and found.isalpha():
            return found
    return ""


def _is_there(engine: Engine, word: str) -> bool:
    node = parse_literal(word, exact=False, any_word=False)
    return node is not None and bool(engine.search(SearchRequest(node, limit=0)).total)


def _spelt_nearly(engine: Engine, fuzzy: Fuzzy, *, capital: bool) -> Counter[str]:
    """The words as they stand in the best paragraphs, with how often they do.

    Whether one that only begins sentences is a name, nobody can tell: it gets a capital where what
    was typed has one.
    """
    found: Counter[str] = Counter()
    begin: Counter[str] = Counter()
    for hit in engine.search(SearchRequest(fuzzy, limit=_PARAGRAPHS)).hits:
        text = hit.paragraph.text
        for start, end in highlights(fuzzy, Passage(hit.document, hit.paragraph, {})):
            word, before = text[start:end], text[:start].rstrip(_OPENING)
            first = not before or before[-1] in _ENDING
            (begin if first and word[1:].islower() else found)[word] += 1
    for word, often in begin.items():
        small = word.lower()
        found[word if word in found or (capital and small not in found) else small] += often
    for word in [*found]:  # what also stands in small letters is no name
        if (small := word.lower()) != word and small in found:
            found[small] += found.pop(word)
    return found


def _likeness(word: str, typed: str, often: int) -> tuple[bool, int, bool, bool, int]:
    """What makes a word more likely to have been meant.

    It begins alike, and is the nearest: two letters that changed places are one slip. Names are
    asked for more often than common words, and none of the letters that were typed is missing: one
    is more often left out than put in.
    """
    from rapidfuzz.distance import OSA

    folded = word.casefold()
    kept = all(folded.count(letter) >= typed.count(letter) for letter in typed)
    name = word[:1].isupper() and not word.isupper()
    return folded[:1] == typed[:1], -OSA.distance(folded, typed), name, kept, often


def _near_value(engine: Engine, name: str, value: str) -> str | None:
    """`lang:en, lang:ru or lang:zh`, or the one value of the field that is written like it."""
    from difflib import get_close_matches

    values = Counter(
        one
        for document in islice(engine.documents(), _DOCUMENTS)
        for one in _values(document, name)
    )
    folded = {one.casefold(): one for one in reversed([*values])}
    for one in values:  # of a name each word may be the one that was meant
        for word in one.split():
            folded.setdefault(word.casefold(), word)
    near = get_close_matches(value.casefold()[:80], folded, 1, 0.7)
    if near:
        return _written(name, folded[near[0]])
    if name != "lang" or not values:
        return None
    *first, last = [_written(name, one) for one, _ in values.most_common(_LISTED)]
    return f"{', '.join(first)} or {last}" if first else last


def _values(document: object, name: str) -> tuple[str, ...]:
    found = getattr(document, {"author": "authors", "tag": "tags"}.get(name, name), None)
    if found is None:
        return ()
    return (found,) if isinstance(found, str) else tuple(map(str, found))


def _written(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"
