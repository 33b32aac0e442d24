"""Several who write to one cluster, and those who are stopped while they do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.cluster import CLUSTER, client, engine_of, forget, indices, needs_cluster
from support.conformance import found, make, put

from sinorus.engines.opensearch.engine import OpenSearchEngine
from sinorus.engines.port import Engine
from sinorus.errors import IndexLockedError, SinorusError

pytestmark = needs_cluster
DOCUMENTS = 400


@pytest.fixture
def engine(name: str) -> Iterator[Engine]:
    with closing(engine_of(name)) as made:
        yield made


def test_libraries_do_not_see_each_others_documents(engine: Engine, name: str) -> None:
    other = engine_of(f"{name}-other")
    put(engine, make("a", ["ours"]))
    put(other, make("a", ["theirs"]), make("b", ["theirs"]))
    assert found(engine, "ours OR theirs") == ["a#1"]
    assert found(other, "ours OR theirs") == ["a#1", "b#1"]
    other.close()
    forget(f"{name}-other")


def test_a_second_writer_is_told_who_is_at_work(engine: Engine, name: str) -> None:
    other = engine_of(name)
    with engine.writer() as writer:
        writer.add(make("a", ["word"]))
        with (
            pytest.raises(IndexLockedError, match=r"@.* is writing the index of"),
            other.writer(wait=0.3),
        ):
            pass
    put(other, make("b", ["word"]))
    assert found(other, "word") == ["a#1", "b#1"]
    other.close()


def test_who_reads_is_not_disturbed_by_a_change(engine: Engine, name: str) -> None:
    put(engine, make("a", ["old"]), make("b", ["old"]))
    reader = engine_of(name)
    assert found(reader, "old") == ["a#1", "b#1"]
    put(engine, make("a", ["new"]))
    assert found(reader, "old") == ["a#1", "b#1"]
    assert found(reader, "new") == []
    reader.info()
    assert found(reader, "old OR new") == ["a#1", "b#1"]
    with engine.writer(rebuild=True) as writer:
        writer.add(make("c", ["new"]))
    assert found(reader, "old OR new") == ["c#1"]
    reader.close()


def test_a_failed_rebuild_leaves_nothing_behind(engine: Engine, name: str) -> None:
    put(engine, make("a", ["word"]))
    before = indices(name)

    def fail() -> None:
        with engine.writer(rebuild=True) as writer:
            writer.add(make("b", ["word"]))
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        fail()
    assert indices(name) == before
    assert found(engine, "word") == ["a#1"]


def test_what_an_interrupted_rebuild_began_goes_with_the_next_change(
    engine: Engine, name: str
) -> None:
    put(engine, make("a", ["word"]))
    before = indices(name)

    def interrupt() -> None:
        with engine.writer(rebuild=True) as writer:
            writer.add(make("b", ["word"]))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
    assert len(indices(name)) == len(before) + 1
    put(engine, make("b", ["word"]))
    assert indices(name) == before
    assert found(engine, "word") == ["a#1", "b#1"]


def test_a_writer_whose_lock_was_taken_over_commits_nothing(
    engine: Engine, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(engine, OpenSearchEngine)
    put(engine, make("a", ["word"]))

    def overtaken() -> None:
        with engine.writer() as writer:
            writer.add(make("b", ["word"]))
            # As if it had slept for an hour and another had come.
            now = time.time()
            monkeypatch.setattr("sinorus.engines.opensearch.lock.time", lambda: now + 3600)
            other = engine_of(name)
            put(other, make("c", ["word"]))
            other.close()

    with pytest.raises(SinorusError, match="took over"):
        overtaken()
    engine.info()
    assert found(engine, "word") == ["a#1", "c#1"]
    assert engine.check() == []


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    (root / "seeds").mkdir(parents=True)
    for number in range(DOCUMENTS):
        filling = "\n\n".join(f"filler {number} {n} " * 60 for n in range(30))
        (root / f"seeds/{number:04}.md").write_text(f"word {number}\n\n{filling}\n")
    (root / "sinorus.toml").write_text(f'engine = "opensearch"\nlibrary_name = "{name}"\n')
    command = [sys.executable, "-m", "sinorus", "index", "--quiet"]
    environment = {**os.environ, "SINORUS_URL": CLUSTER}
    run = subprocess.Popen(command, cwd=root, env=environment, start_new_session=True)
    sent = 0
    with client() as asked:
        pattern = f"sinorus-{name}.0*"
        until = time.monotonic() + 60
        while sent < 7_000 and time.monotonic() < until:
            assert run.poll() is None, "the run ended before it could be killed"
            time.sleep(0.05)
            stats = asked.indices.stats(index=pattern, metric="indexing")["_all"]["primaries"]
            sent = stats.get("indexing", {}).get("index_total", 0)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        time.sleep(3)  # what was under way arrives, and its readers end with it
        stats = asked.indices.stats(index=pattern, metric="indexing")["_all"]["primaries"]
        sent = stats["indexing"]["index_total"]
        asked.delete(index=f"sinorus-{name}.lock", id="writer")  # or wait for a minute
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        stats = asked.indices.stats(index=pattern, metric="indexing")["_all"]["primaries"]
        total = stats["indexing"]["index_total"]
    whole = DOCUMENTS * 32 + 1
    assert whole <= total < whole + sent, "what had been sent was sent again"
    words = {"SINORUS_URL": CLUSTER, **os.environ}
    count = [sys.executable, "-m", "sinorus", "search", "word", "-c"]
    answer = subprocess.run(count, cwd=root, env=words, capture_output=True, check=True)
    assert answer.stdout == f"{DOCUMENTS}\n".encode()
    check = [sys.executable, "-m", "sinorus", "status", "--check", "--json"]
    answer = subprocess.run(check, cwd=root, env=words, capture_output=True, check=True)
    assert b'"damage":[]' in answer.stdout.replace(b" ", b"").replace(b"\n", b"")
