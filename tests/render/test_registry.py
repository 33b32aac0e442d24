"""Formats are found by name, loaded when asked for, and named when they are not known."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support.rendered import VALUES, printed

from sinorus.errors import SinorusError
from sinorus.render import FORMATS, Look, formats, renderer

EVERY = [
    (command, "template:{id}" if name == "template" else name)
    for command in FORMATS
    for name in formats(command)
]


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_every_format_of_every_command_prints_whole_lines(command, name):
    text = printed(command, name, VALUES[command])
    assert text.endswith("\n")


def test_an_unknown_format_is_named_with_its_nearest_neighbour():
    with pytest.raises(SinorusError) as caught:
        renderer("search", "jsnol")
    assert caught.value.message == "search has no format 'jsnol'"
    assert caught.value.hint.startswith("did you mean jsonl? It knows rich, plain, json,")
    assert caught.value.exit_code == 2


def test_a_format_that_only_another_command_has_is_unknown():
    with pytest.raises(SinorusError, match="compare has no format 'vimgrep'"):
        renderer("compare-texts", "vimgrep")
    with pytest.raises(SinorusError, match="search has no format 'json:x'"):
        renderer("search", "json:x")


@pytest.mark.parametrize(
    ("command", "name"), [one for one in EVERY if one[1] not in ("rich", "kwic")]
)
def test_rich_is_not_imported_for_what_no_terminal_shows(command, name):
    code = f"""if True:
        import sys
        sys.path.insert(0, {str(sys.path[0])!r})
        import sinorus.render
        early = {{"rich", "csv", "json", "difflib"}} & sys.modules.keys()
        assert not early, early
        from sinorus.render import Look, renderer
        from support.rendered import VALUES
        for look in (Look(), Look(colour=True)):
            list(renderer({command!r}, {name!r})(VALUES[{command!r}], look))
        assert "rich" not in sys.modules
    """
    paths = [path for path in sys.path if path]
    subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:] = {paths!r}\n{code}"], check=True
    )


def test_what_an_encoding_lacks_is_written_as_an_escape():
    text = printed("search", "plain", VALUES["search"], Look(encoding="cp1251"))
    assert "Стороны отмечают" in text
    assert r"\u666e\u4eac" in text
    text.encode("cp1251")


def test_many_queries_have_one_header_and_each_record_its_query():
    text = printed("searches", "tsv", VALUES["searches"])
    assert text.count("date_precision") == 1
    assert [line.split("\t")[-11] for line in text.splitlines()[1:]] == ["alliance OR 普京"] * 3
    text = printed("searches", "plain", VALUES["searches"])
    assert all(line.startswith("alliance OR 普京\t") for line in text.splitlines())
    text = printed("searches", "vimgrep", VALUES["searches"])
    assert text.startswith("seeds/kim.md:12:50:[alliance OR 普京] Neither")
    assert "── absent: 0 paragraphs ──" in printed("searches", "rich", VALUES["searches"])


def test_no_query_at_all_still_has_the_header():
    assert printed("searches", "csv", []).startswith("id,document,")
