"""What a library has to offer for the value of an option or an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from os.path import realpath

from sinorus.cli.completing.words import Candidate
from sinorus.cli.place import library_folder, settings_of
from sinorus.errors import NoLibraryError
from sinorus.library.catalogue import Catalogue
from sinorus.text.fold import fold_value
from sinorus.text.order import natural_key

_MOST = 2000
"""Candidates: a shell asks before it lists a hundred, and the rest come as more is typed."""
_MOST_ALL = 100
"""Documents that are offered at once, whatever folders they are in."""
_MOST_PARAGRAPHS = 100
_MOST_HITS = 10
_BEGINNING = 60
"""Characters of a paragraph that are said about its number."""
_ITSELF = frozenset({"title", "url", "id", "path"})
"""Keys by which nobody groups: each document has one of its own."""


def offered(library: str | None, engine: str | None, kind: str, incomplete: str) -> list[Candidate]:
    """The candidates of a kind for what is typed; `kind` is one of `KINDS` or a field.

    `library` and `engine` are what the line says of them.
    """
    try:
        root = library_folder(library)
    except NoLibraryError:
        root = None
    with closing(Catalogue(root, settings_of(root, engine))) as catalogue:
        if kind in KINDS:
            return KINDS[kind](catalogue, incomplete)
        return _items(fitting(catalogue.values(kind), incomplete))


def fitting(names: Iterable[str], incomplete: str) -> list[str]:
    """The names that begin as what is typed, whatever its case, in natural order.

    Where there is none, the one that has a word in it that begins so.
    """
    typed = fold_value(incomplete)
    if not typed:
        return sorted(names, key=natural_key)
    folded = [(name, fold_value(name)) for name in names]
    found = [name for name, text in folded if text.startswith(typed)]
    if not found:
        inside = [name for name, text in folded if f" {typed}" in text]
        found = inside if len(inside) == 1 else []
    return sorted(found, key=natural_key)


def _items(names: Iterable[str], about: str = "") -> list[Candidate]:
    return [Candidate(name, about) for name in list(names)[:_MOST]]


def _ids(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """Documents; of many, their folders first. Where none begins as what is typed, the one that is
    called so for short.
    """
    every = catalogue.ids()
    begun = [name for name in every if name.startswith(incomplete)]
    found = _level(begun, incomplete) or fitting(_level(every, incomplete), incomplete)
    if not found:
        ends = [end for name in every for end in _ends(name) if end.startswith(incomplete)]
        found = ends if len(ends) == 1 and len(catalogue.ids_ending(f"/{ends[0]}")) == 1 else []
    return _items(sorted(found, key=natural_key))


def _level(ids: Sequence[str], incomplete: str) -> list[str]:
    """The ids, or where they are many the folders in which they are, one level of them."""
    if len(ids) <= _MOST_ALL:
        return list(ids)
    depth = incomplete.count("/") + 1
    parts = (name.split("/", depth) for name in ids)
    return [*dict.fromkeys("/".join([*one[:depth], *("" for _ in one[depth:])]) for one in parts)]


def _ends(name: str) -> Iterator[str]:
    """What a document may be called for short: its id from each `/` on."""
    while "/" in name:
        name = name.partition("/")[2]
        yield name


def _paragraph_ids(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """Hits of the last search and documents; behind a `#` paragraphs, with how each begins."""
    name, hash_sign, number = incomplete.rpartition("#")
    if not hash_sign:
        return [*_hits(catalogue, incomplete), *_ids(catalogue, incomplete)]
    document = name if catalogue.length(name) else _one(catalogue.ids_ending(f"/{name}"))
    wanted = [n for n in range(1, catalogue.length(document) + 1) if str(n).startswith(number)]
    wanted = wanted[:_MOST_PARAGRAPHS]
    if not wanted:
        return []
    texts = dict(catalogue.paragraphs(document, wanted[0], wanted[-1]))
    return [Candidate(f"{name}#{n}", texts[n][:_BEGINNING]) for n in wanted]


def _hits(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """The numbers of the first hits that the last search of this terminal printed, each with the
    title of its document; only where nothing is typed yet, or a number.
    """
    if incomplete and not incomplete.isdecimal():
        return []
    from sinorus.cli.remembered import remembered

    there = remembered()
    if there is None or catalogue.root is None or there.library != realpath(catalogue.root):
        return []
    found: list[Candidate] = []
    for number in range(there.first, there.last + 1):
        if len(found) < _MOST_HITS and str(number).startswith(incomplete):
            document, _, n = there.hits[number - there.first][0].rpartition("#")
            if title := catalogue.title(document):
                found.append(Candidate(str(number), f"#{n} {title}", bare=True))
    return found


def _one(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ""


def _listed_ids(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """Documents behind those that are there, with commas between them."""
    return _behind_commas(incomplete, lambda last: _ids(catalogue, last))


def _listed_keys(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    from sinorus.model.documents import DESCRIPTIVE_FIELDS

    every = dict.fromkeys((*DESCRIPTIVE_FIELDS, "tag", "citekey", *catalogue.fields()))
    return _behind_commas(incomplete, lambda last: _items(fitting(every, last)))


def _behind_commas(incomplete: str, offers: Callable[[str], list[Candidate]]) -> list[Candidate]:
    before, comma, last = incomplete.rpartition(",")
    given = before.split(",")
    return [
        Candidate(f"{before}{comma}{item.value}")
        for item in offers(last)
        if item.value not in given
    ]


def _groupings(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """What documents are grouped by: what is known of every document, then the library's keys."""
    from sinorus.model import GROUPINGS

    own = [key for key in catalogue.fields() if key not in (*GROUPINGS, *_ITSELF)]
    names = [key for key in GROUPINGS if key.startswith(incomplete)]
    return _items([*names, *fitting(own, incomplete)])


def _sets(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """Sets of marks."""
    return _items(fitting(catalogue.sets(), incomplete))


def _names(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """The names that a search knows, by any of their forms; each with what it is called first."""
    called: dict[str, str] = {}
    for forms in catalogue.names():
        for form in forms:
            called.setdefault(form, forms[0])
    return [
        Candidate(form, "" if called[form] == form else called[form])
        for form in fitting(called, incomplete)[:_MOST]
    ]


def _conditions(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """The keys for which there is no filter of their own; behind `KEY=` their values."""
    from sinorus.model import FILTER_NAMES

    key, equals, value = incomplete.partition("=")
    if equals:
        return _items(f"{key}={one}" for one in fitting(catalogue.values(key), value))
    keys = fitting((name for name in catalogue.fields() if name not in FILTER_NAMES), key)
    return _items(f"{name}=" for name in sorted(keys, key=_ITSELF.__contains__))


def _paths(catalogue: Catalogue, incomplete: str) -> list[Candidate]:
    """The folders and files behind what is typed of a path, one level of them."""
    folder = incomplete.rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    found = dict.fromkeys(
        start + name + slash
        for path in catalogue.paths()
        if path.startswith(start)
        for name, slash, _ in [path[len(start) :].partition("/")]
    )
    return _items(fitting(found, incomplete))


KINDS: dict[str, Callable[[Catalogue, str], list[Candidate]]] = {
    "document": _ids,
    "paragraph": _paragraph_ids,
    "documents": _listed_ids,
    "keys": _listed_keys,
    "grouping": _groupings,
    "name": _names,
    "path": _paths,
    "set": _sets,
    "where": _conditions,
}
"""What is offered beside the values of a field, by its name."""
