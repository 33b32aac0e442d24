"""Every operator in every place: it works, or it is pointed at. None is left out in silence."""

from __future__ import annotations

import pytest
from support.queries import document, of

from sinorus.errors import FilterValueError, QueryError
from sinorus.query.evaluate import document_matches, matches
from sinorus.query.fields import filter_nodes
from sinorus.query.parse import parse
from sinorus.query.unparse import unparse

FIELDS = {"volume": {"20"}, "received": {"2021-05-04"}}

MEANINGS = {
    "author:Gab*": "author:Gab*",
    'author:"Gab* x"': 'author:"Gab* x"',
    "author:Gab?": "author:Gab?",
    "tag:ener*": "tag:ener*",
    'tag:"ener*"': "tag:ener*",
    "tag:-energy": "NOT tag:energy",
    "tag:=energy": "tag:energy",
    'tag:"-x"': 'tag:"-x"',
    "volume:>=20": "volume:>=20",
    'volume:>"20"': "volume:>20",
    "volume:10..20": "volume:10..20",
    "volume:-5": "NOT volume:5",
    "volume:2*": "volume:2*",
    "received:>=2021-05": "received:>=2021-05",
    "received:2020..2022": "received:2020..2022",
    "title:-treaties": "NOT title:treaties",
    "title:=treaties": "title:=treaties",
    'title:="peace treaties"': 'title:="peace treaties"',
    'title:"peace treaties"~5': 'title:"peace treaties"~5',
    "title:treatis~1": "title:treatis~1",
    "title:(=a OR b*)": "title:=a OR title:b*",
    'title:"why?"': 'title:"why?"',
    "lang:z*": "lang:z*",
    "lang:-zh": "NOT lang:zh",
    "kind:foot*": "kind:footnote",
    "id:*x": "id:*x",
    "path:-x": "NOT path:x",
    "date:-2y": "date:-2y",
    "date:-2022": "NOT date:2022",
    'date:>"3 days ago"': 'date:">3 days ago"',
    "heading:spl*": "heading:spl*",
    "speaker:=Путин": "speaker:=Путин",
    "url:https://a.b/c?d=e": "url:https://a.b/c?d=e",
    "=(treaties)": "=treaties",
    "=(a OR b*)": "=a OR b*",
    "-=(a b)": "NOT (=a AND =b)",
    "＝treaties pre＊": "=treaties AND pre*",
    '"anti-Sov*"': '"anti sov*"',
    '"no lim*"': '"no lim*"',
    '"tr?aty x"': '"tr?aty x"',
    '"limts~1 x"': '"limts~1 x"',
    '"=treaties signed"': '"=treaties signed"',
    '"a b*"~5': "a NEAR/5 b*",
    '"what is to be done?"': '"what is to be done"',
    '"2~3 km"': '"2 3 km"',
    "?ffshore": "?ffshore",
    "??fshore": "??fshore",
    "tr?at?": "tr?at?",
    "sanction*?": "sanction*",
    "*говор": "*говор",
    "*969 *400": "*969 AND *400",
    "*一路": "一路",
    "F-?6": "F-?6",
    "=fuzz~1": "fuzz~1",
    "fuzz~1,": "fuzz~1",
    "a || b": "a OR b",
    '"he said “no limits” today"': '"he said no limits today"',
    '“he said "no limits" today”': '"he said no limits today"',
    "“he said “no limits” today”": '"he said no limits today"',
    "«он сказал «без границ» вчера» x": '"он сказал без границ вчера" AND x',
    "「他说『没有上限』」": '"他说没有上限"',
    '"no limits” AND "other”': '"no limits" AND other',
}
"""Each query and how it is written out in full."""

FAULTS = [
    ("*'s", 0, "letters beside it"),
    ("*’s", 0, "letters beside it"),
    ("?'s", 0, "letters beside it"),
    ("?路", 0, "Chinese"),
    ('"no * limits"', 4, "letters beside it"),
    ('"中 路*系"', 3, "Chinese"),
    ("title:*", 6, "letters beside it"),
    ("title:>=20", 6, "nothing to compare"),
    ("title:treaty~3", 12, "1 or 2 changes"),
    ('title:"a *"', 9, "letters beside it"),
    ('title:-"a b"', 6, "before a word of the value"),
    ("title:=(a)", 6, "before a word of the value"),
    ("title:-", 6, "nothing after it"),
    ("title:(a b)", 6, "values joined by OR"),
    ("tag:enrgy~1", 9, "for words of a text"),
    ("tag:>=x", 4, "nothing to compare"),
    ('tag:"a b"~5', 4, "counts words"),
    ('date:"2022"~5', 5, "counts words"),
    ("date:2022*", 5, "not a date"),
    ("volume:>=x", 7, "neither a number nor a date"),
    ("volume:20..10", 7, "ends before it begins"),
    ("volume:[10 TO 20]", 7, "written with .."),
    ("kind:x*", 5, "no kind"),
    ("= treaties", 0, "nothing to search for"),
    ("中俄 = b", 3, "nothing to search for"),
    ("=title:x", 0, "before a field"),
    ("!title:x", 0, "before a field"),
    ("=-x", 1, "excludes"),
    ("!word", 0, "excludes nothing"),
    ("~word", 0, "behind a word"),
    ("(a b)~5", 5, "behind a word"),
    ("treaty^2", 6, "no meaning"),
    ('"a b"^2', 5, "no meaning"),
    ("al*~1", 3, "exclude each other"),
    ("fuzz~0.8", 4, "1 or 2 changes"),
    ('"fuzz~3 x"', 5, "1 or 2 changes"),
    ("(a b)*", 5, "letters beside it"),
    ('"a b"*', 5, "letters beside it"),
    ("/alli.nce/", 0, "regular expressions"),
    ("/(a|b)/", 0, "regular expressions"),
    ("[a-z]+x", 0, "regular expressions"),
    ("\\w+", 0, "regular expressions"),
    ("near(a b)", 0, "no operator"),
    ("NEAR(a b)", 0, "a distance is a number"),
    ("and(a b)", 0, "no operator"),
    ("not(a)", 0, "no operator"),
    ("AND(a b)", 0, "nothing before it"),
    ("a near/5 b", 2, "no operator"),
    ("a NEAR5 b", 2, "no operator"),
    ("a w/5 b", 2, "no operator"),
    ("a NEAR/-1 b", 2, "a distance is a number"),
    ("“a", 0, "never closed"),
]
"""Each query, the column of the fault, and words of the message."""


@pytest.mark.parametrize(("query", "meaning"), MEANINGS.items(), ids=MEANINGS)
def test_an_operator_works(query: str, meaning: str) -> None:
    node = parse(query, fields=FIELDS)
    assert unparse(node) == meaning
    again = parse(meaning, fields=FIELDS)
    assert again == node
    assert unparse(again) == meaning


@pytest.mark.parametrize(("query", "column", "words"), FAULTS, ids=[f[0] for f in FAULTS])
def test_an_operator_without_meaning_is_pointed_at(query: str, column: int, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, fields=FIELDS)
    assert (caught.value.column, caught.value.query) == (column, query)
    assert words in caught.value.message
    assert caught.value.hint


TEXT = [
    "gas",
    "$5 ~ ^ & {x}",
    "a/b a\\b",
    "[T]he C++",
    "10^6",
    "2022-2023",
    "~100 km",
    "a ~ b",
    "x/y/z",
]


@pytest.mark.parametrize("query", TEXT)
def test_ordinary_signs_are_text(query: str) -> None:
    assert unparse(parse(query))


FOUND = [
    # query, whether a source with these values is found
    ("volume:>=20", True),
    ("volume:>20", False),
    ("volume:<=20", True),
    ("volume:<20", False),
    ("volume:19.5..20", True),
    ("volume:..19", False),
    ("volume:2*", True),
    ("volume:=20", True),
    ("received:>=2021-05", True),
    ("received:2021-05-05..", False),
    ("received:>2020", True),
    ("title:=treaties", True),
    ("title:=treaty", False),
    ("title:treaty", True),
    ("title:tr?at*", True),
    ('title:"peac* treat*"', True),
    ('title:"treaties peace"', False),
    ('title:"signed peace"~2', True),
    ('title:"signed peace"~1', False),
    ("title:treatie~1", True),
    ("title:-treaties", False),
    ("author:Gab*", True),
    ("author:gab?", False),
    ("tag:cold*", True),
    ("tag:cold", False),
    ("tag:-cold*", False),
    ("lang:z*", True),
    ("lang:zh", True),
    ("lang:h*", False),
    ("id:d*", True),
    ("heading:spl*", True),
    ("heading:=splits", False),
    ("speaker:Put?n", True),
]


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[row[0] for row in FOUND])
def test_a_value_fits_or_not(query: str, found: bool) -> None:
    node = parse(query, fields=FIELDS)
    passage = of(
        "gas",
        title="Peace treaties signed",
        authors=("Gabuev",),
        tags=("Cold War",),
        lang="zh-Hant",
        extra={"volume": "vol. 20", "received": "4 May 2021"},
        heading=("The split",),
        speaker="V. Putin",
    )
    assert matches(node, passage) is found


PLAIN = [
    "Gab*",
    "=Gabuev",
    "-Gabuev",
    "G?buev",
    "Gabuev~1",
    "Gabuev OR Wang",
    ">20",
    "A|B",
    "NOT A",
]


@pytest.mark.parametrize("value", PLAIN)
def test_a_filter_beside_the_query_takes_no_operators(value: str) -> None:
    for name in ("author", "not_publisher", "tag", "lang"):
        with pytest.raises(FilterValueError) as caught:
            filter_nodes({name: [value]})
        assert caught.value.hint
    (node,) = filter_nodes({"author": ["O'Brien-Smith, Jr. (ed.)"]})
    assert not document_matches(node, document("2022"))  # type: ignore[arg-type]
    assert filter_nodes({"path": ["seeds/*"]})
