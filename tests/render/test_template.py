"""The user's own pattern, which can reach fields and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.rendered import CHINESE, DOCUMENTS, EN_HIT, SHOWN, ZH_HIT, ZH_TEXT, only, printed
from support.terminal import controls

from sinorus.errors import SinorusError
from sinorus.render import Look, check_keys, renderer


def text(pattern, *hits, look=None):
    return printed("search", f"template:{pattern}", only(*(hits or (EN_HIT,))), look)


def checked(pattern, command="search"):
    """Refuses what a command refuses: a pattern, and a field that no document has."""
    renderer(command, f"template:{pattern}")
    check_keys(command, f"template:{pattern}", lambda: ["volume", "Volume title"])


def refusal(pattern):
    """The error for a pattern; None for a good one."""
    try:
        checked(pattern)
    except SinorusError as fault:
        return fault
    return None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"{id}\t{title}", "kim-2020#3\tRising Powers [sic] and the *Blank* Kim\n"),
        ("{author} ({year})", "Jane Roe; Ivan Petrov (2020)\n"),
        (r"{id}\0", "kim-2020#3\0"),
        (r"{id}\n", "kim-2020#3\n"),
        (r"{{{id}}} \\ 100%", "{kim-2020#3} \\ 100%\n"),
        ("{query}: {tags}, {score}", "alliance OR 普京: alliance; energy, 12.3457\n"),
    ],
)
def test_patterns(pattern, expected):
    assert text(pattern) == expected


def test_the_first_line_is_eighty_cells_of_the_text():
    assert text("{line1}", ZH_HIT) == ZH_TEXT[:41].rstrip("\n") + "\n"  # three marks are narrow


def test_unknown_values_are_empty_and_paths_as_printed_elsewhere():
    look = Look(paths=lambda path: f"../{path}")
    assert text("{path}|{publisher}|{url}", ZH_HIT, look=look) == "../seeds/新华.md||\n"


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("{titel}", "no field 'titel'", "did you mean {title}?"),
        ("{id.__class__}", "no field 'id.__class__'", "It knows id"),
        ("{0}", "no field '0'", "It knows id"),
        ("{volume_title}", "no field", "did you mean {Volume title}?"),
        ("{missing}", "no field 'missing'", "keys of the library"),
        ("{id", "single '{'", "write {{"),
        (r"\x", "unknown escape", r"\t"),
        ("", "empty", "template:{id}"),
    ],
)
def test_a_bad_pattern_is_refused_before_anything_is_searched(pattern, message, hint):
    with pytest.raises(SinorusError) as caught:
        checked(pattern)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.exit_code == 2


def test_documents_have_templates_too():
    found = printed("sources", r"template:{id}\t{year}", DOCUMENTS)
    assert found.splitlines()[2] == f"{CHINESE.id}\t"


@pytest.mark.parametrize(
    ("pattern", "full", "bare"),
    [
        ("{id}[, {date}]", "kim-2020#3, 2020", "xinhua#1"),
        ("{author}[, {date}][. {title}]|", "Jane Roe; Ivan Petrov, 2020. Rising", "|"),
        ("[{url}: {publisher}]|", "https://example.org", "|"),
        ("[({date}[, {publisher}])]|", "(2020, Journal of Strategy)|", "|"),
        ("[[{title}; ]{lang}]|", "Rising Powers [sic] and the *Blank* Kim; en|", "zh|"),
        ("[<[{date}][{publisher}]>]|", "<2020Journal of Strategy>|", "|"),
        (r"\[{lang}\]", "[en]", "[zh]"),
    ],
)
def test_a_missing_value_leaves_nothing_behind_in_brackets(pattern, full, bare):
    assert text(pattern).startswith(full)
    assert text(pattern, ZH_HIT) == f"{bare}\n"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("[{id}", "a single '['"),
        ("{id}]", "a single ']'"),
        ("[sic] {id}", "no field"),
        ("[[]{id}]", "no field"),
    ],
)
def test_brackets_stand_around_a_field(pattern, message):
    with pytest.raises(SinorusError, match=re.escape(message)) as caught:
        renderer("search", f"template:{pattern}")
    assert r"\[" in caught.value.hint


def test_every_key_of_a_document_is_a_field():
    assert text("{volume}, {pages}") == "12, 1; 9\n"
    assert text("{id}[, vol. {volume}]", ZH_HIT) == "xinhua#1\n"
    assert printed("sources", "template:{volume}", DOCUMENTS[:1]) == "12\n"
    assert printed("show", "template:{check}: {volume}", SHOWN[1:2]) == "moved: 12\n"


def test_show_has_templates():
    found = printed("show", r"template:{id}\t{asked}[\t{title}]", SHOWN)
    assert found.splitlines()[1:] == [
        "kim-2020#3\tkim-2020#2@9f2c41aa\tRising Powers [sic] and the *Blank* Kim",
        "xinhua#1\txinhua#1",
    ]


PIECES = ["{", "}", "[", "]", "{id}", "{author}", "{title}", "{volume}", "{n o}", "\\", "\\t", "x"]
PIECES += ["{{", "}}", "\\[", "\n", "\x1b", "\u202e", "{}", "\ud800"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=20))
@settings(deadline=None)
def test_any_pattern_is_refused_or_prints_lines(pattern):
    if fault := refusal(pattern):
        assert fault.exit_code == 2
        assert not controls(fault.message + fault.hint)
    for command, value in (
        ("search", only(EN_HIT, ZH_HIT)),
        ("show", SHOWN),
        ("sources", DOCUMENTS),
    ):
        try:
            render = renderer(command, f"template:{pattern}")
        except SinorusError:
            continue
        lines = list(render(value, Look()))
        assert len(lines) == len(getattr(value, "hits", value))
        assert all(line.endswith(("\n", "\0")) for line in lines)
        assert controls("".join(lines)) <= {"\n", "\t", "\0"}


@given(
    st.recursive(
        st.sampled_from(["a", "{id}", "{url}", "{publisher}"]),
        lambda inner: st.lists(inner, min_size=1, max_size=4).map("".join).map("[{}]".format),
        max_leaves=20,
    )
)
@settings(deadline=None)
def test_where_nothing_is_missing_brackets_change_nothing(pattern):
    """And where all is missing, what is in them is not there."""
    if fault := refusal(pattern):
        assert "no field" in fault.message
        return
    assert text(pattern) == text(re.sub(r"[\[\]]", "", pattern) or "{id}")
    without = re.sub(r"\{\w+\}", "{tags}", pattern)
    assert "{" not in without or text(f"[{without}]", ZH_HIT) == "\n"


def test_brackets_may_be_nested_very_deep():
    deep = "[" * 5_000 + "{id}" + "]" * 5_000
    assert text(deep) == "kim-2020#3\n"
