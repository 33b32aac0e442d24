"""The user's own pattern, which can reach fields and nothing else."""

from __future__ import annotations

import pytest
from support.rendered import CHINESE, DOCUMENTS, EN_HIT, ZH_HIT, ZH_TEXT, only, printed

from sinorus.errors import SinorusError
from sinorus.render import Look, renderer


def text(pattern, *hits, look=None):
    return printed("search", f"template:{pattern}", only(*(hits or (EN_HIT,))), look)


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
        ("{id", "single '{'", "write {{"),
        (r"\x", "unknown escape", r"\t"),
        ("", "empty", "template:{id}"),
    ],
)
def test_a_bad_pattern_is_refused_before_anything_is_searched(pattern, message, hint):
    with pytest.raises(SinorusError) as caught:
        renderer("search", f"template:{pattern}")
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.exit_code == 2


def test_documents_have_templates_too():
    found = printed("sources", r"template:{id}\t{year}", DOCUMENTS)
    assert found.splitlines()[2] == f"{CHINESE.id}\t"
