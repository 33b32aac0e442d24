"""What a Word file says of itself: title, author, keywords, and when the file was made.

The day on which a file was made is not the date of what stands in it: a template is older, a copy
younger. It is kept under a name that no reader takes for a date.
"""

from __future__ import annotations

from sinorus.sources.formats.docx.package import Package, name_of
from sinorus.sources.formats.xml_tree import Element, all_text, is_element

_CORE = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "language": "lang",
    "category": "category",
    "identifier": "identifier",
    "contentStatus": "status",
    "version": "version",
    "publisher": "publisher",
    "date": "date",
    "created": "file_created",
    "modified": "file_modified",
}
_APP = {"Company": "company", "Manager": "manager", "HyperlinkBase": "hyperlink_base"}
_NO_AUTHORS = frozenset(
    (
        *("python-docx", "microsoft office user", "microsoft office", "windows user", "user"),
        *("admin", "administrator", "unknown", "author", "owner", "пользователь", "user1", "home"),
        *("администратор", "admin1", "微软用户", "用户", "lenovo", "hp", "asus", "dell", "acer"),
        *("учетная запись майкрософт", "учётная запись майкрософт", "microsoft account"),
        *("microsoft 帐户", "microsoft 账户", "microsoft-konto", "compte microsoft"),
        *("автор", "作者", "未定义", "apple", "un-named", "docx4j", "apache poi", "libreoffice"),
    )
)
_NO_TITLES = frozenset(
    (
        "word document",
        "document",
        "document1",
        "untitled",
        "без названия",
        "powerpoint presentation",
    )
)
_CUSTOM = frozenset(  # what programs keep there for themselves
    (
        *("contenttypeid", "ksoproductbuildver", "icv", "grammarlydocumentid", "appversion"),
        *("docsecurity", "hyperlinkschanged", "linksuptodate", "scalecrop", "sharedoc", "csl"),
    )
)
_NOT_SAID = ("MSIP_Label", "_", "Mendeley", "ZOTERO", "MediaService", "ContentType")


def fields_of(package: Package) -> tuple[dict[str, object], int | None]:
    """The fields, and how many pages Word counted when it last saved the file."""
    found: dict[str, object] = {}
    for node in _children(package, "core-properties", "docProps/core.xml"):
        key, text = _CORE.get(_local(node)), all_text(node)
        if key and text and not _is_empty(key, text):
            found[key] = _people(text) if key == "author" else text
    if "language" in str(found.get("lang", "")).lower():  # a form that nobody filled in
        del found["lang"]
    for name in ("file_created", "file_modified"):
        if name in found:
            found[name] = str(found[name])[:10]
    pages = None
    by_word = False
    for node in _children(package, "extended-properties", "docProps/app.xml"):
        name, text = _local(node), all_text(node)
        if name in _APP and text:
            found.setdefault(_APP[name], text)
        elif name == "Pages" and text.isdecimal() and len(text) < 6:
            pages = int(text)
        elif name == "Application":
            by_word = text.startswith("Microsoft")
    for node in _children(package, "custom-properties", "docProps/custom.xml"):
        key, text = (node.get("name") or "").strip(), all_text(node)
        if key and text and key.lower() not in _CUSTOM and not key.startswith(_NOT_SAID):
            found.setdefault("lang" if key.lower() == "language" else key.lower()[:100], text)
    return found, pages if by_word else None


def _children(package: Package, kind: str, usual: str) -> list[Element]:
    named = [one.target for one in package.relations("").values() if one.kind == kind]
    root = package.tree(named[0] if named else usual)
    return [node for node in root if is_element(node)] if root is not None else []


def _local(node: Element) -> str:
    return name_of(node).rpartition(":")[2]


def _people(text: str) -> list[str]:
    names = [one.strip() for one in text.split(";")]
    return [one for one in names if one and one.lower() not in _NO_AUTHORS]


def _is_empty(key: str, text: str) -> bool:
    if key == "author":
        return not _people(text)
    return key == "title" and (text.lower() in _NO_TITLES or text.startswith("Microsoft Word - "))
