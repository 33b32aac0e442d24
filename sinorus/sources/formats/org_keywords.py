"""What an Org file says of itself: its keywords, and the properties above its first heading."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.org_inline import OrgInline
from sinorus.sources.formats.passages import SourceLines
from sinorus.sources.formats.registry import Source

_TO_DO = "TO" + "DO"  # in one word it would say that something is to be done here
_STATES = (_TO_DO, *("DONE", "NEXT", "WAITING", "HOLD", "STARTED", "CANCELLED", "CANCELED"))
"""Words before a heading that say how far a task is, whether declared or not."""
_DECLARING = frozenset({"todo", "seq_todo", "typ_todo"})
_SETTINGS = re.compile(
    r"todo|seq_todo|typ_todo|options|startup|setupfile|include|bind|macro|property|columns|link"
    r"|archive|category|constants|tags|priorities|select_tags|exclude_tags|export_.*"
    r"|latex.*|html.*|beamer.*|odt.*|texinfo.*|ascii.*|md_.*|hugo_(?!tags|categories|date).*"
    r"|attr_.*|name|tblname|srcname|results|header|headers|plot|tblfm|call|toc|bibliography"
    r"|cite_export|print_bibliography|index|infojs_opt|reveal.*|begin|end|source_name|lastmod"
)
_STAMP = re.compile(r"[<\[](\d{4}-\d\d-\d\d)\b[^<>\[\]]{0,60}[>\]]")
_PROPERTY = re.compile(r"[ \t]*:([\w-]{1,60})\+?:[ \t]*(.*)")
_NAMES = {"filetags": "tags", "hugo_tags": "tags", "hugo_date": "date", "id": "org_id"}
_MOST = 500


class Keywords:
    """The fields found so far. `states` are the words that stand before headings."""

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._values: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.states = set(_STATES)
        self.faults: list[tuple[int, str]] = []

    def declare(self, name: str, value: str) -> None:
        """Notes the states that a keyword names, which may stand below their use."""
        if name.lower() in _DECLARING and len(self.states) < _MOST:
            self.states.update(word.partition("(")[0] for word in value.split() if word != "|")

    def add(self, name: str, value: str, at: int) -> None:
        """Notes a keyword of line `at`, from 0, unless it is a setting of Emacs."""
        value = value.strip()
        if name == "include" and len(self.faults) < 20:
            reason = f"what stands in {value[:200]!r} is not read"
            self.faults.append((self._first_line + at, reason))
        if not value or _SETTINGS.fullmatch(name):
            return
        name = _NAMES.get(name, name)
        if name not in self._values and len(self._values) > _MOST:
            return
        self._values.setdefault(name, []).append(value)
        self.lines.setdefault(name, self._first_line + at)

    def property(self, text: str, at: int) -> None:
        """Notes a line of the drawer at the top."""
        if found := _PROPERTY.match(text):
            self.add(found[1].lower(), found[2], at)

    def fields(self) -> Mapping[str, object]:
        """The fields as front matter would have them."""
        return {name: _value(name, values) for name, values in self._values.items()}


def seen(text: str) -> str:
    """What a reader sees of a line of Org."""
    lines, draft = SourceLines(Source(text)), Draft()
    OrgInline(lines.line(0)).read(draft, 0, len(text))
    return draft.text


def _value(name: str, values: list[str]) -> object:
    if name == "tags":
        return [tag for value in values for tag in re.split(r"[:\s]+", value) if tag]
    if name in ("title", "subtitle", "description"):
        return seen(" ".join(values))
    if name == "date" and (stamp := _STAMP.fullmatch(values[-1])):
        return stamp[1]
    return values if len(values) > 1 else values[0]
