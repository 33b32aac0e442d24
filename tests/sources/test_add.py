"""Adding one's own file to the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinorus.errors import SinorusError
from sinorus.files import Tree
from sinorus.model import Added
from sinorus.sources.add import add_source as add_incoming
from sinorus.sources.add import incoming
from sinorus.sources.conversion.limits import Conversions
from sinorus.sources.known import front_matter_for
from sinorus.sources.read import read_content, read_source
from sinorus.sources.walk import walk

TEXT = "# Pax: Sinica\n\nSource: https://example.org/a#b\nof 2021-03-04.\n\nThe end of the road.\n"


def add_source(tree: Tree, folder: str, file: str) -> Added:
    (one,) = incoming(file)
    if isinstance(one, SinorusError):
        raise one
    return add_incoming(Conversions(tree), folder, one)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def own_file(library: Path, raw: bytes | str, name: str = "mine.md") -> str:
    path = library.parent / name
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return str(path)


def test_what_is_known_of_a_text_is_written_and_nothing_is_guessed() -> None:
    assert front_matter_for("mine.md", TEXT) == (
        '---\ntitle: "Pax: Sinica"\ndate: 2021-03-04\nurl: "https://example.org/a#b"\n'
        "lang: en\n---\n\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("2023-05-04 visit.txt", "Визит в Пекин.", "---\ndate: 2023-05-04\nlang: ru\n---\n\n"),
        ("2023-02-31.txt", "Визит в Пекин.", "---\nlang: ru\n---\n\n"),
        ("a.md", "2023-05-04 or 2023-05-05: 两国", "---\nlang: zh\n---\n\n"),
        ("a.md", "http://a.b and http://c.d", ""),
        ("a.md", "See http://a.b/2023-05-04", ""),
        ("a.md", "http://a.b/2023-05-04", ""),
        ("a.md", "URL: http://a.b/2023-05-04", '---\nurl: "http://a.b/2023-05-04"\n---\n\n'),
        ("a.md", "**Источник:** <http://a.b/c>.", '---\nurl: "http://a.b/c"\nlang: ru\n---\n\n'),
        ("a.md", "来源：http://a.b/c", '---\nurl: "http://a.b/c"\n---\n\n'),
        ("a.md", "Source: http://a.b\nSource: http://c.d", ""),
        ("a.md", "[source]: http://a.b/c", ""),
        ("a.md", "[^1]: Source: http://a.b/c", ""),
        ("a.md", "> Source: <http://a.b/c>", ""),
        ("a.md", "1. Link: http://a.b/c", ""),
        ("a.md", "![A map](m.png)\n*Source: http://a.b/c*", ""),
        ("a.txt", "两国同意扩大贸易。\n来源：http://a.b/c", "---\nlang: zh\n---\n\n"),
        ("a.md", "| 1 | 2 |\nSource: http://a.b/c", ""),
        ("a.md", "---\ntitle: T\n---\nThe end of the road.", ""),
        ("a.md", "---\n---\nThe end of the road.", ""),
    ],
)
def test_only_what_is_beyond_doubt_is_known(name: str, text: str, expected: str) -> None:
    assert front_matter_for(name, text) == expected


def test_an_address_below_what_a_text_says_is_not_its_own() -> None:
    head = "# Gas\n\nBy Ann Lee\nDate: 4 May 2023\n\n"
    source = "Source: https://a.b/c\n\n"
    text = "Gas flows through the pipelines. It is cold.\n\n"
    assert "https://a.b/c" in front_matter_for("a.md", head + source + text)
    assert "https://a.b/c" not in front_matter_for("a.md", head + text + source)
    links = "[source]: https://d.e/f\n"
    assert 'url: "https://a.b/c"' in front_matter_for("a.md", head + source + text + links)


def test_a_file_is_copied_as_utf8_and_found_by_the_next_walk(library: Path) -> None:
    raw = "# Визит\r\n\r\nГраница между Россией и Китаем открыта.\r\n".encode("cp1251")
    added = add_source(Tree(str(library)), "seeds/own", own_file(library, raw))
    assert (added.path, added.encoding) == ("seeds/own/mine.md", "cp1251")
    assert added.fields == {"title": "Визит", "lang": "ru"}
    (entry,) = walk(Tree(str(library)), ["seeds"]).entries
    source = read_source(entry, read_content(Tree(str(library)), entry.path))
    assert (source.document.title, source.document.derived) == ("Визит", ())
    assert source.paragraphs[1].text == "Граница между Россией и Китаем открыта."
    assert b"\r" not in (library / added.path).read_bytes()
    assert [path.name for path in (library / "seeds/own").iterdir()] == ["mine.md"]


def test_adding_the_same_file_twice_is_no_fault(library: Path) -> None:
    file = own_file(library, TEXT)
    assert add_source(Tree(str(library)), "seeds", file) == add_source(
        Tree(str(library)), "seeds", file
    )


def test_another_file_of_the_same_name_is_never_overwritten(library: Path) -> None:
    add_source(Tree(str(library)), "seeds", own_file(library, TEXT))
    with pytest.raises(SinorusError, match="another file of this name"):
        add_source(Tree(str(library)), "seeds", own_file(library, "Other text."))
    assert "Pax: Sinica" in (library / "seeds/mine.md").read_text(encoding="utf-8")
    assert len(list((library / "seeds").iterdir())) == 1


def test_a_file_system_without_hard_links_will_do(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(_source: object, _target: object, **_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", link)
    add_source(Tree(str(library)), "seeds", own_file(library, TEXT))
    with pytest.raises(SinorusError, match="another file of this name"):
        add_source(Tree(str(library)), "seeds", own_file(library, "Other text."))
    assert [path.name for path in (library / "seeds").iterdir()] == ["mine.md"]


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("scan.png", b"%PNG", "not a kind of file"),
        ("scan.txt", b"%PDF-1.4", "no PDF"),
        (".hidden.md", b"Text.", "not a kind of file"),
        ("empty.md", b" \n", "no text"),
    ],
)
def test_what_is_no_text_is_refused(library: Path, name: str, raw: bytes, reason: str) -> None:
    with pytest.raises(SinorusError, match=reason):
        add_source(Tree(str(library)), "seeds", own_file(library, raw, name))
    assert not (library / "seeds").exists()


def test_a_missing_file_and_one_that_is_there_already_are_explained(library: Path) -> None:
    with pytest.raises(SinorusError, match="no such file"):
        add_source(Tree(str(library)), "seeds", str(library / "nowhere.md"))
    added = add_source(Tree(str(library)), "seeds", own_file(library, TEXT))
    with pytest.raises(SinorusError, match="in the library already"):
        add_source(Tree(str(library)), "seeds", str(library / added.path))
