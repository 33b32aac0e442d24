"""What to type about an error or a notice: lower layers give a reason, the flags are known here."""

from __future__ import annotations

from sinorus.errors import FilterValueError, Reason, SinorusError

ADVICE: dict[Reason, str] = {
    "no library": (
        "run sinorus init here, or name one: --library DIR, SINORUS_LIBRARY, "
        'or library = "…" in your own config.toml'
    ),
    "not a library": "run sinorus --library DIR init",
    "no index": "run sinorus index",
    "stale index": "run sinorus index",
    "outdated index": "run sinorus index --rebuild",
    "damaged index": "run sinorus index --rebuild",
    "locked index": "wait for it to end, or allow more time with --wait SECONDS",
    "stuck writer": "wait for it to end, or end it and run sinorus index",
    "unfinished run": "run sinorus index again: it goes on where this one stopped",
    "interrupted": "run sinorus index again",
    "emptied index": "run sinorus index --rebuild if they are to be taken out",
    "faulty files": "sinorus index names them",
    "unknown document": "sinorus sources lists them all",
    "unknown paragraph": "sinorus show DOCUMENT prints them all",
    "unclosed query": "search for plain words with --literal",
    "long query": "put many queries into a file for --queries",
    "which set": "name one with --set NAME",
    "no marks": "sinorus search QUERY --save NAME makes one",
}


def advised(hint: str, reason: Reason) -> str:
    """The hint of an error with what to type about it."""
    advice = ADVICE.get(reason, "")
    return f"{hint}, or {advice}" if hint and advice else hint or advice


def explained(fault: SinorusError) -> tuple[str, str]:
    """The message and the hint of an error, as the command line says them."""
    message = fault.message
    if isinstance(fault, FilterValueError):
        message = f"--{fault.name.replace('_', '-')}: {fault.fault}"
    return message, advised(fault.hint, fault.reason)
