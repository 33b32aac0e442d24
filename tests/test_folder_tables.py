"""What `[[folder]]` tables may say, and what is said of those that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinorus.config import load_settings
from sinorus.errors import ConfigError
from sinorus.folder_tables import LONGEST, MOST


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "sinorus.toml"


def test_values_become_what_front_matter_has(library: Path) -> None:
    library.write_text(
        'limit = 3\n\n[[folder]]\npath = "seeds/frus"\npublisher = "State"\ndate = 1969-03-02\n'
        "volume = 7\nprice = 1.5\nofficial = true\n"
        'author = ["A", "B"]\n"part title" = "X"\n[[folder]]\npath = "seeds"\nlang = "en"\n'
    )
    frus, seeds = load_settings(library)["folder"]
    assert (frus.path, frus.file, frus.line) == ("seeds/frus", str(library), 3)
    assert dict(frus.said) == {
        "publisher": "State",
        "date": "1969-03-02",
        "volume": "7",
        "price": "1.5",
        "official": "true",
        "author": ("A", "B"),
        "part title": "X",
    }
    assert (frus.lines["date"], frus.lines["part title"]) == (6, 11)
    assert (seeds.path, dict(seeds.said), seeds.line) == ("seeds", {"lang": "en"}, 12)


def test_tables_on_one_line_are_tables(library: Path) -> None:
    library.write_text('folder = [{ path = "seeds", lang = "en" }]')
    (table,) = load_settings(library)["folder"]
    assert (table.path, table.said, table.line) == ("seeds", (("lang", "en"),), None)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[folder]]\npath = "a"\nx = { y = 1 }', 3, "x = {'y': 1} cannot be said"),
        ('[[folder]]\npath = "a"\n[folder.x]\ny = 1', 1, "x = {'y': 1} cannot be said"),
        ('[[folder]]\npath = "a"\nx = [[1]]', 3, "cannot be said of documents"),
        ('[[folder]]\npath = "a"\nx = [{ y = 1 }]', 3, "cannot be said of documents"),
        ('# c\n[[folder]]\nlang = "en"', 2, "[[folder]] has no path"),
        ("[[folder]]\npath = 3", 2, "a path that is no text"),
        ('[[folder]]\npath = ""', 2, "a path that is no text"),
        ('[[folder]]\npath = "a"\nID = "x"', 3, "one id"),
        (f'[[folder]]\npath = "a"\nx = "{"y" * LONGEST}"', 1, f"more than {LONGEST:,} characters"),
        ('[folder]\npath = "a"', None, "one table of many"),
        ('folder = "a"', None, "folder = 'a' is no table"),
        ("folder = [1]", None, "folder = [1] is no table"),
        ('[[folder]]\npath = "a"\n' * (MOST + 1), None, "more than 1,000 tables"),
        ('[[folders]]\npath = "a"', None, "unknown key 'folders'"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    library: Path, text: str, line: int | None, words: str
) -> None:
    library.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_settings(library)
    place = f"{library}:{line}: " if line else f"{library}: "
    assert caught.value.message.startswith(place), caught.value.message
    assert words in caught.value.message


def test_they_are_of_one_library(library: Path, tmp_path: Path) -> None:
    user = tmp_path / "config.toml"
    user.write_text('[[folder]]\npath = "seeds"\n')
    for settings in (
        lambda: load_settings(user=user),
        lambda: load_settings(environment={"SINORUS_FOLDER": "seeds"}),
    ):
        with pytest.raises(ConfigError, match="'folder' is of one library") as caught:
            settings()
        assert "[[folder]]" in caught.value.hint
