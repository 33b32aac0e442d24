"""A file that is no text to its content: kept from before, or converted now."""

from __future__ import annotations

from contextlib import suppress

from sinorus.model.wording import counted
from sinorus.sources.conversion.converting import converter
from sinorus.sources.conversion.kept import Kept
from sinorus.sources.conversion.limits import Answer, Conversions, Limits, Request
from sinorus.sources.conversion.stored import Unsound, loaded
from sinorus.sources.formats.registry import Content, Format, NotInstalled, Unreadable, install


def converted(place: Conversions, kind: Format, path: str, raw: bytes, digest: str) -> Content:
    """What a file of such a kind has in it; `digest` is of its bytes.

    Raises Unreadable with the sentence to say of it, NotInstalled, OSError where no process can be
    started.
    """
    kept, reader = Kept(place.tree), f"{kind.module}-{kind.version}"
    if found := kept.read(digest, reader):
        payload, said = found
        if said:
            raise Unreadable(said)
        with suppress(Unsound):
            return loaded(payload)
    answer = converter().convert(Request(_module(kind), path, len(raw), place.limits), raw)
    if answer.outcome == "content":
        try:
            content = loaded(answer.payload)
        except Unsound:
            answer = Answer("broken", "its reader gave what cannot be")
        else:
            kept.write(digest, reader, answer.payload)
            return content
    if answer.outcome == "not installed":
        raise NotInstalled(install(kind))
    sentence = _sentence(kind, answer, place.limits)
    if answer.outcome in ("unreadable", "broken"):  # a limit may be another next time
        kept.write(digest, reader, b"", sentence)
    raise Unreadable(sentence)


def _module(kind: Format) -> str:
    return f"sinorus.sources.formats.{kind.module}"


def _sentence(kind: Format, answer: Answer, limits: Limits) -> str:
    """Why nothing was made of a file."""
    if answer.outcome == "unreadable":
        return answer.reason
    if answer.outcome == "time":
        seconds = counted(round(limits.seconds), "second")
        return f"its conversion was given up after {seconds}: split it, or save it as text"
    if answer.outcome == "memory":
        size = f"{limits.memory / (1 << 20):,.0f} MB"
        return f"its conversion needs more than {size} of memory: split it, or save it as text"
    if answer.outcome == "size":
        size = f"{limits.output / (1 << 20):,.0f} MB"
        return f"more than {size} of text come out of it: split it"
    why = f" ({answer.reason})" if answer.reason else ""
    return f"it is broken or no {kind.name} file{why}: save it again from the program it is from"
