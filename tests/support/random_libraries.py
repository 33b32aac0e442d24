"""Random small libraries and random queries on them, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from sinorus.engines.port import Engine
from sinorus.model import Date, Document, Fingerprint, Paragraph, Reading
from sinorus.query.nodes import (
    And,
    DateRange,
    DocumentIn,
    Everything,
    FieldValue,
    FieldWords,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
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
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@st.composite
def libraries(draw: st.DrawFn) -> list[tuple[Document, list[Paragraph]]]:
    library = []
    for number in range(draw(st.integers(1, 4))):
        name = f"d{number}"
        paragraphs = [
            Paragraph(name, n, text, n, n, tuple(draw(st.lists(texts, max_size=2))))
            for n, text in enumerate(draw(st.lists(texts, min_size=1, max_size=5)), 1)
        ]
        date = draw(st.sampled_from([None, "2022", "2022-02", "2022-02-04", "1969", "2021/2022"]))
        document = Document(
            name,
            f"seeds/{name}.md",
            title=draw(st.none() | texts),
            authors=tuple(draw(st.lists(st.sampled_from(["Wang Yi", "Лавров"]), max_size=2))),
            date=Date(date) if date else None,
            lang=draw(st.sampled_from([None, "en", "zh-Hant", "zh"])),
            paragraphs=len(paragraphs),
            words=sum(len(tokenize(p.text)) for p in paragraphs),
        )
        library.append((document, paragraphs))
    return library


stems = st.sampled_from(sorted({s for w in WORDS for s in tokenize(w).stems} | {"absent"}))
forms = st.sampled_from(sorted({f for w in WORDS for f in tokenize(w).forms} | {"absent"}))
tokens = st.one_of(
    stems.map(Term),
    forms.map(lambda form: Term(form, exact=True)),
    st.sampled_from(["al", "r", "1", "пут", "中"]).map(Prefix),
    st.sampled_from(["a*s", "r?n", "*ing", "19*", "?", "*", "согл*е"]).map(Wildcard),
    st.tuples(forms, st.integers(1, 2)).map(lambda pair: Fuzzy(*pair)),
)
phrases = st.lists(tokens, min_size=2, max_size=3).map(lambda parts: Phrase(tuple(parts)))
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
    st.sampled_from(["wang", "лавр"]).map(lambda stem: FieldWords("author", (stem,))),
    st.sampled_from(["zh", "zh-hant", "en"]).map(lambda value: FieldValue("lang", value)),
    st.sampled_from(["d0", "d1", "1"]).map(lambda value: FieldValue("id", value)),
    st.sampled_from(["seeds", "seeds/d1.md", "*2*", "s"]).map(PathGlob),
    st.frozensets(st.sampled_from(["d0", "d2", "absent"])).map(DocumentIn),
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
        for document, paragraphs in library:
            fingerprint = Fingerprint(document.id, document.path, 1, 1, 1, 1, "0")
            writer.add(Reading(fingerprint, document, paragraphs))
