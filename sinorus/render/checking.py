"""What is said of a finding, whatever it is shown on."""

from __future__ import annotations

from collections.abc import Mapping

from sinorus.model.checking import GRADES, Caution, CheckReport, Finding, Grade
from sinorus.model.wording import counted
from sinorus.render.visible import harmless

SAID: Mapping[Grade, str] = {
    "EXACT": "as it is in the source",
    "NORMALISED": "the same words, written otherwise",
    "ELLIPSIS": "as in the source, with what it says it leaves out",
    "NEAR": "the words differ",
    "MOVED": "the paragraph has moved",
    "CHANGED": "the source has changed since",
    "MISATTRIBUTED": "not in the source that is named",
    "MISQUOTED-NEGATION": "a negation was lost or put in",
    "NOT-FOUND": "nowhere in the library",
    "UNVERIFIABLE": "said to be translated, which cannot be checked",
}
"""A grade in words."""
OF_CITED: Mapping[Grade, str] = {
    "EXACT": "it is in the library",
    "NOT-FOUND": "nothing in the library is called so",
}
"""The same of what is cited alone."""
CAUTIONS: Mapping[Caution, str] = {
    "truncated": "it stops before what limits it, or begins behind a negation",
    "spliced": "it is put together from several passages",
    "hidden negation": "what was left out has a negation",
    "number": "a number differs",
    "order": "the words are in another order",
    "another paragraph": "it is in another paragraph than the one named",
    "not closed": "the mark before it is not closed: read to the end of the sentence",
}


def said(finding: Finding) -> str:
    """What is wrong, or right, with a finding: the grade in words and what to look at."""
    words = SAID[finding.grade]
    if finding.kind != "quotation":
        words = OF_CITED.get(finding.grade, words)
    told = [words, *(CAUTIONS[caution] for caution in finding.cautions)]
    if finding.grade in ("NEAR", "MISQUOTED-NEGATION", "CHANGED") and 0 < finding.likeness < 1:
        told.append(f"{finding.likeness:.0%} of the words alike")
    if finding.was and finding.was.grade:
        so = "so" if finding.was.sound else "otherwise"
        told.append(f"until {harmless(finding.was.until)} the source said {so}")
    return "; ".join(told)


def where(finding: Finding) -> str:
    """The id of where the words are; of what is only nearest, that it is so; empty for nothing."""
    if not finding.id:
        return ""
    near = "nearest: " if finding.grade == "NOT-FOUND" else ""
    more = f" and {', '.join(map(harmless, finding.others))}" if finding.others else ""
    return f"{near}{harmless(finding.id)}{more}"


def total(report: CheckReport) -> str:
    """One line: how many quotations were checked, and how many have each grade."""
    counts = report.counts
    quotations = sum(one.kind == "quotation" for one in report.findings)
    others = len(report.findings) - quotations
    parts = [counted(quotations, "quotation")]
    if others:
        parts.append(counted(others, "citation"))
    listed = ", ".join(f"{counts[grade]:,} {grade}" for grade in GRADES if counts.get(grade))
    short = f"; {counted(report.short, 'short one')} not looked up" if report.short else ""
    return f"{' and '.join(parts)}: {listed or 'none'}{short}"
