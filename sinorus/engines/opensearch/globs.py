"""Shell patterns as regular expressions of Lucene, read as `fnmatch` reads them."""

from __future__ import annotations

_ANY, _NONE = ".", "[^\u0000-\U0010ffff]"


def regexp(glob: str) -> str:
    """The expression that fits what `glob` fits."""
    found, at = [], 0
    while at < len(glob):
        sign, at = glob[at], at + 1
        end = _end(glob, at) if sign == "[" else -1
        if end >= 0:
            found.append(_set(glob[at:end]))
            at = end + 1
        else:
            found.append({"*": ".*", "?": _ANY}.get(sign) or _escaped(sign))
    return "".join(found)


def _end(glob: str, at: int) -> int:
    """Where the set that begins at `at` ends; -1: it is none."""
    at += glob.startswith("!", at)
    at += glob.startswith("]", at)
    return glob.find("]", at)


def _set(inside: str) -> str:
    barred = inside.startswith("!")
    signs, at = inside[barred:], 0
    found = ""
    while at < len(signs):
        if at + 2 < len(signs) and signs[at + 1] == "-":
            first, last = signs[at], signs[at + 2]
            found += f"{_escaped(first)}-{_escaped(last)}" if first <= last else ""
            at += 3
        else:
            found += _escaped(signs[at])
            at += 1
    if not found:
        return _ANY if barred else _NONE
    return f"[{'^' if barred else ''}{found}]"


def _escaped(sign: str) -> str:
    return sign if sign.isalnum() else f"\\{sign}"
