"""Success@10 of queries in one language on paragraphs of another, by terms and by the dictionary.

The questions of a collection that is there in several languages (`NAME_en`, `NAME_ru`, `NAME_zh`,
with the same ids) are asked of the paragraphs of each other language, as `sinorus search --any
--across` would; a question succeeds where one of its paragraphs is among the first ten. Questions
are split by a hash of their id: the failures of the development half may be looked at
(`--failures`), the other half is only measured. Neither had a part in choosing terms. Then the
articles of one text in several languages: each is the query for the article of its number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bench.common import SHARED, environment, parser, table, tell
from bench.relevance import (
    DEPTH,
    Collection,
    Text,
    collections_in,
    library_of,
    read_collection,
)
from sinorus import Library, Query
from sinorus.errors import QueryError

LANGUAGES = ("en", "ru", "zh")
TERMS_BAR, DICTIONARY_BAR, ARTICLES_BAR = 0.40, 0.85, 0.85
"""What each direction should reach by terms alone; en and zh with the dictionary; articles."""
HEAD = ("direction", "as typed", "terms", "dictionary", "bar", "")
_ARTICLE = re.compile(r"(?:Article|Статья|第)\s*([0-9]+|[一二三四五六七八九十]+)\s*条?")
_DIGITS = "零一二三四五六七八九"


class Direction(NamedTuple):
    """Questions in one language with the ids of what answers them, and the texts of another."""

    name: str
    queries: Mapping[str, str]
    answers: Mapping[str, Sequence[str]]
    texts: Collection


def is_development(question: str) -> bool:
    """Whether a question is of the half whose failures may be looked at."""
    return hashlib.blake2b(question.encode(), digest_size=1).digest()[0] % 2 == 0


def directions(collections: Sequence[Collection]) -> Iterator[Direction]:
    """Each of the languages asked of each other one."""
    for one in collections:
        for other in collections:
            if one is not other:
                name = f"{one.name[-2:]} → {other.name[-2:]}"
                answers = {question: [*judged] for question, judged in other.judged.items()}
                yield Direction(name, one.queries, answers, other)


class Asked:
    """The ways in which a library is asked."""

    WAYS = ("as typed", "terms", "dictionary")

    def __init__(self, root: Path, library: Library) -> None:
        without = library.settings.having("dictionary", False, "the bench")
        self.libraries = {
            "as typed": library,
            "terms": Library(root, without),
            "dictionary": library,
        }

    def ranks(self, way: str, text: str) -> list[str]:
        """The ids of the best documents."""
        across = way != "as typed"
        query = Query(text, any_word=True, across=across, limit=DEPTH, max_per_doc=1)
        try:
            found = self.libraries[way].search(query, update=False)
        except QueryError:
            found = self.libraries[way].search(query.having(literal=True), update=False)
        return [hit.document.id for hit in found.hits]


def successes(asked: Asked, way: str, of: Direction, some: Sequence[str]) -> dict[str, int | None]:
    """The place of the first right answer to each question, from 1; None for none in ten."""
    found: dict[str, int | None] = {}
    for question in some:
        ranked = asked.ranks(way, of.queries[question])
        places = [ranked.index(one) + 1 for one in of.answers[question] if one in ranked]
        found[question] = min(places, default=None)
    return found


def share(places: Mapping[str, int | None], most: int = DEPTH) -> float:
    """The share of questions that are answered in the first `most` places."""
    good = sum(1 for place in places.values() if place is not None and place <= most)
    return good / max(1, len(places))


def articles(folder: Path) -> list[Collection]:
    """The text of `folder` in each language, an article a document."""
    found = []
    for language, file in zip(LANGUAGES, ("en", "ru", "zh-Hans"), strict=True):
        path = folder / f"udhr.{file}.md"
        if not path.is_file():
            continue
        parts = re.split(_ARTICLE.pattern + r"\n", path.read_text("utf-8"))
        texts = [
            Text(str(_number(number)), "", " ".join(text.split()))
            for number, text in zip(parts[1::2], parts[2::2], strict=True)
        ]
        judged = {text.id: {text.id: 1} for text in texts}
        name = f"udhr_{language}"
        found.append(Collection(name, texts, {text.id: text.text for text in texts}, judged))
    return found


def _number(written: str) -> int:
    if written.isascii():
        return int(written)
    tens, _, ones = written.rpartition("十")
    ten = (_DIGITS.index(tens) if tens else 1) if "十" in written else 0
    return 10 * ten + (_DIGITS.index(ones) if ones else 0)


def measured(found: Sequence[Direction], *, failures: int) -> list[list[str]]:
    """A row for each direction and half."""
    rows = []
    for of in found:
        tell(f"{of.texts.name}: {of.name} …")
        with library_of(of.texts) as (root, library), closing(library):
            asked = Asked(root, library)
            for half, chosen in (("development", True), ("measured", False)):
                some = [one for one in of.queries if is_development(one) is chosen]
                places = {way: successes(asked, way, of, some) for way in Asked.WAYS}
                values = {way: share(places[way]) for way in Asked.WAYS}
                shown = [f"{value:.3f}" for value in values.values()]
                bar = f"{TERMS_BAR:.2f}"
                good = values["terms"] >= TERMS_BAR
                if "ru" not in of.name:
                    bar += f", {DICTIONARY_BAR:.2f}"
                    good = good and values["dictionary"] >= DICTIONARY_BAR
                rows.append([f"{of.name}, {half}", *shown, bar, "ok" if good else "short"])
                tell("  ".join(rows[-1]))
                if chosen and failures:
                    _show(of, places["terms"], failures)
    return rows


def _show(of: Direction, places: Mapping[str, int | None], most: int) -> None:
    failed = [question for question, place in places.items() if place is None]
    for question in failed[:most]:
        tell(f"  {of.queries[question]}")


def aligned(found: Sequence[Direction]) -> list[list[str]]:
    """A row for each direction: articles as queries for themselves, first and in the first ten."""
    rows = []
    for of in found:
        with library_of(of.texts) as (root, library):
            asked = Asked(root, library)
            places = {way: successes(asked, way, of, [*of.queries]) for way in Asked.WAYS}
        for most in (1, DEPTH):
            values = {way: share(places[way], most) for way in Asked.WAYS}
            shown = [f"{value:.3f}" for value in values.values()]
            good = "" if most > 1 else "ok" if values["terms"] >= ARTICLES_BAR else "short"
            bar = f"{ARTICLES_BAR:.2f}" if most == 1 else ""
            rows.append([f"{of.name}, success@{most}", *shown, bar, good])
            tell("  ".join(rows[-1]))
    return rows


def main() -> None:
    """Prints two tables."""
    arguments = parser(__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=SHARED / "relevance")
    arguments.add_argument("--articles", type=Path, default=SHARED / "library" / "udhr")
    arguments.add_argument("--only", help="one direction, such as en-zh")
    arguments.add_argument("--failures", type=int, default=0, help="of the development half")
    options = arguments.parse_args()
    parallel = [
        read_collection(path)
        for path in collections_in(options.folder)
        if path.name[-3:] in {f"_{language}" for language in LANGUAGES}
    ]
    wanted = options.only.replace("-", " → ") if options.only else ""
    chosen = [of for of in directions(parallel) if wanted in of.name]
    texts = [of for of in directions(articles(options.articles)) if wanted in of.name]
    second = table(HEAD, aligned(texts))
    print(f"{environment()}\n")
    print(table(HEAD, measured(chosen, failures=options.failures)))
    print(f"\n{second}")
