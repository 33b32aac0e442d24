"""The units by which paragraphs are looked up: words by stem and pairs of adjacent ideographs."""

from __future__ import annotations

from operator import add

from sinorus.text.tokens import Tokens, is_ideograph


def ideograph_runs(tokens: Tokens) -> list[str]:
    """The runs of two and more ideographs with nothing between them, in the order of the text."""
    ideographs = {form for form in set(tokens.forms) if is_ideograph(form)}
    if not ideographs:
        return []
    runs: list[str] = []
    run: list[str] = []
    last = -1
    for start, end, form in zip(tokens.starts, tokens.ends, tokens.forms, strict=True):
        if form in ideographs:
            if start != last:
                runs.append("".join(run))
                run = []
            run.append(form)
            last = end
    runs.append("".join(run))
    return [run for run in runs if len(run) > 1]


def units(tokens: Tokens) -> set[str]:
    """The distinct units of one paragraph: stems of words, pairs of adjacent ideographs."""
    found = {stem for stem in tokens.stems if not is_ideograph(stem)}
    for run in ideograph_runs(tokens):
        found.update(map(add, run, run[1:]))
    return found
