"""The chunks of texts, read one by one, give the tokens of the texts."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.texts import LETTERS, MARKS, OTHERS, SIGNS

from sinorus.text import han
from sinorus.text.chunks import GAP, normalised, read_chunk
from sinorus.text.fold import capitals
from sinorus.text.tokens import tokenize

_PIECES = [*(LETTERS + OTHERS + MARKS + SIGNS), *"\0\x01\x85\ud800\udfff\u3000\u0663"]
_PIECES += ["-", "-\n", "-\n ", "\xac\n", "\xad \n", "\u2010", "\u2011\t\r\n", "\xac"]
_PIECES += ["¹", "²³"]
_PIECES += [
    "[1]",
    "[12, 3]",
    "［1］",
    "〔1〕",
    "[\u0663]",
    "①",
    "U.S.",
    "u.s.s.r. ",
    "China’s",
    "ab",
    "но",
]
_PIECES += [
    "发展中国家",
    "人權",
    "國\n家",
    "、",
    "·",
    "\x02",
    "\x03",
    "葛\U000e0100",
    "中 俄",
    "１",
]
_PIECES += ["1st", "a1", "か\u3099", "ハ\u309a", "ｶﾞ", "中国。", "Ёлка", ". ", "...", "x" * 40]
_PIECES += [
    "U.",
    " S.",
    "\nR.",
    "Н.\u00a0",
    "С. ",
    "É.",
    "e\u0301.",
    "M",
    "M\u0301. ",
    "Ḥ. ",
    "𝐔. ",
]
_PIECES += [
    "10",
    ",000",
    " 000",
    "\u2009000",
    ".000",
    "’000",
    "，000",
    "、000",
    "０００",
    "1",
    "\t345",
]
_PIECES += ["l’", "D'", "д’", "Э", "МИД", "MИД", "ʾ", "ᵗʰ", "︠", "．", "\x1f", "\u2003", "і", "ъ"]
texts = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)  # the first loads a dictionary
@given(st.lists(texts, max_size=6))
@example([])
@example(["ab-\n cd e\xac\nf но-\nой Ham\xacmurabi", "a-b-c", "a\u20101 é‑ж x.-y 中-国"])
@example(["a-[1]\nb c¹-\nd", "ab¹², “c”³ d.² e [1] f[1] 中①国 中 ①", "a\0¹ \0[1]"])
@example(["", "", "a"])
@example(["\0", "a\0b", "."])
@example(["10,000 U. S. S. R. 10 000, Н. С. Хрущёв and 1 000 000.", "x. A. U.\nS. a", "A. B."])
@example(
    ["10\u2009000 000", "5,10,000 1969,100", "10,000,00 U.\u2003S. U.,S. 1;000", "U. S", "1,000"]
)
@example(["the end.", "“Yes.” – . . ‘no’"])
def test_the_tokens_of_a_text_are_those_of_its_chunks(many: list[str]) -> None:
    chunks = normalised(many).split()
    for text in many:
        end = chunks.index(GAP)
        pairs, joins, bits, signs = [], [], [], {}
        for chunk in map(read_chunk, chunks[:end]):
            joins += [join._replace(at=len(pairs) + join.at) for join in chunk.joins]
            bits += chunk.capitals
            if chunk.sign:
                signs[len(pairs)] = chunk.sign
                assert len(chunk.pairs) == 1
            pairs += chunk.pairs
        tokens = tokenize(text)
        assert pairs == list(zip(tokens.forms, tokens.stems, strict=True))
        assert joins == list(tokens.joins)
        spans = zip(tokens.starts, tokens.ends, strict=True)
        assert bits == [capitals(text[start:end]) for start, end in spans]
        begins, inside = han.signs(text, tokens.starts)
        assert signs == dict.fromkeys(begins, han.BEGIN) | dict.fromkeys(inside, han.INSIDE)
        chunks = chunks[end + 1 :]
    assert not chunks


@given(st.lists(texts, max_size=6))
def test_a_single_space_stands_around_each_chunk(many: list[str]) -> None:
    content = normalised(many)
    assert content == b" ".join([b"", *content.split(), b""]) or content == b" "
