"""Citation keys: the document's own, else one that is readable and stays the same.

`gabuev2021pax`: the family name of the first author (else the publisher, else the site), the year,
the first word of the title that says something; names of other scripts as their libraries romanise
them. Where several documents would have one key, that with the first id has it, and the others add
letters that come of their own id alone: a document that is added takes away the key of one other at
most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from sinorus.citation.persons import person
from sinorus.citation.romanised import romanised
from sinorus.model import Document
from sinorus.text.grammar import is_grammar

_USABLE = re.compile(r"[^\s{},\"#%~@\\()'=]{1,200}")
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d{2,4}\s*年度?")
_LEAST = 3
"""Letters of a word of a title that says something; Han characters say more each."""
_LONGEST = 20
"""Characters of each part of a key."""
_HAN_TITLE = 4
"""Characters of a Chinese title that go into a key."""
_TELLING = 3
"""Letters that tell documents apart which would have one key."""
_NOT_SITES = frozenset(("www", "en", "ru", "zh", "m", "news", "english", "eng"))


def own_key(document: Document) -> str | None:
    """The key that a document or its entry in a bibliography says, if it is one."""
    key = document.citekey or ""
    return key if _USABLE.fullmatch(key) and key.isprintable() else None


def rivals(document: Document, documents: Iterable[Document]) -> Iterator[Document]:
    """Those of the documents whose keys may be that of this one: letters, a year, letters are one
    key, so those of other years have others, and need not be romanised.
    """
    year = _year(document)
    return (one for one in documents if own_key(one) or _year(one) == year)


def made_key(document: Document) -> str:
    """The key that is made of a document, whatever others there are."""
    name = _letters(_who(document))
    year = _year(document)
    word = _first_word(document.title or "")
    return f"{name}{year}{word if word != name else ''}" or "source"


def citation_keys(documents: Iterable[Document]) -> Mapping[str, str]:
    """The key of each document, by its id: different ones, but for those that documents say."""
    found: dict[str, str] = {}
    without: list[Document] = []
    for document in documents:
        if key := own_key(document):
            found[document.id] = key
        else:
            without.append(document)
    taken = {key.lower() for key in found.values()}
    for document in sorted(without, key=lambda one: one.id):
        key = base = made_key(document)
        letters = _own_letters(document.id)
        more = _TELLING
        while key.lower() in taken and more <= len(letters):
            key, more = f"{base}-{letters[:more]}", more + 1
        taken.add(key.lower())
        found[document.id] = key
    return found


def _own_letters(name: str) -> str:
    digest = sha256(name.encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest)


def _year(document: Document) -> str:
    return document.date.text[:4] if document.date else ""


def _who(document: Document) -> str:
    for name in document.authors:
        known = person(name)
        if known.family:
            return known.family
        return _short(known.literal)
    if document.publisher:
        return _short(document.publisher)
    try:
        host = urlsplit(document.url or "").hostname or ""
    except ValueError:
        return ""
    parts = host.split(".")
    while len(parts) > 2 and parts[0] in _NOT_SITES:
        parts.pop(0)
    return parts[-2] if len(parts) > 1 else ""


def _short(name: str) -> str:
    """An institution by its first word that says something; Han names whole."""
    words = [word for word in _WORD.findall(name) if not is_grammar(word.lower())]
    return words[0] if words else name


def _first_word(title: str) -> str:
    for word in _WORD.findall(_YEAR.sub(" ", title)):
        if any("\u3400" <= sign <= "\u9fff" for sign in word):
            return _letters(re.sub(r"[^\u3400-\u9fff]", "", word)[:_HAN_TITLE])
        if len(word) >= _LEAST and not word.isdigit() and not is_grammar(word.lower()):
            return _letters(word)
    return ""


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", romanised(text).lower())[:_LONGEST]
