"""The engine over a cluster does what every engine does, and asks no more than it must."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.cluster import CLUSTER, engine_of, forget, needs_cluster
from support.conformance import EngineConformance, make, put
from support.tls_front import Front

from sinorus.engines.port import Engine
from sinorus.model import ParagraphId

pytestmark = needs_cluster


class TestOpenSearch(EngineConformance):
    @pytest.fixture(autouse=True)
    def library(self, tmp_path: Path) -> Iterator[None]:
        yield
        if CLUSTER:
            forget(tmp_path.name)

    def open(self, folder: Path) -> Engine:
        return engine_of(folder.name)


def test_one_document_its_id_and_a_paragraph_are_one_request_each(tmp_path: Path) -> None:
    front = Front(tmp_path, CLUSTER.split(",")[0], tls=False)
    with closing(front), closing(engine_of(tmp_path.name, front.url)) as engine:
        put(engine, *(make(f"press/{n:03}", ["word", f"word {n}"]) for n in range(40)))
        put(engine, make("press/007", ["another"], title="The second"))
        engine.info()  # opens the state, once
        front.requests.clear()
        document = engine.document("press/007")
        assert document is not None
        assert document.title == "The second"
        assert len(front.requests) == 1, front.requests
        front.requests.clear()
        assert engine.find_documents("s/007") == ["press/007"]
        assert len(engine.find_documents("0")) == 4
        assert len(front.requests) == 2, front.requests
        front.requests.clear()
        known = [ParagraphId(f"press/{n:03}", 2) for n in range(40) if n != 7]
        assert engine.paragraph_by_hash(f"{2:08x}") == known
        assert len(front.requests) == 1, front.requests
    forget(tmp_path.name)


def test_the_end_of_an_id_is_no_pattern(tmp_path: Path) -> None:
    ends = ("*", "?", "\\", "a*b", "\\*b", "[b]", "аБ", "б", "𐤀" * 200, "a" * 400)
    suffixes = (*ends, "a*", "*b", "Б", "𐤀" * 150, "𐤀" * 400, "a" * 300)
    names = sorted(f"{number}/{end}" for number, end in enumerate(ends))
    with closing(engine_of(tmp_path.name)) as engine:
        put(engine, *(make(name, ["word"]) for name in names))
        for suffix in suffixes:
            right = [name for name in names if name.endswith(suffix)]
            assert engine.find_documents(suffix) == right, suffix
    forget(tmp_path.name)
