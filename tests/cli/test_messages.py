"""Every message that the program can print, collected from its source into one list to be read.

`SINORUS_WRITE_GOLDEN=1` writes the list anew; it is tests/golden/cli/messages.txt.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from support.golden import assert_golden

from sinorus.errors import Reason

ROOT = Path(__file__).resolve().parents[2]
SPEAKERS = re.compile(
    r"(?:\w*(?:Error|Fault)|Unsupported\w*|Stray|Notice|Unknown|fault_in|notice|fail|_tell|tell"
    r"|error|note|_notify|notify|damaged|_damaged|refuse|place)$"
)
"""What is called with a message: errors, notices, and what makes them."""
MAKERS = re.compile(
    r"\w+_notice$|not_asked$|past_the_last$|_total$|_part$|not_read$|to_install$|kept$|shortage$"
    r"|_ulimit$|_missing$|why_no_date$"
)
"""Functions that give back what is said."""
TABLES = ("advice.py", "foreign.py")
"""Modules of which every sentence is a message."""
OF_PYTHON = {
    *("ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError", "LookupError"),
    *("IndexError", "OSError", "EOFError", "OverflowError", "StopIteration", "FileNotFoundError"),
    *("NotADirectoryError", "BrokenPipeError", "MemoryError", "RecursionError", "UnicodeError"),
    *("AttributeError", "ConnectionError", "TimeoutError", "struct.error", "PermissionError"),
}
"""Errors that are caught within, or are bugs: no user reads them."""


def shown(node: ast.expr) -> str | None:
    """The text that an expression makes, with `…` for what is known at run time only."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            texts = [shown(part) if isinstance(part, ast.Constant) else "…" for part in parts]
            return "".join(text or "" for text in texts)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            both = shown(left), shown(right)
            return None if both == (None, None) else f"{both[0] or '…'}{both[1] or '…'}"
        case ast.IfExp(body=body, orelse=other):
            either = [text for text in (shown(body), shown(other)) if text]
            return " / ".join(either) or None
        case _:
            return None


def spoken(node: ast.AST) -> list[ast.expr]:
    """The expressions of a message and its hint, where a node makes one."""
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            name = ast.unparse(func)
            if name in OF_PYTHON or not SPEAKERS.match(name.rpartition(".")[2]):
                return []
            return [*args, *(one.value for one in keywords if one.arg in ("hint", "reason"))]
        case ast.Assign(targets=[ast.Name(id="message" | "hint" | "told" | "what")], value=value):
            return [value]
        case ast.FunctionDef(name=name) if MAKERS.match(name):
            returned = [one.value for one in ast.walk(node) if isinstance(one, ast.Return)]
            return [value for value in returned if value is not None]
        case _:
            return []


def messages(path: Path) -> Iterator[list[str]]:
    """The messages of a module: each its sentences, the hint last."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        texts = [text for text in map(shown, spoken(node)) if text]
        texts = [text for text in texts if re.search(r"[a-z]{2} |…", text)]
        texts = [text for text in texts if re.search(r"\w\w", text)]
        if texts:
            yield texts
    if path.name in TABLES:
        constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        texts = {str(node.value) for node in constants if re.search(r"\w \w", str(node.value))}
        texts -= {*get_args(Reason)}
        yield from ([text] for text in texts if "\n" not in text and not re.search(r"\\|\.$", text))


def collected() -> Iterator[tuple[str, list[str]]]:
    """Each message once, with the module that says it."""
    for path in sorted((ROOT / "sinorus").rglob("*.py")):
        place = path.relative_to(ROOT / "sinorus").as_posix()
        for texts in sorted({tuple(texts) for texts in messages(path)}):
            yield place, list(texts)


def test_the_list_of_all_messages() -> None:
    lines: list[str] = []
    before = ""
    for place, texts in collected():
        if place != before:
            lines += ["", place]
            before = place
        lines += [f"  {texts[0]}", *(f"      {text}" for text in texts[1:])]
    found = "\n".join(lines[1:]) + "\n"
    assert found.count("\n  ") > 200
    assert_golden("cli/messages.txt", found)


def test_messages_are_written_alike() -> None:
    """Small at the beginning, open at the end, with straight quotation marks."""
    for place, texts in collected():
        for text in texts:
            assert not re.match(r"[A-Z][a-z]+ (?!Document)", text) or text.split()[0] in NAMES, (
                place,
                text,
            )
            assert not re.search(r"[^.…]\.$", text), (place, text)
            assert "  " not in text, (place, text)
            assert not re.search(r"[“”]…?[“”]", text), (place, text)


NAMES = {"Whoosh", "Chinese", "Python", "OpenSearch", "Markdown"}
"""What may begin a message with a capital."""
