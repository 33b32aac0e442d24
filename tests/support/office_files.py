"""Office files made by hand: as small as they can be and still be opened."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_ODF_SPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in _ODF.items())


def zipped(members: dict[str, str | bytes]) -> bytes:
    """An archive with these members, the first one first."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def run(text: str, properties: str = "") -> str:
    """A run of Word's with a text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of Word's; `content` is a text, or runs."""
    inner = content if content.startswith("<") else run(content)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def field(said: str, result: str) -> str:
    """A field as Word writes it, in runs."""
    sign = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{sign.format('begin')}<w:r><w:instrText>{said}</w:instrText></w:r>"
        f"{sign.format('separate')}{result}{sign.format('end')}"
    )


def word_table(rows: list[list[str]]) -> str:
    """A table of Word's; a cell is a text, or paragraphs."""
    found = []
    for row in rows:
        cells = [one if one.startswith("<") else para(one) if one else "<w:p/>" for one in row]
        found.append("".join(["<w:tr>", *(f"<w:tc>{one}</w:tc>" for one in cells), "</w:tr>"]))
    return f"<w:tbl>{''.join(found)}</w:tbl>"


def word_style(key: str, name: str, based: str = "", more: str = "") -> str:
    """A style of Word's, for paragraphs."""
    above = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{above}{more}'
        "</w:style>"
    )


def relations(*targets: tuple[str, str, str], external: tuple[str, ...] = ()) -> str:
    """The part that says what a part refers to: id, kind, target."""
    found = []
    for key, kind, target in targets:
        mode = ' TargetMode="External"' if key in external else ""
        found.append(f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{mode}/>')
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(found)}</Relationships>'


def docx(
    body: str,
    *,
    styles: str = "",
    footnotes: str = "",
    endnotes: str = "",
    rels: str = "",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """A Word file with this body."""
    members: dict[str, str | bytes] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACES}>{styles}</w:styles>",
    }
    if footnotes:
        members["word/footnotes.xml"] = f"<w:footnotes {_SPACES}>{footnotes}</w:footnotes>"
    if endnotes:
        members["word/endnotes.xml"] = f"<w:endnotes {_SPACES}>{endnotes}</w:endnotes>"
    if rels:
        members["word/_rels/document.xml.rels"] = rels
    return zipped({**members, **(more or {})})


def odt(body: str, *, styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text with this body, and automatic styles."""
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content {_ODF_SPACES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>"
        ),
    }
    if meta:
        members["meta.xml"] = (
            f"<office:document-meta {_ODF_SPACES}><office:meta>{meta}</office:meta>"
            "</office:document-meta>"
        )
    if manifest:
        members["META-INF/manifest.xml"] = (
            f"<manifest:manifest {_ODF_SPACES}>{manifest}</manifest:manifest>"
        )
    return zipped(members)


def fodt(body: str) -> bytes:
    """A flat OpenDocument text."""
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<office:document {_ODF_SPACES}><office:body>"
        f"<office:text>{body}</office:text></office:body></office:document>"
    ).encode()


_OPS = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def chapter(body: str) -> str:
    """A chapter of a book."""
    return f"<html {_OPS}><head><title>unseen</title></head><body>{body}</body></html>"


def epub(
    chapters: dict[str, str],
    *,
    metadata: str = "",
    guide: str = "",
    properties: dict[str, str] | None = None,
    more: dict[str, str | bytes] | None = None,
    items: str = "",
) -> bytes:
    """A book of these chapters, by their names and in this order."""
    said = properties or {}
    manifest = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"'
        f' properties="{said.get(name, "")}"/>'
        for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{manifest}{items}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "OPS/book.opf": package,
            **{f"OPS/{name}": text for name, text in chapters.items()},
            **(more or {}),
        }
    )
