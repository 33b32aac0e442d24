"""By what an entry and a document are known to be one: DOI, address, citation key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

SIZE = 12
"""Characters of an identifier as it is kept."""
_DOI = re.compile(r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_WEB = re.compile(r"https?://(?:www\.)?([^/?#\s]+)([^#\s]*)", re.IGNORECASE)


def identifiers(doi: str, urls: Iterable[str], key: str) -> list[str]:
    """The identifiers of what has such a DOI, addresses and key, those that say most first."""
    found: list[str] = []
    urls = list(urls)
    for text in (doi, *urls):
        if match := _DOI.match(text.strip()):
            found.append(f"doi:{match[1].rstrip('.,;').lower()}")
    for url in urls:
        if match := _WEB.match(url.strip()):
            found.append(f"url:{match[1].lower()}{match[2].rstrip('/')}")
    if key.strip():
        found.append(f"key:{key.strip().lower()}")
    return [_short(one) for one in dict.fromkeys(found)]


def key_identifier(key: str) -> str:
    """The identifier of a citation key."""
    return _short(f"key:{key.strip().lower()}")


def _short(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=SIZE // 2).hexdigest()
