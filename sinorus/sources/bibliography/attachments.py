r"""The paths in the `file` field of an entry: of Zotero, Better BibTeX, JabRef, Mendeley.

`Full Text:files/12/x.pdf:application/pdf;Snapshot:files/13/y.html:text/html`, where a colon or
semicolon that belongs to a name is written `\:` or `\;`; or a path alone.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

MOST = 100
"""Attachments of an entry that are looked at."""
_ESCAPED = re.compile(r"\\([\\:;{}_&%#$ ])")
_PART = re.compile(r"(?:\\.|[^\\:;])+|:|;|\\", re.DOTALL)
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+|[A-Za-z]{0,12}|PDF|URL")
_BACKSLASH = re.compile(r"\$?\\backslash\$?")


def attachments(value: str) -> tuple[str, ...]:
    """The paths of the files that a field names, with `/` between folders."""
    found: list[str] = []
    parts: list[str] = [""]
    for match in _PART.finditer(_BACKSLASH.sub(r"\\\\", value)):
        text = match.group()
        if text == ";":
            found.append(_path(parts))
            parts = [""]
            if len(found) > MOST:
                return tuple(filter(None, found))
        elif text == ":":
            parts.append("")
        else:
            parts[-1] += text
    found.append(_path(parts))
    return tuple(dict.fromkeys(filter(None, found)))


def as_path(text: str) -> str:
    """A path as any system writes it, with `/`; an address of a file is its path."""
    text = text.strip()
    if text[:7].lower() == "file://":
        text = unquote(text[7:].removeprefix("localhost"))
        if re.match(r"/[A-Za-z]:", text):
            text = text[1:]
    return text.replace("\\", "/")


def _path(parts: list[str]) -> str:
    texts = [_ESCAPED.sub(r"\1", part).strip() for part in parts]
    joined: list[str] = []
    for text in texts:  # `C:\Users` without an escape, `file://…`
        drive = bool(joined) and re.fullmatch(r"[A-Za-z]|file", joined[-1], re.IGNORECASE)
        if drive and text[:1] in ("\\", "/"):
            joined[-1] += ":" + text
        else:
            joined.append(text)
    if len(joined) == 1:
        return as_path(joined[0])
    if len(joined) > 2:  # title, path, type; a path may hold a colon that nobody escaped
        last = -1 if _TYPE.fullmatch(joined[-1]) else len(joined)
        return as_path(":".join(joined[1:last]))
    first, second = joined
    return as_path(first if _TYPE.fullmatch(second) and "." in first else second)
