"""Requests of a size that nobody means, one of each kind: what is asked, and how it has to end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, product
from string import ascii_lowercase
from typing import NamedTuple

MANY = 100_000


class Bounds(NamedTuple):
    """Seconds of the processor, and MiB at its peak, that a request may take."""

    seconds: int
    memory: int


WHOLE = Bounds(60, 600)
"""The longest of them takes fifteen seconds, most a third of one; a JSON document of 100,000
paragraphs takes 300 MiB."""
QUARTER = Bounds(15, 225)
"""Of a quarter of that size: what takes the square of it is found as well."""
LONGER = Bounds(40, 300)
"""The same where each line is a query, or has a hundred places to look at."""


class Case(NamedTuple):
    """A command line, its standard input so many times over, and how it has to end.

    `refused` are words that the refusal must have; none: there must be an answer.
    """

    arguments: list[str]
    stdin: str = ""
    refused: tuple[str, ...] = ()
    times: int = 1
    bounds: Bounds = WHOLE


def letters() -> Iterator[str]:
    """Words of letters, each another."""
    for group in product(ascii_lowercase, repeat=4):
        yield "b" + "".join(group)


def words(size: int) -> list[str]:
    """The first words of them."""
    return list(islice(letters(), size))


def han(size: int) -> str:
    """Chinese characters, three thousand of them over and over."""
    return "".join(chr(0x4E00 + n % 3000) for n in range(size))


WALL = words(3_000)
"""The words that the library of these tests has, in paragraphs of seven hundred."""
HAN = han(4_000)
"""The longest paragraph that it has in Chinese."""
LIBRARY = {
    "walls/english.md": "---\ntitle: Walls\nlang: en\n---\n\n"
    + "\n\n".join(" ".join(WALL[at : at + 700]) for at in range(0, len(WALL), 700)),
    "walls/chinese.md": f"---\ntitle: 墙\nlang: zh\n---\n\n{HAN}\n",
    **{
        f"notes/{name}.md": f"---\ntitle: Note {name}\n---\n\nA note on {name} by Putin and Xi.\n"
        for name in WALL[:500]
    },
}

_NAMED = ("words",)
_LONG = ("characters",)
_PATTERNS = ("with *, ? or ~",)


def _searches() -> dict[str, Case]:
    """Queries on standard input: an argument of a command line has 128 KiB at most."""
    crowd = words(MANY)
    short = ["a"] * 1_000
    text = {
        "words": (" ".join(crowd), _LONG),
        "short words": (" ".join(["a b c d e"] * 19_000), _NAMED),
        "words joined by AND": (" AND ".join(crowd), _LONG),
        "words joined by OR": (" OR ".join(crowd), _LONG),
        "words joined by |": ("|".join(crowd), _LONG),
        "minus words": ("-" + " -".join(crowd), _LONG),
        "NOT NOT": ("NOT " * MANY + "a", _LONG),
        "fewer NOT NOT": ("NOT " * 20_000 + "a", ("inside",)),
        "minus minus": ("x " + "- a" * 20_000, _NAMED),
        "nested brackets": ("(" * MANY + "a" + ")" * MANY, _LONG),
        "fewer nested brackets": ("(" * 40_000 + "a" + ")" * 40_000, ("inside",)),
        "open brackets": ("(" * 90_000, ("inside",)),
        "brackets side by side": ("(a) " * MANY, _LONG),
        "fewer brackets side by side": ("(a) " * 20_000, _NAMED),
        "empty brackets": ("()" * 45_000, ("nothing",)),
        "empty quotations": ('""' * 45_000, ("nothing",)),
        "open quotations": ('"a' * 45_001, _NAMED),
        "fields": ("title:a " * 12_000, _NAMED),
        "alternatives of a field": ("title:(" + "a OR " * 18_000 + "a)", _NAMED),
        "a phrase": ('"' + " ".join(crowd) + '"', _LONG),
        "a phrase of short words": ('"' + "a " * 45_000 + '"', _NAMED),
        "a loose phrase": ('"' + "a " * 45_000 + '"~1000', _NAMED),
        "a run of Han": (han(MANY), _NAMED),
        "a shorter run of Han": (han(90_000), _NAMED),
        "a run with hyphens": ("-".join(["a"] * 45_000), _NAMED),
        "one word": ("a" * 1_000_000, _LONG),
        "one shorter word": ("a" * 90_000, ("letters",)),
        "one number": ("1" * 90_000, ("letters",)),
        "a fuzzy word": ("a" * MANY + "~2", _LONG),
        "a shorter fuzzy word": ("ab" * 45_000 + "~2", ("letters",)),
        "dots": ("." * 90_000, ("nothing",)),
        "tildes": ("~" * 90_000, ("nothing",)),
        "equals signs": ("=" * 90_000, ("nothing",)),
        "question marks": ("?" * 90_000, ("nothing",)),
        "stars": ("*" * 90_000, ("wildcard",)),
        "marks on a letter": ("a" + "\u0301" * 90_000, ()),
        "stars in a word": ("a*" * 45_000, ("letters",)),
        "prefixes": (" OR ".join(["b*"] * 100), ()),
        "too many prefixes": (" OR ".join(["b*"] * 1_000), _PATTERNS),
        "endings": (" OR ".join(f"*{word[-2:]}" for word in WALL[:100]), ()),
        "too many endings": (" OR ".join(["*b"] * 1_000), _PATTERNS),
        "fuzzy words": (" OR ".join(f"{word}~2" for word in WALL[:100]), ()),
        "runs with wildcards": (" ".join(["a-b*-c?d"] * 1_000), _PATTERNS),
        "a chain of NEAR": (" NEAR/5 ".join(["a"] * 10_000), _NAMED),
        "a chain of NEAR of all kinds": (
            " ".join(f"a NEAR/{n % 1000 + 1}" for n in range(8_000)) + " a",
            ("joins",),
        ),
        "a distance": ("a NEAR/" + "9" * 90_000 + " b", ("from 1 to 1000",)),
        "a wide NEAR": ("a NEAR/999999999 b", ("from 1 to 1000",)),
        "a title": ("title:" + "a" * 90_000, ("letters",)),
        "a tag": ("tag:" + "a" * 90_000, ("letters",)),
        "a path": ("path:" + "*a" * 45_000, ("letters",)),
        "a date": ("date:" + "9" * 90_000, ("date",)),
        "a range of dates": ("date:>=" + "9" * 90_000, ("date",)),
        "a field": ("a" * 90_000 + ":b", ("field",)),
        "a minus": ("-" * 90_000, ("nothing",)),
        "spaces": (" " * 90_000, ("nothing",)),
        "all words there are": (" OR ".join(WALL), ()),
        "a paragraph": (" ".join(WALL[:700]), ()),
        "a paragraph of Han": (HAN, ()),
        "a paragraph as a phrase": ('"' + " ".join(WALL[:700]) + '"', ()),
        "a paragraph of Han as a phrase": ('"' + HAN + '"', ()),
        "a paragraph with faults": (" ".join(reversed([*WALL[:690], *crowd[5_000:5_010]])), ()),
        "a paragraph of Han with faults": ("。".join(han(4_100)[100:].split("丂")), ()),
        "names": ("Putin Xi " * 300, ()),
        "Russian names": ("Путин Пекин Россия Китай " * 300, ()),
        "too many names": ("Putin " * 15_000, _NAMED),
        "no names of letters": ("нет " * 2_000, ()),
        "as many as are allowed": (" ".join(short), ()),
    }
    return {
        f"search: {name}": Case(["search", "-"], query, why) for name, (query, why) in text.items()
    }


def _readings() -> dict[str, Case]:
    crowd = " ".join(words(MANY))
    less = "a b c d e " * 9_500
    found = {
        "--any": Case(["search", "--any", "-"], less, _NAMED),
        "--any, a paragraph": Case(["search", "--any", "-"], " ".join(WALL[:700]), ()),
        "--any, a paragraph of Han": Case(["search", "--any", "-"], HAN, ()),
        "--literal": Case(["search", "--literal", "-"], crowd, _LONG),
        "--literal, short": Case(["search", "--literal", "-"], less, _NAMED),
        "--literal, one word": Case(["search", "--literal", "-"], "a" * 90_000, ("letters",)),
        "--exact": Case(["search", "--exact", "-"], less, _NAMED),
        "arguments": Case(["search", *words(MANY)[:60_000]], "", _LONG),
        "megabytes": Case(["search", "-"], "a ", _LONG, times=5_000_000),
        "--explain": Case(["search", "--explain", "-"], " ".join(words(2_000)), ()),
        "--explain --json": Case(
            ["search", "--explain", "--json", "-"], " ".join(words(2_000)), ()
        ),
        "nothing found": Case(["search", "-"], " ".join(words(6_000)[4_000:]), ()),
        "-c, nothing found": Case(["search", "-c", "-"], " ".join(words(6_000)[4_000:]), ()),
    }
    for form in ("json", "vimgrep", "rich"):
        query = " OR ".join(WALL[:2_000])
        found[f"--format {form}"] = Case(["search", "--format", form, "-"], query)
    for flag in ("--kwic", "-o", "-L"):
        found[flag] = Case(["search", flag, "-"], " OR ".join(WALL[:2_000]))
    return {f"search {name}": case for name, case in found.items()}


def _globs() -> dict[str, Case]:
    patterns = [
        "*a*a*a*a*a*a*a*a*a*a*a*a*q",
        "a*b*c*d*e*f*g*h*i*j*k*l*m*n*o*p*q",
        "?*?*?*?*?*?*?*?*?*?*?*?*x",
        "*" * 60 + "b" + "*" * 60 + "q",
        "a?" * 60 + "*",
        "*baa" * 300 + "q",
    ]
    return {f"wildcards {one[:20]}": Case(["search", "--", one]) for one in patterns} | {
        f"--path {one[:20]}": Case(["search", "note", "--path", one]) for one in patterns
    }


def _numbers() -> dict[str, Case]:
    large = "9" * 12
    within = {"-n": large, "--offset": large, "--max-per-doc": large}
    found = {flag: Case(["search", "note", flag, number]) for flag, number in within.items()}
    endless = "9" * 5_000
    for flag in ("-n", "--offset", "--max-per-doc", "-C", "-A"):
        said = "--limit" if flag == "-n" else flag
        found[f"{flag} of 5,000 digits"] = Case(["search", "note", flag, endless], "", (said,))
    found["-C"] = Case(["search", "note", "-C", "999999999"], "", ("-C",))
    found["-n and --max-per-doc"] = Case(["search", "note", "-n", large, "--max-per-doc", large])
    found["-n and --offset"] = Case(["search", "note", "-n", large, "--offset", large])
    found["show -C"] = Case(["show", "english", "-C", "999999999"], "", ("-C",))
    found["compare -n"] = Case(["compare", "note", "-n", large])
    found["compare -n of 5,000 digits"] = Case(["compare", "note", "-n", endless], "", ("-n",))
    template = "template:" + "{id}" * 30_000
    found["a template"] = Case(["search", "note", "--format", template])
    found["braces"] = Case(["search", "note", "--format", "template:" + "{" * 120_001], "", ("{",))
    found["a format"] = Case(["search", "note", "--format", "x" * 120_000], "", ("format",))
    return found


def _filters() -> dict[str, Case]:
    found: dict[str, Case] = {}
    known = WALL[:500] * 12
    for command in (["search", "-c", "note"], ["compare", "note"], ["sources"]):
        name = " ".join(command)
        for flag in ("--author", "--lang", "--tag", "--path", "--publisher", "--not-author"):
            values = [part for one in words(20_000) for part in (flag, one)]
            found[f"{name} {flag}"] = Case([*command, *values], "", ("values",))
        for flag in ("--source", "--not-source"):
            values = [part for one in known for part in (flag, one)]
            found[f"{name} {flag}"] = Case([*command, *values])
            unknown = [part for one in words(20_000)[10_000:] for part in (flag, one)]
            found[f"{name} {flag} unknown"] = Case([*command, *unknown], "", ("no document",))
        found[f"{name} --author, less"] = Case(
            [*command, *[part for one in WALL[:1_000] for part in ("--author", one)]]
        )
        found[f"{name} a long author"] = Case([*command, "--author", "a " * 50_000], "", _LONG)
        found[f"{name} a long tag"] = Case([*command, "--tag", "a" * 100_000], "", _LONG)
        found[f"{name} a long date"] = Case([*command, "--since", "9" * 100_000], "", _LONG)
        found[f"{name} a long id"] = Case([*command, "--source", "a" * 100_000], "", ("document",))
        found[f"{name} many dates"] = Case(
            [*command, *["--since", "2022"] * 20_000], "", ("values",)
        )
    among = ",".join(known)
    found["compare --among"] = Case(["compare", "note", "--among", among])
    twice = ["--among", ",".join(words(20_000)[:9_000])]
    found["compare --among unknown"] = Case(["compare", "note", *twice], "", ("no document",))
    found["compare words"] = Case(["compare", *words(MANY)[:60_000]], "", _LONG)
    found["compare a run"] = Case(["compare", "ab" * 60_000], "", _LONG)
    return found


def _shows() -> dict[str, Case]:
    ids = [f"notes/{name}" for name in WALL[:500]]
    paths = [f"seeds/notes/{name}.md:5" for name in WALL[:500]]
    lines = "\n".join(ids) + "\n"
    found = {
        "ids": Case([], lines, times=200),
        "shortened ids": Case([], "\n".join(WALL[:500]) + "\n", times=50, bounds=QUARTER),
        "paragraphs": Case([], lines.replace("\n", "#1\n"), times=50, bounds=QUARTER),
        "a paragraph": Case([], "walls/english#2\n", times=MANY // 4, bounds=QUARTER),
        "a hash that was": Case([], "walls/english#2@00000000\n", times=MANY // 4, bounds=QUARTER),
        "unknown ids": Case([], "\n".join(words(MANY)[3_000:]), ("no document",)),
        "an unknown id at the end": Case([], lines * 20 + "nowhere\n"),
        "places": Case([], "\n".join(paths) + "\n", times=50, bounds=QUARTER),
        "places with columns": Case([], ":1:A note\n".join(paths) + "\n", times=50, bounds=QUARTER),
        "lines of output": Case(
            [],
            "".join(f"{place}:{one}#1:A note\n" for place, one in zip(paths, ids, strict=True)),
            times=50,
            bounds=QUARTER,
        ),
        "JSON lines": Case(
            [],
            "".join(json.dumps({"id": f"{one}#1", "rank": 1}) + "\n" for one in ids),
            times=50,
            bounds=QUARTER,
        ),
        "documents over and over": Case([], "walls/english\n", times=5_000, bounds=QUARTER),
        "too many paragraphs": Case([], "walls/english\n", ("200,000 paragraphs",), times=MANY),
        "one line": Case([], "a", _LONG, times=10_000_000),
        "one line of colons": Case([], ":1:", _LONG, times=3_000_000),
        "one line of marks": Case([], "a#1:", _LONG, times=2_500_000),
        "one line of places": Case([], ":1:a#1", ("may be any of",), times=1_500_000),
        "many lines of places": Case(
            [], ":1:a#1" * 100 + "\n", ("may be any of",), times=MANY // 4, bounds=LONGER
        ),
        "one line of braces": Case([], "{", _LONG, times=10_000_000),
        "one line of JSON": Case([], '{"id":', _LONG, times=1_000_000),
        "a range": Case([], "walls/english#1-999999999"),
        "ranges": Case([], "walls/english#1-999999999\n", times=10_000),
        "digits": Case([], "walls/english#" + "9" * 1_000_000, _LONG),
        "empty lines": Case([], "\n", times=1_000_000),
        "--json": Case(["--json"], lines, times=200),
        "--format rich": Case(["--format", "rich"], lines, times=10, bounds=QUARTER),
        "-C 1000": Case(["-C", "1000"], "walls/english#2\n", times=5_000, bounds=QUARTER),
        "--query": Case(["--query", " ".join(WALL)], "walls/english\n", times=100),
        "--query of many words": Case(["--query", "a " * 50_000], "walls/english", _NAMED),
    }
    shown = {
        f"show: {name}": case._replace(arguments=["show", *case.arguments, "-"])
        for name, case in found.items()
    }
    return shown | {"show arguments": Case(["show", *WALL[:500] * 100])}


def _many() -> dict[str, Case]:
    lines = "\n".join(words(MANY // 4))
    return {
        "--queries": Case(["search", "-l", "--queries", "-"], lines, bounds=LONGER),
        "--queries -c": Case(
            ["search", "-c", "--queries", "-", "--no-names"], lines, bounds=LONGER
        ),
        "--queries with a long line": Case(
            ["search", "--queries", "-"], "note\n" + "a " * 500_000, ("-:2", "characters")
        ),
        "--queries of one word": Case(["search", "-c", "--queries", "-"], "note\n" * 10_000),
    }


CASES = _searches() | _readings() | _globs() | _numbers() | _filters() | _shows() | _many()
