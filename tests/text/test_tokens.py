"""What counts as a word, how it is folded and stemmed, and where it stands."""

from __future__ import annotations

import pytest
from support.texts import APOSTROPHES, DASHES, INVISIBLE, QUOTES, SPACES, forms, nfc, nfd, slices

from sinorus.text.tokens import is_ideograph, paragraph_hash, tokenize

TABLE = [
    # text, forms, stems (None: as the forms), what is cut out of the text (None: as its words)
    ("café naïve", "cafe naive", "cafe naiv", None),
    ("Brzeziński Łódź Øre", "brzezinski lodz ore", None, None),
    ("æther Œuvre", "aether oeuvre", "aether oeuvr", None),
    ("Ёлка и ёж", "елка и еж", "елка и еж", None),
    ("Йод, май", "йод май", "йод |май|майя|", "Йод май"),
    ("за́мок Э́то", "замок это", "|замок|замокнуть| |это|этот|", None),
    ("Київ Ўзбек", "киів узбек", "|киів~|киів~~|киіть~| узбек", None),
    ("co\u00adope\u00adration", "cooperation", "cooper", None),
    ("zero\u200bwidth", "zerowidth", "zerowidth", None),
    ("China's China’s CHINA’S", "china china china", None, "China China CHINA"),
    ("the Chinas' role", "the chinas role", "the china role", "the Chinas role"),
    ("don't O’Brien", "dont obrien", None, None),
    ("'quoted' ’tis", "quoted tis", "quot tis", "quoted tis"),
    ("U.S.S.R. USSR", "ussr ussr", None, "U.S.S.R USSR"),
    ("U.S.-China e.g. a.m.", "us china eg am", None, "U.S China e.g a.m"),
    ("С.С.С.Р. Р.Ф.", "ссср рф", None, "С.С.С.Р Р.Ф"),
    ("И.Кобзев", "и кобзев", "и кобзев", "И Кобзев"),
    ("И.В.Сталин", "ив сталин", "|ив|ива| |сталин|сталина|", "И.В Сталин"),
    ("A.J.P. Taylor", "ajp taylor", None, "A.J.P Taylor"),
    ("J.R.R.Tolkien", "jrr tolkien", None, "J.R.R Tolkien"),
    (
        "Ph.D. www.example.com",
        "ph d www example com",
        "ph d www exampl com",
        "Ph D www example com",
    ),
    ("F-16 F16", "f 16 f 16", None, "F 16 F 16"),
    ("S/S and/or", "s s and or", None, "S S and or"),
    ("308分 １９８７年", "308 分 1987 年", None, "308 分 １９８７ 年"),
    ("6½ 3¼ ½", "6 1/2 3 1/4 1/2", None, "6 ½ 3 ¼ ½"),
    ("km² m³ ① ⑳", "km 2 m 3 1 20", None, "km ² m ³ ① ⑳"),
    ("1990-х 1990s 1,000", "1990 х 1990 s 1 000", "1990 х 1990 s 1 000", "1990 х 1990 s 1 000"),
    ("中俄关系。", "中 俄 关 系", None, "中 俄 关 系"),
    ("二〇二三年 々", "二 〇 二 三 年 々", None, "二 〇 二 三 年 々"),
    ("𠀀𪚥", "𠀀 𪚥", None, "𠀀 𪚥"),
    ("中\ufe00国 葛\U000e0100", "中 国 葛", None, "中\ufe00 国 葛\U000e0100"),
    ("ラーメン ひらがな", "ラ ー メ ン ひ ら が な", None, "ラ ー メ ン ひ ら が な"),
    ("ｶﾞｷﾞﾊﾟｶﾅ", "ガ ギ パ カ ナ", None, "ｶﾞ ｷﾞ ﾊﾟ ｶ ﾅ"),
    ("か\u3099", "が", None, "か\u3099"),
    ("한국어 조선", "한국어 조선", None, None),
    ("Ελλάδα", "ελλαδα", None, None),
    ("Пyтин Пwтин", "путин п w тин", "путин п w тина", "Пyтин П w тин"),
    ("ﬁnance oﬃce", "finance office", "financ office", None),
    ("Straße STRASSE ẞ", "strasse strasse ss", "strass strass ss", None),
    ("İstanbul ISTANBUL", "istanbul istanbul", None, None),
    ("ＡＢＣ Ⅳ", "abc iv", None, None),
    (
        *("alliance¹ treaty.²³ “pact”⁴", "alliance treaty pact"),
        *("allianc treati pact", "alliance treaty pact"),
    ),
    (
        *("alliance[1] treaty[12, 3] [1991]", "alliance treaty 1991"),
        *("allianc treati 1991", "alliance treaty 1991"),
    ),
    ("同盟①条约 союз［3］", "同 盟 条 约 союз", None, "同 盟 条 约 союз"),
    ("10² ½ 2½ H₂O", "10 2 1/2 2 1/2 h 2 o", None, "10 ² ½ 2 ½ H ₂ O"),
    ("Ham\xacmurabi", "hammurabi", None, None),
    ("snake_case __init__", "snake case init", "snake case init", "snake case init"),
    ("emoji 😀 👨\u200d👩\u200d👧 🇨🇳", "emoji", "emoji", "emoji"),
    ("\ud800abc\udfff", "abc", None, "abc"),
    ("alliances allied running", "alliances allied running", "allianc alli run", None),
    ("соглашения России", "соглашения россии", "соглашение россия", None),
    ("", "", None, None),
    (" \n… — . ( ) ***", "", None, ""),
]


@pytest.mark.parametrize(("text", "folded", "stems", "cut"), TABLE, ids=[row[0] for row in TABLE])
def test_words_are_cut_folded_and_stemmed(
    text: str, folded: str, stems: str | None, cut: str | None
) -> None:
    tokens = tokenize(text)
    assert tokens.forms == folded.split(" " if folded else None)
    assert tokens.stems == (folded if stems is None else stems).split()
    if cut is None:
        cut = text.replace(",", "")
    assert slices(text) == cut.split(), "offsets"
    assert len(tokens) == len(tokens.starts) == len(tokens.ends)


@pytest.mark.parametrize("text", [row[0] for row in TABLE])
def test_text_from_a_mac_has_the_same_words(text: str) -> None:
    assert forms(nfd(text)) == forms(nfc(text)) == forms(text)


@pytest.mark.parametrize(
    "text", ["É.U.", "Й.Б. Тито", "Ё.Ж.", "Z.Ł.", "Á.B.C."], ids=lambda text: text
)
def test_accented_initials_from_a_mac_are_the_same_word(text: str) -> None:
    assert forms(nfd(text)) == forms(nfc(text))


@pytest.mark.parametrize("mark", APOSTROPHES, ids=lambda mark: f"{ord(mark):04x}")
def test_every_apostrophe_is_the_same(mark: str) -> None:
    assert forms(f"China{mark}s don{mark}t Il{mark}ichev") == ["china", "dont", "ilichev"]
    assert slices(f"China{mark}s") == ["China"]


@pytest.mark.parametrize("mark", "\u00b4\u201b\u02b9\u2032", ids=lambda mark: f"{ord(mark):04x}")
def test_signs_that_stand_for_an_apostrophe_are_one_too(mark: str) -> None:
    """Typewriters and scans write ´ and ′, the Library of Congress ʹ for a soft sign."""
    assert forms(f"China{mark}s Il{mark}ichev") == ["china", "ilichev"]


@pytest.mark.parametrize("mark", INVISIBLE, ids=lambda mark: f"{ord(mark):04x}")
def test_invisible_characters_change_no_word(mark: str) -> None:
    plain = "cooperation and China policy"
    for text in ("coop%seration and China policy", "cooperation%s and China%s policy"):
        assert forms(text.replace("%s", mark)) == forms(plain)
    assert forms(f"со{mark}юз") == ["союз"]


@pytest.mark.parametrize("mark", INVISIBLE, ids=lambda mark: f"{ord(mark):04x}")
def test_a_possessive_is_one_also_before_an_invisible_character(mark: str) -> None:
    assert forms(f"China’s{mark} policy") == ["china", "policy"]


@pytest.mark.parametrize("mark", SPACES, ids=lambda mark: f"{ord(mark):04x}")
def test_every_space_parts_words(mark: str) -> None:
    assert forms(f"Power{mark}of{mark}Сибирь{mark}中") == ["power", "of", "сибирь", "中"]


@pytest.mark.parametrize("mark", DASHES, ids=lambda mark: f"{ord(mark):04x}")
def test_every_dash_parts_words_alike(mark: str) -> None:
    assert forms(f"F{mark}16 Sino{mark}Soviet") == ["f", "16", "sino", "soviet"]


@pytest.mark.parametrize("mark", QUOTES, ids=lambda mark: f"{ord(mark):04x}")
def test_no_quotation_mark_belongs_to_its_word(mark: str) -> None:
    text = f"say {mark}no limits{mark} and {mark}союз{mark}"
    assert forms(text) == ["say", "no", "limits", "and", "союз"]
    assert slices(text) == ["say", "no", "limits", "and", "союз"]


JOINED = [
    ("off-shore drilling", "offshore"),
    ("co\u2010operation", "cooperation"),
    ("co\u2011operation", "cooperation"),
    ("agree-\nment", "agreement"),
    ("agree- \t\n  ment", "agreement"),
    ("agree\xac\nment", "agreement"),
    ("agree\xad \nment", "agreement"),
    ("сотрудни-\nчества", "сотрудничества"),
    ("кое-что", "коечто"),
    ("É-Tat", "etat"),
    ("a-b-c", "ab bc"),
    ("Sino-Soviet", "sinosoviet"),
    # neither words of letters, nor joined
    ("F-16 1990-х", ""),
    ("off–shore off—shore off - shore", ""),
    ("off-\n\nshore", ""),
    ("Chou-\nEn-lai", "enlai"),
    ("The end-\nThe", ""),
    ("off--shore", ""),
    ("Sino-советский", ""),
    ("China's-made", ""),
    ("中-国", ""),
    ("off¹-shore", ""),
]


@pytest.mark.parametrize(("text", "joins"), JOINED, ids=[row[0] for row in JOINED])
def test_words_that_are_joined_or_broken_are_known_as_one(text: str, joins: str) -> None:
    tokens = tokenize(text)
    assert [join.form for join in tokens.joins] == joins.split()
    for join in tokens.joins:
        assert "".join(tokens.forms[join.at : join.at + join.width]) == join.form
        assert join.stem == tokenize(join.form).stems[0]


def test_an_ideograph_is_one_han_or_kana_character() -> None:
    assert all(is_ideograph(form) for form in "中々〇がカー𠀀")
    assert not any(is_ideograph(form) for form in ["a", "я", "1", "한", "中国", "", "。"])


HASHES = {
    "The alliance of 1950 was an alliance on paper.": "c1e24366",
    "Путина встретили в аэропорту.": "e6b8723e",
    "普京和习近平在莫斯科会晤。": "2cdbd43a",
    "…": "c45f3d70",
}


@pytest.mark.parametrize(("text", "known"), HASHES.items())
def test_a_hash_written_down_years_ago_still_fits(text: str, known: str) -> None:
    assert paragraph_hash(text, tokenize(text)) == known


def hashed(text: str) -> str:
    return paragraph_hash(text, tokenize(text))


@pytest.mark.parametrize(
    "twin",
    [
        "«The café’s alliance» – it is no treaty",
        "THE CAFE'S ALLIANCE: IT IS NO TREATY!",
        "The cafe\u0301's\nalliance  (it is  no\xa0treaty)",
        "> The café's al\u00adliance; it is no treaty.",
    ],
)
def test_a_hash_does_not_mind_case_accents_or_punctuation(twin: str) -> None:
    assert hashed(twin) == hashed("The café's alliance, it is no treaty.")


@pytest.mark.parametrize(
    "other",
    ["The alliances stand", "The alliance stand", "alliance The stands", "The alliance stands 1"],
)
def test_a_hash_changes_with_any_word_even_of_the_same_stem(other: str) -> None:
    assert hashed(other) != hashed("The alliance stands")


def test_paragraphs_without_words_are_told_apart_by_their_signs() -> None:
    assert hashed("***") == hashed(" ***\n") != hashed("…")
    assert len(hashed("\ud800")) == 8
