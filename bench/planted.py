"""Quotations planted in drafts of every language: true, altered, cut, merged and invented.

They are made of a library by a seed: a third are true, a third altered by a word, a negation, a
number or the order, a third cut, merged or invented; in three languages, in all styles of marks,
with marks within marks, half of them with their source beside them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from sinorus import Library
from sinorus.citation.wording import Wording, occurrences
from sinorus.model import Paragraph

NEGATIONS = {"en": "not", "ru": "не", "zh": "不"}
FILLING = {
    "en": "It was said on that day by those who were there, and {} was the answer.",
    "ru": "В тот день об этом сказали те, кто там был: {}, и это был ответ.",
    "zh": "那天在场的人说：{}，这就是回答。",
}
PROSE = "This sentence of the draft says what its author thinks and quotes nobody at all. "
INNER = {
    "“": "‘’",
    '"': "‘’",
    "‘": "“”",
    "«": "„“",
    "„": "«»",
    "「": "『』",
    "『": "「」",
    "<": "„“",
}
"""The marks within marks, by the sign that opens."""
_ANY_MARK = re.compile('["“”«»„‟‘’‚‛「」『』‹›`]')
_LIST = re.compile(r"[-+*•]\s|\(?\w{1,3}[.)]\s")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_PAIR = re.compile(r"\"([^\"“”«»„]+)\"|“([^\"“”«»„]+)”|«([^\"“”«»„]+)»|„([^\"“”«»„]+)[“”]")


class Kind(NamedTuple):
    """A language of drafts: by the language of the words how a quotation is written.

    What ends in a line break or begins with one is a block. `reference` names a paragraph unseen.
    """

    suffix: str
    marks: dict[str, Sequence[str]]
    reference: str
    escaped: Callable[[str], str]
    kept: str
    """Signs that quotations of it may not have, for the generator knows no way to write them."""
    head: str = ""


def _latex(text: str) -> str:
    return re.sub(r"([%&$#_])", r"\\\1", text)


def _as_it_is(text: str) -> str:
    return text


_LATEX_BLOCK = "\n\\begin{quote}\n¦\n\\end{quote}\n"
_CSQUOTES = (r"\enquote{¦}", r"\textquote{¦}", r"\blockquote{¦}", _LATEX_BLOCK)
_ORG_BLOCK = "\n#+begin_quote\n¦\n#+end_quote\n"
_TYPST = ('"¦"', "#quote[¦]", "\n#quote(block: true)[\n¦\n]\n")
_HTML = ("<q>¦</q>", "\n<blockquote><p>¦</p></blockquote>\n")
_CHINESE = ("“¦”", "「¦」", "『¦』")
KINDS = {
    "markdown": Kind(
        ".md",
        {
            "en": ("“¦”", '"¦"', "‘¦’", "\n> ¦\n"),
            "ru": ("«¦»", "„¦“", '"¦"', "\n> ¦\n"),
            "zh": (*_CHINESE, "\n> ¦\n"),
        },
        " <!-- sinorus: ¦ -->",
        _as_it_is,
        r"*_<>\[\]#@\\~^$|{}",
    ),
    "latex": Kind(
        ".tex",
        {
            "en": ("“¦”", "``¦''", r"\textquote[p.~3]{¦}", *_CSQUOTES),
            "ru": ("«¦»", "<<¦>>", "„¦“", r"\foreignquote{russian}{¦}", *_CSQUOTES),
            "zh": (*_CHINESE, *_CSQUOTES),
        },
        " % sinorus: ¦\n",
        _latex,
        r"<>@\\~^{}\[\]|",
    ),
    "org": Kind(
        ".org",
        {
            "en": ("“¦”", '"¦"', _ORG_BLOCK),
            "ru": ("«¦»", "„¦“", _ORG_BLOCK),
            "zh": (*_CHINESE, _ORG_BLOCK),
        },
        " @@comment:sinorus: ¦@@",
        _as_it_is,
        r"*_/=~+<>\[\]#@\\^$|{}",
    ),
    "typst": Kind(
        ".typ",
        {"en": _TYPST, "ru": ("«¦»", *_TYPST[1:]), "zh": (*_CHINESE, *_TYPST[1:])},
        " /* sinorus: ¦ */",
        _as_it_is,
        r"*_<>\[\]#@\\~^$/=+-",
    ),
    "html": Kind(
        ".html",
        {"en": ("“¦”", *_HTML), "ru": ("«¦»", *_HTML), "zh": (*_CHINESE, *_HTML)},
        "<!-- sinorus: ¦ -->",
        escape,
        "",
    ),
    "plain": Kind(
        ".txt",
        {
            "en": ("“¦”", '"¦"', "\n    ¦\n"),
            "ru": ("«¦»", "„¦“", "\n    ¦\n"),
            "zh": (*_CHINESE, "\n    ¦\n"),
        },
        " (¦)",
        _as_it_is,
        "",
    ),
}
"""By the names of the languages; `¦` stands for the words, or for an id with its hash."""


class Planted(NamedTuple):
    """A quotation of a draft: what was done to it, and the paragraphs whose words it has."""

    sort: str
    lang: str
    kind: str
    marks: str
    text: str
    sources: Sequence[tuple[Paragraph, str]]
    written: str

    @property
    def letters(self) -> str:
        """What is left of the words in any draft: letters and digits."""
        return letters(self.text)


def letters(text: str) -> str:
    """The letters and digits of a text, by which a quotation is known again."""
    return "".join(sign for sign in text if sign.isalnum())


def plant(library: Library, seed: int, count: int) -> list[Planted]:
    """So many quotations of the library, by a seed, in drafts of every kind in turn."""
    chance = random.Random(seed)
    texts = {lang: _texts(library, lang, chance) for lang in FILLING}
    found: list[Planted] = []
    sorts, kinds = ("true", "altered", "made"), tuple(KINDS)
    while len(found) < count:
        at = len(found)
        sort, lang, kind = sorts[at % 3], tuple(FILLING)[at // 3 % 3], kinds[at // 9 % len(kinds)]
        one = _planted(sort, lang, kind, texts[lang], chance)
        if one is not None:
            found.append(one)
    chance.shuffle(found)
    return found


def drafted(planted: Sequence[Planted], kind: str, words: int = 0) -> str:
    """The draft with the quotations of a kind, padded with prose that quotes nothing."""
    blocks = [one.written for one in planted if one.kind == kind]
    short = max(0, words - sum(len(block.split()) for block in blocks))
    padding = (PROSE * (short // max(len(blocks), 1) // 14)).strip()
    return "\n\n".join(f"{block}\n\n{padding}" if padding else block for block in blocks) + "\n"


def in_markdown(planted: Sequence[Planted]) -> list[Planted]:
    """The same quotations as a draft in Markdown alone has them."""
    done = []
    for one in planted:
        marks = {"en": "“¦”", "ru": "«¦»", "zh": "“¦”"}[one.lang]
        if re.search(rf"[{KINDS['markdown'].kept}]", one.text) or _ANY_MARK.search(one.text):
            continue
        done.append(one._replace(kind="markdown", written=_written(one, marks, cited=False)))
    return done


def _texts(library: Library, lang: str, chance: random.Random) -> list[Paragraph]:
    kept = []
    documents = library.sources(lang=[lang], update=False)
    chance.shuffle(documents)
    for document in documents[:150]:
        shown = [one.paragraph for one in library.show(document.id, update=False)]
        kept += [one for one in shown if one.kind == "text" and len(Wording(one.text).words) > 30]
    return kept


def _piece(paragraph: Paragraph, lang: str, chance: random.Random) -> str:
    words = Wording(paragraph.text).words
    size = min(chance.randint(8, 40) * (2 if lang == "zh" else 1), len(words) - 1)
    first = chance.randrange(len(words) - size)
    return paragraph.text[words[first].start : words[first + size - 1].end]


def _planted(
    sort: str, lang: str, kind: str, texts: Sequence[Paragraph], chance: random.Random
) -> Planted | None:
    paragraph, other = chance.choice(texts), chance.choice(texts)
    piece = " ".join(_piece(paragraph, lang, chance).split())
    sources = [(paragraph, piece)]
    if sort == "true":
        text = _true(piece, lang, chance)
    elif sort == "altered":
        sort, changed = _altered(piece, lang, texts, chance)
        if changed is None:
            return None
        text = changed
    else:
        sort, text, sources = _made_up(piece, lang, (paragraph, other), texts, chance)
    text = " ".join(text.split())
    if any(occurrences(Wording(text), Wording(source.text)) for source, _ in sources) != (
        sort == "true" and "[" not in text
    ):
        return None
    signs = KINDS[kind].kept
    if signs and re.search(rf"[{signs}]", text.replace("[…]", "")):
        return None
    if _LIST.match(text):  # what begins so would be an item of a list
        return None
    marks = chance.choice(KINDS[kind].marks[lang])
    if _turned(text, marks) is None:
        return None
    cited = chance.random() < 0.5 and bool(sources)
    made = Planted(sort, lang, kind, marks, text, sources, "")
    return made._replace(written=_written(made, marks, cited=cited))


def _turned(text: str, marks: str) -> str | None:
    """The words with the marks within them turned to fit; None where they are in no order."""
    opening = marks.strip()[:1] if marks.strip()[:1] in INNER else ""
    inner = INNER[opening] if opening else "" if marks.startswith("\n") else "“”"
    bare = _PAIR.sub("", text)
    if _ANY_MARK.search(_APOSTROPHE.sub("", bare)):
        return None
    if not inner:
        return text if not text.startswith(tuple('"“«„「『')) else None
    if opening in "‘" and _APOSTROPHE.search(text):
        return None
    return _PAIR.sub(lambda m: f"{inner[0]}{next(filter(None, m.groups()))}{inner[1]}", text)


def _written(one: Planted, marks: str, *, cited: bool) -> str:
    kind = KINDS[one.kind]
    words = kind.escaped(_turned(one.text, marks) or one.text)
    quoted = marks.replace("¦", words)
    source = one.sources[0][0] if cited else None
    reference = kind.reference.replace("¦", f"{source.id}@{source.hash}") if source else ""
    if marks.startswith("\n"):
        if one.kind == "plain":  # there a block ends where prose begins
            return f"{quoted.strip(chr(10))}\n\nThat was how it stood then."
        return f"{quoted.strip(chr(10))}\n{reference.strip(' ')}"
    return FILLING[one.lang].format(quoted + reference)


def _true(piece: str, lang: str, chance: random.Random) -> str:
    words = Wording(piece).words
    match chance.randrange(4):
        case 0:
            return piece
        case 1:
            return piece.replace("ё", "е").replace(",", "").replace("，", "、")
        case 2 if len(words) > 12:
            return f"{piece[: words[4].end]} […] {piece[words[-5].start :]}"
        case _:
            return piece[:1].swapcase() + piece[1:]


def _altered(
    piece: str, lang: str, texts: Sequence[Paragraph], chance: random.Random
) -> tuple[str, str | None]:
    words = Wording(piece).words
    if len(words) < 6:
        return "word", None
    at = chance.randrange(2, len(words) - 2)
    word = words[at]
    gap = "" if lang == "zh" else " "
    match chance.randrange(4):
        case 0:
            new = chance.choice(Wording(chance.choice(texts).text).forms)
            return "word", piece[: word.start] + new + piece[word.end :]
        case 1:
            new = NEGATIONS[lang] + gap
            return "negation", piece[: word.start] + new + piece[word.start :]
        case 2:
            numbers = [one for one in words if one.form.isdecimal()]
            if not numbers:
                return "number", None
            one = chance.choice(numbers)
            new = str(int(one.form) + chance.randint(1, 9))
            return "number", piece[: one.start] + new + piece[one.end :]
        case _:
            beside = words[at + 1]
            left, right = piece[word.start : word.end], piece[beside.start : beside.end]
            between = piece[word.end : beside.start]
            return "order", piece[: word.start] + right + between + left + piece[beside.end :]


def _made_up(
    piece: str,
    lang: str,
    pair: tuple[Paragraph, Paragraph],
    texts: Sequence[Paragraph],
    chance: random.Random,
) -> tuple[str, str, list[tuple[Paragraph, str]]]:
    words = Wording(piece).words
    gap = "" if lang == "zh" else " "
    match chance.randrange(3):
        case 0:
            at, left_out = len(words) // 3, max(1, len(words) // 6)
            text = piece[: words[at].end] + gap + piece[words[at + left_out + 1].start :]
            return "cut", text, [(pair[0], piece)]
        case 1:
            other = _piece(pair[1], lang, chance)
            theirs = Wording(other).words
            half = piece[: words[len(words) // 2].end]
            text = half + gap + other[theirs[len(theirs) // 2].start :]
            return "merged", text, [(pair[0], piece), (pair[1], other)]
        case _:
            some = [chance.choice(Wording(chance.choice(texts).text).forms) for _ in words]
            return "invented", gap.join(some), []
