"""A file that is no text to its content: kept from before, or converted now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from errno import EIO
from itertools import count

from sinorus.model.wording import counted
from sinorus.sources.conversion.converting import converter
from sinorus.sources.conversion.kept import Kept
from sinorus.sources.conversion.limits import Answer, Conversions, Limits, Request
from sinorus.sources.conversion.stored import Unsound, dumped, dumped_part, loaded, loaded_part
from sinorus.sources.formats.registry import (
    Content,
    Format,
    NotInstalled,
    Part,
    Unreadable,
    install,
)
from sinorus.sources.kinds import is_kind_read


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
            content = _with_text(loaded(answer.payload))
        except Unsound:
            answer = Answer("broken", "its reader gave what cannot be")
        else:
            numbers = count(1)
            content = _apart(
                content,
                lambda part: kept.write_part(digest, reader, next(numbers), dumped_part(part)),
            )
            kept.write(digest, reader, dumped(content))
            return content
    if answer.outcome == "not installed":
        raise NotInstalled(install(kind))
    sentence = _sentence(kind, answer, place.limits)
    if answer.outcome == "unreadable":  # limits may be others next time, a reader may be mended
        kept.write(digest, reader, b"", sentence)
    raise Unreadable(sentence)


def _with_text(content: Content) -> Content:
    """The first message of a mailbox in place of the box, which has no text of its own."""
    if content.blocks or not content.parts or content.parts[0].content is None:
        return content
    first, *others = content.parts
    main = content.parts[0].content
    fields = {**main.fields, **first.fields}
    return main._replace(
        fields=fields,
        faults=(*content.faults, *main.faults),
        parts=(*main.parts, *others),
    )


def _apart(content: Content, keep: Callable[[Part], str]) -> Content:
    """The content with its parts in files of their own, by which `Part.kept` names them.

    `keep` writes one and gives its name. Parts of kinds that nobody reads are dropped.
    """
    found: list[Part] = []
    taken: set[str] = set()
    for part in content.parts:
        if part.content is None and not is_kind_read(part.name):
            continue
        name = part.name if part.name not in taken else f"{len(found) + 1}-{part.name}"
        taken.add(name)
        inner = part.content and _apart(part.content, keep)
        found.append(Part(name, kept=keep(part._replace(content=inner))))
    return content._replace(parts=tuple(found))


def kept_part(place: Conversions, name: str) -> Part:
    """The part that is kept under a name. Raises OSError, also where it is damaged."""
    try:
        return loaded_part(Kept(place.tree).read_part(name))
    except Unsound as fault:
        raise OSError(EIO, "what was kept of it is damaged") from fault


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
