"""Which files are of a kind that is read, by their names."""

from __future__ import annotations

import pytest

from sinorus.sources.kinds import is_kind_read, kinds_of, suffix_of


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        *(("a.MD", ".md"), ("a", ""), ("a.b.txt", ".txt"), ("ends.", ""), ("No. 5 of it", "")),
        *(("scan.PDF", ".pdf"), ("a.tar.gz", ".gz"), ("film.mp4", ".mp4"), ("a.7z", ".7z")),
        *(("Treaty of 1969.03.02", ""), ("1969.03.02", ""), ("v1.2", ""), ("Part 4.2b", "")),
        *(("Doc. No. 5", ""), ("Report Feb. 2020", ""), ("Mr. Smith", ""), ("etc.", "")),
        *(("Letter.Khrushchev", ""), ("U.S.-China", ""), ("draft.final_v2", "")),
        *(("毛泽东.邓小平", ""), ("第1.2节", ""), ("文件.docx", ".docx")),
        *(("Письмо.от Сталина", ""), ("Ph. D", "")),
        *(("letter.final", ".final"), ("notes.md.bak", ".bak")),
        ("vault.code-workspace", ".code-workspace"),
        *(("page.webarchive", ".webarchive"), ("book.Rmd", ".rmd")),
        *(("a.md.markdown", ".markdown"),),
        *(("a.md~", ".md~"), ("README~", "~"), ("a.md.~2~", ".~2~"), ("#a.md#", "#")),
        *(("Notes on C#", ""),),
    ],
)  # fmt: skip
def test_a_suffix_is_what_follows_the_last_dot_and_looks_like_one(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


@pytest.mark.parametrize(
    "name",
    [
        *("a.md", "a.markdown", "a.mkd", "a.mdown", "a.qmd", "a.Rmd", "a.rmd", "a.mdx"),
        *("a.txt", "a.text", "README", "Treaty of 1969.03.02", "A.TXT", "条约.1969"),
        *("a.org", "a.rst", "A.REST", "film.srt", "беседа.vtt"),
    ],
)
def test_the_kinds_that_have_a_reader_are_read(name: str) -> None:
    assert is_kind_read(name)


@pytest.mark.parametrize("name", ["a.png", "a.final", "a.md~", "README~", "#a.md#", "x.py"])
def test_other_kinds_are_not(name: str) -> None:
    assert not is_kind_read(name)


def test_kinds_are_counted_the_most_frequent_first() -> None:
    paths = ["seeds/a.zip", "seeds/x/b.PNG", "seeds/c.png", "seeds/d.jpg", "a.dir/README~"]
    assert list(kinds_of(paths).items()) == [(".png", 2), (".jpg", 1), (".zip", 1), ("~", 1)]
