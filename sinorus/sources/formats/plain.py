"""Plain text: paragraphs by blank lines, by indented first lines, or one a line."""

from __future__ import annotations

from sinorus.sources.formats import wrapping
from sinorus.sources.formats.lines import Line, Run, line_from

_TAB = 8


def plain_runs(lines: list[str], first_line: int) -> list[Run]:
    """The paragraphs of a plain text whose first line is number `first_line` of its file."""
    runs: list[Run] = []
    group: list[Line] = []
    indents: list[int] = []
    for number, physical in enumerate(lines, first_line):
        if not physical or physical.isspace() or physical[0] == "\f":
            runs.extend(_paragraphs(group, indents))
            group, indents = [], []
            if not physical or physical.isspace():
                continue
        group.append(line_from(number, physical, 0))
        indents.append(_indent(physical))
    runs.extend(_paragraphs(group, indents))
    return runs


def _indent(physical: str) -> int:
    """The columns of white space before the text; the ideographic space is two."""
    if not physical[0].isspace():
        return 0
    indent = 0
    for character in physical:
        if character == "\t":
            indent += _TAB - indent % _TAB
        elif character == "\u3000":
            indent += 2
        elif character in " \u00a0":
            indent += 1
        else:
            break
    return indent


def _paragraphs(lines: list[Line], indents: list[int]) -> list[Run]:
    """The paragraphs in lines that no blank line divides."""
    if not lines:
        return []
    if not wrapping.is_wrapped(lines, indents):
        return [Run([line]) for line in lines]
    widest = wrapping.widest_of(lines, indents)
    base = min(indents)
    runs = [Run([lines[0]])]
    hanging, start = False, indents[0]
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at]
        first = runs[-1].lines[0]
        full = wrapping.fills(lines, indents, at - 1, widest)
        deeper = indents[at] > indents[at - 1]
        if deeper and before is first and (full or wrapping.is_marked(before)):
            hanging, begins = True, False  # `1. text` or an entry of a bibliography
        elif hanging:
            begins = indents[at] <= start
        elif wrapping.is_marked(first) and wrapping.is_marked(line):
            begins = not full
        else:
            # An indented line begins a paragraph; after another such, only if that was not full.
            begins = indents[at] > base and (deeper or not full)
            begins = begins or wrapping.ends_early(before, indents[at - 1], widest)
        if begins:
            runs.append(Run([]))
            hanging, start = False, indents[at]
        runs[-1].lines.append(line)
    return runs
