"""Random small libraries and random queries on them, for hypothesis."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st

from sinorus.engines.port import Engine
from sinorus.model import (
    KINDS,
    STYLES,
    Date,
    Document,
    Fingerprint,
    Paragraph,
    Place,
    Reading,
    Styled,
)
from sinorus.query.nodes import (
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldPattern,
    FieldRange,
    FieldText,
    FieldValue,
    FieldWords,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    ParagraphIn,
    PathGlob,
    Phrase,
    Prefix,
    Synonyms,
    Term,
    Wildcard,
)
from sinorus.text.tokens import tokenize

WORDS = ["alliance", "alliances", "allied", "treaty", "run", "running", "U.S.", "Путин", "Путина"]
WORDS += ["соглашение", "соглашения", "中", "俄", "关", "系", "F-16", "1969", "19", "ru", "a"]
WORDS += ["off-shore", "offshore", "shore", "agree-\nment", "agree\xac\nment", "agreement", "a-a-a"]
WORDS += ["发展中国家", "中国", "国家，", "人權", "国", "家", "·"]
WORDS += ["a\xb9", "союз-\nница", "союзница", "develop-\nment"]
WORDS += [
    "us",
    "US",
    "Us",
    "U. S.",
    "U. S. S. R.",
    "USSR",
    "10,000",
    "10 000",
    "10000",
    "Off-Shore",
]
WORDS += ["L'Humanité", "humanité", "MИД", "мид", "союзъ"]


def _written(words: list[str]) -> str:
    """The words with spaces between them; Han as it is written, without."""
    return re.sub(r"(?<=[\u3400-\uffff]) (?=[\u3400-\uffff])", "", " ".join(words))


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(_written)
speakers = st.sampled_from([None, None, "В. Путин", "V. Putin", "Wang Yi", "Yi"])


@st.composite
def places(draw: st.DrawFn, text: str, line: int) -> tuple[Place, ...]:
    """Where a text that begins on a line stands: one place a line, or anywhere."""
    columns = st.integers(0, 70_000)
    if draw(st.booleans()):
        starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n")]
        return tuple(Place(at, line + row, draw(columns)) for row, at in enumerate(starts))
    starts = sorted(draw(st.sets(st.integers(0, len(text) - 1), max_size=5)))
    return tuple(Place(at, line + draw(st.integers(0, 3)), draw(columns)) for at in starts)


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[Styled, ...]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        kind = draw(st.sampled_from(STYLES))
        target = draw(st.sampled_from(["https://example.org/п?a\tb\n#c", "\x00\ud800\x85"]))
        found.append(Styled(start, end, kind, target if kind == "link" else ""))
    return tuple(sorted(found, key=lambda span: (span.start, -span.end)))


@st.composite
def paragraphs(draw: st.DrawFn, document: str) -> list[Paragraph]:
    """Paragraphs of a document, most of them plain, a few with all that there is."""
    found = []
    many = draw(st.lists(texts, min_size=1, max_size=5))
    numbers = st.sets(st.integers(1, len(many)), max_size=2).map(lambda some: tuple(sorted(some)))
    for n, text in enumerate(many, 1):
        heading = tuple(draw(st.lists(texts, max_size=2)))
        if draw(st.booleans()):
            found.append(Paragraph(document, n, text, n, n, heading))
            continue
        broken = draw(st.sampled_from([text, text.replace(" ", "\n", 2)]))
        found.append(
            Paragraph(
                *(document, n, broken, n * 10, n * 10 + broken.count("\n"), heading),
                kind=draw(st.sampled_from(KINDS)),
                places=draw(places(broken, n * 10)),
                spans=draw(spans(broken)),
                notes=draw(numbers),
                noted_by=draw(numbers),
                speaker=draw(speakers),
                mark=draw(st.sampled_from([None, "3."])),
            )
        )
    return found


@st.composite
def libraries(draw: st.DrawFn) -> list[tuple[Document, list[Paragraph]]]:
    library = []
    for number in range(draw(st.integers(1, 4))):
        name = f"d{number}"
        made = draw(paragraphs(name))
        date = draw(st.sampled_from([None, "2022", "2022-02", "2022-02-04", "1969", "2021/2022"]))
        document = Document(
            name,
            f"seeds/{name}.md",
            title=draw(st.none() | texts),
            authors=tuple(draw(st.lists(st.sampled_from(["Wang Yi", "Лавров"]), max_size=2))),
            date=Date(date) if date else None,
            lang=draw(st.sampled_from([None, "en", "zh-Hant", "zh"])),
            extra=draw(st.sampled_from([{}, {"volume": "12"}, {"volume": ("3", "2 May 2022")}])),
            paragraphs=len(made),
            words=sum(len(tokenize(p.text)) for p in made),
        )
        library.append((document, made))
    return library


_tokens = [tokenize(word) for word in WORDS]
_joins = [join for one in _tokens for join in one.joins]
stems = st.sampled_from(
    sorted({"absent", *(s for one in _tokens for s in one.stems), *(one.stem for one in _joins)})
)
forms = st.sampled_from(
    sorted({"absent", *(f for one in _tokens for f in one.forms), *(one.form for one in _joins)})
)
tokens = st.one_of(
    stems.map(Term),
    forms.map(lambda form: Term(form, exact=True)),
    stems.map(lambda stem: Term(stem, solid=True)),
    st.sampled_from(["US", "us", "Us", "USSR", "OffShore", "МИД", "Alliance", "10000"]).map(
        lambda word: Term(word.lower(), exact=True, cased=word)
    ),
    st.sampled_from([Prefix("u", "U"), Wildcard("?s", "?S"), Fuzzy("us", 1, "US")]),
    st.sampled_from(["al", "r", "1", "пут", "中"]).map(Prefix),
    st.sampled_from(["a*s", "r?n", "*ing", "19*", "?", "*", "*shore", "согл*е"]).map(Wildcard),
    st.tuples(forms, st.integers(1, 2)).map(lambda pair: Fuzzy(*pair)),
)
han = st.sampled_from(["中国", "国家", "人权", "家国", "展中", "中俄", "国发"]).map(
    lambda run: Phrase((Term(run[0]), Term(run[1], tight=True)))
)
phrases = st.lists(tokens, min_size=2, max_size=3).map(lambda parts: Phrase(tuple(parts)))
phrases |= han | han.map(lambda phrase: replace(phrase, whole=True))
synonyms = st.lists(tokens | phrases, min_size=1, max_size=3).map(lambda p: Synonyms(tuple(p)))
positional = st.one_of(tokens, phrases, synonyms)
nears = st.builds(
    Near,
    st.lists(positional, min_size=2, max_size=3).map(tuple),
    st.integers(1, 6),
    st.booleans(),
)
filters = st.one_of(
    stems.map(lambda stem: FieldWords("title", (stem,))),
    st.tuples(stems, stems).map(lambda pair: FieldWords("heading", pair)),
    st.sampled_from([("путин",), ("yi",), ("wang", "yi"), ("absent",)]).map(
        lambda words: FieldWords("speaker", words)
    ),
    st.sampled_from([*KINDS, "heading", "text", "absent"]).map(
        lambda kind: FieldValue("kind", kind)
    ),
    st.sampled_from(["wang", "лавр"]).map(lambda stem: FieldWords("author", (stem,))),
    st.sampled_from(["zh", "zh-hant", "en"]).map(lambda value: FieldValue("lang", value)),
    st.sampled_from(["d0", "d1", "1"]).map(lambda value: FieldValue("id", value)),
    st.builds(FieldText, st.sampled_from(["title", "heading", "speaker"]), positional | nears),
    st.sampled_from([("lang", "z*"), ("lang", "?n"), ("id", "*1"), ("tag", "*")]).map(
        lambda pair: FieldPattern(*pair)
    ),
    st.sampled_from([(3, None), (None, 4), (12, 12), (2021, 2022), ("2022-01-01", None)]).map(
        lambda ends: FieldRange("volume", *ends)
    ),
    st.sampled_from(["seeds", "seeds/d1.md", "*2*", "s"]).map(PathGlob),
    st.frozensets(st.sampled_from(["d0", "d2", "absent"])).map(DocumentIn),
    st.frozensets(
        st.tuples(st.sampled_from(["d0", "d2", "absent"]), st.integers(1, 3), st.integers(1, 4)),
        max_size=3,
    ).map(ParagraphIn),
    st.builds(DateRange, st.sampled_from([None, "2022-01-01"]), st.just("2022-03-01")),
    st.just(Everything()),
)
nodes: st.SearchStrategy[Node] = st.recursive(
    st.one_of(positional, nears, filters),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=5,
)


def fill(engine: Engine, library: list[tuple[Document, list[Paragraph]]]) -> None:
    with engine.writer() as writer:
        for document, its in library:
            fingerprint = Fingerprint(document.id, document.path, 1, 1, 1, 1, "0")
            writer.add(Reading(fingerprint, document, its))
