"""Filters, each with its twin that leaves out: the same as the fields of the query language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.program import Sinorus

_DOCUMENTS = {
    "frus/d1": "author: Kennan\npublisher: State\nlang: en\ntags: [cold war]\ndate: 1946\n"
    "volume: '5'\nplace: Moscow\n",
    "frus/d2": "author: Kennan\npublisher: State\nlang: en\ntags: [trade]\ndate: 1972-02\n"
    "volume: '6'\nplace: [Peking, Shanghai]\n",
    "frus/d10": "author: Wang\npublisher: State\nlang: en\ndate: 1973\nvolume: '17'\n"
    "place: New York\n",
    "ru/d1": "author: Лавров\npublisher: Kremlin\nlang: ru\ndate: 2022\nplace: Москва\n",
}


def _fill(root: Path) -> None:
    for name, front in _DOCUMENTS.items():
        file = root / "seeds" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\nid: {name}\n{front}---\n\n# Heading of it\n\nA zebra.\n\nMore.\n")


@pytest.fixture
def zebras(indexed_once: Callable[[str, Callable[[Path], object]], Path], sinorus: Sinorus) -> Path:
    sinorus.cwd = indexed_once("filtered", _fill)
    sinorus.environment["SINORUS_UPDATE"] = "no"
    return sinorus.cwd


def found(sinorus: Sinorus, *arguments: str) -> list[str]:
    """The documents that have a paragraph which is found, and nothing said."""
    answer = sinorus("search", "-l", *arguments)
    assert answer.err == ""
    return [path.removeprefix("seeds/").removesuffix(".md") for path in answer.lines]


FILTERS = [
    (["--author", "kennan"], "author:kennan"),
    (["--publisher", "Kremlin"], "publisher:kremlin"),
    (["--source", "frus/d2", "--source", "ru/d1"], "id:frus/d2 OR id:ru/d1"),
    (["--lang", "Russian"], "lang:ru"),
    (["--tag", "cold war"], 'tag:"cold war"'),
    (["--kind", "heading"], "kind:heading"),
    (["--path", "seeds/frus/*"], "path:seeds/frus"),
    (["--since", "1973"], "date:>=1973"),
    (["--until", "1972"], "date:<=1972"),
    (["--where", "volume=6"], "volume:6"),
    (["--where", "Volume=17"], "volume:17"),
    (["--where", "place=new york"], 'place:"new york"'),
    (["--where", "place=shanghai", "--where", "place=москва"], "place:shanghai OR place:москва"),
    (["--where", "place=Moscow", "--where", "place=Peking", "--where", "volume=6"],
     "(place:moscow OR place:peking) volume:6"),
    (["--where", "volume=6..20"], "volume:6..20"),
    (["--where", "authors=kennan", "--where", "year=1972"], "author:kennan date:1972"),
    (["--where", "source=frus/d10"], "id:frus/d10"),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "query"), FILTERS, ids=str)
def test_a_filter_finds_what_the_field_does_and_its_twin_all_else(
    zebras: Path, sinorus: Sinorus, filters: list[str], query: str
) -> None:
    inside = found(sinorus, query)
    assert inside
    assert found(sinorus, *filters) == inside
    several = len({one.partition("=")[0] for one in filters[1::2]}) > 1
    if not several:  # of several keys the twin leaves out what any of them names
        twins = [one.replace("--", "--not-") for one in filters]
        assert found(sinorus, *twins) == found(sinorus, f"NOT ({query})")
        assert found(sinorus, "zebra", *twins) == found(sinorus, f"zebra NOT ({query})")


def test_the_twin_leaves_out_what_has_any_of_the_values(zebras: Path, sinorus: Sinorus) -> None:
    twins = ("--not-where", "volume=5", "--not-where", "place=Peking")
    assert found(sinorus, "zebra", *twins) == ["frus/d10", "ru/d1"]


def test_lists_by_id_have_numbers_by_their_size(zebras: Path, sinorus: Sinorus) -> None:
    order = ["frus/d1", "frus/d2", "frus/d10", "ru/d1"]
    assert found(sinorus, "zebra") == order
    assert found(sinorus, "zebra", "-n", "2", "--offset", "1") == order[1:3]
    assert sinorus("search", "kennan", "-L").lines == [f"seeds/{name}.md" for name in order]
    hits = sinorus("search", "zebra", "--sort", "source", "--no-fold", "--json").json["results"]
    assert [hit["document"] for hit in hits] == order
    volumes = sinorus("search", "zebra", "-c", "--group-by", "volume").lines
    assert volumes == ["5\t1", "6\t1", "17\t1", "unknown\t1"]
    groups = sinorus("compare", "zebra", "--by", "volume", "--json").json["groups"]
    assert [one["key"] for one in groups] == ["5", "6", "17", None]
    assert [one["id"] for one in sinorus("sources", "--json").json["results"]] == order


@pytest.mark.parametrize(
    "command",
    [["sources"], ["search", "zebra"], ["compare", "zebra", "--by", "document"]],
    ids=lambda one: one[0],
)
def test_every_command_that_filters_does_by_any_key(
    zebras: Path, sinorus: Sinorus, command: list[str]
) -> None:
    answer = sinorus(*command, "--where", "place=peking", "--json")
    text = str(answer.json)
    assert answer.code == 0
    assert "frus/d2" in text
    assert "frus/d10" not in text
    assert "ru/d1" not in text


WRONG = [
    ("volum=6", "no document has a key 'volum'", "did you mean volume=6?"),
    ("athor=x", "no document has a key 'athor'", "did you mean author=x?"),
    ("zzz=6", "no document has a key 'zzz'", "write KEY=VALUE; there are place, volume"),
    ("volume", "'volume' says no value", "write volume=VALUE"),
    ("volume= ", "'volume= ' says no value", "write volume=VALUE"),
    ("place=Mos*", "'Mos*' has an operator", "write place:Mos* in the query"),
    ("date=soon", "'soon' is not a date", "write 2023"),
]


@pytest.mark.parametrize(("given", "message", "hint"), WRONG, ids=[row[0] for row in WRONG])
@pytest.mark.parametrize("flag", ["--where", "--not-where"])
def test_what_is_no_key_and_what_is_no_value_is_said(
    zebras: Path, sinorus: Sinorus, flag: str, given: str, message: str, hint: str
) -> None:
    answer = sinorus("search", "zebra", flag, given)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: {flag}: {message}")
    assert hint in answer.err
