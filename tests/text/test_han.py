"""Han characters: the table, stretches, and where words begin."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.han_table import TABLE, pairs, table

from sinorus.query.positions import crosses
from sinorus.text import han
from sinorus.text.fold import fold_value
from sinorus.text.tokens import paragraph_hash, tokenize


def test_the_table_is_the_one_of_opencc() -> None:
    assert table() == TABLE.read_text("utf-8")
    assert "".join(one for one, _ in pairs()).translate(
        str.maketrans(dict(pairs()))
    ) == han.simplified("".join(one for one, _ in pairs()))


@pytest.mark.parametrize(
    ("traditional", "simple"),
    [
        *(("人權", "人权"), ("為爲", "为为"), ("裡裏", "里里"), ("臺台颱", "台台台")),
        *(("綫線", "线线"), ("乾幹後", "干干后"), ("𠀀國", "𠀀国")),
        ("中華人民共和國", "中华人民共和国"),
    ],
)
def test_traditional_and_simplified_are_one(traditional: str, simple: str) -> None:
    one, other = tokenize(traditional), tokenize(simple)
    assert one.forms == other.forms == list(simple)
    assert one.starts == other.starts
    assert paragraph_hash(traditional, one) == paragraph_hash(simple, other)
    assert fold_value(traditional) == fold_value(simple)


@given(st.text())
def test_folding_again_changes_nothing_and_keeps_the_length(text: str) -> None:
    once = han.simplified(text)
    assert len(once) == len(text)
    assert han.simplified(once) == once


@pytest.mark.parametrize("text", ["かな カナ", "Ёлка café", "中国", "김정은", ""])
def test_what_is_not_traditional_stays(text: str) -> None:
    assert han.simplified(text) == text


def cut(text: str, word: str) -> bool:
    """Whether `word` crosses words at its first place in `text`."""
    tokens = tokenize(text)
    start = tokens.starts.index(text.index(word))
    return crosses((start, start + len(word)), han.signs(text, tokens.starts).inside)


ACROSS = [("发展中国家", "中国"), ("中华人民共和国", "华人"), ("扩大国内需求", "大国")]
ACROSS += [("中俄国家元首", "俄国"), ("發展中國家", "中國"), ("拉美国家", "美国")]
ACROSS += [("殖民主义", "民主"), ("未成年人权益", "人权")]
WHOLE = [("中国共产党", "中国"), ("中国人民", "人民"), ("中华人民共和国", "人民")]
WHOLE += [("世界大国", "大国"), ("共和国", "共和"), ("欧洲人权法院", "人权"), ("大学生", "大学")]
WHOLE += [("社会主义", "主义"), ("国", "国"), ("美国国会", "国会")]


@pytest.mark.parametrize(("text", "word"), ACROSS)
def test_a_place_that_cuts_a_longer_word_crosses(text: str, word: str) -> None:
    assert cut(text, word)


@pytest.mark.parametrize(("text", "word"), WHOLE)
def test_a_word_in_a_longer_one_that_has_it_does_not_cross(text: str, word: str) -> None:
    assert not cut(text, word)


def test_a_broken_line_is_no_border() -> None:
    joined, broken = "我们是发展中国家。", "我们是发展中国\n家。"
    one, other = (han.signs(text, tokenize(text).starts) for text in (joined, broken))
    assert one == other


@pytest.mark.parametrize("sign", "，。；：！？、“”《》（）…—,.;!?/[「」")
def test_punctuation_ends_a_stretch(sign: str) -> None:
    text = f"很大{sign}国家"
    assert not han.is_open(sign)
    assert han.signs(text, tokenize(text).starts).begins == {0, 2}


@pytest.mark.parametrize("gap", ["", " ", "\n", "　", "\u200b", "-", "－", "·", "・"])
def test_white_space_hyphens_and_dots_do_not(gap: str) -> None:
    text = f"卡尔{gap}马克思"
    assert han.is_open(gap)
    assert han.signs(text, tokenize(text).starts).begins == {0}


def test_a_search_loads_no_dictionary() -> None:
    code = "import sys; from sinorus.query.parse import parse; parse('人權 大国')\n"
    code += "assert not {'rjieba', 'numpy'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], check=True)
