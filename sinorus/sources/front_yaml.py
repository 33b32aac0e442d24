"""YAML as front matter uses it: every scalar is the text that stands in the file.

YAML would make `no` false, `07` seven and `0000-00-00` an error; a field of a source is text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML built without libyaml: ten times slower, no difference otherwise
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

_NOTHING = frozenset({"", "~", "null"})  # unless it stands in quotes
_DEPTH = 32
_NODES = 20_000
_CHARACTERS = 1 << 20  # at least what a front matter without aliases may be long
_CERTAINLY_SMALL = 2_000  # characters: too few to nest so deep that the parser's stack runs out
_TOO_LARGE = "it has more than 20,000 values, or its aliases (*name) make it too large"


@dataclass(slots=True)
class Fields:
    """A mapping as it was read: values are str, None, lists and dicts of the same.

    `positions` has where each key stands, `repeated` the keys that were given more than once
    with the position of the last, both in code points from the start of the YAML text.
    """

    values: dict[str, object] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[str, int]] = field(default_factory=list)


class TextLoader(_Base):
    """A safe loader whose document is `Fields` (a mapping), or a list, str or None."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        """One tag for all: none is ever looked at, and to tell them apart takes time."""
        return ""

    def descend_resolver(self, _node: object, _index: object) -> None:
        """Nothing: no tag depends on the place of a node."""

    def ascend_resolver(self) -> None:
        """Nothing, as above."""

    def construct_document(self, node: yaml.Node) -> object:
        """The value of the whole document; raises `yaml.YAMLError` if it is boundless."""
        reading = _Reading()
        if not isinstance(node, yaml.MappingNode):
            return reading.value(node, 0)
        fields = Fields()
        values, positions = fields.values, fields.positions
        for key_node, value_node in node.value:
            key = reading.key(key_node, 0).strip()
            position = key_node.start_mark.index
            if key in values:
                fields.repeated.append((key, position))
            values[key] = reading.value(value_node, 0)
            positions[key] = position
        return fields


def check_measure(text: str) -> None:
    """Nothing, or raises `yaml.YAMLError` for what would be refused when it is read anyway.

    Nesting that would overrun the C parser's stack, and more values than are taken: as nodes,
    those of a megabyte need half a gigabyte.
    """
    if len(text) <= _CERTAINLY_SMALL:
        return
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Base):
        nodes += isinstance(event, yaml.NodeEvent)
        if nodes > _NODES + 1:  # the mapping that holds all is not counted below
            raise yaml.YAMLError(_TOO_LARGE)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > 2 * _DEPTH:
                raise yaml.YAMLError("it is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Reading:
    """Turns nodes into values, and counts: aliases can make a small text a huge value.

    So can keys that are mappings themselves: each level doubles the quotation marks within.
    """

    def __init__(self) -> None:
        self.nodes = 0
        self.characters = 0

    def value(self, node: yaml.Node, depth: int) -> object:
        self.nodes += 1
        if depth > _DEPTH:
            raise yaml.YAMLError("it is nested too deeply")
        if self.nodes > _NODES or self.characters > _CHARACTERS:
            raise yaml.YAMLError(_TOO_LARGE)
        if isinstance(node, yaml.ScalarNode):
            text: str = node.value
            self.characters += len(text)
            return None if text in _NOTHING and not getattr(node, "style", None) else text
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return {self.key(key, depth + 1): self.value(item, depth + 1) for key, item in node.value}

    def key(self, node: yaml.Node, depth: int) -> str:
        """The text of a key; a list or a mapping is one as Python writes it."""
        value = self.value(node, depth)
        if not isinstance(value, (list, dict)):
            return str(value or "")
        text = str(value) if value else ""
        self.characters += len(text)
        if self.characters > _CHARACTERS:
            raise yaml.YAMLError(_TOO_LARGE)
        return text
