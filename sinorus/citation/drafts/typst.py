"""A draft in Typst: prose without code, comments and marks."""

from __future__ import annotations

import re

from sinorus.citation.drafts.draft import Cited, Prose, in_blocks
from sinorus.citation.drafts.traced import CLOSE, OPEN, Piece, Traced, stretches

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:/])//[^\n]*", re.S)
_RAW = re.compile(r"`{3,}|`(?=[^`\n]*`)|(?<!\\)\$(?=[^$]*\$)")
_BRACKETED = r"\[((?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]"
_PARENTHESES = r"\((?:[^()\"]|\"[^\"\n]*\"|\((?:[^()\"]|\"[^\"\n]*\")*\))*\)"
_QUOTE = re.compile(rf"#quote(?:\((?P<told>(?:[^()]|\([^()]*\))*)\))?{_BRACKETED}", re.S)
_BLOCK = re.compile(r"\bblock:\s*true\b")
_OF_QUOTE = re.compile(r"attribution:\s*<([^<>\s]+)>")
_CITE = re.compile(
    r"#cite\(\s*<([^<>\s]+)>[^()]*\)|(?<![\w.@])@([\w](?:[\w:.-]*[\w])?)(?:\[[^\[\]]*\])?"
)
_RULE = re.compile(
    r"^#(?:set|show|let|import|include|pagebreak|bibliography|outline)\b[^\n]*", re.M
)
_CALL = re.compile(rf"#[a-z][\w.-]*(?:{_PARENTHESES})?(?:{_BRACKETED})?;?", re.S)
_CODE = re.compile(r"#raw\(\"([^\"\\@]*)\"\);?")
_HEAD = re.compile(r"^=+[ \t]+[^\n]*$", re.M)
_MARK = re.compile(r"(?<!\\)(?:\*|(?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_]))")
_SIGN = re.compile(r"\\(?P<escaped>[^\s\w]|_)|\\(?=\s)|~|---|--|\.\.\.")
_SIGNS = {"~": " ", "---": "—", "--": "–", "...": "…", "\\": ""}


def _quoted(quote: re.Match[str]) -> list[Piece]:
    block = _BLOCK.search(quote["told"] or "")
    return [OPEN if block else "“", quote.span(2), CLOSE if block else "”"]


def read(text: str) -> Prose:
    """The paragraphs and the citation keys."""
    prose = Traced(text).without(_COMMENT)
    prose = prose.outside(stretches(prose.text, _RAW, lambda raw: re.compile(re.escape(raw[0]))))
    keys: list[Cited] = []

    def take(match: re.Match[str]) -> list[str]:
        start = prose.at[match.start()]
        key = next(filter(None, match.groups()))
        keys.append(Cited(start, prose.at[match.end() - 1] + 1, match[0], key=key))
        return []

    prose.sub(_OF_QUOTE, take)
    prose = prose.sub(_QUOTE, _quoted)
    prose = prose.sub(_CITE, take).without(_RULE).sub(_HEAD, "\n\n")
    prose = prose.kept(_CODE).kept(_CALL).without(_MARK)
    prose = prose.sub(
        _SIGN, lambda match: [match.span("escaped") if match["escaped"] else _SIGNS[match[0]]]
    )
    return Prose(in_blocks(prose), keys)
