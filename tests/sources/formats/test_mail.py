"""Saved mail: who wrote what when, what is quoted, and what is attached."""

from __future__ import annotations

import base64
import contextlib
import time

import pytest

from sinorus.sources.formats.mail import read
from sinorus.sources.formats.registry import Binary, Content, Unreadable

NO_MAIL = "there is no mail in it: it has no header such as From, Date or Subject"
HEAD = "From: Anna Ivanova <anna@a.example>\nDate: Mon, 31 Jul 2023 01:34:57 +0300\nSubject: S\n"


def message(raw: str | bytes, name: str = "a.eml") -> Content:
    """What is read of a message."""
    return read(Binary(raw.encode() if isinstance(raw, str) else raw, name))


def seen(body: str, kind: str = "text/plain; charset=utf-8") -> list[tuple[str, str]]:
    """Kind and text of each block of a message with this body."""
    found = message(f"{HEAD}Content-Type: {kind}\n\n{body}").blocks
    return [(one.kind, one.text) for one in found]


def test_headers_are_fields() -> None:
    found = message(
        "From: =?utf-8?b?0JDQvdC90LAg?= =?utf-8?q?=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2=D0=B0?="
        ' <a@a.example>, "Li, Wei" <li@b.example>\n'
        "To: c@c.example\nCc: D <d@d.example>\n"
        "Date: Wed, 21 Nov 2012 23:11:32 -0500\nSubject: Re:\n\tthe =?koi8-r?Q?=D4=C5=CD=C1?=\n"
        "Message-ID: <1@a.example>\nArchived-At: <https://lists.example/1>\n\ntext"
    ).fields
    assert found == {
        "title": "Re: the тема",
        "author": ["Анна Иванова", "Li, Wei"],
        "date": "2012-11-21",
        "sent": "2012-11-21T23:11:32-05:00",
        "to": ["c@c.example"],
        "cc": ["D <d@d.example>"],
        "message_id": "<1@a.example>",
        "url": "https://lists.example/1",
    }


def test_a_character_that_two_encoded_words_share_is_read() -> None:
    whole = "中国外交".encode("gb18030")
    first, second = (base64.b64encode(part).decode() for part in (whole[:3], whole[3:]))
    raw = f"Subject: =?gb2312?B?{first}?=\n =?gb2312?B?{second}?= x\nFrom: a@a.example\n\nt"
    assert message(raw).fields["title"] == "中国外交 x"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "gb18030"])
def test_a_subject_that_is_not_encoded_is_read_all_the_same(encoding: str) -> None:
    text = "中国外交部发言人就中俄关系答记者问时表示" if encoding == "gb18030" else (
        "О встрече министров иностранных дел в Москве"
    )  # fmt: skip
    raw = f"From: a@a.example\nSubject: {text}\n\nx".encode(encoding)
    assert message(raw).fields["title"] == text


@pytest.mark.parametrize(
    ("said", "real"),
    [
        *(("gb2312", "gb18030"), ("us-ascii", "utf-8"), ("utf-8", "cp1251"), ("x-none", "cp1251")),
        *(("windows-1251", "cp1251"), ("koi8-r", "koi8-r"), ("", "utf-8")),
    ],
)
def test_a_wrong_encoding_is_set_right(said: str, real: str) -> None:
    text = (
        "中国和俄罗斯的关系發展"
        if real == "gb18030"
        else "Отношения между Россией и Китаем сегодня"
    )
    head = f"{HEAD}Content-Type: text/plain; charset={said}\n\n" if said else f"{HEAD}\n"
    assert [one.text for one in message(head.encode() + text.encode(real)).blocks] == [text]


def test_what_is_quoted_is_quote_with_what_leads_it_in() -> None:
    body = (
        "Dear Anna,\n\nyes, I agree\nwith all of it.\nOn Mon, 31 Jul 2023 at 01:34, Anna Ivanova\n"
        "<anna@a.example> wrote:\n> first paragraph\n> goes on\n>\n> second\n> > older\n\nBest\n"
        "-- \nBoris\n"
    )
    assert seen(body) == [
        ("text", "Dear Anna,"),
        ("text", "yes, I agree\nwith all of it."),
        ("quote", "On Mon, 31 Jul 2023 at 01:34, Anna Ivanova\n<anna@a.example> wrote:"),
        ("quote", "first paragraph\ngoes on"),
        ("quote", "second"),
        ("quote", "older"),
        ("text", "Best"),
        ("text", "Boris"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Am 31.07.2023 um 01:34 schrieb Anna:",
        "Le lun. 31 juil. 2023 à 01:34, Anna a écrit :",
        "31.07.2023, 01:34, Анна Иванова пишет:",
        "пн, 31 июл. 2023 г. в 01:34, Анна Иванова <anna@a.example>:\nАнна написала:",
        "在 2023年7月31日，Anna 写道：",
        "Anna Ivanova writes:",
    ],
)
def test_a_quotation_is_led_in_in_any_language(words: str) -> None:
    found = seen(f"Yes.\n\n{words}\n\n> said\n")
    assert found[0] == ("text", "Yes.")
    assert {kind for kind, _ in found[1:]} == {"quote"}


@pytest.mark.parametrize(
    "words",
    [
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "-------- Пересылаемое сообщение --------",
        "Begin forwarded message:",
        "------------------ 原始邮件 ------------------",
        "From: Anna <a@a.example>\nSent: Monday\nTo: Boris\nSubject: x",
        "От: Анна\nОтправлено: 31 июля\nКому: Борис\nТема: x",
        "发件人: 安娜\n发送时间: 2023年\n收件人: 李\n主题: x",
        "**From:** Anna\n**Date:** Monday\n**To:** Boris",
    ],
)
def test_a_message_that_was_forwarded_is_quote_to_its_end(words: str) -> None:
    found = seen(f"See below.\n\n{words}\n\nwhat was said\n\nand more\n")
    assert found[0] == ("text", "See below.")
    assert {kind for kind, _ in found[1:]} == {"quote"}
    assert len(found) >= 4


def test_lines_that_flow_are_one_and_those_that_do_not_stay() -> None:
    body = "a long \nline\nnext\n> quoted \n> on\n  stuffed\n"
    kind = "text/plain; charset=utf-8; format=flowed"
    assert seen(body, kind) == [
        *(("text", "a long line\nnext"), ("quote", "quoted on"), ("text", "stuffed")),
    ]
    assert seen("中文 \n字\n", f"{kind}; delsp=yes") == [("text", "中文字")]


def test_items_are_a_list() -> None:
    assert seen("We need\n\n- one\n- two\n  more\n\n1. first\n2. second\n") == [
        *(("text", "We need"), ("list", "one"), ("list", "two\nmore")),
        *(("list", "first"), ("list", "second")),
    ]


def parts(*inner: str, kind: str = "mixed") -> str:
    """A message of several parts, each with its own headers."""
    body = "".join(f"--=b\n{one}\n" for one in inner)
    return f'{HEAD}Content-Type: multipart/{kind}; boundary="=b"\n\nintro\n{body}--=b--\n'


TEXT = "Content-Type: text/plain\n\nplain words of it\n"
PAGE = "Content-Type: text/html; charset=utf-8\n\n<p>words <b>of the page</b></p><p>two</p>\n"


def test_the_page_is_read_where_it_says_as_much_as_the_text() -> None:
    found = message(parts(TEXT, PAGE, kind="alternative"))
    assert [one.text for one in found.blocks] == ["words of the page", "two"]
    assert all(one.line == 0 and one.places == () for one in found.blocks)
    short = PAGE.replace("<p>two</p>", "").replace("<p>words <b>of the page</b></p>", "<p>See</p>")
    found = message(parts(TEXT, short, kind="alternative"))
    assert [one.text for one in found.blocks] == ["plain words of it"]


def test_quotations_of_a_page_are_quote_with_what_leads_them_in() -> None:
    page = (
        "Content-Type: text/html\n\n<p>Yes.</p><div>On Monday Anna wrote:</div>"
        "<blockquote><p>said</p></blockquote><p>Best</p>"
    )
    assert [(one.kind, one.text) for one in message(parts(page)).blocks] == [
        *(("text", "Yes."), ("quote", "On Monday Anna wrote:"), ("quote", "said")),
        ("text", "Best"),
    ]


def test_attachments_are_documents_of_their_own() -> None:
    attached = (
        "Content-Type: application/pdf; name=x\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename*=utf-8''..%2F..%2F%D0%B4%D0%BE%D0%BA.pdf\n\n"
        "JVBERi0=\n"
    )
    picture = "Content-Type: image/png\nContent-Disposition: inline; filename=a.png\n\nx\n"
    found = message(parts(TEXT, attached, picture))
    assert [one.text for one in found.blocks] == ["plain words of it"]
    (part,) = found.parts
    assert (part.name, part.raw) == ("док.pdf", b"%PDF-")
    assert part.fields == {"attached_to": "S", "attached": "2023-07-31T01:34:57+03:00"}


def test_a_message_in_a_message_is_a_document_with_its_own() -> None:
    inner = parts(TEXT, "Content-Type: text/csv; name=t.csv\n\na,b\n").replace("=b", "=c")
    plain = f"Content-Type: message/rfc822\n\n{inner}"
    encoded = (
        "Content-Type: message/rfc822; name=in.eml\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(inner.encode()).decode()
    )
    found = message(parts(TEXT, plain, encoded))
    assert [one.name for one in found.parts] == ["message.eml", "in.eml"]
    for part in found.parts:
        assert part.content is not None
        assert part.content.fields["title"] == "S"
        assert [one.text for one in part.content.blocks] == ["plain words of it"]
        assert [one.name for one in part.content.parts] == ["t.csv"]


def test_a_mailbox_has_a_document_for_each_message() -> None:
    one = "From a@a.example Wed Jul 20 17:35:09 2016\n{}\n\n"
    body = "{}\nwords\n\nFrom 2009 on it is text\n\n>From the start\n"
    raw = "".join(one.format(body.format(HEAD.replace("S\n", f"{n}\n"))) for n in (1, 2, 3))
    bare = one.format("\nbare words")
    broken = one.format("Content-Type: multipart/encrypted; boundary=x\n\n--x--")
    found = message(raw + bare + broken, "a.mbox")
    assert found.blocks == []
    assert [part.name for part in found.parts] == ["1.eml", "2.eml", "3.eml", "4.eml"]
    last = found.parts[3].content
    assert last is not None
    assert [block.text for block in last.blocks] == ["bare words"]
    for number, part in enumerate(found.parts[:3], 1):
        assert part.content is not None
        assert part.content.fields["title"] == str(number)
        assert [block.text for block in part.content.blocks] == [
            *("words", "From 2009 on it is text", "From the start"),
        ]
    assert found.faults == ((0, "message 5 is missing: it is encrypted: save a copy that is not"),)


def test_what_cannot_be_read_is_said() -> None:
    sealed = f"{HEAD}Content-Type: multipart/encrypted; boundary=x\n\n--x\n\nVersion: 1\n--x--\n"
    cases = {
        b"": "it is empty",
        b"\x89PNG\r\n\x1a\n": NO_MAIL,
        sealed.encode(): "it is encrypted: save a copy that is not",
    }
    for raw, reason in cases.items():
        with pytest.raises(Unreadable) as raised:
            message(raw)
        assert raised.value.message == reason
    with pytest.raises(Unreadable, match="no mailbox"):
        message("text", "a.mbox")


SHAPES = {
    "marks": "> " * 200_000 + "x",
    "lines": "> a\n" * 100_000,
    "changes": "a\n> b\n" * 50_000,
    "lead-ins": "On Monday Anna wrote:\n> x\n" * 30_000,
    "headers of others": "From: a\nb\n\n" * 30_000,
    "blanks": " " * 500_000 + "x",
    "one paragraph": "word\n" * 100_000,
    "items": "- a\n" * 100_000,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_large_message_takes_time_in_proportion(shape: str) -> None:
    began = time.process_time()
    assert seen(SHAPES[shape])
    assert time.process_time() - began < 8


def test_hostile_messages_end() -> None:
    began = time.process_time()
    nested = HEAD + "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000)
    )
    letters = HEAD + "Content-Type: message/rfc822\n\n" * 2_000
    people = (
        f"From: {'(' * 50_000}\nTo: {'a@b,' * 50_000}\nSubject: {'=?utf-8?q?a?= ' * 20_000}\n\nx"
    )
    many = parts(*["Content-Type: text/plain; name=a.txt\n\nx"] * 5_000)
    for raw in (nested, letters, people, many):
        with contextlib.suppress(Unreadable):
            message(raw)
    assert time.process_time() - began < 20
