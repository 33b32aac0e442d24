"""Frozen values are dataclasses in all that can be told from outside."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from typing import Any

import pytest

from sinorus.model.value import value
from sinorus.query.nodes import And, Everything, Or, Prefix, Term, Wildcard


@value(frozen=True, order=True)
class Place:
    """A value with all kinds of fields."""

    path: str
    line: int = 1
    notes: dict[str, str] = field(default_factory=dict)
    shown: str = field(default="", compare=False)


def test_it_is_made_by_position_by_name_and_by_default() -> None:
    assert repr(Place("a")) == "Place(path='a', line=1, notes={}, shown='')"
    assert Place("a", 2, {"b": "c"}, "d") == Place(notes={"b": "c"}, line=2, path="a")
    assert Place("a").notes is not Place("a").notes


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ((), {}),
        (("a", 1, {}, "", 5), {}),
        (("a",), {"column": 3}),
        ((), {"line": 1, "column": 3}),
        (("a", 1, {}, ""), {"path": "b"}),
    ],
)
def test_it_is_not_made_of_anything_else(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Place"):
        Place(*given, **named)


def test_it_cannot_be_changed() -> None:
    place: Any = Place("a")
    for name in ("line", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(place, name, 3)
    with pytest.raises(FrozenInstanceError):
        del place.line


def test_it_equals_what_is_of_its_kind_only() -> None:
    assert Place("a", shown="x") == Place("a", shown="y")
    assert Place("a") != Place("b")
    nodes = [Prefix("a"), Wildcard("a"), Term("a"), And(()), Or(()), Everything()]
    assert len(set(nodes)) == len(nodes) == len({hash(node) for node in nodes})
    assert all((one == other) == (one is other) for one in nodes for other in nodes)
    assert hash(Term("a", shown="x")) == hash(Term("a", shown="y"))


def test_it_has_an_order_where_that_is_asked_for() -> None:
    assert sorted([Place("b"), Place("a", 2), Place("a")])[0] == Place("a")
    assert Place("a") <= Place("a", 2)
    less: Any = Term("a")
    with pytest.raises(TypeError):
        assert less < Term("b")


def test_it_is_known_to_the_standard_library() -> None:
    place = Place("a", 2, {"b": "c"})
    assert is_dataclass(place)
    assert [one.name for one in fields(place)] == ["path", "line", "notes", "shown"]
    assert replace(place, line=3) == Place("a", 3, {"b": "c"})
    assert pickle.loads(pickle.dumps(place)) == place == copy.deepcopy(place)
    match place:
        case Place(path, line):
            assert (path, line) == ("a", 2)
