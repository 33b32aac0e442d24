"""Names of authors and publishers in the lines that pages have for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 200  # characters of a line with names
_LABEL = re.compile(
    r"\s*(?:(?:written|posted|published|reported|story|text|words|photos?|article) by"
    r"|by|von|vom|par|por|di|autor(?:in|en|es)?|authors?|auteurs?|автор(?:ы|\w{0,3})?|текст"
    r"|(?:本文)?作者|撰文|撰稿|文|记者|本报记者|通讯员)\b\s*[:：/／|｜]?\s*"
    r"|\s*(?:(?:本文)?作者|撰文|撰稿|文字|文|(?:本报|本刊|新华社|特约)?记者|通讯员)\s*[:：/／|｜]?\s*",
    re.IGNORECASE,
)
_HAN_LABEL = re.compile(r"\s*(?:(?:本报|本刊|新华社|特约)?记者|通讯员|编辑|撰文)\s*[:：]?\s*")
_END = re.compile(
    r"\s*(?:[|｜•·●\n\t]|\s[–—-]\s|[（(\[【]|来源|编辑|责编|责任|发布|时间|日期|字号|浏览|阅读|点击|摄"
    r"|https?:|www\.|\d{4}|\b(?:published|updated|posted|on|am|für|for|at|via|источник|дата)\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[;；、/]\s*|\s+(?:and|und|et|y|и|e|&|＆)\s+|\s*&\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:staff|writers?|editors?|reporters?|correspondents?|columnists?|contributors?|authors?"
    r"|redakt\w+|korrespondent\w*|journalist\w*|корреспондент\w*|редактор\w*|обозреватель\w*"
    r"|professor|dr|ph\.?d|fellow|director|research\w*)\b|记者|编辑",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:admin\w*|author|autor|user\w*|guest|name|none|unknown|anonymous|null|wordpress\w*|作者|佚名"
    r"|来源|编辑|记者|автор|редакция|view all posts.*|\W*|[\d\W]+"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2})",
    re.IGNORECASE,
)
_HAN_NAMES = re.compile("[\u4e00-\u9fff·]{2,4}(?:[ \u3000,，][\u4e00-\u9fff·]{2,4})+")
_AUTHOR_LINE = re.compile(
    r"(?:^|[\s　|｜/【（(])(?:本文)?(?:作者|撰文)\s*[:：]\s*(?P<a>[^\n]{2,60})"
    r"|(?:^|[\s　|｜（(])文\s*[/／|｜]\s*(?P<b>[^\n]{2,40})"
    r"|(?:^|[\s|(])Автор(?:ы|\s+(?:статьи|текста|материала))?\s*[:：–—-]\s*(?P<c>[^\n]{3,80})"
    r"|^(?:By|Von|Par|Por)\s+(?P<d>[A-ZÀ-ÝА-Я][^\n]{3,90})$"
    r"|(?:^|[\s|])(?:Author|Autor|Auteur)s?\s*:\s*(?P<e>[^\n]{3,80})"
)
_SOURCE_LINE = re.compile(
    r"(?:^|[\s　|｜（(])(?:文章)?来源\s*[:：]\s*([^\s　|｜（()）\n，。]{2,30})"
    r"|(?:^|[\s|(])Источник\s*[:：]\s*([^\n|(]{2,60})"
)


def authors_in(lines: Iterable[str]) -> list[str]:
    """The names in the first of these lines that says who wrote a page."""
    for line in lines:
        if len(line) <= _LONGEST and (match := _AUTHOR_LINE.search(line)):
            names = names_in(next(filter(None, match.groups())))
            if names:
                return names
    return []


def source_in(lines: Iterable[str]) -> str | None:
    """Where the first of these lines that says so has a page from."""
    for line in lines:
        if len(line) <= _LONGEST and (match := _SOURCE_LINE.search(line)):
            found = (match.group(1) or match.group(2)).strip(" .,;")
            if found and not found.startswith(("http", "www.")):
                return found
    return None


def names_in(said: str) -> list[str]:
    """The names of people in a line, without what stands before and behind them."""
    said = " ".join(said[:_LONGEST].replace("\u00a0", " ").split())
    label = _LABEL.match(said)
    if label and label.end() < len(said):
        said = said[label.end() :]
    end = _END.search(said)
    if end and end.start():
        said = said[: end.start()]
    found = []
    for part in _BETWEEN.split(said):
        found += _people(part)
    return list(dict.fromkeys(found))


def _people(said: str) -> list[str]:
    """The names in a part of a line, in which commas may stand between them."""
    said = _HAN_LABEL.sub("", said, count=1).strip(" ,，.:：;*")
    if _HAN_NAMES.fullmatch(said):
        return re.split("[ \u3000,，]", said)
    parts = [part.strip() for part in re.split("[,，]", said)]
    parts = [part for part in parts if part and not _ROLE.fullmatch(part.split()[-1])] or parts[:1]
    several = len(parts) > 1 and all(len(part.split()) > 1 for part in parts)
    if len(parts) > 1 and not several:
        parts = [parts[0]] if len(parts[0].split()) > 1 else [", ".join(parts)]
    return [name for part in parts if (name := _name(part))]


def _name(said: str) -> str:
    """The name, or nothing where it is none."""
    said = said.strip(" ,，.:：;*-–—")
    if len(said) > 80 or len(said.split()) > 7 or "@" in said or _NO_NAME.fullmatch(said):
        return ""
    return said
