"""Subtitles: sentences and not cues, with their time and who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.places import lines_of, misplaced

from sinorus.engines.documents import markup_row, read_markup
from sinorus.files import Tree
from sinorus.sources.formats.blocks import Block
from sinorus.sources.formats.registry import BY_SUFFIX
from sinorus.sources.paragraphs import read_paragraphs
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import Entry


def srt(*cues: tuple[float, float, str]) -> str:
    parts = []
    for number, (start, end, text) in enumerate(cues, 1):
        times = [f"00:{int(at) // 60:02}:{int(at) % 60:02},000" for at in (start, end)]
        parts.append(f"{number}\n{times[0]} --> {times[1]}\n{text}\n")
    return "\n".join(parts)


def read(body: str, suffix: str = ".srt") -> list[Block]:
    blocks = read_paragraphs(BY_SUFFIX[suffix], body, 1).blocks
    assert misplaced(blocks, lines_of(body.encode())) == []
    return blocks


def said(body: str, suffix: str = ".srt") -> list[tuple[str | None, str | None, str]]:
    return [(one.time, one.speaker, " ".join(one.text.split())) for one in read(body, suffix)]


def test_a_sentence_goes_on_over_cues() -> None:
    texts = ("We agreed on <i>gas</i>", "{\\an8}and on oil.", "Мы согласны.")
    body = srt(*[(n, n + 1, text) for n, text in enumerate(texts, 1)])
    assert said(body) == [("00:00:01", None, "We agreed on gas and on oil. Мы согласны.")]
    assert [span.kind for span in read(body)[0].spans] == ["emphasis"]


def test_a_pause_after_a_sentence_divides_and_one_within_does_not() -> None:
    body = srt((1, 2, "It ended."), (62, 63, "It began and"), (90, 91, "went on."))
    assert [one[::2] for one in said(body)] == [
        *(("00:00:01", "It ended."), ("00:01:02", "It began and went on.")),
    ]


def test_a_long_speech_is_divided_at_the_ends_of_sentences() -> None:
    sentence = ("The treaty was signed in the spring", "of that year in Moscow.")
    cues = [(2 * n, 2 * n + 2, sentence[n % 2]) for n in range(60)]
    found = read(srt(*cues))
    assert len(found) > 2
    assert all(one.text.startswith("The") and one.text.endswith(".") for one in found)


def test_who_speaks_is_kept() -> None:
    body = srt(
        (1, 2, "PUTIN: We sell gas"), (2, 3, "and oil."), (3, 4, "王毅：我们买\n天然气。"),
        (4, 5, "- Is it so?\n- It is."), (5, 6, "Note: it is late."),
    )  # fmt: skip
    assert said(body) == [
        ("00:00:01", "PUTIN", "We sell gas and oil."),
        ("00:00:03", "王毅", "我们买 天然气。"),
        ("00:00:04", None, "Is it so?"),
        ("00:00:04", None, "It is."),
        ("00:00:05", None, "Note: it is late."),
    ]
    assert [one.kind for one in read(body)] == ["speaker", "speaker", "text", "text", "text"]


VTT = """WEBVTT - a talk
Kind: captions
Language: ru

NOTE
nobody sees this

STYLE
::cue { color: red }

REGION
id:a

intro
00:01.000 --> 00:02.500 align:start position:0%
<v.loud Анна Иванова>Газ &amp; нефть <00:00:01.500><c.yellow>идут</c>

00:02.500 --> 00:04.000
<v.loud Анна Иванова>в Китай.</v>

01:00:04.000 --> 01:00:05.000
<v 王毅><ruby>漢<rt>kan</rt></ruby>字。

01:00:05.000 --> 01:00:06.000
<3 is less than 4
"""


def test_webvtt_shows_what_a_player_does() -> None:
    assert said(VTT, ".vtt") == [
        ("00:00:01", "Анна Иванова", "Газ & нефть идут в Китай."),
        ("01:00:04", "王毅", "漢字。"),
        ("01:00:05", None, "<3 is less than 4"),
    ]
    assert read_paragraphs(BY_SUFFIX[".vtt"], VTT, 1).fields == {"language": "ru"}


def test_captions_that_roll_up_are_said_once() -> None:
    body = (
        "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nhello<00:00:00.500><c> there</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nhello there\n \n\n"
        "00:00:02.010 --> 00:00:04.000\nhello there\nof<00:00:02.500><c> the world</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\nof the world\n"
    )
    assert said(body, ".vtt") == [("00:00:00", None, "hello there of the world")]


def test_captions_that_grow_by_words_are_said_once() -> None:
    body = srt((1, 2, "gas"), (2, 3, "gas flows"), (3, 4, "gas flows east"), (4, 5, "and west"))
    assert said(body) == [("00:00:01", None, "gas flows east and west")]


def test_whoever_says_the_same_twice_says_it_twice() -> None:
    assert said(srt((1, 2, "No."), (2, 3, "No."), (3, 4, "Yes.")))[0][2] == "No. No. Yes."


@pytest.mark.parametrize(
    ("body", "shown", "lines"),
    [
        ("no times at all\n", ["no times at all"], [1]),
        ("1\n00:00:01,000 --> 00:00:02,000\na\n\n1:2:: --> 00:00:04\nb\n", ["a\nb"], [5]),
        ("00:00:01.5-->00:00:02\na\n\nstray\n3\n00:09 --> 00:10\nb", ["a\nstray\nb"], []),
    ],
)
def test_broken_cues_end_in_text(body: str, shown: list[str], lines: list[int]) -> None:
    content = read_paragraphs(BY_SUFFIX[".srt"], body, 1)
    assert [one.text for one in content.blocks] == shown
    assert [at for at, _ in content.faults] == lines


def test_the_time_is_part_of_the_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "seeds" / "film.srt"
    path.parent.mkdir()
    path.write_text(srt((72, 74, "ЛАВРОВ: Договор подписан.")), "utf-8")
    entry = Entry("seeds/film.srt", "seeds", 0, 0, 0, 7)
    (paragraph,) = read_source(entry, read_content(Tree(str(tmp_path)), entry.path)).paragraphs
    assert (paragraph.time, paragraph.speaker, paragraph.line) == ("00:01:12", "ЛАВРОВ", 3)
    assert read_markup(markup_row(paragraph), len(paragraph.text)).time == "00:01:12"
