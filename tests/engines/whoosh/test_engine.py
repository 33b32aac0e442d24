"""The embedded engine does what every engine does, and what only an index on disk can."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.conformance import EngineConformance, found, make, put, told

from sinorus.engines.port import Engine
from sinorus.engines.whoosh.engine import WhooshEngine
from sinorus.model import KINDS, Place, Styled


class TestWhoosh(EngineConformance):
    def open(self, folder: Path) -> Engine:
        return WhooshEngine(folder)

    def test_another_process_sees_what_was_committed(self, engine: Engine, tmp_path: Path) -> None:
        put(engine, make("a", ["word"]))
        other = self.open(tmp_path)
        assert found(other, "word") == ["a#1"]
        other.close()

    def test_a_large_change_is_spread_and_still_whole(self, engine: Engine) -> None:
        names = [f"d{n:03}" for n in range(120)]
        put(engine, *(make(name, [f"filler {name} " * 200, "word"]) for name in names))
        assert found(engine, "word") == [f"{name}#2" for name in names]
        assert found(engine, "d077") == ["d077#1"]
        assert engine.check() == []

    def test_what_is_known_of_paragraphs_goes_through_processes_and_merges(
        self, engine: Engine
    ) -> None:
        readings = [
            told(
                make(f"d{n:03}", [f"filler {n} " * 200, "a word\nor two"]),
                kind=KINDS[n % len(KINDS)],
                speaker=(None, "В. Путин", "Wang Yi")[n // 4 % 3],
                places=((), (Place(0, 4, 2), Place(7, 5, 0)), (Place(0, 4, 9), Place(3, 5, 1)))[
                    n % 3
                ],
                spans=((), (Styled(2, 6, "link", f"#\n{n}"),))[n % 2],
                noted_by=((), (1,))[n // 5 % 2],
            )
            for n in range(120)
        ]
        put(engine, *readings)
        for reading in readings[:24:2]:
            put(engine, reading)
        with engine.writer() as writer:
            writer.remove([reading.fingerprint.path for reading in readings[60:]])
        for reading in readings[:60]:
            name = reading.fingerprint.document
            assert list(engine.paragraphs(name)) == reading.paragraphs, name
        footnotes = [f"d{n:03}#2" for n in range(6, 60, len(KINDS))]
        assert sorted(found(engine, "kind:footnote")) == footnotes
        spoken = [f"d{n:03}#2" for n in range(60) if n // 4 % 3 == 1]
        assert sorted(found(engine, "word speaker:путина")) == spoken
        assert sorted(found(engine, "speaker:путина")) == spoken
        assert engine.check() == []

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.sets(st.text("ab/éж", min_size=1, max_size=5)), st.lists(st.text("ab/éж", max_size=4))
    )
    def test_ids_are_found_by_any_ending(self, ids: set[str], ends: list[str]) -> None:
        some, others = sorted(ids)[::2], sorted(ids)[1::2]
        with TemporaryDirectory() as folder, closing(self.open(Path(folder))) as engine:
            put(engine, *(make(name, ["word"]) for name in [*some, *others[:2]]))
            put(engine, *(make(name, ["word"]) for name in others))
            for end in [*ends, *ids]:
                right = [name for name in sorted(ids) if name.endswith(end)]
                assert engine.find_documents(end) == right

    def test_many_small_changes_come_to_the_same_as_one(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        whole = WhooshEngine(tmp_path / "whole")
        put(whole, *(make(f"d{n}", [f"word {n % 5}", "treaty"]) for n in range(12)))
        for n in range(12):
            put(engine, make(f"d{n}", ["an earlier word"]))
        for n in reversed(range(12)):
            put(engine, make(f"d{n}", [f"word {n % 5}", "treaty"]))
        for query in ("word", "treaty", '"word 3"', "earlier", "word NOT 3", "t*"):
            assert found(engine, query) == found(whole, query)
        assert engine.check() == []
        whole.close()
