"""Front matter as people write it: every field as it stands, every fault named, no text lost."""

from __future__ import annotations

import pytest

from sinorus.model import Date
from sinorus.sources.describe import Described, describe
from sinorus.sources.metadata import LARGEST, Metadata, split_metadata
from sinorus.text.dates import parse_date

TOO_LARGE = (
    "1: front matter is larger than 1 MiB; it is read as text: move the text below its `---`"
)


def described(front: str) -> tuple[Described, list[str]]:
    metadata = split_metadata(f"---\n{front}\n---\nBody.\n", "seeds/a.md")
    values, faults = describe(metadata.fields, "seeds/a.md", metadata.lines)
    return values, [f"{f.line}: {f.reason}" for f in (*metadata.faults, *faults)]


def split(text: str) -> tuple[Metadata, list[str]]:
    metadata = split_metadata(text, "seeds/a.md")
    assert not any(fault.skipped for fault in metadata.faults)
    return metadata, [f"{fault.line}: {fault.reason}" for fault in metadata.faults]


def test_every_value_is_the_text_that_stands_in_the_file() -> None:
    text = (
        "---\nvolume: 07\nlang: no\nprice: 1.50\ndate: 2023-05\nyes: on\nn: 0x1F\nt: 12:30\n---\n"
    )
    metadata, faults = split(text)
    written = [("volume", "07"), ("lang", "no"), ("price", "1.50"), ("date", "2023-05")]
    written += [("yes", "on"), ("n", "0x1F"), ("t", "12:30")]
    assert dict(metadata.fields) == dict(written)
    assert faults == []


def test_the_known_keys_become_what_is_known_of_the_document() -> None:
    values, faults = described(
        'title: "Pax: Sinica"\nauthor: [Stephen Blank, Younkyoo Kim]\npublisher: RPI\n'
        "date: 2021-03\nurl: https://example.org/a\nlang: en\ntags: a, b,c\nid: pax\nkind: digest"
    )
    assert faults == []
    assert values == Described(
        title="Pax: Sinica",
        authors=("Stephen Blank", "Younkyoo Kim"),
        publisher="RPI",
        date=Date("2021-03"),
        url="https://example.org/a",
        lang="en",
        tags=("a", "b", "c"),
        id="pax",
        extra={"kind": "digest"},
    )


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("author: Blank, Stephen", ("Blank, Stephen",)),
        ("author: Blank, Stephen; Kim, Younkyoo", ("Blank, Stephen", "Kim, Younkyoo")),
        ("author: Marx and Engels", ("Marx and Engels",)),
        ("authors:\n  - Lo Bo\n  - Lo Bo\n  - Xi", ("Lo Bo", "Xi")),
        ("Author: 习近平", ("习近平",)),
        ("author:\n  - name: Alex Gabuev\n    role: host", ("Alex Gabuev",)),
        ("author:", ()),
        ("author: ~", ()),
        ('author: "null"', ("null",)),
    ],
)
def test_authors_are_names_and_a_comma_does_not_part_them(
    written: str, authors: tuple[str, ...]
) -> None:
    assert described(written)[0].authors == authors


def test_a_source_that_is_an_address_is_the_url_and_else_the_publisher() -> None:
    assert described("source: http://kremlin.ru/1")[0].url == "http://kremlin.ru/1"
    assert described("source: Kremlin")[0].publisher == "Kremlin"
    values = described("source: Kremlin\npublisher: TASS")[0]
    assert (values.publisher, values.extra) == ("TASS", {"source": "Kremlin"})


@pytest.mark.parametrize(
    ("written", "date"),
    [
        *[("2023", "2023"), ("2023-05", "2023-05"), ("2023-05-04", "2023-05-04")],
        *[("2023/05/04", "2023-05-04"), ("2023.05.04", "2023-05-04"), ("2023-5-4", "2023-05-04")],
        *[("2023-05-04T10:00Z", "2023-05-04"), ("2023-05-04 10:00:00 +03:00", "2023-05-04")],
        *[("2024-02-29", "2024-02-29"), ("0988", "0988"), ("２０２３", "2023")],
        *[("2023-02-29", None), ("2023-13", None), ("0000-00-00", None), ("0000", None)],
        *[("03/04/2022", None), ("4.5.2023", None), ("2023-05/04", None), ("23-05-04", None)],
        *[("May 2023", "2023-05"), ("20230504", "2023-05-04"), ("2022–2023", "2022/2023")],
        ("", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_written_or_no_date(written: str, date: str | None) -> None:
    assert parse_date(written) == (Date(date) if date else None)


@pytest.mark.parametrize("written", ["0000-00-00", "today", "spring of 1969", "2023-02-31"])
def test_a_date_that_is_none_is_named_with_its_line_and_kept(written: str) -> None:
    values, faults = described(f"title: T\ndate: {written}")
    how = "write 2023, 2023-05 or 2023-05-04"
    assert faults == [f"3: date '{written}' is not a date; {how}"]
    assert (values.date, values.extra) == (None, {"date": written})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("03/04/2022", "may be 2022-03-04 or 2022-04-03; write the one that is meant"),
        ("3.4.2022", "may be 2022-03-04 or 2022-04-03; write the one that is meant"),
        ("3.4.22", "may be any of 6 dates; write 2023, 2023-05 or 2023-05-04"),
        ("2003/04", "may be 2003-04 or 2003/2004; write the one that is meant"),
    ],
)
def test_a_date_that_may_be_several_is_named_with_them(written: str, said: str) -> None:
    values, faults = described(f"title: T\ndate: {written}")
    assert faults == [f"3: date '{written}' {said}"]
    assert (values.date, values.extra) == (None, {"date": written})


def test_a_year_stands_in_for_a_bad_date_and_stays_searchable_beside_a_good_one() -> None:
    assert described("date: soon\nyear: 1988")[0].date == Date("1988")
    values = described("date: 1988-03-25\nyear: 1988")[0]
    assert (values.date, values.extra) == (Date("1988-03-25"), {"year": "1988"})


def test_a_language_that_is_none_is_named_and_kept() -> None:
    values, faults = described("lang: the usual")
    assert (values.lang, values.extra) == (None, {"lang": "the usual"})
    assert faults == ["2: lang 'the usual' is not a language; write en, ru, zh …"]


def test_other_fields_are_kept_flat() -> None:
    values, _ = described("archive: {name: АВПРФ, box: {no: 07}}\nplaces: [Moscow, Pékin]\nempty:")
    assert values.extra == {
        "archive.name": "АВПРФ",
        "archive.box.no": "07",
        "places": ("Moscow", "Pékin"),
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_is_found_with_any_line_ends(end: str) -> None:
    metadata, faults = split(end.join(["---", "title: T", "date: 2020", "---", "", "Body."]))
    assert (dict(metadata.fields), faults) == ({"title": "T", "date": "2020"}, [])
    assert (metadata.body, metadata.body_line) == ("\nBody.", 5)
    assert metadata.lines == {"title": 2, "date": 3}


def test_blank_lines_before_it_and_three_dots_after_it_are_fine() -> None:
    metadata, faults = split("\n\n---\ntitle: T\n...\nBody.")
    assert (metadata.fields, metadata.body_line, faults) == ({"title": "T"}, 6, [])


def test_empty_front_matter_is_no_fault() -> None:
    metadata, faults = split("---\n---\nBody.")
    assert (metadata.fields, metadata.body, metadata.body_line, faults) == ({}, "Body.", 3, [])


def test_front_matter_that_is_never_closed_is_named_and_its_lines_are_text() -> None:
    text = "---\ntitle: T\nauthor: A\n\nBody."
    metadata, faults = split(text)
    assert faults == ["1: front matter is not closed by a line `---`; it is read as text"]
    assert (metadata.body, metadata.body_line) == (text, 1)


@pytest.mark.parametrize("text", ["---\nMinistry of Foreign Affairs\n\nDear Sir,", "---\n\nText."])
def test_a_rule_at_the_top_of_a_letter_is_no_front_matter(text: str) -> None:
    metadata, faults = split(text)
    assert (metadata.body, metadata.body_line, faults) == (text, 1, [])


@pytest.mark.parametrize(
    ("front", "kind"), [("- a\n- b", "a list"), ("MEMORANDUM\nWashington", "plain text")]
)
def test_a_list_or_a_text_between_the_rules_is_kept_as_text(front: str, kind: str) -> None:
    text = f"---\n{front}\n---\nBody."
    metadata, faults = split(text)
    assert metadata.body == text
    assert faults == [f"1: front matter is {kind}, not `key: value` lines; it is read as text"]


@pytest.mark.parametrize(
    ("front", "fault", "fields"),
    [
        (
            "title: Russia: a history\ndate: 2020",
            "2: front matter is not valid YAML: a value with ': ' in it must stand in quotes",
            {"date": "2020"},
        ),
        (
            "title: T\ntags: [a, b\ndate: 2020",
            "4: front matter is not valid YAML: did not find expected ',' or ']'",
            {"title": "T", "date": "2020"},
        ),
        (
            "title: T\n\tauthor: A",
            "3: front matter is not valid YAML: a tab where spaces belong",
            {},
        ),
        (
            "title: T\nnote: a\x07b",
            "3: front matter is not valid YAML: it has a control character",
            {"title": "T"},
        ),
    ],
)
def test_broken_yaml_is_named_by_line_and_the_sound_fields_are_kept(
    front: str, fault: str, fields: dict[str, str]
) -> None:
    metadata, faults = split(f"---\n{front}\n---\nBody.")
    assert (faults, dict(metadata.fields), metadata.body) == ([fault], fields, "Body.")


def test_of_a_key_given_twice_the_last_counts_and_it_is_said() -> None:
    metadata, faults = split("---\ntitle: A\ntitle: B\n---\nBody.")
    assert metadata.fields == {"title": "B"}
    assert faults == ["3: key 'title' is given more than once; the last one counts"]


def test_tags_of_yaml_are_not_obeyed() -> None:
    values, _ = described("x: !!python/object/apply:os.system [ls]\ndate: !!timestamp soon")
    assert values.extra == {"x": ("ls",), "date": "soon"}


ALIASES = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "front",
    [
        ALIASES,
        "a: &a [*a]",
        "a: " + "[" * 200_000,
        "a:\n  " + "- " * 100_000,
        "a: &x " + "y" * 200_000 + "\nb: [" + "*x, " * 9_000 + "]",
        "a: {<<: &m {<<: *m}}",
    ],
    ids=["aliases", "circle", "brackets", "dashes", "copies", "merge"],
)
def test_a_bomb_is_defused_and_the_text_below_it_is_kept(front: str) -> None:
    metadata, faults = split(f"---\ntitle: T\n{front}\n---\nBody.")
    assert metadata.body == "Body."
    assert len(faults) <= 1
    assert all(len(fault) < 200 and "\n" not in fault for fault in faults)


def test_front_matter_beyond_all_measure_is_read_as_text() -> None:
    text = "---\ntitle: T\nx: " + "y" * LARGEST + "\n---\nBody."
    metadata, faults = split(text)
    assert metadata.body == text
    assert faults == [TOO_LARGE]


@pytest.mark.parametrize("character", ["y", "я", "中", "𠮷"])
def test_a_front_matter_of_a_mebibyte_is_read_and_one_byte_more_is_not(character: str) -> None:
    room = LARGEST - len("\ntitle: \n")
    title = character * (room // len(character.encode()))
    title += "." * (room - len(title.encode()))
    metadata, faults = split(f"---\ntitle: {title}\n---\nBody.")
    assert (metadata.fields, faults, metadata.body) == ({"title": title}, [], "Body.")
    metadata, faults = split(f"---\ntitle: {title}.\n---\nBody.")
    assert (metadata.fields, faults) == ({}, [TOO_LARGE])


def test_a_comma_of_chinese_lists_is_between_authors() -> None:
    assert described("title: T\nauthor: 张三、李四；王五")[0].authors == ("张三", "李四", "王五")
