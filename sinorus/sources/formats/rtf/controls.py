"""What the controls of RTF do: groups, destinations, looks, notes, fields."""

from __future__ import annotations

import re
from collections.abc import Callable

from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.docx.symbols import symbol
from sinorus.sources.formats.rtf.destinations import INFO, SHOWN, SIGNS, UNSEEN, State
from sinorus.sources.formats.rtf.fonts import SYMBOL, Fonts
from sinorus.sources.formats.rtf.paragraphs import Paragraphs
from sinorus.sources.formats.rtf.stylesheet import Stylesheet
from sinorus.sources.formats.rtf.tokens import Token

_LINK = re.compile(r'HYPERLINK\s+"((?:https?|ftp|mailto):[^"\s]{1,2000})"', re.IGNORECASE)
_LONGEST = 10_000  # characters of what a field says, or the file of itself


class Controls:
    """Takes token by token; `info` has what the file says of itself."""

    def __init__(self) -> None:
        self.info: dict[str, str] = {}
        self.fonts = Fonts()
        self.styles = Stylesheet()
        self.paragraphs = Paragraphs(self.styles)
        self._state = State()
        self._stack: list[State] = []
        self._bytes: list[bytes] = []
        self._left = 0  # bytes to leave out behind a character given by its number
        self._half = 0  # the first half of a character that has two numbers
        self._starred = False
        self._begun = False
        self._field = ""
        self._style = (0, "", -1, -1)  # number, name, style it is based on, level
        self._time: list[str] = []
        self._notes: list[int] = []

    @property
    def depth(self) -> int:
        """How many groups are open."""
        return len(self._stack)

    def finished(self) -> list[Block]:
        """All blocks, at the end of the file."""
        self._flush()
        while self._notes:
            self._end_note()
        return self.paragraphs.finished()

    def take(self, token: Token) -> None:
        """Does what a token says."""
        word = token.word
        if word in ("", "'"):
            self._text(token.raw)
            return
        self._flush()
        self._left = 0
        begun, self._begun = self._begun, False
        starred, self._starred = self._starred, False
        if word == "{":
            self._stack.append(self._state)
            self._begun = True
        elif word == "}":
            self._close()
        elif word == "\\*":
            self._starred = self._begun = begun  # elsewhere it says nothing
        elif starred or begun:
            self._destination(word, token.number, starred)
        else:
            self._control(word, token.number)

    # Text

    def _text(self, raw: bytes) -> None:
        self._begun = self._starred = False
        if self._left:
            gone = min(self._left, len(raw))
            self._left -= gone
            raw = raw[gone:]
        if raw and self._half:
            self._half = 0
            self._emit("\ufffd")
        if raw and self._state.place != "skip":
            self._bytes.append(raw)

    def _flush(self) -> None:
        """Decodes the bytes collected: a character may stand over several tokens."""
        if not self._bytes:
            return
        raw, self._bytes = b"".join(self._bytes), []
        encoding = self.fonts.encoding(self._state.font)
        if encoding == SYMBOL:
            self._emit("".join(symbol("symbol", code) for code in raw))
        else:
            self._emit(raw.decode(encoding, "replace"))

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._left = self._state.skipped
        half, self._half = self._half, 0
        if 0xD800 <= code < 0xDC00:
            self._half = code
        elif 0xDC00 <= code < 0xE000:
            whole = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0xFFFD
            self._emit(chr(whole))
        elif 0xF020 <= code <= 0xF0FF and self.fonts.encoding(self._state.font) == SYMBOL:
            self._emit(symbol("symbol", code))
        else:
            self._emit(chr(code) if 0 < code < 0x110000 else "\ufffd")

    def _emit(self, text: str) -> None:
        state = self._state
        place = state.place
        if place == "text":
            if not (state.hidden or state.deleted):
                self.paragraphs.add(text, state)
        elif place == "mark":
            self.paragraphs.mark_item(text)
        elif place == "field":
            self._field = (self._field + text)[:_LONGEST]
        elif place == "style":
            number, name, based, level = self._style
            self._style = (number, (name + text)[:200], based, level)
        elif place.startswith("info:"):
            key = place[5:]
            self.info[key] = (self.info.get(key, "") + text)[:_LONGEST]

    # Groups

    def _destination(self, word: str, number: int | None, starred: bool) -> None:
        """What a group begins with may say where its text belongs."""
        place = self._state.place
        if place in ("skip", "mark"):
            return
        if word in UNSEEN:
            self._go("skip")
        elif word in ("listtext", "pntext"):
            self.paragraphs.mark_item("")
            self._go("mark")
        elif word in _TABLES:
            self._go(word)
        elif place == "info":
            self.info.pop(INFO.get(word, ""), None)  # the same again, in Unicode
            self._go(f"info:{INFO[word]}" if word in INFO else "skip")
        elif place == "stylesheet":
            self._begin_style(word, number, starred)
        elif word in _BEGINNINGS:
            _BEGINNINGS[word](self)
        elif starred and word not in SHOWN:
            self._go("skip")
        else:
            self._control(word, number)

    def _go(self, place: str) -> None:
        self._state = self._state._replace(place=place)

    def _begin_field(self) -> None:
        self._field = ""
        self._go("field")

    def _begin_note(self) -> None:
        self._notes.append(len(self._stack))
        self.paragraphs.begin_note()
        self._state = State(font=self._state.font, skipped=self._state.skipped)

    def _begin_style(self, word: str, number: int | None, starred: bool) -> None:
        if starred and word != "s":
            self._go("skip")
            return
        self._style = (0, "", -1, -1)
        self._go("style")
        self._control(word, number)

    def _begin_result(self) -> None:
        said = self._field.strip()
        if said.upper().startswith(("TOC", "NOTEREF")):
            self._go("skip")
        elif link := _LINK.search(said):
            self._state = self._state._replace(link=link[1])

    def _close(self) -> None:
        place = self._state.place
        outer = self._stack[-1].place if self._stack else ""
        if place == "style" and outer == "stylesheet":
            number, name, based, level = self._style
            self.styles.add(number, name, based if based >= 0 else None, level)
        elif place.startswith("info:file_") and self._time:
            self.info[place[5:]] = "-".join(self._time[:3])
            self._time = []
        if self._notes and len(self._stack) == self._notes[-1]:
            self._end_note()
        if self._stack:
            self._state = self._stack.pop()

    def _end_note(self) -> None:
        self._notes.pop()
        self.paragraphs.end_note()

    # Controls

    def _control(self, word: str, number: int | None) -> None:
        if word == "u":
            if number is not None and self._state.place != "skip":
                self._unicode(number)
        elif word in SIGNS:
            self._emit(SIGNS[word])
        elif word in _ENDS:
            if self._state.place == "text":
                _ENDS[word](self.paragraphs, self._state)
        elif self._state.place in ("fonttbl", "style") or self._state.place.startswith("info:"):
            self._of_tables(word, number)
        else:
            self._set(word, number)

    def _of_tables(self, word: str, number: int | None) -> None:
        """Controls in the tables of fonts and styles, and in what the file says of itself."""
        many = number or 0
        if word == "f":
            self._state = self._state._replace(font=many)
        elif word == "fcharset":
            self.fonts.charset(self._state.font, number)
        elif word == "cpg":
            self.fonts.font_page(self._state.font, number)
        elif word in ("s", "sbasedon", "outlinelevel"):
            style, name, based, level = self._style
            style, based = (many, based) if word == "s" else (style, based)
            based = many if word == "sbasedon" else based
            self._style = (style, name, based, many if word == "outlinelevel" else level)
        elif word in ("yr", "mo", "dy"):
            self._time.append(f"{many:04}" if word == "yr" else f"{many:02}")

    def _set(self, word: str, number: int | None) -> None:
        """Sets what holds from here to the end of the group."""
        if word in _SETTINGS:
            self._state = _SETTINGS[word](self._state, number)
        elif word == "ansicpg":
            self.fonts.set_page(number)
        elif word in _MACHINES:
            self.fonts.set_page(_MACHINES[word])
        elif word == "ftnalt":
            self.paragraphs.is_endnote()


_TABLES = frozenset(("fonttbl", "stylesheet", "info"))
_BEGINNINGS: dict[str, Callable[[Controls], None]] = {
    "fldinst": Controls._begin_field,
    "fldrslt": Controls._begin_result,
    "footnote": Controls._begin_note,
    "upr": lambda controls: controls._go("twice"),  # the same again stands in Unicode, in `ud`
    "ud": lambda controls: controls._go("text"),
}
_MACHINES = {"mac": 10000, "pc": 437, "pca": 850}
_SETTINGS: dict[str, Callable[[State, int | None], State]] = {
    "b": lambda state, number: state._replace(strong=number != 0),
    "i": lambda state, number: state._replace(emphasis=number != 0),
    "v": lambda state, number: state._replace(hidden=number != 0),
    "deleted": lambda state, number: state._replace(deleted=number != 0),
    "strike": lambda state, number: state._replace(struck=number != 0),
    "striked": lambda state, number: state._replace(struck=number != 0),
    "super": lambda state, number: state._replace(raised="super" if number != 0 else ""),
    "sub": lambda state, number: state._replace(raised="sub" if number != 0 else ""),
    "nosupersub": lambda state, _: state._replace(raised=""),
    "plain": lambda state, _: state.plain(),
    "pard": lambda state, _: state.new_paragraph(),
    "f": lambda state, number: state._replace(font=number or 0),
    "uc": lambda state, number: state._replace(skipped=max(0, min(number or 0, 10))),
    "s": lambda state, number: state._replace(style=number or 0),
    "outlinelevel": lambda state, number: state._replace(outline=number or 0),
    "intbl": lambda state, number: state._replace(in_table=number != 0),
    "itap": lambda state, number: state._replace(
        in_table=state.in_table or bool(number), tables=max(1, number or 0)
    ),
    "ls": lambda state, number: state._replace(listed=number != 0),
}
_ENDS: dict[str, Callable[[Paragraphs, State], None]] = {
    "par": Paragraphs.end,
    "\\par": Paragraphs.end,
    "sect": Paragraphs.end,
    "cell": Paragraphs.end_cell,
    "row": Paragraphs.end_row,
    "nestcell": Paragraphs.end_inner_cell,
    "nestrow": Paragraphs.end_inner_row,
}
