"""Front matter in every form: what is read, where the body begins, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinorus.sources.describe import Described, describe
from sinorus.sources.metadata import LARGEST, Metadata, split_metadata

QUIET = settings(database=None, deadline=None)


def split(text: str) -> tuple[Metadata, list[str]]:
    metadata = split_metadata(text, "seeds/a.md")
    assert text[metadata.body_start :] == metadata.body
    assert text.count("\n", 0, metadata.body_start) == metadata.body_line - 1
    return metadata, [f"{fault.line}: {fault.reason}" for fault in metadata.faults]


def described(front: str) -> tuple[Described, list[str]]:
    metadata, faults = split(f"---\n{front}\n---\nBody.\n")
    values, more = describe(metadata.fields, "seeds/a.md", metadata.lines)
    return values, [*faults, *(f"{fault.line}: {fault.reason}" for fault in more)]


FORMS = {
    "TOML": '+++\ntitle = "T"\ndate = 2020-01-02\ntags = ["a", "b"]\n+++\nBody.',
    "JSON": '{\n  "title": "T",\n  "date": "2020-01-02",\n  "tags": ["a", "b"]\n}\nBody.',
    "JSON in a line": '{"title": "T", "date": "2020-01-02", "tags": ["a", "b"]}\n\nBody.',
    "JSON, fenced": ';;;\n{"title": "T", "date": "2020-01-02", "tags": ["a", "b"]}\n;;;\nBody.',
    "JSON, no braces": ';;;\n"title": "T",\n"date": "2020-01-02",\n"tags": ["a", "b"]\n;;;\nBody.',
    "MultiMarkdown": "Title: T\nDate: 2020-01-02\nTags: a,\n  b\n\nBody.",
    "Logseq": "title:: T\ndate:: [[2020-01-02]]\ntags:: [[a]], #b\n\nBody.",
    "Logseq, an item": "- title:: T\n  date:: 2020-01-02\n  tags:: #a #b\n- Body.",
    "blank lines before": '\n \n+++\ntitle = "T"\ndate = 2020-01-02\ntags = ["a", "b"]\n+++\nBody.',
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str) -> None:
    metadata, faults = split(FORMS[form])
    values, more = describe(metadata.fields, "a.md", metadata.lines)
    assert (faults, more) == ([], [])
    assert (values.title, values.tags, values.extra) == ("T", ("a", "b"), {})
    assert values.date is not None
    assert values.date.text == "2020-01-02"
    assert metadata.body.strip(" -\n") == "Body."


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_with_any_line_ends(form: str, end: str) -> None:
    with_feeds, other = (split_metadata(FORMS[form].replace("\n", e), "a.md") for e in ("\n", end))
    assert with_feeds == other


@pytest.mark.parametrize(
    ("text", "title", "authors", "date"),
    [
        ("% T\n% A B; C D\n% 21 March 2023\n\nBody.", "T", ("A B", "C D"), "2023-03-21"),
        ("% A long\n  title\n% A B\n  C D\n\nBody.", "A long title", ("A B", "C D"), None),
        ("% T\n%\n% 2023\n\nBody.", "T", (), "2023"),
        ("%\n% A B\n\nBody.", None, ("A B",), None),
    ],
)
def test_a_title_block_of_pandoc(
    text: str, title: str | None, authors: tuple[str, ...], date: str | None
) -> None:
    metadata, faults = split(text)
    values, more = describe(metadata.fields, "a.md", metadata.lines)
    assert (values.title, values.authors, faults, more) == (title, authors, [], [])
    assert (values.date.text if values.date else None) == date
    assert metadata.body == "Body."


@pytest.mark.parametrize("text", ["% a\n% b\n% c\n% d\n\nB.", "%TeX\n\nB.", "% T\nB.\n", "% T\n"])
def test_what_is_no_title_block_of_pandoc_is_text(text: str) -> None:
    assert split(text)[0].body == text


def test_the_keys_of_every_form_have_their_lines() -> None:
    for form, text in FORMS.items():
        lines = split(text)[0].lines
        above = 2 * (form == "blank lines before")
        if form not in ("JSON in a line", "JSON, fenced"):
            fence = form not in ("MultiMarkdown", "Logseq", "Logseq, an item")
            assert sorted(lines.values()) == [above + fence + n for n in (1, 2, 3)], form


def test_values_of_toml_and_json_are_text_as_they_were_written() -> None:
    front = 'a = 1.50\nb = true\nc = 2020-01-02T03:04:05+08:00\nd = 10:20:30\ne = [1, "x"]\nf.g = 7'
    assert split(f"+++\n{front}\n+++\nBody.")[0].fields == {
        "a": "1.50",
        "b": "true",
        "c": "2020-01-02T03:04:05+08:00",
        "d": "10:20:30",
        "e": ["1", "x"],
        "f": {"g": "7"},
    }
    text = (
        '{"a": 1.50, "b": false, "c": null, "d": 1e400, "e": [1, {"f": 2}], "g": "\\ud800"}\nBody.'
    )
    assert split(text)[0].fields == {
        "a": "1.50",
        "b": "false",
        "c": None,
        "d": "1e400",
        "e": ["1", {"f": "2"}],
        "g": "\ufffd",
    }


def test_tables_of_hugo_and_zola_are_flat_and_their_tags_are_tags() -> None:
    metadata, _ = split(
        '+++\ntitle = "T"\n[params]\nauthor = "A"\nweight = 3\n[taxonomies]\ntags = ["x", "y"]\n'
        '[extra]\ntoc = true\n[[menus]]\nname = "m"\n+++\nBody.'
    )
    values, faults = describe(metadata.fields, "a.md", metadata.lines)
    assert (values.authors, values.tags, faults) == (("A",), ("x", "y"), [])
    assert values.extra == {
        "params.author": "A",
        "params.weight": "3",
        "taxonomies.tags": ("x", "y"),
        "extra.toc": "true",
        "menus": ("name: m",),
    }


@pytest.mark.parametrize(
    ("text", "fault", "fields"),
    [
        (
            '+++\ntitle = "T"\nbad =\ntags = ["x"]\n[params]\na = 1\nb = oops\n+++\nBody.',
            "3: front matter is not valid TOML: invalid value",
            {"title": "T", "tags": ["x"], "params": {"a": "1"}},
        ),
        (
            '+++\ntitle = "T"\ntitle = "U"\n+++\nBody.',
            "3: front matter is not valid TOML: cannot overwrite a value",
            {"title": "U"},
        ),
        (
            '{\n  "title": "T"\n  "date": "2020",\n  "tags": ["a"]\n}\nBody.',
            "3: front matter is not valid JSON: expecting ',' delimiter",
            {"title": "T", "date": "2020", "tags": ["a"]},
        ),
        (
            ';;;\n"title": "T",\n"date": oops,\n"tags": ["a"]\n;;;\nBody.',
            "3: front matter is not valid JSON: expecting value",
            {"title": "T", "tags": ["a"]},
        ),
        (
            '{"title": "T", "title": "U"}\nBody.',
            "1: key 'title' is given more than once; the last one counts",
            {"title": "U"},
        ),
        (
            "Title: T\nDate: 2020\nTitle: U\n\nBody.",
            "3: key 'Title' is given more than once; the last one counts",
            {"Title": "U", "Date": "2020"},
        ),
    ],
)
def test_what_is_broken_is_named_by_line_and_the_sound_fields_are_kept(
    text: str, fault: str, fields: dict[str, object]
) -> None:
    metadata, faults = split(text)
    assert (faults, metadata.fields, metadata.body) == ([fault], fields, "Body.")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            '+++\ntitle = "T"\n\nBody.',
            ["1: front matter is not closed by a line `+++`; it is read as text"],
        ),
        (
            '{\n  "title": "T",\n\nBody.',
            ["1: front matter is not closed by a line `}`; it is read as text"],
        ),
        (
            f'+++\ntitle = "{"y" * LARGEST}"\n+++\nBody.',
            [
                "1: front matter is larger than 1 MiB; it is read as text: move the text below "
                "its `+++`"
            ],
        ),
        ("+++\nMINISTRY\n+++\nBody.", []),
        ('{"title": "T"}\n', []),
        ('{"title": "T"} is JSON.\nBody.', []),
        ("{% raw %}\nBody.", []),
        ("{.class}\n\nBody.", []),
        ("Note: the first key is not a known one.\n\nBody.", []),
        ("Title: no empty line follows\nBody.", []),
        ("Title: a line\nthat is no field\n\nBody.", []),
        ("Title: nothing follows\n\n", []),
        ("\nTitle: not at the very start\n\nBody.", []),
        ("title:: nothing follows\n", []),
        ("std::vector is a container.\n", []),
        ("Date:\u00a0\n" * 2, []),
        ('{"a": ' + "[" * 100_000 + "\nBody.", []),
    ],
)
def test_what_is_no_front_matter_stays_text(text: str, faults: list[str]) -> None:
    metadata, found = split(text)
    assert (metadata.fields, metadata.body, found) == ({}, text, faults)


@pytest.mark.parametrize(
    "front",
    [
        "a = " + "[" * 100_000,
        "a = 0x" + "f" * 10_000,
        "a = [" + "1, " * 30_000 + "]",
        'date = "x"\n' + "a." * 100_000 + "b = 1",
        "\n".join(f"[t{n}]" for n in range(30_000)),
    ],
    ids=["brackets", "digits", "values", "dots", "tables"],
)
def test_a_bomb_in_toml_is_defused_and_the_text_below_it_is_kept(front: str) -> None:
    metadata, faults = split(f'+++\ntitle = "T"\n{front}\n+++\nBody.')
    assert (metadata.body, len(faults)) == ("Body.", 1)
    assert len(faults[0]) < 200


PIECES = [
    *(
        "+++\n",
        ";;;\n",
        "---\n",
        "{\n",
        "}\n",
        '"title": "T"',
        ",\n",
        'title = "T"\n',
        "[params]\n",
    ),
    *(
        "Title: x\n",
        "  more\n",
        "\n",
        "title:: x\n",
        "- ",
        "  ",
        "tags:: #a\n",
        "Body.\n",
        "{}",
        '"',
    ),
]


@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
@QUIET
def test_of_any_text_the_body_is_what_is_left(text: str) -> None:
    text = text.replace("\r", "\n")
    metadata, _ = split(text)
    values, faults = describe(metadata.fields, "a.md", metadata.lines)
    assert all(fault.line is None or fault.line < metadata.body_line for fault in faults)
    if not metadata.fields and not metadata.faults and metadata.body_start:
        assert not text[: metadata.body_start].strip('-+;.{} \t\n"')
    assert isinstance(values, Described)


@pytest.mark.parametrize(
    ("front", "authors", "extra"),
    [
        ("author:\n- family: Ivanov\n  given: Pyotr", ["Pyotr Ivanov"], {}),
        ("author:\n  first: A\n  last: B", ["A B"], {}),
        (
            "authors: [{given: Martin Luther, family: King, suffix: Jr.}]",
            ["Martin Luther King Jr."],
            {},
        ),
        (
            "author: [{family: Beethoven, given: Ludwig, non-dropping-particle: van}]",
            ["Ludwig van Beethoven"],
            {},
        ),
        ("author: {family: 习, given: 近平}", ["习近平"], {}),
        ("author:\n- literal: Xinhua\n- family: Blok", ["Xinhua", "Blok"], {}),
        (
            "author:\n  name: {given: Ada, family: Love}\n  orcid: 0-1\n"
            "  affiliations: [{name: U}]",
            ["Ada Love"],
            {"author.orcid": "0-1", "author.affiliations.name": "U"},
        ),
        (
            "author:\n- Bob Person: {email: b@x}\n- Ann",
            ["Bob Person", "Ann"],
            {"author.email": "b@x"},
        ),
        ("author:\n- Bob Person:", ["Bob Person"], {}),
        (
            "author:\n  Bob: {email: b}\n  Ann: {email: a}",
            ["Bob", "Ann"],
            {"author.email": ("b", "a")},
        ),
        ("author: {email: a@b}", [], {"author.email": "a@b"}),
        ("author: '[[people/xi|Xi Jinping]]; [[Mao]]'", ["Xi Jinping", "Mao"], {}),
        ("author:\n- [[Xi Jinping]]", ["Xi Jinping"], {}),
        ("params: {author: Z}", ["Z"], {"params.author": "Z"}),
        ("author: A\nparams: {author: Z}", ["A"], {"params.author": "Z"}),
    ],
)
def test_authors_are_names_in_whatever_form(
    front: str, authors: list[str], extra: dict[str, object]
) -> None:
    values, faults = described(front)
    assert (list(values.authors), values.extra, faults) == (authors, extra, [])


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: russia china energy", ["russia", "china", "energy"]),
        ("tags: '#russia #china'", ["russia", "china"]),
        ("tags: [a, b]", ["a", "b"]),
        ("tags: a; b", ["a", "b"]),
        ("tags: 中国、俄罗斯，能源；石油", ["中国", "俄罗斯", "能源", "石油"]),
        ("tags: foreign policy, energy", ["foreign policy", "energy"]),
        ("tags: foreign policy; energy", ["foreign policy", "energy"]),
        ("tags:\n- foreign policy\n- '#a #b'\n- '#c'", ["foreign policy", "a", "b", "c"]),
        ("tags: '#russia/energy'", ["russia", "russia/energy"]),
        ("tags: [russia/energy/gas]", ["russia", "russia/energy", "russia/energy/gas"]),
        ("tags: '[[foreign policy]] [[b]]'", ["foreign policy", "b"]),
        ("tag: one", ["one"]),
        ("keywords: foreign policy", ["foreign policy"]),
        ("keywords: foreign policy, gas", ["foreign policy", "gas"]),
        ("tags: C# F#", ["C#", "F#"]),
        ("tags: a\nkeywords: [a, b]", ["a", "b"]),
        ("tags:", []),
    ],
)
def test_tags_are_several_and_have_no_signs(front: str, tags: list[str]) -> None:
    assert list(described(front)[0].tags) == tags


@pytest.mark.parametrize(
    ("front", "url", "publisher", "extra"),
    [
        ("source: http://a.b/c", "http://a.b/c", None, {}),
        ("source: Kremlin", None, "Kremlin", {}),
        ("source: '[[Kremlin]]'", None, "Kremlin", {}),
        ("source: [http://a, TASS]", "http://a", "TASS", {}),
        ("source: '[K](http://a)'", "http://a", None, {"source": "[K](http://a)"}),
        (
            "source: {name: K, url: 'http://a', year: 3}",
            "http://a",
            "K",
            {"source.name": "K", "source.url": "http://a", "source.year": "3"},
        ),
        ("source: {box: 7}", None, None, {"source.box": "7"}),
        ("source: K\npublisher: P", None, "P", {"source": "K"}),
        ("source: [A, B]", None, "A", {"source": ("A", "B")}),
    ],
)
def test_a_source_is_an_address_or_a_publisher_and_never_lost(
    front: str, url: str | None, publisher: str | None, extra: dict[str, object]
) -> None:
    values, _ = described(front)
    assert (values.url, values.publisher, values.extra) == (url, publisher, extra)


@pytest.mark.parametrize(
    ("front", "date", "extra"),
    [
        *[(f"{key}: 2020-02", "2020-02", {}) for key in ("date", "year", "published", "created")],
        *[(f"{key}: 2020-02", "2020-02", {}) for key in ("created_at", "createdAt", "Created-At")],
        *[(f"{key}: 2020-02", "2020-02", {}) for key in ("date_published", "datePublished")],
        *[(f"{key}: 2020-02", "2020-02", {}) for key in ("publishDate", "pubdate", "issued")],
        ("year: 2023\nmonth: 5\nday: 4", "2023-05-04", {}),
        ("year: 2023\nmonth: May", "2023-05", {}),
        ("issued: {date-parts: [[2023, 3, 21]]}", "2023-03-21", {}),
        ("issued: {date-parts: [[2019], [2020]]}", "2019/2020", {}),
        ("issued:\n- year: 2023\n  month: 3", "2023-03", {}),
        ("date: {start: 2019-05, end: 2020}", "2019-05/2020", {}),
        ("date: '[[2023-05-01]]'", "2023-05-01", {}),
        ("date: n.d.\ncreated: 2020", "2020", {"date": "n.d."}),
        ("published: false", None, {"published": "false"}),
        ("published: true\ncreated: 2020", "2020", {"published": "true"}),
        ("date: 2020\ncreated: 2019", "2020", {"created": "2019"}),
        ("draft: yes", None, {"draft": "yes"}),
    ],
)
def test_a_date_is_found_under_any_of_its_keys(
    front: str, date: str | None, extra: dict[str, object]
) -> None:
    values, faults = described(front)
    assert (values.date.text if values.date else None, values.extra, faults) == (date, extra, [])


@pytest.mark.parametrize(
    ("front", "date", "fault"),
    [
        ("date: 3/4/2022\ncreated: 2022-04-03", "2022-04-03", "2: date '3/4/2022' may be"),
        ("title: T\nissued: soon", None, "3: issued 'soon' is not a date"),
        ("year: 2023\nmonth: 13", "2023", "3: month '13' is no month"),
        ("year: 2023\nmonth: 2\nday: 30", "2023-02", "4: day '30' is no day of 2023-02"),
    ],
)
def test_a_date_that_cannot_be_read_is_named_and_a_later_key_helps(
    front: str, date: str | None, fault: str
) -> None:
    values, faults = described(front)
    assert (values.date.text if values.date else None) == date
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_more_fields_than_are_kept_are_named() -> None:
    values, faults = described("\n".join(f"k{n}: x" for n in range(600)))
    assert len(values.extra) == 500
    assert faults == ["502: the fields from 'k500' on are left out: there are more than 500"]
