"""What a query is in the language of a cluster, and that it can be sent there.

Written out in `tests/golden/opensearch/`: for each name below, the query that a cluster is sent.
"""

from __future__ import annotations

import json
import re
import warnings
from fnmatch import fnmatchcase

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from support.cluster_queries import PUTIN, TREATY, A, B, C, golden

from sinorus.engines.opensearch.query import compiled, regexp, resolved
from sinorus.engines.opensearch.spans import sequences
from sinorus.errors import QueryError, UnsupportedQuery
from sinorus.model import Document
from sinorus.query import nodes as q
from sinorus.query.parse import parse

TWO = q.Term("offshor")
NODES: dict[str, q.Node] = {
    "a stem": TREATY,
    "an exact word": q.Term("treaties", exact=True, solid=True),
    "a stem also as two": TWO,
    "a phrase with a word also as two": q.Phrase((TWO, A)),
    "two words near each other, one also as two": q.Near((A, TWO), 2),
    "the same word twice, also as two": q.Near((TWO, TWO), 3),
    "a prefix": q.Prefix("trea"),
    "a pattern with a backslash": q.Wildcard("t?e\\*y"),
    "one letter off": q.Fuzzy("treaty", 1),
    "two letters off": q.Fuzzy("treaty", 2),
    "a phrase of words": q.Phrase(
        (TREATY, q.Term("of", exact=True, solid=True), q.Term("1950", solid=True))
    ),
    "a phrase in a phrase": q.Phrase(
        (A, q.Phrase((B, q.Phrase((C, A))))),
    ),
    "a phrase with a prefix": q.Phrase((A, q.Prefix("tr"))),
    "a phrase with a wildcard": q.Phrase((q.Wildcard("a*c"), B)),
    "a phrase with a name of one word or two": q.Phrase((q.Term("president", solid=True), PUTIN)),
    "a phrase with synonyms, one of them twice": q.Phrase((q.Synonyms((A, B, A)), C)),
    "a name in all its forms": PUTIN,
    "a name of one form": q.Synonyms((A,)),
    "words near each other": q.Near((A, B), 1),
    "three words after each other, with four between": q.Near((A, B, C), 5, ordered=True),
    "a phrase near a word": q.Near((q.Phrase((A, B)), C), 3),
    "each form of a name has as much room": q.Near((PUTIN, C), 4),
    "each form of a name side by side with a word": q.Near((PUTIN, C), 1),
    "each form of a name right before a word": q.Near((PUTIN, C), 1, ordered=True),
    "a fuzzy word near another": q.Near((q.Fuzzy("treaty", 1), A), 2),
    "the same word twice in order": q.Near((A, A), 2, ordered=True),
    "the same word twice": q.Near((A, q.Term("b", exact=True, solid=True), A), 5),
    "the same pattern twice, beside others": q.Near(
        (q.Prefix("a"), q.Wildcard("b\\*"), q.Fuzzy("c", 2), q.Prefix("a")), 1
    ),
    "words in no more room than one of them needs": q.Near((A, B), 0, ordered=True),
    "the same word twice in the room of one": q.Near((A, A), 0),
    "all of two": q.And((A, B)),
    "one and not another": q.And((q.Not(B), A)),
    "neither of two": q.And((q.Not(A), q.Not(B))),
    "one of two": q.Or((A, q.Not(B))),
    "not one": q.Not(A),
    "everything": q.Everything(),
    "words of a title": q.FieldWords("title", ("silent", "spring")),
    "words of a heading": q.FieldWords("heading", ("silent", "spring")),
    "words of a speaker": q.FieldWords("speaker", ("vladimir", "putin")),
    "a kind of paragraphs": q.FieldValue("kind", "footnote"),
    "a word of a field of the library's own, with a space in its name": q.FieldWords(
        "place of birth", ("гори",)
    ),
    "a language and its variants": q.FieldValue("lang", "zh"),
    "a tag of two words": q.FieldValue("tag", "cold war"),
    "the end of an id": q.FieldValue("id", "press/tass"),
    "a file or a folder": q.PathGlob("seeds/press"),
    "a path with a star": q.PathGlob("seeds/*.md"),
    "a path with a question mark": q.PathGlob("пресса?a b"),
    "a path with a range": q.PathGlob("[a-c]1"),
    "a path without a letter": q.PathGlob("v[!x]"),
    "a path with all signs of regular expressions": q.PathGlob('*.^$+{}()|\\#@&<>~"]'),
    "a path with an open bracket": q.PathGlob("a[b"),
    "from one day to another": q.DateRange("2022-02-04", "2022-12-31"),
    "from a day on": q.DateRange("2022-02-04", None),
    "until a day": q.DateRange(None, "0987-12-31"),
    "some documents": q.DocumentIn(frozenset({"b", "a"})),
    "no documents": q.DocumentIn(frozenset()),
    "some paragraphs": q.ParagraphIn(frozenset({("b", 2, 2), ("a", 3, 5), ("b", 1, 1)})),
    "no paragraphs": q.ParagraphIn(frozenset()),
}
QUERIES = golden("queries.json", NODES)


@pytest.mark.parametrize("name", NODES)
def test_a_query_is_sent_as(name: str) -> None:
    assert compiled(NODES[name]) == QUERIES[name]


@pytest.mark.parametrize(("words", "ways"), [(1, 2), (2, 4), (6, 64), (7, 8), (20, 21), (21, 1)])
def test_a_long_phrase_is_asked_for_in_no_more_ways_than_a_cluster_takes(
    words: int, ways: int
) -> None:
    terms = [q.Term(f"word{number:04}") for number in range(words)]
    assert len(sequences(terms)) == len(set(sequences(terms))) == ways
    assert sequences(terms)[0] == tuple(term.text for term in terms)


LONG, LONGER = "w" * 8_000, "w" * 8_001


@pytest.mark.parametrize(
    ("word", "token"),
    [(LONG, LONG), (LONGER, "w" * 7_960 + "6ea7c5d68cbed9e015b327e723b33fe8")],
    ids=["as long as the cluster takes", "longer"],
)
def test_a_long_word_is_sent_as(word: str, token: str) -> None:
    assert compiled(q.Term(word, solid=True)) == {"term": {"text": {"value": token}}}


def test_more_documents_than_one_clause_takes_are_asked_for_in_several() -> None:
    names = [f"{number:06}" for number in range(65_536 + 1)]
    assert compiled(q.DocumentIn(frozenset(names))) == {
        "bool": {
            "should": [{"terms": {"document": names[:-1]}}, {"terms": {"document": ["065536"]}}],
            "minimum_should_match": 1,
        }
    }


@pytest.mark.parametrize(
    ("node", "message"),
    [
        (q.Fuzzy("treaty", 3), "3 letters off"),
        (q.Phrase((A, q.Fuzzy("treaty", 3))), "3 letters off"),
        (q.Near((A, A, q.Fuzzy("treaty", 3)), 2), "3 letters off"),
        (q.And((A, q.Not(q.Fuzzy("treaty", 3)))), "3 letters off"),
        (q.FieldWords("title", ()), "title: has no words"),
        (q.FieldWords("heading", ()), "heading: has no words"),
        (q.FieldValue("publisher", "tass"), "'publisher'"),
    ],
    ids=[
        "three letters off",
        "three letters off in a phrase",
        "three letters off beside a repeated word",
        "not three letters off",
        "no words of a title",
        "no words of a heading",
        "a value of a field that is words",
    ],
)
def test_what_a_cluster_cannot_find_exactly_is_refused(node: q.Node, message: str) -> None:
    with pytest.raises(UnsupportedQuery, match=message):
        compiled(node)


def test_a_name_of_several_words_cannot_be_asked_for_twice_in_a_window() -> None:
    with pytest.raises(UnsupportedQuery, match="places of one phrase apart"):
        compiled(q.Near((PUTIN, PUTIN), 2))


PIECES = ["alliance", "treaties", "Путина", "中俄", "F-16", "U.S.", '"no limits"', '"a treat* b"~2']
PIECES += ["=run", "tr*y", "t?", "treaty~1", "treaty~2", "(a OR b)", "a NEAR/3 b", "a NEAR/2 a"]
PIECES += [
    '"a b" ADJ/4 (c OR "d e")',
    "title:spring",
    "volume:24",
    "date:2022..",
    "lang:(ru OR zh)",
]
PIECES += ["path:seeds/*", "path:seeds/[!a]?", "tag:война", "id:a/b", "NOT b", "OR", "AND", "-c"]


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), st.booleans())
@example(" ".join(piece for piece in PIECES if piece not in ("OR", "AND")), False)
@example(" OR ".join(piece for piece in PIECES if piece not in ("OR", "AND")), True)
def test_whatever_a_user_writes_can_be_sent_as_json(query: str, any_word: bool) -> None:
    try:
        node = parse(query, fields=("volume",), any_word=any_word)
    except QueryError:
        assume(False)
    sent = compiled(node)
    assert json.loads(json.dumps(sent)) == sent


SIGNS = "ab1é中/ .-_!^$+(){}|&~@#\"<>'\\,="
IN_SETS = SIGNS.replace("-", "").replace("!", "") + "*?["


@st.composite
def globs_and_paths(draw: st.DrawFn) -> tuple[str, str]:
    """A shell pattern, and a path that fits or nearly does."""
    glob, path = "", ""
    for kind in draw(st.lists(st.sampled_from(["sign", "*", "?", "set"]), max_size=6)):
        seen = draw(st.sampled_from(SIGNS + "]["))
        if kind == "set":
            glob += draw(sets())
        else:
            glob += draw(st.sampled_from(SIGNS + "]")) if kind == "sign" else kind
            seen = draw(st.text(SIGNS, max_size=3)) if kind == "*" else seen
        path += glob[-1] if kind == "sign" else seen
    if draw(st.booleans()):
        end = "[" + draw(st.text(SIGNS, max_size=2))
        glob, path = glob + end, path + end
    return glob, path


@st.composite
def sets(draw: st.DrawFn) -> str:
    """A set of a shell pattern, as people write them: `[abc]`, `[!a-z]`, `[]x]`, `[-x]`."""
    inside = draw(st.sampled_from(["", "]", "-", "a!"]))
    for first, last in draw(
        st.lists(
            st.tuples(st.sampled_from(IN_SETS), st.sampled_from(IN_SETS)),
            min_size=1,
            max_size=3,
        )
    ):
        inside += f"{first}-{last}" if first < last else first
    return f"[{draw(st.sampled_from(['', '!']))}{inside}]"


def fits(glob: str, path: str) -> bool:
    """Whether a path fits a pattern, read from the regular expression that a cluster gets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of `--` in a set
        return re.fullmatch(regexp(glob), path, re.DOTALL) is not None


@settings(deadline=None, max_examples=400)
@given(globs_and_paths())
def test_a_path_fits_a_pattern_where_it_fits_in_the_shell(pair: tuple[str, str]) -> None:
    glob, path = pair
    assert fits(glob, path) == fnmatchcase(path, glob)


@pytest.mark.parametrize("glob", ["[]", "v[]*", "[!]", "[!]a"])
def test_brackets_with_nothing_inside_are_brackets(glob: str) -> None:
    path = glob.replace("*", "1")
    assert fnmatchcase(path, glob)
    assert fits(glob, path)


@pytest.mark.parametrize("glob", ["[z-a]", "[!z-a]", "[xz-a]"])
def test_a_range_that_runs_backwards_has_nothing_in_it(glob: str) -> None:
    for path in ("z", "m", "x"):
        assert fits(glob, path) == fnmatchcase(path, glob)


@pytest.mark.parametrize("glob", ["[a-]", "[!x-]", "v[0-9-]"])
def test_a_hyphen_at_the_end_of_a_set_begins_no_range_for_lucene(glob: str) -> None:
    assert not regexp(glob).endswith("-]") or regexp(glob).endswith("\\-]")


def test_what_a_cluster_cannot_compare_is_asked_of_the_documents() -> None:
    some = [Document("a", "a.md", title="Treaties"), Document("b", "b.md", extra={"volume": "12"})]
    form = q.FieldText("title", q.Term("treaties", exact=True))
    number = q.FieldRange("volume", 10.0, 20.0)
    heading = q.FieldText("heading", q.Prefix("tr"))
    node = q.And((A, q.Or((form, q.Not(number))), heading), between=((B,), ()))
    found = resolved(node, lambda: some)
    a, b = q.DocumentIn(frozenset({"a"})), q.DocumentIn(frozenset({"b"}))
    assert found == q.And((A, q.Or((a, q.Not(b))), heading))
    assert found.between == ((B,), ())  # type: ignore[union-attr]
    with pytest.raises(UnsupportedQuery, match="heading: by the stems"):
        compiled(found)


def test_a_pattern_of_a_whole_value_is_one_of_the_cluster() -> None:
    assert compiled(q.FieldPattern("id", "d*\\x")) == {"wildcard": {"tails": {"value": "d*\\\\x"}}}
    with pytest.raises(UnsupportedQuery):
        compiled(q.FieldPattern("kind", "x*"))
