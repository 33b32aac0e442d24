"""What every engine does. An engine's own test file derives from `EngineConformance`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from support.folding import assert_folded
from support.texts import forms

from sinorus.engines.documents import values_of
from sinorus.engines.memory import MemoryEngine
from sinorus.engines.port import Engine, GroupRequest, SearchRequest
from sinorus.model import (
    GROUPINGS,
    KINDS,
    STYLES,
    Date,
    Document,
    Fault,
    Fingerprint,
    Paragraph,
    ParagraphId,
    Place,
    Reading,
    Styled,
)
from sinorus.model.counts import WordCounts
from sinorus.query.nodes import Concept, Everything, FieldValue, Near, Node, Phrase
from sinorus.query.parse import parse
from sinorus.text.tokens import FINGERPRINT, tokenize

Sources = dict[str, Sequence[str]]


def make(
    name: str, texts: Sequence[str], heading: tuple[str, ...] = (), **known: object
) -> Reading:
    paragraphs = [
        Paragraph(name, n, text, n * 2, n * 2 + text.count("\n"), heading, f"{n:08x}")
        for n, text in enumerate(texts, 1)
    ]
    document = Document(
        id=name,
        path=f"seeds/{name}.md",
        paragraphs=len(texts),
        words=sum(len(tokenize(text)) for text in texts),
        **known,  # type: ignore[arg-type]
    )
    mark = Fingerprint(name, document.path, 10, 20, 30, 40, "ab")
    return Reading(mark, document, paragraphs)


def told(reading: Reading, **known: object) -> Reading:
    """The reading with more that is known of its last paragraph."""
    *others, last = reading.paragraphs
    return reading._replace(paragraphs=[*others, replace(last, **known)])  # type: ignore[arg-type]


def put(engine: Engine, *readings: Reading) -> None:
    with engine.writer() as writer:
        for reading in readings:
            writer.add(reading)


WAYS = [
    "off-shore | offshore",
    "cease-fire | ceasefire",
    "10,000 | 10 000 | 10\u2009000 | 10'000 | 10000",
    "1,000,000 | 1 000 000 | 1.000.000 | 1000000",
    "U.S.S.R. | U. S. S. R. | USSR | ＵＳＳＲ",
    "Н. С. Хрущёв | Н.С. Хрущёв | Н.\u00a0С. Хрущёв",
    "d’affaires | daffaires",
    "Rossii︠a︡ | Rossiia",
    "obʺekt | obekt",
    "Qurʾān | Quran | Qur’an",
    "Ch‘en | Ch'en | Chen",
    "Союзъ | союз",
    "міръ | мир",
    "Россія | Россия",
    "вѣра | вера",
    "MИД | МИД",
    "CCCР | СССР",
    "20ᵗʰ | 20th",
    "F-16 | F16 | F 16",
]
"""Ways to write one word."""


def found(engine: Engine, query: str | Node, **wanted: object) -> list[str]:
    node = parse(query, fields=("volume",)) if isinstance(query, str) else query
    wanted.setdefault("limit", None)
    request = SearchRequest(node, **wanted)  # type: ignore[arg-type]
    return [hit.paragraph.id for hit in engine.search(request).hits]


def metadata(engine: Engine) -> dict[str, list[str]]:
    """The fields of an index with their values."""
    return {name: [*engine.values(name)] for name in engine.fields()}


LONG = "It was said at length, and once more, that this was the opinion of all who were there then."
SOURCES = [
    make("a", ["Gas.", f"{LONG} Gas-pipelines carry gas: a gas pipeline.", "Gas pipeline, 1,000."]),
    make("b", [f"{LONG} The gas pipeline; a pipeline for gas."], authors=("Li", "Wang")),
    make(
        "c",
        ["Gas, gas and more."],
        authors=("Wang",),
        tags=("x", "y"),
        extra={"volume": ("1", "2")},
    ),
    make("ru", ["Российский газ идёт по трубопроводу. Газ, газы и газопровод."], lang="ru"),
    make(
        "zh", ["中国发展中国家，天然气管道。天然气", "發展天然氣"], lang="zh-Hant", title="天然气"
    ),
    make("e", []),
]
SOURCES = [
    one._replace(document=replace(one.document, **known)) if one.document else one
    for one, known in zip(
        SOURCES,
        (
            {"date": Date("1959"), "lang": "en", "publisher": "P"},
            {"date": Date("1959-03-02"), "lang": "en"},
            {
                "date": Date("1959/1961"),
                "lang": "en-GB",
                "title": "One",
                "authors": ("Wang",),
            },
            {"date": Date("1961-05")},
            {},
            {"date": Date("2001-01-01/2001-01-31"), "lang": "en"},
        ),
        strict=True,
    )
]
"""Documents that differ in all that they can be grouped by."""
COUNTED = [
    "gas",
    "gas pipeline",
    '"gas pipeline" OR gas',
    "gas NEAR/3 pipeline",
    "gas -more",
    "(gas pipeline) OR газ OR 天然气",
    "volume:1",
    "lang:en",
    "发展",
    "=gas OR pipe*",
]
"""Queries whose matches are counted."""


SOME = ("gas", "pipelin", "-gaspipelin\x02", "|газ|", "发展", "天然气", "国家")
"""Keys of words, some of which are there."""


def counted(words: WordCounts) -> dict[object, object]:
    """What word counts say, by the words and the groups of homes."""
    columns = (words.words, words.at, words.documents, words.paragraphs)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    found: dict[object, object] = {
        (words.keys[word], words.homes[at]): numbers for word, at, *numbers in rows
    }
    for home, sizes in zip(words.homes, words.sizes.tolist(), strict=True):
        if any(map(any, sizes)):
            found[home] = sizes
    numbered = {key: number for number, key in enumerate(words.keys)}
    beside = words.neighbours(sorted(numbered.values()))
    found["uses"] = {words.keys[word]: uses for word, uses in beside.uses.items()}
    found["pairs"] = {
        (words.keys[one], words.keys[other]): uses for (one, other), uses in beside.pairs.items()
    }
    return found


class EngineConformance:
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = self.open(tmp_path)
        with engine.writer():
            pass
        yield engine
        engine.close()

    def open(self, folder: Path) -> Engine:
        """A new engine over `folder`."""
        raise AssertionError("an engine's own tests say how it is opened")

    def test_an_index_without_documents_finds_nothing(self, engine: Engine) -> None:
        page = engine.search(SearchRequest(parse("alliance")))
        assert (page.total, dict(page.tally), page.hits) == (0, {}, ())
        assert list(engine.documents()) == list(engine.fingerprints()) == []

    def test_passages_are_located_by_the_pairs_of_words_they_share(self, engine: Engine) -> None:
        copied = "the pipeline that both of them had promised to build before winter"
        put(
            engine,
            make("a", ["Of gas and of them both.", f"He spoke of {copied}, and of the price."]),
            make("b", ["a pipeline before winter", "of them", "Они обещали построить трубопровод"]),
            make("zh", ["双方承诺建设天然气管道。", "天然气很多。"]),
        )
        passages = [
            copied,
            copied.replace("had promised", "never promised"),
            "они давно обещали построить трубопровод",
            "双方承诺建造天然气管道",
            "zebras quarrel nightly",
            "pipeline",
            "",
        ]
        found = engine.locate([tokenize(passage).stems for passage in passages])
        assert [str(one[0]) if one else "" for one in found] == [
            *("a#2", "a#2", "b#3", "zh#1", "", "", "")
        ]
        assert [len(one) for one in engine.locate([tokenize(copied).stems], limit=1)] == [1]
        with engine.writer() as writer:
            writer.remove(["seeds/a.md"])
        (left,) = engine.locate([tokenize(copied).stems])
        assert {one.document for one in left} == {"b"}

    def test_what_was_added_is_found_with_all_that_is_known_of_it(self, engine: Engine) -> None:
        reading = make(
            "a/b",
            ["The alliance\nof 1950", "Договор"],
            ("Part", "Chapter"),
            title="Allies",
            authors=("Wang Yi", "Лавров"),
            publisher="Tass",
            date=Date("1950-02"),
            url="https://example.org/a",
            lang="en",
            tags=("war", "мир"),
            extra={"volume": "24", "places": ("Moscow", "Beijing")},
            derived=("lang",),
            encoding="cp1251",
        )
        put(engine, reading)
        (hit,) = engine.search(SearchRequest(parse("alliance"))).hits
        assert hit.document == reading.document
        assert hit.paragraph == reading.paragraphs[0]
        assert list(engine.documents()) == [reading.document]
        assert list(engine.fingerprints()) == [reading.fingerprint]
        assert engine.document("a/b") == reading.document

    def test_a_paragraph_comes_back_with_its_kind_markup_notes_and_speaker(
        self, engine: Engine
    ) -> None:
        plain = ["one", "two\nlines", "three\nlines\nhere", "четыре"]
        reading = make("a", plain * 3)
        more: dict[int, dict[str, object]] = {
            0: {"notes": (11, 12), "speaker": "В. Путин"},
            1: {"places": (Place(0, 4, 2), Place(4, 5, 0)), "kind": "quote", "speaker": "В. Путин"},
            2: {"places": (Place(0, 6, 2), Place(3, 6, 9), Place(6, 8, 70_000))},
            3: {"spans": (Styled(0, 6, "link", "https://example.org/\t\n\x00п"),)},
            4: {"spans": tuple(Styled(0, 3, style) for style in STYLES), "notes": (12,)},
            5: {"places": (Place(2, 12, 0),), "speaker": "Wang Yi", "time": "00:01:12"},
            6: {"speaker": 'a "name"\nof two lines'},
            7: {"kind": "list", "mark": "12."},
            10: {"kind": "footnote", "noted_by": (1,)},
            11: {"kind": "footnote", "noted_by": (1, 5)},
        }
        paragraphs = [
            replace(one, **more.get(at, {}))  # type: ignore[arg-type]
            for at, one in enumerate(reading.paragraphs)
        ]
        kinds = [
            replace(one, document="b", kind=kind)
            for one, kind in zip(make("b", plain * 3).paragraphs, KINDS, strict=False)
        ]
        put(engine, reading._replace(paragraphs=paragraphs), make("none", ["word"]))
        put(engine, make("b", plain * 3)._replace(paragraphs=kinds), make("none", ["no"]))
        assert list(engine.paragraphs("a")) == paragraphs
        assert list(engine.paragraphs("b")) == kinds
        assert engine.check() == []
        hits = engine.search(SearchRequest(parse("id:a"), limit=None)).hits
        assert [hit.paragraph for hit in hits] == paragraphs

    def test_a_concept_is_found_in_all_its_forms_and_ranks_as_one_word(
        self, engine: Engine
    ) -> None:
        texts = [
            "sanctions were imposed on the bank and on nobody else that year",
            "санкции были введены против банка и ни против кого больше",
            "当年只对银行实施制裁，没有对其他任何人实施什么措施",
            "the bank of the river, and nothing that was imposed on anyone",
        ]
        put(engine, make("a", texts[:2], lang="en"), make("b", texts[2:], lang="zh-Hant"))
        forms = (parse("sanctions"), parse("санкции"), parse("制裁"), parse("bank"))
        concept = Concept(forms, rarer=1)  # type: ignore[arg-type]
        assert sorted(found(engine, concept)) == ["a#1", "a#2", "b#1", "b#2"]
        assert found(engine, concept)[0] == "a#1"
        assert found(engine, concept)[-1] == "b#2"
        both = Near((concept, Concept((parse("imposed"), parse("实施")))), 5)  # type: ignore[arg-type]
        assert sorted(found(engine, both)) == ["a#1", "b#1"]
        with_bank = Phrase((concept, parse("were")))  # type: ignore[arg-type]
        assert found(engine, with_bank) == ["a#1"]
        languages = [FieldValue("lang", one) for one in ("en", "ru", "zh")]
        page = engine.search(SearchRequest(concept, limit=0, within=languages))
        assert (page.total, page.within) == (4, (2, 0, 2))
        assert engine.search(SearchRequest(concept, limit=1)).within == ()

    def test_one_document_is_found_by_its_id_and_by_what_its_id_ends_in(
        self, engine: Engine
    ) -> None:
        texts = {"a/one": ["word"], "b/one": ["two words"], "b/phone": ["три"], "Один/one": ["四"]}
        put(engine, *(make(name, known) for name, known in texts.items()))
        put(engine, make("a/one", ["changed"], title="The second"), make("one", ["five"]))
        with engine.writer() as writer:
            writer.remove(["seeds/b/one.md"])
        names = [document.id for document in engine.documents()]
        for end in ("", "e", "one", "/one", "a/one", "b/one", "н/one", "two", "x" * 300):
            right = [name for name in names if name.endswith(end)]
            assert list(engine.find_documents(end)) == right, end
        for document in engine.documents():
            assert engine.document(document.id) == document
        some = {"one", "b/phone", "b/one", "nowhere"}
        assert [one.id for one in engine.documents(some)] == ["b/phone", "one"]
        assert list(engine.documents([])) == []
        assert engine.document("a/one").title == "The second"  # type: ignore[union-attr]
        for name in ("b/one", "nowhere", "", "a/one/", "A/one"):
            assert engine.document(name) is None, name

    def test_paragraphs_are_found_by_their_hash(self, engine: Engine) -> None:
        put(engine, make("a", ["one", "two"]), make("b", ["x", "y", "z"]), make("c", ["gone"]))
        put(engine, make("a", ["one again", "two", "three"]))
        with engine.writer() as writer:
            writer.remove(["seeds/c.md"])
        hashes = {
            paragraph.hash for name in ("a", "b") for paragraph in engine.paragraphs(name)
        } | {"00000000", "ffffffff"}
        for one in hashes:
            right = [
                ParagraphId(document.id, paragraph.n)
                for document in engine.documents()
                for paragraph in engine.paragraphs(document.id)
                if paragraph.hash == one
            ]
            assert list(engine.paragraph_by_hash(one)) == right, one
        assert [str(name) for name in engine.paragraph_by_hash(f"{3:08x}")] == ["a#3", "b#3"]
        assert list(engine.paragraph_by_hash("not a hash")) == []
        known = {name: [one.hash for one in engine.paragraphs(name)] for name, _ in engine.hashes()}
        assert dict(engine.hashes()) == known
        assert [name for name, _ in engine.hashes()] == [one.id for one in engine.documents()]

    def test_the_info_counts_and_names_the_analysis(self, engine: Engine) -> None:
        put(engine, make("a", ["one two", "three"]), make("b", ["四五"]))
        info = engine.info()
        assert (info.documents, info.paragraphs, info.words) == (2, 3, 5)
        assert info.analysis == FINGERPRINT
        assert info.updated.endswith("Z")

    def test_each_change_is_another_generation(self, engine: Engine) -> None:
        seen = []
        for name in ("a", "b"):
            with engine.writer() as change:
                change.add(make(name, ["one two"]))
            seen.append(engine.generation())
            assert engine.generation() == seen[-1]
        assert len({"", *seen}) == 3

    def test_a_document_is_replaced_by_one_of_the_same_id(self, engine: Engine) -> None:
        put(engine, make("a", ["old", "old"]), make("b", ["old"]))
        put(engine, make("a", ["new"]))
        assert found(engine, "old") == ["b#1"]
        assert found(engine, "new") == ["a#1"]
        assert [p.text for p in engine.paragraphs("a")] == ["new"]

    def test_a_removed_file_takes_its_document_with_it(self, engine: Engine) -> None:
        put(engine, make("a", ["word"]), make("b", ["word"]))
        with engine.writer() as writer:
            writer.remove(["seeds/a.md", "seeds/never-there.md"])
        assert found(engine, "word") == ["b#1"]
        assert [mark.document for mark in engine.fingerprints()] == ["b"]
        assert list(engine.paragraphs("a")) == []

    def test_values_are_those_of_the_documents_that_are_there(self, engine: Engine) -> None:
        more = {"volume": ("1", "2")}
        put(engine, make("a", ["word"], authors=("李", "Wang"), tags=("x",), lang="zh"))
        put(engine, make("b", ["word"], authors=("Wang",), publisher="Kremlin: a", extra=more))
        assert metadata(engine) == values_of(engine.documents())
        assert engine.values("author") == ["Wang", "李"]
        with engine.writer() as writer:
            writer.remove(["seeds/a.md"])
        assert metadata(engine) == values_of(engine.documents())
        assert engine.values("author") == ["Wang"]
        assert engine.values("volume") == ["1", "2"]
        assert "tag" not in engine.fields()
        assert engine.values("tag") == engine.values("vol") == []

    def test_a_change_that_fails_leaves_everything_as_it_was(self, engine: Engine) -> None:
        put(engine, make("a", ["word"]))

        def fail() -> None:
            with engine.writer() as writer:
                writer.remove(["seeds/a.md"])
                writer.add(make("b", ["word"]))
                raise RuntimeError("power")

        with pytest.raises(RuntimeError, match="power"):
            fail()
        assert found(engine, "word") == ["a#1"]

    def test_nothing_of_a_change_is_seen_before_it_is_whole(self, engine: Engine) -> None:
        put(engine, make("a", ["word"]))
        with engine.writer() as writer:
            writer.add(make("b", ["word"]))
            assert found(engine, "word") == ["a#1"]
        assert found(engine, "word") == ["a#1", "b#1"]

    def test_a_rebuild_holds_only_what_is_added(self, engine: Engine) -> None:
        put(engine, make("a", ["word"]))
        with engine.writer(rebuild=True) as writer:
            writer.add(make("b", ["word"]))
        assert found(engine, "word") == ["b#1"]

    def test_an_id_is_added_once_a_change(self, engine: Engine) -> None:
        with pytest.raises(ValueError, match="twice"):
            put(engine, make("a", ["one"]), make("a", ["two"]))

    def test_skipped_files_and_faults_are_remembered(self, engine: Engine) -> None:
        skipped = Fault("seeds/x.md", None, "binary file", skipped=True)
        bad = Fault("seeds/a.md", 3, "bad date", skipped=False)
        with engine.writer() as writer:
            writer.add(make("a", ["word"])._replace(faults=[bad]))
            writer.skip(Fingerprint("", "seeds/x.md", 1, 2, 3, 4, ""), skipped)
        assert list(engine.faults()) == [bad, skipped]
        marks = [(mark.document, mark.path) for mark in engine.fingerprints()]
        assert marks == [("a", "seeds/a.md"), ("", "seeds/x.md")]
        put(engine, make("a", ["word"]), make("x", ["word"]))
        assert list(engine.faults()) == []

    def test_a_touched_file_keeps_its_document(self, engine: Engine) -> None:
        put(engine, make("a", ["word"]))
        mark = Fingerprint("a", "seeds/a.md", 10, 99, 98, 97, "ab")
        with engine.writer() as writer:
            writer.touch([mark])
        assert list(engine.fingerprints()) == [mark]
        assert found(engine, "word") == ["a#1"]

    def test_paragraphs_come_by_range(self, engine: Engine) -> None:
        put(engine, make("a", ["1", "2", "3", "4"]), make("b", ["9"]))
        assert [p.n for p in engine.paragraphs("a", 2, 3)] == [2, 3]
        assert [p.n for p in engine.paragraphs("a", 3)] == [3, 4]
        assert [p.n for p in engine.paragraphs("a", -5, 1)] == [1]
        assert list(engine.paragraphs("a", 9)) == []
        assert list(engine.paragraphs("nobody")) == []

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("alliance", ["a#1", "a#2", "b#1"]),
            ("=allied", ["b#1"]),
            ("alliance treaty", ["a#1"]),
            ("treaty OR договор", ["a#1", "b#2"]),
            ("alliance -treaty", ["a#2", "b#1"]),
            ("NOT alliance", ["b#2", "c#1"]),
            ('"treaty of alliance"', ["a#1"]),
            ("alliance NEAR/3 treaty", ["a#1"]),
            ("alliance ADJ/3 treaty", []),
            ("treaty ADJ/2 alliance", ["a#1"]),
            ("dog*", []),
            ("дог*", ["b#2"]),
            ("all?ed", ["b#1"]),
            ("traety~2", ["a#1"]),
            ("договоры", ["b#2"]),
            ("俄关", ["c#1"]),
            ("系中", []),
            ("F16", ["a#2"]),
            ("title:pact", ["a#1", "a#2"]),
            ("author:wang alliance", ["b#1"]),
            ('author:"Yi Wang" alliance', ["b#1"]),
            ('author:"Wang Yi" alliance', ["b#1"]),
            ('author:"Wang Wang" alliance', []),
            ("lang:zh", ["c#1"]),
            ("tag:arms", ["a#1", "a#2"]),
            ("id:a", ["a#1", "a#2"]),
            ("path:seeds/b*", ["b#1", "b#2"]),
            ("date:1950", ["a#1", "a#2"]),
            ("date:>=2022-03", ["b#1", "b#2"]),
            ("volume:24", ["c#1"]),
            ("heading:border", ["c#1"]),
            ("kind:footnote", ["b#2"]),
            ("Kind:Footnote", ["b#2"]),
            ("kind:(footnote OR quote)", ["a#2", "b#2"]),
            ("alliance -kind:quote", ["a#1", "b#1"]),
            ("kind:text", ["a#1", "b#1", "c#1"]),
            ("kind:code", []),
            ("speaker:путина", ["a#2"]),
            ('speaker:"V. Putin"', ["b#2"]),
            ("speaker:putin -kind:text", ["b#2"]),
            ("NOT speaker:(putin OR путин)", ["a#1", "b#1", "c#1"]),
            ("speaker:v.putin договор", ["b#2"]),
            ('heading:"of border"', []),
        ],
    )
    def test_each_form_of_the_language(
        self, engine: Engine, query: str, expected: list[str]
    ) -> None:
        put(
            engine,
            told(
                make(
                    "a",
                    ["A treaty of alliance", "An alliance and F-16s"],
                    title="The Pact",
                    date=Date("1950-02-14"),
                    tags=("Arms",),
                ),
                kind="quote",
                speaker="В. Путин",
            ),
            told(
                make("b", ["allied alliances", "Договор"], authors=("Wang Yi",), date=Date("2022")),
                kind="footnote",
                speaker="V. Putin",
            ),
            make(
                "c", ["中俄关系"], ("The border", "of 1860"), lang="zh-Hant", extra={"volume": "24"}
            ),
        )
        assert sorted(found(engine, query)) == expected

    def test_words_that_are_written_as_two_and_as_one_find_each_other(self, engine: Engine) -> None:
        texts = ["an off-shore agree-\nment", "an offshore agreement", "the off shore"]
        put(engine, make("a", [*texts, "сотрудни\xac\nчество¹ растёт"]))
        for query, expected in {
            "offshore": ["a#1", "a#2"],
            "off-shore": ["a#1", "a#2", "a#3"],
            "=offshore": ["a#1", "a#2"],
            "shore": ["a#1", "a#3"],
            '"offshore agreements"': ["a#1", "a#2"],
            '"off-shore agreement"': ["a#1", "a#2"],
            "agreement NEAR/3 offshore": ["a#1", "a#2"],
            "agreement ADJ/1 offshore": [],
            "offsh*": ["a#2"],
            '"сотрудничество растет"': ["a#4"],
        }.items():
            assert sorted(found(engine, query)) == expected, query

    @pytest.mark.parametrize("ways", WAYS, ids=WAYS)
    def test_one_word_is_found_in_every_way_to_write_it(self, engine: Engine, ways: str) -> None:
        """All find each other, that of the query comes first, and a phrase counts it once."""
        written = ways.split(" | ")
        put(engine, make("a", [f"of the {one} that stands here, word for word" for one in written]))
        every = sorted(f"a#{n}" for n in range(1, len(written) + 1))
        for n, one in enumerate(written, 1):
            hits = found(engine, one)
            assert sorted(hits) == every, one
            assert sorted(found(engine, f'"of the {one} that"')) == every, one
            alike = [other for other in written if forms(other) == forms(one)]
            if len(alike) == 1 and not one.startswith("U. "):  # BM25 prefers what is longer
                assert hits[0] == f"a#{n}", one

    def test_an_equals_sign_minds_case_as_soon_as_a_capital_is_written(
        self, engine: Engine
    ) -> None:
        texts = ["They told us so.", "Part XI.", "the US and Xi", "XI JINPING in the U. S.", "Us?"]
        texts += ["McDonald", "MCDONALD", "Mcdonald", "an Off-Shore rig", "an off-shore rig", "МИД"]
        texts += ["U.S. troops", "MИД", "É. Dupont", "é. dupont"]
        put(engine, make("a", texts))
        for query, expected in {
            "=us": "1 3 4 5 12",
            "=US": "3 4 12",
            "=U.S.": "3 4 12",
            "=Us": "5",
            "=Xi": "3",
            "=XI": "2 4",
            "=xi": "2 3 4",
            "=Xi*": "3",
            "=x*": "2 3 4",
            "=*I": "2 4",
            "=McDonald": "6",
            "=OffShore": "9",
            "=offshore": "9 10",
            "=Off-Shore": "9",
            '="the US"': "3 4",
            '="XI Jinping"': "",
            "=US NEAR/3 =Xi": "3",
            "=US -=Xi": "4 12",
            "=МИД": "11 13",
            "=É.": "14",
            "us": "1 3 4 5 12",
        }.items():
            hits = sorted(found(engine, query), key=lambda hit: int(hit[2:]))
            assert hits == [f"a#{n}" for n in expected.split()], query

    def test_every_word_of_a_query_can_mind_case(self, engine: Engine) -> None:
        put(engine, make("a", ["They told us so.", "the US in 1950", "Us alone", "The US armies"]))
        for query, expected in {
            "us": ["a#1"],
            "US": ["a#2", "a#4"],
            "the US": ["a#2"],
            "US army": [],
            "US 1950": ["a#2"],
            "US 19*": ["a#2"],
            "arm*": ["a#4"],
            "Arm*": [],
            "*s": ["a#1", "a#3", "a#4"],
            "Us~1": ["a#1", "a#2", "a#3", "a#4"],
            "uS~1": ["a#1", "a#2", "a#4"],
        }.items():
            node = parse(query, exact="cased")
            assert sorted(found(engine, node)) == expected, query

    def test_the_same_score_is_ordered_by_document_and_number(self, engine: Engine) -> None:
        put(engine, make("b", ["word", "word"]), make("a", ["word", "word"]))
        assert found(engine, "word") == ["a#1", "a#2", "b#1", "b#2"]
        assert found(engine, Everything()) == ["a#1", "a#2", "b#1", "b#2"]

    def test_shorter_paragraphs_and_more_mentions_come_first(self, engine: Engine) -> None:
        filler = "words that stand here to make up a paragraph of some common length "
        put(
            engine,
            make("a", ["pact " + filler * 3, "pact " + filler, "pact pact " + filler, filler]),
        )
        assert found(engine, "pact") == ["a#3", "a#2", "a#1"]

    def test_a_fragment_does_not_come_first_for_being_short(self, engine: Engine) -> None:
        sentence = "a sentence of a dozen words or more that speaks of a pact at last"
        put(engine, make("a", ["Pact", sentence, "nothing of the kind"]))
        assert found(engine, "pact") == ["a#2", "a#1"]

    def test_a_title_and_a_heading_weigh_less_than_the_text_but_count(self, engine: Engine) -> None:
        put(
            engine,
            make("a", ["pact today"]),
            make("b", ["pact today"], title="A pact"),
            make("c", ["pact today"], ("The pact",)),
            make("d", ["pact pact"]),
            make("e", ["nothing here"]),
        )
        assert found(engine, "pact") == ["d#1", "b#1", "c#1", "a#1"]

    def test_words_side_by_side_come_before_words_apart(self, engine: Engine) -> None:
        put(engine, make("a", ["border and old treaty", "border treaty and old", "filler words"]))
        assert found(engine, "border treaty") == ["a#2", "a#1"]

    def test_pages_are_parts_of_one_order(self, engine: Engine) -> None:
        put(engine, *(make(f"d{n}", ["word " * n, "word"]) for n in range(1, 6)))
        whole = found(engine, "word")
        parts = [found(engine, "word", limit=3, offset=at) for at in (0, 3, 6, 9)]
        assert [name for part in parts for name in part] == whole
        assert engine.search(SearchRequest(parse("word"), limit=0)).total == 10

    def test_the_tally_counts_matching_paragraphs_of_each_document(self, engine: Engine) -> None:
        put(engine, make("a", ["word", "no", "word"]), make("b", ["word"]), make("c", ["no"]))
        page = engine.search(SearchRequest(parse("word"), limit=1))
        assert (page.total, dict(page.tally)) == (3, {"a": 2, "b": 1})

    @pytest.mark.parametrize("by", [*GROUPINGS, "volume", "tag", "title", "date"])
    def test_groups_are_counted_as_the_texts_say(self, engine: Engine, by: str) -> None:
        memory = MemoryEngine()
        for one in (engine, memory):
            put(one, *SOURCES)
        for query in COUNTED:
            node = parse(query, fields=("volume",))
            for among in (None, frozenset({"seeds-1", "b", "zh"})):
                request = GroupRequest(node, by, among)
                assert sorted(engine.tally(request), key=str) == sorted(
                    memory.tally(request), key=str
                )

    @pytest.mark.parametrize(
        "others", [None, ("gas", "pipelin", "发展", "天然气", "国家", "-gaspipelin\x02")]
    )
    @pytest.mark.parametrize("by", ["author", "document", "lang", "year"])
    def test_words_are_counted_as_the_texts_say(
        self, engine: Engine, by: str, others: Sequence[str] | None
    ) -> None:
        memory = MemoryEngine()
        for one in (engine, memory):
            put(one, *SOURCES)
        for query in COUNTED:
            request = GroupRequest(parse(query, fields=("volume",)), by)
            expected = counted(memory.words(request, others=others))
            assert counted(engine.words(request, others=others)) == expected

    def test_a_cap_limits_each_group_in_the_order_asked_for(self, engine: Engine) -> None:
        put(
            engine,
            make("a", ["word word", "word"], lang="en"),
            make("b", ["word", "word"], lang="en"),
            make("c", ["word"], lang="ru"),
            make("d", ["word"]),
        )
        assert found(engine, "word", cap=(1, "document")) == ["a#1", "b#1", "c#1", "d#1"]
        assert found(engine, "word", cap=(1, "lang")) == ["a#1", "c#1", "d#1"]

    def test_sorting_by_date_and_title_puts_the_unknown_last(self, engine: Engine) -> None:
        put(
            engine,
            make("a", ["word"], date=Date("2001"), title="beta"),
            make("b", ["word"]),
            make("c", ["word"], date=Date("1950-02"), title="Gamma"),
            make("d", ["word"], date=Date("1950-02-14"), title="alpha"),
        )
        assert found(engine, "word", sort="date") == ["c#1", "d#1", "a#1", "b#1"]
        assert found(engine, "word", sort="-date") == ["a#1", "d#1", "c#1", "b#1"]
        assert found(engine, "word", sort="title") == ["d#1", "a#1", "c#1", "b#1"]

    def test_titles_are_sorted_as_people_look_for_them(self, engine: Engine) -> None:
        """Also where they are in several segments: numbers by size, letters by their alphabets."""
        titles = [
            "Том 2",
            "том 10",
            "Ель",
            "Ёлка",
            "Жук",
            "Part 9",
            "“Part 10”",
            "张家口",
            "王府井",
        ]
        for at, title in enumerate(titles):
            put(engine, make(f"d{at}", ["word"], title=title))
        order = ["Part 9", "“Part 10”", "Ель", "Ёлка", "Жук", "Том 2", "том 10", "王府井", "张家口"]
        wanted = [f"d{titles.index(title)}#1" for title in order]
        assert found(engine, "word", sort="title") == wanted
        assert found(engine, "word", sort="title", limit=3, offset=2) == wanted[2:5]
        put(engine, *(make(f"d{at}", ["word"], title=title) for at, title in enumerate(titles)))
        assert found(engine, "word", sort="title") == wanted

    def test_sorting_by_source_is_the_order_of_the_library(self, engine: Engine) -> None:
        put(engine, make("b", ["word word", "word"]), make("c/a", ["plain", "word"]))
        put(engine, make("a", ["plain word", "word"]))
        wanted = ["a#1", "a#2", "b#1", "b#2", "c/a#2"]
        assert found(engine, "word", sort="source") == wanted
        assert found(engine, "word", sort="source", limit=2, offset=1) == wanted[1:3]
        assert found(engine, "word", sort="source", cap=(1, "document")) == ["a#1", "b#1", "c/a#2"]

    def test_sorting_by_source_has_numbers_by_their_size(self, engine: Engine) -> None:
        names = ["v2/d1", "v2/d9", "v2/d10", "v10/d2", "Ель", "Ёлка"]
        put(engine, *(make(name, ["word", "plain"]) for name in names[::2]))
        put(engine, *(make(name, ["word", "word"]) for name in names[1::2]))
        wanted = [f"{name}#{n}" for name in names for n in (1, 2)]
        wanted = [one for one in wanted if one not in ("v2/d1#2", "v2/d10#2", "Ель#2")]
        assert found(engine, "word", sort="source") == wanted
        assert found(engine, "word", sort="source", limit=3, offset=2) == wanted[2:5]

    def test_coverage_comes_before_score(self, engine: Engine) -> None:
        put(engine, make("a", ["rare", "common plain", "common", "plain", "common"]))
        wanted = [parse("rare"), parse("common"), parse("plain")]
        assert found(engine, "rare OR common OR plain", coverage=wanted)[0] == "a#2"

    def test_a_sound_index_passes_its_check(self, engine: Engine) -> None:
        put(engine, make("a", ["word", "中"]), make("b", ["word"]))
        put(engine, make("a", ["other"]))
        assert engine.check() == []

    def test_paragraphs_with_the_same_words_are_one_hit(self, engine: Engine) -> None:
        licence = "All of it is free to use."
        put(engine, *(unhashed(make(name, [licence, f"free {name}"])) for name in ("a", "b", "c")))
        for sort in ("relevance", "title", "-date"):
            request = SearchRequest(parse("free"), sort=sort)
            for size in (1, 2, 4, 9):
                assert_folded(engine, request, size)
        page = engine.search(SearchRequest(parse("licence OR use"), fold=True))
        assert [(hit.paragraph.id, hit.same) for hit in page.hits] == [("a#1", ("b#1", "c#1"))]
        assert (page.total, len(page.tally), page.more) == (3, 3, False)

    def test_what_the_cap_keeps_out_folds_nothing(self, engine: Engine) -> None:
        put(
            engine,
            unhashed(make("a", ["Peace and peace for all of us.", "Peace."])),
            unhashed(make("b", ["peace", "War, and later on some peace for them."])),
        )
        request = SearchRequest(parse("peace"), cap=(1, "document"), fold=True)
        found = engine.search(request)
        assert {hit.document.id for hit in found.hits} == {"a", "b"}
        assert found.total == 4

    def test_only_what_matches_is_folded(self, engine: Engine) -> None:
        readings = [
            make(name, ["The same words."], date=Date(year))
            for name, year in (("a", "1950"), ("b", "2020"), ("c", "2021"))
        ]
        put(engine, *map(unhashed, readings))
        (hit,) = engine.search(SearchRequest(parse("words date:2020.."), fold=True)).hits
        assert (hit.paragraph.id, hit.same) == ("b#1", ("c#1",))

    def test_kinds_weigh_unless_the_query_names_them(self, engine: Engine) -> None:
        text = "What the treaty said of peace was read by all who were there on that day."
        kinds = ["footnote", "heading", "table", "speaker", "text"]
        put(engine, *(told(make(kind, [text]), kind=kind) for kind in kinds))
        ranked = [hit.paragraph.kind for hit in engine.search(SearchRequest(parse("treaty"))).hits]
        assert ranked == ["text", "speaker", "table", "heading", "footnote"]
        named = engine.search(SearchRequest(parse("treaty (kind:text OR kind:footnote)"))).hits
        assert len({round(hit.score, 6) for hit in named}) == 1

    def test_prose_comes_before_lists_of_names_and_contents(self, engine: Engine) -> None:
        prose = "The treaty that was signed in that year has been kept by both of them since then."
        long = " ".join(["and a good deal more was said about what they had done"] * 9) + "."
        short = {
            "prose": prose,
            "contents": "Treaty of Moscow, Part IV, Annex B, 1949 12 Series 1950 14 Moscow",
            "aside": "[here follows what was said of the treaty and of all that came of it then]",
            "lead": "the message on the treaty that was sent by them to all of us on that day was",
        }
        put(engine, *(make(name, [text]) for name, text in short.items()), make("long", [long] * 9))
        ranked = [hit.document.id for hit in engine.search(SearchRequest(parse("treaty"))).hits]
        assert ranked.index("prose") < ranked.index("contents")
        assert ranked.index("prose") < ranked.index("aside")


def unhashed(reading: Reading) -> Reading:
    """The reading with paragraphs whose hashes the engine makes."""
    return reading._replace(paragraphs=[replace(one, hash="") for one in reading.paragraphs])
