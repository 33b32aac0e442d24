"""Which words of a draft are quoted: marks of every style in every kind, and marks left open."""

from __future__ import annotations

import pytest

from sinorus.citation.drafts.draft import FORMATS, Draft
from sinorus.citation.drafts.pairs import marks
from sinorus.citation.drafts.quotations import quotations

EN = "the alliance of 1950 was an alliance on paper"
RU = "союз 1950 года был союзом на бумаге"
ZH = "一九五零年的同盟不过是纸上的同盟"
STYLES = [
    *(f"He said “{EN}” then.", f'He said "{EN}" then.', f"He said ‘{EN}’ then."),
    *(f"He said '{EN}' then.", f"Он сказал: «{RU}».", f"Er sagte „{EN}“ dann."),
    *(f"On „{EN}” tak.", f"Il dit «\u00a0{EN}\u00a0» et", f"Il dit ‹{EN}› et"),
    *(f"Han sagde »{EN}« så.", f"Han sade ”{EN}” så.", f"Er sagte ›{EN}‹ dann."),
    *(
        f"他说「{ZH}」。",
        f"他说『{ZH}』。",
        f"他说：“{ZH}”。",
        f'他说："{ZH}"。',
        f"他说＂{ZH}＂。",
    ),
    *(
        f"他说〝{ZH}〞。",
        f"他说｢{ZH}｣。",
        f"孔子曰：“{ZH}”。",
        f"孔子曰：{ZH}。他走了。",
        f"子曰：「{ZH}」",
    ),
    *(f"Don't say '{EN}' to the dogs' owner, it's bad.", f"'Tis so: '{EN}' indeed."),
    *(f'A 6" pipe: "{EN}" yes.', f"—“{EN}”—", f"(“{EN}”)", f"Its '{EN}', the dogs’ said."),
    *(f"He said {EN}” then “{EN}” x.",),
]


@pytest.mark.parametrize("kind", [*FORMATS, "paragraphs"])
def test_marks_of_every_style_in_every_kind_of_draft(kind: str) -> None:
    for text in STYLES:
        found = quotations(Draft(text, kind)).quotations
        words = next(one for one in (EN, RU, ZH) if one in text)
        assert [one.words.text.strip(" 。") for one in found] == [words], text
        assert all(one.closed for one in found)


@pytest.mark.parametrize("kind", [*FORMATS, "paragraphs"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"He said “{EN}. And then “{EN}” too.", EN),
        (f'He said "{EN}. And then "{EN}" too.', EN),
        (f"Он «{RU}. И потом «{RU}».", RU),
        (f"他说「{ZH}。后来「{ZH}」。", ZH),
        (f"He said “{EN}, “{EN}” too.", EN),
    ],
)
def test_an_open_mark_hides_nothing_behind_it(kind: str, text: str, words: str) -> None:
    found = quotations(Draft(text, kind)).quotations
    assert [one.words.text.rstrip(" .,。") for one in found] == [words, words]
    assert [one.closed for one in found] == [False, True]


def test_marks_within_marks_and_across_paragraphs() -> None:
    nested = f"“{EN}, “{EN}” and ‘{EN}’”, «a „b“ c»"
    assert marks(nested).open == []
    outer = quotations(Draft(f"He said {nested}.", "plain")).quotations
    assert len(outer) == 1  # the other is too short
    assert outer[0].words.text.count(EN) == 3
    long = f"He said “{EN}\n\n“{EN}\n\n“{EN}”, he did.\n\nAnd “{EN}”."
    found = quotations(Draft(long, "markdown")).quotations
    assert [one.words.text for one in found] == ["\n\n".join([EN] * 3), EN]
    left = f"He said “{EN}\n\n“{EN}\n\nAnd “{EN}”."
    found = quotations(Draft(left, "markdown")).quotations
    assert [(one.words.text, one.closed) for one in found] == [(f"{EN}\n\n{EN}", False), (EN, True)]


def test_every_mark_is_looked_at_once() -> None:
    class Counted(str):
        """A text that counts how often it is asked for a character."""

        __slots__ = ()
        asked = 0

        def __getitem__(self, place: object) -> str:
            Counted.asked += 1
            return super().__getitem__(place)  # type: ignore[index]

    def work(text: str) -> int:
        Counted.asked = 0
        marks(Counted(text))
        return Counted.asked

    for sign in ("“", "”", "‘a ", "'a ", '"a ', "«", "„a“ ", "“‘«„", "“a” ", "»a «", "‘a’ "):
        assert work(sign * 4_000) <= 4.2 * work(sign * 1_000) + 10, sign
