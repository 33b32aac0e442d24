"""Files in any encoding a researcher has met: the right text, or a reason why not."""

from __future__ import annotations

import codecs
import random

import pytest

from sinorus.sources.decode import Undecodable, decode

RUSSIAN = (
    "В мае 1858 года генерал-губернатор Восточной Сибири Николай Муравьёв заключил в Айгуне "
    "договор, по которому левый берег Амура отходил к России. «Земли от Уссури до моря» "
    "оставались в общем владении."
)
SIMPLIFIED = (
    "俄罗斯向中国输油的主干线是“东西伯利亚—太平洋”管道。从斯科沃罗季诺到漠河、大庆的支线自"
    "2011年1月1日起正式供油，每年一千五百万吨。"
)
TRADITIONAL = (
    "中國與俄羅斯的關係在過去二十年間有了很大的發展，兩國之間的貿易額不斷增長，邊界問題也"
    "得到了解決，但雙方對未來仍有不同的看法。"
)
FRENCH = "Le président a déclaré à Pékin que « l’amitié » était éternelle : où va-t-elle ?"
GERMAN = "Außenminister Lawrow äußerte sich früh über die Größe der „Partnerschaft“ mit Peking."
UKRAINIAN = "Відносини між Україною і Китаєм є важливими, її інтереси тут інші."
ENGLISH = "He said the “partnership” wasn’t an alliance – not yet."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, name) for name in ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")),
        *((RUSSIAN, name) for name in ("utf-16-le", "utf-16-be", "utf-8")),
        *((SIMPLIFIED, name) for name in ("gb18030", "utf-16-le", "utf-16-be", "utf-8")),
        *((TRADITIONAL, name) for name in ("big5", "gb18030", "utf-16-le", "utf-8")),
        *((FRENCH, name) for name in ("cp1252", "utf-16-le", "utf-8")),
        *((GERMAN, name) for name in ("cp1252", "mac_roman", "cp850")),
        *((UKRAINIAN, name) for name in ("cp1251", "koi8_u")),
        (ENGLISH, "cp1252"),
        ("Stosunki między Chinami a Rosją są ważne dla całego świata.", "cp1250"),
        ("Οι σχέσεις μεταξύ Κίνας και Ρωσίας είναι σημαντικές.", "cp1253"),
        ("中国とロシアの関係は、世界にとって重要である。今後が注目される。", "shift_jis"),
    ],
)
def test_a_paragraph_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding)  # KOI8-R has no dashes
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert codecs.lookup(decoded.encoding).name == codecs.lookup(encoding).name
    assert decoded.damaged == 0


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
@pytest.mark.parametrize("text", ["Договор", "ВИЗИТ В ПЕКИН", "Мир", "Путин и Си: о чём речь?"])
def test_a_few_russian_words_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + SIMPLIFIED.encode(encoding))
    assert (decoded.text, decoded.encoding) == (SIMPLIFIED, encoding)


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\nd").text == "a\r\nb\rc\nd"


def test_a_nul_in_a_text_is_shown_and_nothing_else_is_changed() -> None:
    assert decode("Россия\0 и Китай\0".encode()).text == "Россия␀ и Китай␀"
    assert decode(b"a\0b").text == "a␀b"


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"PK\x03\x04" + bytes(30),
        b"\x7fELF\x02\x01",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        bytes(range(256)) * 20,
        random.Random(7).randbytes(4_000),
        bytes(1_000),
    ],
)
def test_a_binary_file_is_called_that(raw: bytes) -> None:
    with pytest.raises(Undecodable, match="binary file"):
        decode(raw)


def test_utf8_that_was_cut_off_or_damaged_is_read_with_the_place_named() -> None:
    whole = ("Граница и договоры.\n" * 20).encode()
    cut = decode(whole[:-3])
    assert (cut.encoding, cut.damaged, cut.line) == ("utf-8", 1, 20)
    assert cut.text.endswith("договор\ufffd")
    stray = decode(whole + b"line \xff 21\r\nand more")
    assert (stray.damaged, stray.line) == (1, 21)


def test_a_replacement_character_that_was_in_the_text_is_no_damage() -> None:
    assert decode("Это \ufffd было так.".encode()).damaged == 0


def test_an_english_text_with_curly_quotes_is_no_damaged_utf8() -> None:
    raw = ("plain words " * 100 + "it’s").encode("cp1252")
    assert decode(raw).text.endswith("it’s")


def test_nothing_at_all_is_an_empty_text() -> None:
    assert decode(b"").text == ""
    assert decode(codecs.BOM_UTF8).text == ""


def test_what_no_encoding_explains_is_refused_with_advice() -> None:
    with pytest.raises(Undecodable, match="save it as UTF-8"):
        decode(bytes(random.Random(3).choices(range(0x80, 0x100), k=60)))
