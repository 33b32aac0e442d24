"""What is known of a file that is added, written on top of it or beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from sinorus.model import Document
from sinorus.model.documents import DESCRIPTIVE_FIELDS
from sinorus.sources.formats.lines import with_line_feeds
from sinorus.sources.formats.markdown import markdown_blocks
from sinorus.sources.formats.registry import MARKDOWN, format_of
from sinorus.sources.kinds import suffix_of
from sinorus.sources.language import detect_language
from sinorus.sources.metadata import split_metadata
from sinorus.text.dates import dates_in

_FIRST_LINES = 12
_URL = re.compile(r"https?://[^\s<>\"'\[\]()（）«»“”，。]+")
_OWN_URL = re.compile(
    r"\W*(?:url|uri|source|link|permalink|original|canonical|retrieved from|available at|address"
    r"|адрес|источник|ссылка|оригинал|来源|來源|链接|鏈接|网址|網址|原文|出处)\W*[:：]\W*"
    r"(https?://[^\s<>\"'\[\]()（）«»“”，。]+)\W*",
    re.IGNORECASE,
)
"""A line in which a text names its own address; any other is of something that it speaks of."""
_NOT_ITS_OWN = re.compile(r"\s*(?:>|\[[^\]]*\]:|\d+[.)]\s|(?: {4}|\t))")
"""How a quotation, the definition of a link or of a footnote, a list, code begin."""
_LABELLED = re.compile(r"#|\W*\w[\w ]{0,30}[:：]")
_BEGUN = re.compile(r"!\[|\||```|~~~|.*[.!?。！？…][\"'»”’)）]*$|.{120}")
"""A picture, a table, code, a sentence: an address below is of that, or of what the text says."""
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def known_fields(path: str, text: str) -> dict[str, str]:
    """The fields that the file's name and text leave no doubt about; empty if it has its own.

    `title` is a first heading; `date` the one ISO date in the name or the first lines; `url` the
    one web address that they name as the text's own, above what it says; `lang` the script's.
    Nothing is said on top of a file whose kind has no front matter.
    """
    name = path.rpartition("/")[2]
    kind = format_of(suffix_of(name), text)
    if not kind.front_matter:
        return {}
    metadata = split_metadata(text, path)
    if metadata.fields or metadata.body_line > 1:
        return {}
    lines = metadata.body.split("\n")
    head = "\n".join([line for line in lines if line.strip()][:_FIRST_LINES])
    title = _first_heading(metadata.body) if kind is MARKDOWN else None
    dates = dates_in(name) or dates_in(_URL.sub(" ", head))
    urls = _own_addresses(head.split("\n"))
    fields = {
        "title": title,
        "date": dates.pop() if len(dates) == 1 else None,
        "url": urls.pop() if len(urls) == 1 else None,
        "lang": detect_language(metadata.body),
    }
    return {key: value for key, value in fields.items() if value}


def _own_addresses(lines: Iterable[str]) -> set[str]:
    """The addresses that a text names as its own: above what it says, and not in a quotation."""
    found = set()
    for line in lines:
        if _NOT_ITS_OWN.match(line):
            continue
        if own := _OWN_URL.fullmatch(line):
            found.add(own[1].rstrip(".,;:!?"))
        elif _BEGUN.match(line.strip()) and not _LABELLED.match(line):
            break
    return found


def _first_heading(body: str) -> str | None:
    blocks = markdown_blocks(with_line_feeds(body), 1)
    found = next((block.text for block in blocks if block.kind == "heading"), None)
    return " ".join(found.split()) if found else None


def front_matter_for(path: str, text: str) -> str:
    """A YAML front matter with what is known of `text`, or `""` if nothing is or it has one."""
    return front_matter(known_fields(path, text))


def front_matter(fields: Mapping[str, str]) -> str:
    """A YAML front matter that says so; empty if nothing is said."""
    if not fields:
        return ""
    # Dates and languages need no quotes; a title may be `null` or hold a colon.
    lines = [
        f"{key}: {value if key in {'date', 'lang'} else quoted(value)}"
        for key, value in fields.items()
    ]
    return "\n".join(["---", *lines, "---", "", ""])


def quoted(value: str) -> str:
    """A value as a quoted YAML scalar, which JSON's strings are but for a few characters."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def values_of(document: Document) -> dict[str, str]:
    """The descriptive fields of a document, as YAML writes them."""
    date = document.date.text if document.date else None
    said = {"title": document.title, "publisher": document.publisher, "url": document.url}
    values = {name: quoted(value) for name, value in said.items() if value}
    if document.authors:
        values["author"] = f"[{', '.join(map(quoted, document.authors))}]"
    values |= {"date": date} if date else {}
    values |= {"lang": document.lang} if document.lang else {}
    return {name: values[name] for name in DESCRIPTIVE_FIELDS if name in values}


def sidecar_text(name: str, own: Document, known: Document) -> str:
    """A sidecar for a file: what it says of itself; what is missing or not from itself in comments.

    `own` is the document by its file alone, `known` by all else too. What a bibliography, a folder
    or the text tells stands in a comment, so that it can still change there.
    """
    sure = {key: text for key, text in values_of(own).items() if key not in own.derived}
    more = {} if known is own else values_of(known)
    lines = [f"# What {quoted(name)} is; this counts before what the file says of itself."]
    for key in DESCRIPTIVE_FIELDS:
        if key in sure:
            lines.append(f"{key}: {sure[key]}")
        elif key in more and key not in known.derived:
            lines.append(f"# {key}: {more[key]}")
        else:
            lines.append(f"# {key}:")
    return "\n".join(lines) + "\n"
