"""Web pages: their main text with exact borders, notes, columns, encodings, and their shapes."""

from __future__ import annotations

import plistlib
import random
import time
from pathlib import Path

import pytest

from sinorus.files import Tree
from sinorus.sources.formats.html import read, read_html
from sinorus.sources.formats.registry import Binary, Content, Unreadable
from sinorus.sources.walk import walk

LOREM = (
    "The delegations met in the morning and spoke for some hours of what had been agreed before. "
    "Nobody left the hall until the last of the papers had been read aloud and signed by all."
)


def page(body: str, head: str = "", *, lang: str = "en") -> bytes:
    """A page with this body."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'.encode()
    )


def whole(body: str) -> Content:
    """All of a part of a page."""
    return read_html(page(body), None, whole=True)


def seen(body: str) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(one.kind, one.text) for one in whole(body).blocks]


def main(raw: bytes, name: str = "a.html") -> Content:
    """The main text of a file."""
    return read(Binary(raw, name))


def texts(content: Content) -> list[str]:
    """The texts of its blocks."""
    return [one.text for one in content.blocks]


def test_borders_are_those_a_reader_sees() -> None:
    assert seen("<p>a\n b<br>c<br> <br>d</p>e<div>f</div>g") == [
        *(("text", "a b\nc"), ("text", "d"), ("text", "e"), ("text", "f"), ("text", "g")),
    ]
    assert seen("　　一。<br>　　二。<br>三。") == [("text", "一。"), ("text", "二。\n三。")]
    assert seen("a<br>&nbsp;&nbsp;&nbsp;&nbsp;b") == [("text", "a"), ("text", "b")]


def test_blocks_have_their_kinds() -> None:
    assert seen(
        "<h2>H <i>x</i></h2><ul><li>a<li>b<ul><li>c</ul><li><p>d<p>e</ul><dl><dt>t<dd>u</dl>"
        "<blockquote><p>q<p>r</blockquote><figure><img alt=x><figcaption>cap</figcaption></figure>"
        "<pre>\n  one\n    two</pre><ol start=1969><li>y<li>z</ol><ol><li>k<li>l</ol>"
    ) == [
        *(("heading", "H x"), ("list", "a"), ("list", "b"), ("list", "c"), ("list", "d")),
        *(("list", "e"), ("list", "t"), ("list", "u"), ("quote", "q"), ("quote", "r")),
        *(("caption", "cap"), ("code", "one\n    two"), ("list", "1969. y")),
        *(("list", "1970. z"), ("list", "k"), ("list", "l")),
    ]


def test_a_table_is_one_block_and_a_layout_is_none() -> None:
    assert seen(
        "<table><caption>C</caption><tr><th>A<th>B<tr><td>1<td><p>2<p>3<tr><td><td>4</table>"
    ) == [("caption", "C"), ("table", "A\tB\n1\t2 3\n\t4")]
    assert seen("<table><tr><td>a<table><tr><td>b</table><td>c</table>") == [
        *(("text", "a"), ("text", "b"), ("text", "c")),
    ]


def test_styles_and_links_are_spans() -> None:
    (one,) = whole(
        'x <b> bold </b>and <a href="https://a.example/?b=1&amp;c">li<em>nk</em></a>, '
        '<a href="#top">top</a> H<sub>2</sub>O 10<sup>6</sup> <del>no</del><code>c</code>'
    ).blocks
    assert one.text == "x bold and link, top H2O 106 noc"
    assert [(one.text[start:end], kind, target) for start, end, kind, target in one.spans] == [
        ("bold", "strong", ""),
        ("link", "link", "https://a.example/?b=1&c"),
        ("nk", "emphasis", ""),
        ("2", "subscript", ""),
        ("6", "superscript", ""),
        ("no", "struck", ""),
        ("c", "code", ""),
    ]


def test_a_style_goes_on_over_a_border() -> None:
    first, second = whole("<b>one<br><br>two</b>").blocks
    assert first.spans[0][:3] == (0, 3, "strong")
    assert second.spans[0][:3] == (0, 3, "strong")


def test_relative_links_are_whole_where_the_address_is_known() -> None:
    raw = page('<p>a <a href="../b">c</a>', '<link rel=canonical href="https://a.example/x/y/z">')
    (one,) = read_html(raw, None, whole=True).blocks
    assert one.spans[0].target == "https://a.example/x/b"


@pytest.mark.parametrize(
    "body",
    [
        'Word.<sup><a href="#fn1" id="r1">1</a></sup> On.<ol><li id="fn1">Note. '
        '<a href="#r1">↩</a></ol>',
        'Word.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> On.<ol>'
        '<li id="cite_note-1"><b><a href="#cite_ref-1">^</a></b> <span>Note.</span></ol>',
        '<p>Word.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a> On.<div id=ftn1><p>'
        '<a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Note.</p></div>',
        '<p>Word.<a class="footnote-ref" role="doc-noteref" href="#n1">1</a> On.</p>'
        '<aside id="n1"><p>1. Note.</p></aside>',
        '<p>Word.<a href="#f1">[1]</a> On.</p><div>Rest.<p><a name="f1"></a>[1] Note.</p></div>',
        "<p>Word.<sup>1</sup> On.</p><p><sup>1</sup> Note.</p>",
    ],
)
def test_footnotes_are_tied_to_their_marks(body: str) -> None:
    blocks = [one for one in whole(body).blocks if one.text != "Rest."]
    assert [(one.kind, one.text) for one in blocks] == [
        ("text", "Word. On."),
        ("footnote", "Note."),
    ]
    assert blocks[0].notes == (blocks[1].label,)


def test_what_nobody_sees_is_no_text() -> None:
    assert seen(
        '<script>if (a) document.write("</p><p>x</p>")</script><style>p{}</style><p>a'
        '<span style="display:none">b</span><!-- c --><svg><text>d</text></svg><p hidden>e'
        "<noscript>f</noscript><template>g</template><p>漢<ruby>字<rt>じ</ruby>"
    ) == [("text", "a"), ("text", "漢字")]


EN = "The parties shall cooperate in every field of common interest, number {}."
RU = "Стороны сотрудничают во всех областях общего интереса, номер {}."
ZH = "双方将在所有共同关心的领域开展合作并保持密切协调，第{}条。"


@pytest.mark.parametrize(
    "row",
    [
        ("<table>", "<tr><td>{0}</td><td>{1}</td><td>{2}</td></tr>", "</table>"),
        ("<div>", "<div class=row><div>{0}</div><div>{1}</div><div>{2}</div></div>", "</div>"),
    ],
)
def test_texts_side_by_side_are_read_one_after_the_other(row: tuple[str, str, str]) -> None:
    rows = "".join(row[1].format(EN.format(n), RU.format(n), ZH.format(n)) for n in range(1, 5))
    body = f"<h1>Agreement</h1>{row[0]}{rows}{row[2]}"
    wanted = ["Agreement", *(text.format(n) for text in (EN, RU, ZH) for n in range(1, 5))]
    assert texts(whole(body)) == wanted
    assert texts(main(page(body))) == wanted


def test_a_table_of_terms_stays_a_table() -> None:
    assert seen(
        "<table><tr><td>treaty</td><td>договор</td><td>条约</td></tr>"
        "<tr><td>war</td><td>война</td><td>战争</td></tr></table>"
    ) == [("table", "treaty\tдоговор\t条约\nwar\tвойна\t战争")]


NAVIGATION = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(20))


def article(body: str, title: str = "The talks") -> str:
    """A page of a newspaper around a text."""
    return (
        f"<header><nav><ul>{NAVIGATION}</ul></nav></header><main><article><h1>{title}</h1>{body}"
        '</article><aside class="related"><h3>Read more</h3><ul><li><a href="/a">Another story'
        "</a></li></ul></aside></main><footer><p>All rights reserved. Contact us.</p></footer>"
    )


def test_the_main_text_is_kept_and_what_stands_around_it_is_not() -> None:
    body = "".join(f"<p>Paragraph {n}. {LOREM}</p>" for n in range(6))
    inner = (
        f"<p>{LOREM}</p><blockquote><p>What he said was short, and all understood it.</p>"
        "</blockquote><table><tr><th>Year<th>Tons<tr><td>1969<td>12</table>"
        "<figure><img src=a.jpg><figcaption>The hall in March, seen from the door.</figcaption>"
        f"</figure><p>{LOREM}</p>"
    )
    raw = page(article(body + inner + '<p class="newsletter">Subscribe to our newsletter!</p>'))
    content = main(raw)
    shown = texts(content)
    assert shown[0] == "The talks"
    assert sum(text.startswith("Paragraph") for text in shown) == 6
    assert "Year\tTons\n1969\t12" in shown
    kinds = {one.kind for one in content.blocks}
    assert {"heading", "quote", "table", "caption"} <= kinds
    assert not [
        text for text in shown if "Section" in text or "rights" in text or "Subscribe" in text
    ]


def test_a_footnote_stays_with_the_text_that_refers_to_it() -> None:
    body = "".join(f"<p>Paragraph {n}. {LOREM}</p>" for n in range(6))
    body += '<p>Last.<sup><a href="#fn1">1</a></sup> ' + LOREM + "</p>"
    notes = (
        '<section class="footnotes"><ol><li id="fn1">See the record of 1969.</li></ol></section>'
    )
    content = main(page(article(body + notes)))
    assert [one.text for one in content.blocks if one.label == "fn1"] == ["See the record of 1969."]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Chapter 1</h2>" + "<br><br>".join(f"Paragraph {n}. {LOREM}" for n in range(30)),
        "<table width=100%><tr><td><font size=2>"
        + "".join(f"<p>Paragraph {n}. {LOREM}" for n in range(30))
        + "</font></td></tr></table>",
        "".join(f"<p><b>SPEAKER {n % 3}:</b> Paragraph {n}. {LOREM}</p>" for n in range(30)),
        "".join(f"<div>Paragraph {n}. {LOREM}</div>" for n in range(30)),
    ],
    ids=["chapter", "layout", "transcript", "divs"],
)
def test_a_page_that_is_all_text_comes_out_whole(body: str) -> None:
    shown = "\n".join(texts(main(page(body))))
    assert all(f"Paragraph {n}. " in shown for n in range(30))
    links = f"<ul>{NAVIGATION}</ul>"
    shown = "\n".join(texts(main(page(links + body))))
    assert all(f"Paragraph {n}. " in shown for n in range(30))


RUSSIAN = "Президент сказал, что стороны договорились продолжать переговоры в следующем году. " * 3
CHINESE = "双方一致认为，应当继续加强两国之间的合作，并在国际事务中保持密切沟通与协调。" * 3


def test_a_page_of_the_kremlin() -> None:
    body = (
        f'<div class="header"><ul>{NAVIGATION}</ul></div><div class="read__content">'
        '<h1 class="entry-title p-name">Встреча с послом</h1><div class="read__meta">'
        '<time class="read__published" datetime="2023-03-21">21 марта 2023 года, 17:30</time>'
        "<div>Москва, Кремль</div></div><div class='entry-content read__internal_content'>"
        + "".join(f"<p><b>В.Путин:</b> Абзац {n}. {RUSSIAN}</p>" for n in range(6))
        + '</div></div><div class="footer">Все материалы сайта доступны по лицензии</div>'
    )
    content = main(page(body, "<title>Встреча с послом • Президент России</title>", lang="ru"))
    assert content.fields["title"] == "Встреча с послом"
    assert content.fields["date"] == "2023-03-21"
    assert content.fields["lang"] == "ru"
    assert sum("Абзац" in text for text in texts(content)) == 6


def test_a_page_of_a_chinese_ministry_in_its_old_encoding() -> None:
    body = (
        f'<div class="nav"><ul>{NAVIGATION}</ul></div><div class="content"><h1>会谈纪要</h1>'
        "<div class=info>2023年3月21日　来源：新华网　作者：张三</div><div id=News_Body_Txt_A>"
        + "".join(f"<p>　　第{n}段。{CHINESE}</p>" for n in range(6))
        + "</div></div>"
    )
    raw = page(body, "<meta charset=gb2312><title>会谈纪要_外交部</title>").decode()
    content = main(raw.replace('lang="en"', "").encode("gb18030"))
    assert (content.fields["date"], content.fields["author"]) == ("2023-03-21", ["张三"])
    assert content.fields["publisher"] == "新华网"
    assert f"第0段。{CHINESE}" in texts(content)


@pytest.mark.parametrize("meta", ["", "<meta charset=iso-8859-1>", "<meta charset=utf-8>"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (CHINESE, "gb18030"), (CHINESE, "big5")],
)
def test_a_wrong_or_missing_encoding_is_found(meta: str, text: str, encoding: str) -> None:
    if encoding == "big5":
        text = "雙方一致認為，應當繼續加強兩國之間的合作，並在國際事務中保持密切溝通與協調。" * 3
    raw = f"<html><head>{meta}</head><body><p>{text}</body></html>".encode(encoding)
    assert texts(main(raw)) == [text.strip()]


def test_what_the_sender_says_of_the_encoding_is_used() -> None:
    raw = "<p>Zażółć gęślą jaźń, powiedział minister.".encode("iso-8859-2")
    assert texts(read_html(raw, "ISO-8859-2", whole=True)) == [
        "Zażółć gęślą jaźń, powiedział minister."
    ]
    assert texts(read_html("<p>naïve".encode("utf-16"), "utf-8", whole=True)) == ["naïve"]
    assert texts(read_html(b"<p>a\0b\x01c", "no-such", whole=True)) == ["ab\ufffdc"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("作者：张三", ["张三"]),
        ("作者：张三 李四　来源：新华网", ["张三", "李四"]),
        ("文/李四", ["李四"]),
        ("记者：王五", []),
        ("Автор: Иван Иванов", ["Иван Иванов"]),
        ("By Jane Doe | Staff writer", ["Jane Doe"]),
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
    ],
)
def test_a_byline_is_a_name(line: str, names: list[str]) -> None:
    body = f"<h1>Title</h1><p>{line}</p>" + f"<p>{LOREM}</p>" * 5
    assert main(page(body)).fields.get("author", []) == names


def test_a_byline_in_the_head_is_a_name() -> None:
    for said, names in [
        ("By Jane Doe", ["Jane Doe"]),
        ("作者：张三", ["张三"]),
        ("Jane Doe, Staff writer", ["Jane Doe"]),
        ("https://a.example/jane", []),
    ]:
        raw = page(f"<p>{LOREM}</p>", f'<meta name="author" content="{said}">')
        assert read_html(raw, None, whole=True).fields.get("author", []) == names


def test_metadata_of_every_kind() -> None:
    head = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": ['
        '{"@type": "NewsArticle", "headline": "The talks", "datePublished": "2023-03-21T10:00:00Z",'
        '"author": {"@id": "#p"}, "publisher": {"@type": "Organization", "name": "The Paper"}},'
        '{"@type": "Person", "@id": "#p", "name": "Jane Doe"}]}</script>'
        '<meta name="keywords" content="talks, Moscow"><link rel="canonical" href="/relative">'
        '<meta property="og:url" content="https://paper.example/talks">'
    )
    fields = main(page(article(f"<p>{LOREM}</p>" * 5), head)).fields
    assert fields["author"] == ["Jane Doe"]
    assert fields["publisher"] == "The Paper"
    assert fields["date"] == "2023-03-21"
    assert fields["url"] == "https://paper.example/talks"
    assert fields["tags"] == ["talks", "Moscow"]


def test_metadata_of_journals_and_libraries() -> None:
    head = (
        '<meta name="citation_title" content="Borders"><meta name="citation_author" content="Doe, '
        'Jane"><meta name="citation_author" content="Roe, John"><meta name="citation_date" '
        'content="2019/05/04"><meta name="citation_journal_title" content="Journal of Borders">'
        '<meta name="citation_volume" content="12"><meta name="citation_doi" content="10.1/x">'
    )
    fields = read_html(page("<p>x", head), None, whole=True).fields
    assert fields["author"] == ["Doe, Jane", "Roe, John"]
    assert (fields["date"], fields["publisher"]) == ("2019-05-04", "Journal of Borders")
    assert (fields["volume"], fields["doi"]) == ("12", "10.1/x")
    head = '<meta name="DC.creator" content="Иван Иванов"><meta name="DC.date" content="1969">'
    fields = read_html(page("<p>x", head), None, whole=True).fields
    assert (fields["author"], fields["date"]) == (["Иван Иванов"], "1969")


def test_the_language_of_a_template_is_not_believed_of_another_script() -> None:
    assert "lang" not in read_html(page(f"<p>{CHINESE}"), None, whole=True).fields
    assert read_html(page(f"<p>{LOREM}"), None, whole=True).fields["lang"] == "en"


def test_a_page_that_singlefile_saved() -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 20_000
    raw = (
        b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: "
        b"https://a.example/x \n saved date: Tue Mar 21 2023\n--><meta charset=utf-8><title>T"
        b"</title><body><p>" + LOREM.encode() + b"<img src=" + picture.encode() + b">"
        b"<div><template shadowrootmode=open><p>In the shadow.</p></template></div>"
    )
    content = read_html(raw, None, whole=True)
    assert content.fields["url"] == "https://a.example/x"
    assert texts(content) == [LOREM, "In the shadow."]


def test_mhtml_and_web_archives_hold_a_page() -> None:
    html = f"<html><body><p>Привет. {LOREM}</p></body></html>"
    mhtml = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/x\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n'
        b"\r\n--B\r\nContent-Type: text/html; charset=windows-1251\r\n"
        b"Content-Transfer-Encoding: 8bit\r\nContent-Location: https://a.example/x\r\n\r\n"
        + html.encode("cp1251")
        + b"\r\n--B\r\nContent-Type: image/png\r\n\r\nxx\r\n--B--\r\n"
    )
    content = main(mhtml, "a.mhtml")
    assert texts(content) == [f"Привет. {LOREM}"]
    assert content.fields["url"] == "https://a.example/x"
    resource = {
        "WebResourceData": html.encode(),
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://a.example/y",
        "WebResourceMIMEType": "text/html",
    }
    for form in (plistlib.FMT_BINARY, plistlib.FMT_XML):
        archive = plistlib.dumps({"WebMainResource": resource}, fmt=form)
        content = main(archive, "a.webarchive")
        assert texts(content) == [f"Привет. {LOREM}"]
        assert content.fields["url"] == "https://a.example/y"


def test_what_is_no_page_is_said() -> None:
    for raw, name in [
        (b"", "a.html"),
        (b"  \n", "a.html"),
        (b"%PDF-1.7 ...", "a.html"),
        (b"PK\x03\x04....", "a.html"),
        (b"bplist00rubbish", "a.webarchive"),
        (b"MIME-Version: 1.0\n\nno page", "a.mht"),
    ]:
        with pytest.raises(Unreadable):
            main(raw, name)


HOSTILE = {
    "depth": b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000 + b"<p>end",
    "unclosed": b"<font><b>a " * 20_000,
    "attribute": b'<p class="' + b"x " * 2_000_000 + b'">end',
    "quotations": b"<blockquote>" * 5_000 + b"end",
    "tables": b"<table><tr><td>" * 5_000 + b"end",
    "brackets": b"<" * 200_000 + b"<p>end",
    "scripts": b"<script>" * 20_000,
    "json": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>end",
    "marks": b"<p>" + b"word<sup>1</sup> " * 5_000 + b"end",
    "links": b"".join(b'<a href="#f%d">[%d]</a>' % (n, n) for n in range(5_000)) + b"end",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_time_in_proportion_to_their_size(name: str) -> None:
    raw = HOSTILE[name]
    for all_of_it in (True, False):
        started = time.process_time()
        content = read_html(raw, None, whole=all_of_it)
        assert time.process_time() - started < 10
        if b"end" in raw and all_of_it:
            assert "end" in "".join(texts(content))


def test_damaged_pages_are_read_or_refused() -> None:
    rng = random.Random(15)
    raw = page(article("".join(f"<p>Paragraph {n}. {LOREM}</p>" for n in range(5))))
    damaged = [raw[: len(raw) * part // 20] for part in range(20)]
    for _ in range(20):
        flipped = bytearray(raw)
        for _ in range(30):
            flipped[rng.randrange(len(raw))] = rng.randrange(256)
        damaged.append(bytes(flipped))
    for one in damaged:
        try:
            content = main(one)
        except Unreadable:
            continue
        for block in content.blocks:
            assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)
            assert not {"\0", "\x1b"} & set(block.text)


def test_real_pages_have_text_and_spans_within_it(shared_pages: list[Path]) -> None:
    for path in shared_pages:
        content = main(path.read_bytes(), path.name)
        assert content.blocks, path.name
        assert content.fields.get("title"), path.name
        for block in content.blocks:
            assert block.line == block.end_line == 0
            assert block.text == block.text.strip()
            assert all(0 <= span.start < span.end <= len(block.text) for span in block.spans)


@pytest.fixture(scope="module")
def shared_pages() -> list[Path]:
    folder = Path(__file__).parents[4] / "shared/documents/html"
    if not folder.is_dir():
        pytest.skip("no pages of others are here")
    return sorted(folder.glob("*.html"))


def test_the_folder_of_a_saved_page_is_no_source(tmp_path: Path) -> None:
    for name in ("a.html", "a_files/frame.html", "b.htm", "b-Dateien/x.htm", "c_files/d.html"):
        path = tmp_path / "seeds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>Some text.", encoding="utf-8")
    found = [entry.path for entry in walk(Tree(str(tmp_path)), ["seeds"]).entries]
    assert found == ["seeds/a.html", "seeds/b.htm", "seeds/c_files/d.html"]
