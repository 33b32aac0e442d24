"""Filters of the command line to nodes: OR within one, AND between them, each with its negation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinorus.query.bounds import LETTERS, VALUES, shortened
from sinorus.query.fields import FieldError, date_range, field_node, read_date
from sinorus.query.nodes import And, Node, Not, Or, flatten

FILTER_NAMES = ("author", "publisher", "source", "lang", "tag", "path", "since", "until")
"""The filters there are; each also with `not_` before it. `source` takes ids of documents."""


class FilterError(FieldError):
    """A filter's value that cannot be read; `name` is the filter."""

    def __init__(self, name: str, fault: FieldError) -> None:
        super().__init__(fault.message, fault.hint)
        self.name = name


def filter_nodes(filters: Mapping[str, Sequence[str]]) -> list[Node]:
    """A node for each filter that has values. Raises FilterError naming the filter."""
    found: list[Node] = []
    for name, values in filters.items():
        if len(values) > VALUES:
            raise FilterError(
                name,
                FieldError(
                    f"at most {VALUES:,} values, these are {len(values):,}",
                    "say what they have in common, or ask several times",
                ),
            )
        nodes = [_node(name, value) for value in values]
        if nodes:
            node = flatten(Or, nodes)
            found.append(Not(node) if name.startswith("not_") else node)
    return found


def restricted(node: Node | None, filters: Sequence[Node]) -> Node | None:
    """The query with the filters joined to it; None where there is neither."""
    parts = [*([node] if node is not None else []), *filters]
    return flatten(And, parts) if parts else None


def _node(name: str, value: str) -> Node:
    field = name.removeprefix("not_")
    try:
        if len(value) > LETTERS:
            raise FieldError(
                f"{shortened(value)!r} has more than {LETTERS:,} characters", "write its beginning"
            )
        if field in ("since", "until"):
            read_date(value)
            return date_range(f">={value}" if field == "since" else f"<={value}")
        return field_node("id" if field == "source" else field, value)
    except FieldError as fault:
        if field in ("since", "until"):
            fault.hint = "write 2023, 2023-05 or 2023-05-04"
        raise FilterError(name, fault) from None
