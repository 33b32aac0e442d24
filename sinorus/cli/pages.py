"""Help pages: options under headings, in colour on a terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from shutil import get_terminal_size
from textwrap import wrap

import click

HEADINGS: dict[str, tuple[str, ...]] = {
    "Filters": (
        *("author", "publisher", "source", "lang", "tag", "kind", "speaker", "path"),
        *("since", "until", "where", "among", "missing", "drafts", "sets", "marked"),
    ),
    "Amount": (
        *("limit", "offset", "best", "max_per_doc", "no_fold", "sort", "order", "least_words"),
        *("only", "after", "before", "around", "sentence", "sentences", "words"),
    ),
    "Shape": (
        *("group_by", "by", "files", "files_without", "count", "null"),
        *(
            "only_matching",
            "kwic",
            "full",
            "forms",
            "quote",
            "style",
            "block",
            "marks",
            "copied",
            "save",
            "fix",
            "in_place",
        ),
    ),
    "Reading": (
        *("exact", "case_sensitive", "any_word", "literal", "no_names", "across", "explain"),
        *("queries", "query", "markup"),
    ),
    "Format": ("form", "color", "no_pager"),
}
"""The headings of help pages, and the options below each by the names of their parameters; those
that are not here stand under the last."""
OTHER = "Other"
_LEAST_GROUPED = 9
"""Options of a command up to which they need no headings."""
TWINS = "Each of these also leaves out with --not- before its name: --not-lang zh."

_RANGE = r"  \[[\dx<>=.]+\]$"
"""What click says of the numbers that an option takes; who writes others is told."""

_EXAMPLE = r"( {2,6})(\S.*?) {2,}(\S.*)"
"""A line of a page that has something typed, and what that does."""

Row = tuple[str, str]
"""How an option is written, and what it does."""

_BOLD, _TYPED, _PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[0m"


def groups(command: click.Command, context: click.Context) -> list[tuple[str, list[Row]]]:
    """The options of a command by heading, without those that are hidden."""
    shown = [
        one
        for one in command.get_params(context)
        if isinstance(one, click.Option) and not one.hidden
    ]
    if len(shown) <= _LEAST_GROUPED:
        return [("Options", _rows(shown, context))]
    found: dict[str, list[click.Option]] = {heading: [] for heading in (*HEADINGS, OTHER)}
    for option in shown:
        heading = next((one for one, names in HEADINGS.items() if option.name in names), OTHER)
        found[heading].append(option)
    for heading, names in HEADINGS.items():
        order = {name: number for number, name in enumerate(names)}
        found[heading].sort(key=lambda option: order[option.name or ""])
    return [(heading, _rows(rows, context)) for heading, rows in found.items() if rows]


def _rows(options: Sequence[click.Option], context: click.Context) -> list[Row]:
    """A row each; the shorthands of formats have one together."""
    rows: list[Row] = []
    short = [one for one in options if one.name == "form" and one.is_flag]
    for option in options:
        if option in short:
            if option is short[0]:
                names = ", ".join(one.opts[0] for one in short)
                rows.append((names, "Short for --format with that name."))
        elif record := option.get_help_record(context):
            rows.append((record[0], re.sub(_RANGE, "", record[1])))
    return rows


def has_twins(command: click.Command) -> bool:
    """Whether a command has filters with twins that leave out."""
    return any(str(one.name).startswith("not_") for one in command.params)


def write_options(
    command: click.Command, context: click.Context, formatter: click.HelpFormatter
) -> None:
    """Writes the options of a help page."""
    for heading, rows in groups(command, context):
        with formatter.section(heading):
            formatter.write_dl(rows)
            if heading == "Filters" and has_twins(command):
                formatter.write_paragraph()
                formatter.write_text(TWINS)


def fitted(page: str, width: int) -> str:
    """The page with what is said of an example below it, where both are too long for a line."""
    return "\n".join(part for line in page.split("\n") for part in _parts(line, width))


def _parts(line: str, width: int) -> list[str]:
    found = re.fullmatch(_EXAMPLE, line)
    if len(line) <= width or not found:
        return [line]
    indent = " " * (len(found[1]) + 4)
    return [
        found[1] + found[2],
        *wrap(found[3], max(width, 30), initial_indent=indent, subsequent_indent=indent),
    ]


def coloured(page: str) -> str:
    """The page with headings in bold, and with what is typed in colour."""
    return "\n".join(map(_coloured, page.split("\n")))


def _coloured(line: str) -> str:
    if re.fullmatch(r" *[A-Z][\w ]*:", line):
        return f"{_BOLD}{line}{_PLAIN}"
    if line.startswith("Usage: "):
        return f"{_BOLD}Usage:{_PLAIN}{line.removeprefix('Usage:')}"
    if found := re.match(r"( {2,6})((?:-|sinorus |[^ ].*? \| sinorus ).*?)(  .*|$)", line):
        return f"{found[1]}{_TYPED}{found[2]}{_PLAIN}{found[3]}"
    return line


def as_shown(page: str, context: click.Context) -> str:
    """The page as standard output can have it, in colour or not."""
    from sinorus.cli.output import wants_colour

    if sys.stdout.isatty():
        page = fitted(page, get_terminal_size().columns)
    context.color = wants_colour(None, os.environ.get("SINORUS_COLOR", "auto"))
    return coloured(page) if context.color else page
