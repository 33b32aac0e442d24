"""What of a message is quoted: the words that lead a quotation in, and what is forwarded."""

from __future__ import annotations

import re

from sinorus.sources.formats.blocks import Block

_WROTE = re.compile(
    r"\b(?:wrote|writes|said|schrieb|schreef|skrev|kirjoitti|escribi[óo]|escreveu|napisa[łl]\w*|"
    r"pisze|a écrit|ha scritto|yazdı|írta|пишет|писал\w*|написал\w*)\b[^\n]{0,120}[:：]\s*\Z"
    r"|(?:写道|寫道|さんは書きました|님이 작성)[^\n]{0,40}[:：]?\s*\Z",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?:On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu|В|At|In|Mon|Tue|Wed|Thu|Fri|Sat|Sun|пн|вт|ср|чт|пт|"
    r"сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b"
    r"|\d{1,4}[./年 -]|在|于|於",
    re.IGNORECASE,
)


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


_OTHER_MESSAGE = _any(
    *("Original (?:Message|Appointment)", "Forwarded (?:Message|by)", "Ursprüngliche Nachricht"),
    *("Weitergeleitete Nachricht", "Message d'origine", "Message transféré", "Mensaje original"),
    *("Mensaje reenviado", "Messaggio originale", "Пересылаемое сообщение", "Исходное сообщение"),
    *("Пересланное сообщение", "Переадресованное сообщение", "原始邮件", "原始郵件", "原邮件"),
    *("转发邮件", "轉寄郵件", "转发的邮件", "邮件原件"),
)
_BEGINS = _any(
    *("Begin forwarded message", "Начало (?:переадресованного|пересылаемого) сообщения"),
    *("以下是转发的邮件", "下面是被转发的邮件", "Anfang der weitergeleiteten Nachricht"),
    "Début du message (?:réexpédié|transféré)",
)
_FORWARDED = re.compile(
    rf"\W{{0,3}}\s*[-_=]{{2,}}\s*{_OTHER_MESSAGE}|\W{{0,3}}\s*{_BEGINS}\s*[:：]", re.IGNORECASE
)
_ENDED = re.compile(
    r"\W{0,3}\s*-{2,}\s*(?:End (?:of )?(?:Original|Forwarded) message|"
    r"Конец (?:пересылаемого|исходного) сообщения)",
    re.IGNORECASE,
)
_SENDER = _any(
    *("From", "Von", "De", "Da", "Van", "Od", "Fra", "Från", "От", "Отправитель", "发件人"),
    *("寄件者", "寄件人"),
)
_SENT_WORDS = _any(
    *("Sent", "Date", "Gesendet", "Datum", "Envoyé", "Fecha", "Enviado", "Data", "Inviato"),
    *("Verzonden", "Дата", "Отправлено", "发送时间", "發送時間", "寄件日期", "日期", "时间"),
)
_TOLD_WORDS = _any(
    *("To", "Subject", "An", "Betreff", "À", "Objet", "Para", "Asunto", "Oggetto", "Кому", "Тема"),
    *("收件人", "主题", "主題", "主旨"),
)
_FROM = re.compile(rf"\W{{0,3}}{_SENDER}\W{{0,3}}?[:：][^\n]*\S", re.IGNORECASE)
_SENT = re.compile(rf"^\W{{0,3}}{_SENT_WORDS}\W{{0,3}}?[:：]", re.IGNORECASE | re.MULTILINE)
_TOLD = re.compile(rf"^\W{{0,3}}{_TOLD_WORDS}\W{{0,3}}?[:：]", re.IGNORECASE | re.MULTILINE)
_NEAR = 4  # blocks in which the headers of a forwarded message stand
_LONGEST = 400  # characters of what leads a quotation in


def leads_in(text: str) -> bool:
    """Whether a paragraph says who wrote what is quoted behind it."""
    return len(text) <= _LONGEST and _WROTE.search(text) is not None


def lead_in_lines(lines: list[str]) -> int:
    """How many lines at the end of a paragraph say who wrote what is quoted behind it."""
    if not lines or not leads_in(lines[-1][-_LONGEST:]):
        return 0
    for many in range(1, min(3, len(lines)) + 1):
        if _OPENS.match(lines[-many].lstrip("*_ ")):
            return many
    return 1


def with_quotes(blocks: list[Block]) -> list[Block]:
    """The blocks of a message, of which those that are quoted without a sign are so, too.

    What leads a quotation in is part of it. What stands below the headers of another message is
    all of that one.
    """
    found: list[Block] = []
    forwarded = False
    for at, block in enumerate(blocks):
        if forwarded and _ENDED.match(block.text):
            found.append(_quoted(block))
            forwarded = False
            continue
        forwarded = forwarded or _begins_other(blocks, at)
        is_before = at + 1 < len(blocks) and blocks[at + 1].kind == "quote"
        quoted = forwarded or (is_before and leads_in(block.text))
        found.append(_quoted(block) if quoted else block)
    return found


def _begins_other(blocks: list[Block], at: int) -> bool:
    """Whether another message begins with this block."""
    text = blocks[at].text[:2_000]
    if _FORWARDED.match(text):
        return True
    if not _FROM.match(text):
        return False
    near = "\n".join(one.text[:500] for one in blocks[at : at + _NEAR])
    return _SENT.search(near) is not None and _TOLD.search(near) is not None


def _quoted(block: Block) -> Block:
    return block._replace(kind="quote") if block.kind == "text" else block
