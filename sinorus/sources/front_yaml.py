"""YAML as front matter uses it: every scalar is the text that stands in the file.

YAML would make `no` false, `07` seven and `0000-00-00` an error; a field of a source is text.
"""

from __future__ import annotations

import re
from typing import cast

import yaml
from frontmatter.default_handlers import YAMLHandler

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML built without libyaml: ten times slower, no difference otherwise
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

from sinorus.sources.front_fields import (
    MOST_DEPTH,
    MOST_SALVAGED,
    MOST_VALUES,
    TOO_DEEP,
    Fields,
    MalformedError,
)

# As in python-frontmatter, but closed by YAML's own end mark too and not eating blank lines.
HANDLER = YAMLHandler(fm_boundary=re.compile(r"^(?:-{3,}|\.{3})[ \t]*$", re.MULTILINE))

_NOTHING = frozenset({"", "~", "null"})  # unless it stands in quotes
_CHARACTERS = 1 << 20  # at least what a front matter without aliases may be long
_CERTAINLY_SMALL = 2_000  # characters: too few to nest so deep that the parser's stack runs out
_PART = re.compile(r"^(?=[^\s#\-\]}])", re.MULTILINE)
_UNPRINTABLE = re.compile("[^\t\n\r -~\x85\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAINER = {
    "mapping values are not allowed": "a value with ': ' in it must stand in quotes",
    "did not find expected key": "a line is not `key: value`",
    "could not find expected ':'": "a line is not `key: value`",
    "found a tab character": "a tab where spaces belong",
    "found character that cannot start any token": (
        "a tab where spaces belong, or a value that must stand in quotes"
    ),
}
_TOO_LARGE = "it has more than 20,000 values, or its aliases (*name) make it too large"


def load(front: str) -> Fields | list[object] | str | None:
    """What a YAML text says. Raises MalformedError."""
    try:
        check_measure(front)
        loaded = HANDLER.load(front, Loader=TextLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise MalformedError(_in_short(error), _position(error, front)) from None
    return cast("Fields | list[object] | str | None", loaded)


def salvage(front: str) -> Fields:
    """The fields that can be read one by one where the whole cannot."""
    whole = Fields()
    starts = [match.start() for match in _PART.finditer(front)]
    if len(starts) > MOST_SALVAGED:
        return whole
    for start, end in zip(starts, [*starts[1:], len(front)], strict=True):
        try:
            part = load(front[start:end])
        except MalformedError:
            continue
        if isinstance(part, Fields):
            whole.values.update(part.values)
            whole.positions.update({key: start + at for key, at in part.positions.items()})
    return whole


def _position(error: Exception, front: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return min(int(mark.index), len(front))
    found = _UNPRINTABLE.search(front)
    return found.start() if found else 0


def _in_short(error: Exception) -> str:
    """One line for a YAML error, in words that name the remedy where there is one."""
    if isinstance(error, yaml.reader.ReaderError):
        return "it has a control character"
    if isinstance(error, RecursionError):
        return TOO_DEEP
    problem = str(getattr(error, "problem", None) or error)
    for technical, plain in _PLAINER.items():
        if technical in problem:
            return plain
    return " ".join(problem.split())[:120]


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
        if nodes > MOST_VALUES + 1:  # the mapping that holds all is not counted below
            raise yaml.YAMLError(_TOO_LARGE)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > 2 * MOST_DEPTH:
                raise yaml.YAMLError(TOO_DEEP)
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
        if depth > MOST_DEPTH:
            raise yaml.YAMLError(TOO_DEEP)
        if self.nodes > MOST_VALUES or self.characters > _CHARACTERS:
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
