"""Hand-made values in three languages, small enough to read the expected output by eye."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from sinorus.model import (
    CheckReport,
    Comparison,
    Date,
    Document,
    Explanation,
    Finding,
    Group,
    Hit,
    IndexState,
    Keyword,
    Lacking,
    NameUse,
    Paragraph,
    PartFound,
    Passage,
    Place,
    Row,
    SearchResult,
    Shown,
    Side,
    SilentGroup,
    SourcePage,
    Status,
    Styled,
    TextComparison,
)
from sinorus.model.citation import Locator, Piece, Quotation
from sinorus.model.marks import Mark, MarkFound, MarkSet
from sinorus.model.names import NameForm, NameGroup, NamePage
from sinorus.render import Look, renderer

ENGLISH = Document(
    id="kim-2020",
    path="seeds/kim.md",
    title="Rising Powers [sic] and the *Blank* Kim",
    authors=("Jane Roe", "Ivan Petrov"),
    publisher="Journal of Strategy",
    date=Date("2020"),
    url="https://example.org/kim?a=1&b=(2)",
    lang="en",
    tags=("alliance", "energy"),
    extra={"volume": "12", "pages": ("1", "9")},
    paragraphs=40,
    words=4321,
)
RUSSIAN = Document(
    id="kremlin/2023-03-21",
    path="seeds/kremlin/2023-03-21.md",
    title="Совместное заявление",
    publisher="Kremlin",
    date=Date("2023-03-21"),
    url="http://kremlin.ru/supplement/5920",
    lang="ru",
    derived=("lang",),
    paragraphs=30,
    words=5120,
)
CHINESE = Document(
    id="xinhua", path="seeds/新华.md", lang="zh", derived=("lang",), paragraphs=1, words=90
)
EN_TEXT = (
    "Neither is content with an order [/b] in which Washington leads :100: and\n"
    "each has tried to contest American primacy; see [note 3] on the alliance of both powers."
)
RU_TEXT = (
    "Стороны отмечают, что отношения стратегического взаимодействия\n"
    "вступают в новую эпоху; Россия и Китай подтверждают приверженность договору."
)
ZH_TEXT = (
    "中俄新时代全面战略协作伙伴关系进入新阶段，双方重申：“睦邻友好合作条约”为两国关系奠定了坚实\n"
    "的法律基础（见第三条），习近平和普京Putin在北京举行会谈。双方一致认为，能源合作是两国务实合作的重要支柱。"
)
EN_PARAGRAPH = Paragraph(
    *("kim-2020", 3, EN_TEXT, 12, 13, ("Introduction", "What [b]divides[/b]"), "9f2c41aa"),
    places=(Place(0, 12, 2), Place(EN_TEXT.index("\n") + 1, 13, 2)),
    spans=(
        Styled(0, 7, "strong"),
        Styled(EN_TEXT.index("Washington"), EN_TEXT.index(" leads"), "link", "https://e.org/w"),
    ),
    notes=(31,),
)
RU_PARAGRAPH = Paragraph(
    *("kremlin/2023-03-21", 14, RU_TEXT, 88, 89, (), "0011aabb"), speaker="В. Путин"
)
NOTE = Paragraph("kim-2020", 31, "See *there*.", 99, 99, kind="footnote", noted_by=(3, 5))
ZH_PARAGRAPH = Paragraph("xinhua", 1, ZH_TEXT, 5, 6, ("一、政治",), "ffeeddcc")


def printed(command: str, name: str, value: object, look: Look | None = None) -> str:
    """What a format prints of a value; without a look, into a pipe without colour."""
    render: Callable[..., Iterator[str]] = renderer(command, name)  # type: ignore[call-overload]
    return "".join(render(value, look or Look()))


def only(*hits: Hit) -> SearchResult:
    """A result of these hits alone."""
    return replace(FOUND, hits=hits)


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((text.index(word), text.index(word) + len(word)) for word in words))


EN_HIT = Hit(
    ENGLISH, EN_PARAGRAPH, 12.345678, 1, spans(EN_TEXT, "Washington", "American", "alliance")
)
RU_HIT = Hit(
    RUSSIAN,
    RU_PARAGRAPH,
    7.5,
    2,
    spans(RU_TEXT, "Россия и Китай", "взаимодействия\nвступают"),
    missing=("alliance",),
    before=(Paragraph("kremlin/2023-03-21", 13, "Раньше.", 86, 86, (), "aaaa0000"),),
    after=(Paragraph("kremlin/2023-03-21", 15, "Позже\nи ещё.", 91, 92, (), "bbbb0000"),),
)
ZH_HIT = Hit(CHINESE, ZH_PARAGRAPH, 1, 3, spans(ZH_TEXT, "坚实\n的法律", "普京", "能源合作"))
INDEX = IndexState("2026-11-22T10:00:00Z", stale=False)
FOUND = SearchResult(
    query="alliance OR 普京",
    parsed="(alliance OR 普京)",
    partial=True,
    total=137,
    tally={"kim-2020": 100, "kremlin/2023-03-21": 30, "xinhua": 7},
    offset=0,
    limit=20,
    index=INDEX,
    hits=(EN_HIT, RU_HIT, ZH_HIT),
    names=(NameUse("普京", ("Putin", "Путин")),),
    explanation=Explanation(
        "(alliance OR 普京)",
        (NameUse("普京", ("Putin", "Путин")),),
        (PartFound("alliance", 100, 5), PartFound("普京", 37, 1)),
    ),
)
NOTHING = SearchResult("absent", "absent", False, 0, {}, 0, None, INDEX, ())
SHOWN = (
    Shown("kim-2020#2", ENGLISH, Paragraph("kim-2020", 2, "Before.", 9, 9), context=True),
    Shown("kim-2020#2@9f2c41aa", ENGLISH, EN_PARAGRAPH, EN_HIT.matches, "moved"),
    Shown("xinhua#1", CHINESE, ZH_PARAGRAPH),
)
QUOTED = (
    Quotation(
        *("kim-2020#3@9f2c41aa", ENGLISH, (EN_PARAGRAPH,), (Piece(3, 0, 36),), "markdown", False),
        words="Neither is content with an order [/b]",
        text="“Neither is content with an order \\[/b\\]”<!-- sinorus: kim-2020#3@9f2c41aa -->",
        key="roe2020rising",
        locator=Locator("paragraph", "3", "3"),
        reference="kim-2020#3@9f2c41aa",
        url="https://example.org/kim?a=1&b=(2)#:~:text=Neither",
        check="moved",
    ),
    Quotation(
        *("xinhua", CHINESE, (ZH_PARAGRAPH,), (Piece(1, 0, len(ZH_TEXT)),), "plain", True),
        words=ZH_TEXT.replace("\n", ""),
        text=f"    {ZH_TEXT}\n\n    — 第1段",
        key="source",
        locator=Locator("paragraph", "1", "1"),
        reference="xinhua#1@ffeeddcc",
    ),
)
DOCUMENTS = SourcePage.of((ENGLISH, RUSSIAN, CHINESE))
COMPARED = Comparison(
    query="energy",
    parsed="energy",
    by="publisher",
    groups=(
        Group(
            "Journal of Strategy", 12, 8, 1, 4321, 2.77715, Date("2020"), Date("2020"), (EN_HIT,),
            (Keyword("alliance", 9, 1, 12.123456, 3.1), Keyword("[gas]", 4, 0, 6.5, float("inf"))),
        ),
        Group("Kremlin", 3, 3, 1, 5120, 0.5859, Date("2019"), Date("2023-03-21"), (RU_HIT,), ()),
        Group(None, 1, 1, 1, 90, 0.2, None, None, (ZH_HIT,), ()),
    ),
    silent=(SilentGroup("Pravda", 12, 34567), SilentGroup(None, 1, 1)),
    index=INDEX,
    names=(NameUse("普京", ("Putin",)),),
)  # fmt: skip


def many_groups(by: str) -> Comparison:
    """143 groups and 1,560 silent ones."""
    groups = (Group(f"g{n}", 1, 1, 1, 9, 1.0, None, None, (), ()) for n in range(143))
    silent = (SilentGroup(f"s{n}", 1, 100 * n) for n in range(1560))
    return Comparison("q", "q", by, tuple(groups), tuple(silent), INDEX)


def side(document: str, n: int, text: str, *changed: str) -> Side:
    return Side(Paragraph(document, n, text, n * 2, n * 2), spans(text, *changed))


NAMES = NamePage(
    (
        NameGroup(
            "Vladimir Putin",
            "both",
            True,
            "Владимирович",
            (
                NameForm("Vladimir Putin", "en", paragraphs=5),
                NameForm("VVP", "en", cased=True, own=True, paragraphs=0),
                NameForm("Путин", "ru", paragraphs=1_234),
                NameForm("普京", "zh", "narrower", paragraphs=3),
                NameForm("Путін", None, "opens", ambiguous=True, paragraphs=1),
            ),
            1_240,
            17,
        ),
        NameGroup("石油", "names.toml", False, "", (NameForm("石油", "zh", own=True),), 0, 0),
    ),
    7,
    2,
    2,
)

TEXTS = TextComparison(
    left=replace(ENGLISH, paragraphs=4),
    right=replace(RUSSIAN, paragraphs=4),
    rows=(
        Row("same", side("kim-2020", 1, "Both say this."), side("k", 1, "Both say this."), 1.0),
        Row(
            "changed",
            side("kim-2020", 2, "A lasting friendship without limits.", "lasting", "limits"),
            side("k", 2, "A firm friendship without bounds.", "firm", "bounds"),
            0.6667,
        ),
        Row("left", side("kim-2020", 3, "能源合作是两国务实合作的重要支柱。"), None, 0.0),
        Row("right", None, side("k", 3, "Только справа [sic]."), 0.0),
        Row("moved", side("kim-2020", 4, "It moved."), side("k", 7, "It moved."), 1.0),
    ),
    passages=(Passage("kim-2020#4", (0, 8), "k#7", (0, 8), 2, moved=True),),
    similarity=0.5,
)
STATE = Status(
    library="/home/me/library",
    index_path="/home/me/library/index",
    engine="whoosh",
    format="3",
    analysis="a1b2",
    version="0.1.0",
    updated="2026-11-22T10:00:00Z",
    documents=3,
    paragraphs=71,
    words=9531,
    languages={"en": (1, 40, 4321), "zh": (1, 1, 90), None: (1, 30, 5120)},
    first=Date("2020"),
    last=Date("2023-03-21"),
    missing={"date": 1, "url": 0},
    bytes=1_234_567,
    added=1,
    changed=0,
    removed=0,
    other_kinds={".png": 600, ".zip": 1},
    checked=True,
    damage=("segment 3 is cut short",),
    years={"2020": 1, "2023": 1},
)
CHECKED = (
    CheckReport(
        "chapter.md",
        (
            Finding(
                *("quotation", "NEAR", 3, 5, 4, 9, "an alliance\non paper in 1951", "[@gabuev]"),
                document=DOCUMENTS[0],
                id=f"{DOCUMENTS[0].id}#1@0123abcd",
                source_line=9,
                found="an alliance on paper in 1950",
                likeness=0.8,
                changed=((24, 28),),
                found_changed=((24, 28),),
                cautions=("number",),
            ),
            Finding("quotation", "NOT-FOUND", 7, 1, 7, 20, "whoever said such a thing"),
            Finding("key", "NOT-FOUND", 9, 2, 9, 7, "@nobody", "@nobody"),
            Finding(
                *("quotation", "EXACT", 11, 1, 11, 20, "as it is there", "x#1"),
                document=DOCUMENTS[1],
                id="x#1@0123abcd",
                likeness=1.0,
                found="as it is there",
                cautions=("truncated",),
            ),
        ),
        2,
        INDEX,
    ),
)
MARKED = (
    MarkSet(
        "gas \x1b[31m",
        (
            MarkFound(
                1,
                Mark("gas \x1b[31m", "kim-2020#3@9f2c41aa", "why\n\x1b]0;x\x07 *not*", EN_TEXT),
                "exact",
                "kim-2020#3@9f2c41aa",
                ENGLISH,
                (EN_PARAGRAPH,),
            ),
            MarkFound(
                2,
                Mark("gas \x1b[31m", "kremlin/old#2@0011aabb", "", RU_TEXT, "Россия", "2026-11-02"),
                "moved",
                "kremlin/2023-03-21#14@0011aabb",
                RUSSIAN,
                (RU_PARAGRAPH,),
            ),
            MarkFound(
                3,
                Mark("gas \x1b[31m", "xinhua#1@00000000", "", "中俄旧时代\u202e", "", "2026-11-26"),
                "changed",
                "xinhua#1@ffeeddcc",
                CHINESE,
                (ZH_PARAGRAPH,),
                likeness=0.8,
                changed=((2, 3),),
                found="中俄新时代",
                found_changed=((2, 3),),
            ),
        ),
    ),
    MarkSet("лес", (MarkFound(1, Mark("лес", "a\x1bb#7@12345678", "n", "It was."), "gone"),)),
)
VALUES = {
    "check": CHECKED,
    "marks": MARKED,
    "mark-sets": MARKED,
    "search": FOUND,
    "searches": (FOUND, NOTHING),
    "compare": COMPARED,
    "compare-texts": TEXTS,
    "show": SHOWN,
    "quote": QUOTED,
    "sources": DOCUMENTS,
    "lacking": tuple(Lacking(one, ("date", "author")) for one in DOCUMENTS),
    "names": NAMES,
    "status": STATE,
}
