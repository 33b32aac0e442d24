"""What is named anywhere in a reStructuredText, and may be meant above or below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sinorus.sources.formats.blocks import Draft
from sinorus.sources.formats.passages import SourceLines
from sinorus.sources.formats.registry import Source
from sinorus.sources.formats.rst_inline import Names, RstInline

_TARGET = re.compile(r"[ \t]*\.\. _(?:`([^`\n]{1,200})`|((?:[^:\\\n]|\\.){1,200})):(?:[ \t]|$)")
_DEFINED = re.compile(r"[ \t]*\.\. \|([^|\n]{1,200})\|[ \t]+([\w-]{1,40})::[ \t]*(.*)")
_LINE = re.compile(r"([!-/:-@[-`{-~])\1{1,}[ \t]*$")
_CODE = re.compile(r"(?:0x|x|\\x|U\+|u|\\u)([0-9a-fA-F]{1,6})|(\d{1,7})")
_LONGEST = 1_000
_MOST = 10_000


def names_in(texts: Sequence[str]) -> Names:
    """The targets and substitutions of a text, by their lines."""
    names = Names(room=1_000 + sum(map(len, texts)))
    told: dict[str, str] = {}
    for at, text in enumerate(texts):
        bare = text.lstrip()[:4]
        if bare == ".. _" and (target := _TARGET.match(text)):
            names.targets.add(" ".join((target[1] or target[2]).replace("\\", "").lower().split()))
        elif bare == ".. |" and len(told) < _MOST and (found := _DEFINED.match(text)):
            key = " ".join(found[1].lower().split())
            told[key] = _told(found[2].lower(), found[3], texts, at)
        elif at and bare[:1] and not bare[0].isalnum() and _LINE.match(text):
            names.targets.add(texts[at - 1].strip()[:200].lower())
    names.substitutions = told
    return names


def _told(kind: str, value: str, texts: Sequence[str], at: int) -> str:
    """What stands for a name: text, characters by their numbers, or of a picture nothing."""
    margin = len(texts[at]) - len(texts[at].lstrip())
    below = []
    for text in texts[at + 1 : at + 6]:
        if not text.strip() or len(text) - len(text.lstrip()) <= margin:
            break
        below.append(text.strip())
    if kind == "replace":
        return _seen(" ".join([value, *below])[:_LONGEST])
    if kind == "unicode":
        parts = [_character(part) for part in value.partition("..")[0][:_LONGEST].split()]
        return "".join(parts)
    if kind == "image":
        return next((line[5:].strip()[:_LONGEST] for line in below if line[:5] == ":alt:"), "")
    return ""


def _character(part: str) -> str:
    found = _CODE.fullmatch(part)
    if found is None:
        return part
    number = int(found[1], 16) if found[1] else int(found[2])
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else part


def _seen(text: str) -> str:
    draft = Draft()
    text = " ".join(text.split())
    RstInline(SourceLines(Source(text)).line(0), Names()).read(draft, 0, len(text))
    return draft.text
