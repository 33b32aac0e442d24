"""Saved mail: one message (`.eml`), or a mailbox of many (`.mbox`).

`headers.py` reads who wrote what when, `message.py` walks the parts of a message, `plain_text.py`
reads a part without markup, `quoting.py` tells what is quoted, `mailbox.py` parts a mailbox.
"""

from __future__ import annotations

from sinorus.sources.formats.mail.mailbox import read

__all__ = ["read"]
