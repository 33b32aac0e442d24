"""Subtitles, SubRip and WebVTT: cues joined to sentences, and those to paragraphs.

A paragraph has the time of its first cue. A new one begins where somebody else speaks, and where a
sentence ends after enough text or before a pause.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from sinorus.model import Kind
from sinorus.sources.formats.blocks import Block, Draft
from sinorus.sources.formats.cues import TAG, Cue, Cues, read_cues
from sinorus.sources.formats.openings import is_certain_name, speaker_of
from sinorus.sources.formats.passages import Passage, SourceLines
from sinorus.sources.formats.plain import plain_blocks
from sinorus.sources.formats.registry import Content, Source

_ENOUGH = 400
"""Characters after which a paragraph ends with the next sentence."""
_PAUSE = 2_500
"""Milliseconds of silence after a sentence that end a paragraph."""
_UNMARKED = 800
"""Characters after which a paragraph ends with a cue where nobody marked sentences."""
_STOP = re.compile(r"(?<!\.\.)[.!?…。！？♪][\"'”’»」』）)\]♪]*\Z|\.\.\.[\"'”’»]*\Z|[\])）】]\Z")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Gen|Rep|Prof|vs|No|г|гг|т|им|ул|см|[A-ZА-ЯЁ]))\.\Z"
)
_INNER = re.compile(
    r"(?<=[^\s.])[.!?…][\"'”’»)]*(?=\s+[\"'“«(]?[^\W\d_a-zа-яё])|[。！？][”’」』）]*(?=.)"
)
_TURN = re.compile(r"(?:[-–—‐]|>>+|&gt;&gt;(?:&gt;)?)[ \t\u00a0]*(?=[^\s\d\-–—>])")
_COLON = re.compile(r"\s*[:：]\s*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>\n]{1,200})>")


def read(source: Source) -> Content:
    """The paragraphs of subtitles; what has no cues is read as plain text."""
    texts = source.text.split("\n")
    cues = read_cues(texts)
    if not cues.found:
        fault = (source.line, "there is no cue with a time and a text; it is read as plain text")
        return Content(plain_blocks(texts, source.line), faults=(fault,))
    joining = _Joining(SourceLines(source), cues)
    joining.run()
    faults = [
        (source.line + at, "the times of a cue cannot be read; write 00:01:02,500 --> 00:01:04,000")
        for at in cues.broken[:20]
    ]
    fields = {name: value for name, (value, _) in cues.header.items() if name != "kind"}
    lines = {name: source.line + at for name, (_, at) in cues.header.items()}
    return Content(joining.blocks, fields, lines, tuple(faults))


class _Joining:
    """Puts lines of cues together."""

    def __init__(self, lines: SourceLines, cues: Cues) -> None:
        self.lines, self.cues = lines, cues.found
        self.blocks: list[Block] = []
        self.names = _names(cues.found)
        ends = sum(_ends(cue.bare[-1]) for cue in cues.found)
        self.marked = 10 * ends >= len(cues.found) or len(cues.found) < 5
        """Whether sentences are marked by their ends."""
        self.draft = Draft()
        self.time = ""
        self.speaker: str | None = None
        self.begins = False
        """Whether the paragraph begins what somebody says."""
        self.styles: dict[str, int] = {}
        self.turned = False
        """Whether the last cue has a dash where somebody else begins to speak."""

    def run(self) -> None:
        """Reads all cues."""
        shown = 0
        voiced = False
        for cue in self.cues:
            if cue.new >= len(cue.lines):
                shown = max(shown, cue.end)
                continue
            text = self.draft.tail(max(0, self.draft.size - 40)) if self.draft.size else ""
            if text and self.is_full(cue, text, cue.start - shown):
                self.end()
            shown, self.turned = cue.end, False
            self.styles.clear()
            voice = None
            for number in range(cue.new, len(cue.lines)):
                at = cue.lines[number]
                found = _VOICE.findall(self.lines.texts[at])
                voice = found[0].strip() if found else voice
                if voice is not None:
                    self.speak(voice)
                elif voiced and number == cue.new:
                    self.speak(None)
                self.line(cue, at, cue.known if number == cue.new else 0)
            voiced = voice is not None
        self.end()

    def is_full(self, cue: Cue, text: str, pause: int) -> bool:
        """Whether a paragraph that ends with a text ends before a cue."""
        if self.marked:
            first = cue.bare[cue.new][:1]
            if first.islower() or not _STOP.search(text.rstrip()):
                return False
            if pause >= _PAUSE:
                return True
            return _ends(text) and (self.draft.size >= _ENOUGH or self.turned)
        return self.draft.size >= _UNMARKED or (pause >= _PAUSE and self.draft.size >= 100)

    def speak(self, name: str | None) -> None:
        """Notes who speaks from now on."""
        if name != self.speaker:
            self.end()
            self.speaker, self.begins = name, name is not None

    def end(self) -> None:
        """Ends the paragraph in hand."""
        block = self.draft.block(self.lines.table, ()) if self.draft.size else None
        if block is not None:
            kind: Kind = "speaker" if self.begins else "text"
            self.blocks.append(block._replace(kind=kind, time=self.time, speaker=self.speaker))
            self.begins = False
        self.draft = Draft()
        self.styles.clear()

    def line(self, cue: Cue, at: int, known: int) -> None:
        """Adds a line of a cue, without the first characters of what is seen if they are known."""
        passage = self.lines.line(at)
        text = passage.text
        start = _begin(text, 0)
        if known:
            start = _after(text, known)
        said = text[start : start + 300]
        if (turn := _TURN.match(said)) and self.is_between():
            self.end()
            self.speaker, self.turned = None, True
            start = _begin(text, start + turn.end())
            said = text[start : start + 300]
        name = speaker_of(said)
        if name is not None and name in self.names:
            colon = _COLON.match(text, start + len(name))
            start = _begin(text, colon.end()) if colon else start
            self.end()
            self.speaker, self.begins = name, True
        if self.draft.size:
            self.draft.add_line_end()
        else:
            self.time = cue.time
        self.words(cue, passage, start)

    def is_between(self) -> bool:
        """Whether a sentence has just ended, or nothing was said yet."""
        size = self.draft.size
        return not size or not self.marked or _ends(self.draft.tail(max(0, size - 40)))

    def words(self, cue: Cue, passage: Passage, start: int) -> None:
        """Adds what is seen from a character of a line on; a long one ends with a sentence."""
        text, at = passage.text.rstrip(), start
        for match in TAG.finditer(passage.text, start):
            self.sentences(cue, passage, at, match.start())
            at = match.end()
            if match["entity"]:
                sign = unescape(match[0])
                source = passage.source(match.start())
                self.draft.add(sign, source, source + len(match[0]))
                self.draft.next = -1
            elif match["blank"]:
                self.draft.add_blank(" ")
            elif match["name"]:
                self.tag(match["name"].lower(), bool(match["closing"]))
        self.sentences(cue, passage, at, len(text))

    def tag(self, name: str, closing: bool) -> None:
        """Opens or closes a style."""
        if not closing:
            self.styles[name] = self.draft.size
        elif (start := self.styles.pop(name, None)) is not None and name in ("i", "b"):
            self.draft.style(start, "emphasis" if name == "i" else "strong")

    def sentences(self, cue: Cue, passage: Passage, start: int, end: int) -> None:
        """Adds a stretch; where the paragraph is long it ends with a sentence of it."""
        if end - start + self.draft.size > 2 * _ENOUGH:
            for match in _INNER.finditer(passage.text, start, end):
                if self.draft.size + match.end() - start < _ENOUGH or _SHORT.search(
                    passage.text, max(start, match.end() - 8), match.end()
                ):
                    continue
                passage.copy(self.draft, start, match.end())
                self.end()
                self.time, start = cue.time, match.end()
                while start < end and passage.text[start].isspace():
                    start += 1
        passage.copy(self.draft, start, end)


def _ends(text: str) -> bool:
    """Whether a text ends with a sentence."""
    text = text.rstrip()
    return bool(_STOP.search(text, max(0, len(text) - 12))) and not _SHORT.search(
        text, max(0, len(text) - 8)
    )


def _begin(text: str, at: int) -> int:
    """Where the first thing that is seen of a text stands, from a character on."""
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif (
            (match := TAG.match(text, at))
            and not match["entity"]
            and match["name"] not in ("i", "b")
        ):
            at = match.end()
        else:
            break
    return at


def _after(text: str, known: int) -> int:
    """Where a text goes on behind so many characters of what is seen, blanks counted once."""
    seen, at, blank = 0, 0, True
    while at < len(text) and seen < known:
        if (match := TAG.match(text, at)) is not None and not match["entity"]:
            at = match.end()
            continue
        if not (text[at].isspace() and blank):
            seen += 1
        blank = text[at].isspace()
        at += 1
    return _begin(text, at)


def _names(cues: list[Cue]) -> frozenset[str]:
    """The names before what is said: such as look like one, and those that come again."""
    found: Counter[str] = Counter()
    for cue in cues:
        for bare in cue.bare[cue.new :]:
            turn = _TURN.match(bare[:300])
            said = bare[turn.end() if turn else 0 :][:300]
            if (name := speaker_of(said)) and _COLON.sub("", said[len(name) :], count=1):
                found[name] += 1
    return frozenset(name for name, count in found.items() if count > 1 or is_certain_name(name))
