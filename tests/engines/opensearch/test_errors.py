"""What may be wrong with a cluster is said in a sentence, with what to look at."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.cluster import CLUSTER, client, engine_of, needs_cluster
from support.conformance import found, make, put
from support.tls_front import PASSWORD, USER, Front

from sinorus.engines.opensearch.engine import OpenSearchEngine
from sinorus.engines.opensearch.errors import http_error, transient
from sinorus.errors import SinorusError

if TYPE_CHECKING:
    from support.program import Sinorus

pytestmark = needs_cluster
NODE = CLUSTER.split(",")[0]


@pytest.fixture
def library(sinorus: Sinorus, tmp_path: Path, name: str) -> Path:
    """A folder with the settings of a library in a cluster and two documents; it is the current."""
    root = tmp_path / name
    (root / "seeds").mkdir(parents=True)
    (root / "seeds/a.md").write_text("The alliance of 1950.\n")
    (root / "seeds/b.md").write_text("Договор о дружбе.\n")
    (root / "sinorus.toml").write_text(f'engine = "opensearch"\nlibrary_name = "{name}"\n')
    sinorus.cwd = root
    return root


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    made = Front(tmp_path, NODE)
    yield made
    made.close()


def test_a_name_and_a_password_and_an_authority_let_one_in(
    sinorus: Sinorus, library: Path, front: Front
) -> None:
    known = {"SINORUS_URL": front.url, "SINORUS_AUTHORITY": str(front.certificate)}
    known |= {"SINORUS_OPENSEARCH_USER": USER, "SINORUS_OPENSEARCH_PASSWORD": PASSWORD}
    answer = sinorus("index", env=known)
    assert (answer.code, answer.err) == (0, "")
    assert sinorus("search", "alliance", "-c", env=known).out == "1\n"
    netrc = library / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    netrc.chmod(0o600)
    by_file = {name: known[name] for name in ("SINORUS_URL", "SINORUS_AUTHORITY")}
    assert sinorus("search", "alliance", "-c", env={**by_file, "NETRC": str(netrc)}).out == "1\n"


def test_a_wrong_password_is_said(sinorus: Sinorus, library: Path, front: Front) -> None:
    known = {"SINORUS_URL": front.url, "SINORUS_AUTHORITY": str(front.certificate)}
    known |= {"SINORUS_OPENSEARCH_USER": USER, "SINORUS_OPENSEARCH_PASSWORD": "no"}
    answer = sinorus("search", "alliance", env=known)
    assert answer.code == 2
    assert answer.err.startswith(f"error: {front.url} does not know this user and password\n")


def test_a_certificate_that_nobody_vouches_for_is_said(
    sinorus: Sinorus, library: Path, front: Front
) -> None:
    answer = sinorus("search", "alliance", env={"SINORUS_URL": front.url})
    assert answer.code == 2
    assert f"the certificate of {front.url} is not trusted: " in answer.err
    assert "set authority to the file" in answer.err


def test_no_cluster_at_all_is_said_within_the_time(sinorus: Sinorus, library: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    started = time.monotonic()
    answer = sinorus("search", "alliance", env={"SINORUS_URL": url, "SINORUS_TIMEOUT": "2"})
    assert time.monotonic() - started < 15
    assert answer.code == 2
    said = answer.err.splitlines()
    assert said[-2].startswith(f"error: {url} does not answer: ")
    assert said[-1] == "  is it running, and is the url right?"


def test_a_cluster_without_the_library_says_how_to_make_it(sinorus: Sinorus, library: Path) -> None:
    answer = sinorus("search", "alliance", env={"SINORUS_URL": NODE})
    assert answer.code == 2
    assert "there is no index of" in answer.err
    assert answer.err.endswith("run sinorus index\n")


def test_an_index_that_is_closed_to_writing_is_said(name: str) -> None:
    engine = engine_of(name)
    assert isinstance(engine, OpenSearchEngine)
    put(engine, make("a", ["word"]))
    with client() as asked:
        for block, words in (("write", "read-only"), ("read_only_allow_delete", "no room left")):
            setting = {f"index.blocks.{block}": True}
            asked.indices.put_settings(index=engine.address.alias, body=setting)
            with pytest.raises(SinorusError, match=words):
                put(engine, make("b", ["word"]))
            setting = {f"index.blocks.{block}": None}
            asked.indices.put_settings(index=engine.address.alias, body=setting)
    assert found(engine, "word") == ["a#1"]
    put(engine, make("b", ["word"]))
    assert found(engine, "word") == ["a#1", "b#1"]
    engine.close()


def test_an_index_of_a_newer_version_is_said(name: str) -> None:
    engine = engine_of(name)
    assert isinstance(engine, OpenSearchEngine)
    put(engine, make("a", ["word"]))
    index = engine.address.alias
    with client() as asked:
        state = asked.get(index=index, id="state", params={"routing": "state"})
        state["_source"]["stored"]["format"] += 1
        body = state["_source"]
        asked.index(index=state["_index"], id="state", body=body, params={"routing": "state"})
    with pytest.raises(SinorusError, match="made by a newer version of sinorus"):
        engine_of(name).info()
    engine.close()


def test_a_busy_cluster_is_asked_again(name: str, tmp_path: Path) -> None:
    front = Front(tmp_path, NODE, tls=False)
    front.busy = 3
    engine = engine_of(name, front.url)
    put(engine, make("a", ["word"]), make("b", ["word"]))
    assert found(engine, "word") == ["a#1", "b#1"]
    assert (front.busy, front.refused) == (0, 3)
    engine.close()
    front.close()


def test_a_document_that_the_cluster_refuses_is_named_and_the_rest_is_there(name: str) -> None:
    engine = engine_of(name)
    long = make("x" * 33_000, ["word"])
    path = "seeds/long.md"
    with engine.writer() as writer:
        writer.add(make("a", ["word"]))
        writer.add(long._replace(fingerprint=long.fingerprint._replace(path=path)))
    (fault,) = engine.faults()
    assert (fault.path, fault.skipped) == (path, True)
    assert "the cluster does not take it: " in fault.reason
    assert found(engine, "word") == ["a#1"]
    assert engine.check() == []
    assert [known.document for known in engine.fingerprints()] == ["a", ""]
    engine.close()


def test_a_pattern_of_too_many_words_in_a_phrase_is_said(name: str) -> None:
    engine = engine_of(name)
    words = ["w" + "".join(letters) for letters in product("abcdefghijkl", repeat=3)]
    put(engine, make("a", [" ".join(words)]))
    assert found(engine, "w*") == ["a#1"]
    with pytest.raises(SinorusError, match="stands for too many words") as fault:
        found(engine, "waaa NEAR/3 w*")
    assert fault.value.hint == "write more of the word"
    engine.close()


def test_a_node_that_goes_while_another_asks_it_is_asked_for_again() -> None:
    cause = {"type": "node_disconnected_exception", "reason": "[n2] disconnected"}
    error = {"type": "search_phase_execution_exception", "failed_shards": [{"reason": cause}]}
    assert transient(http_error(500, error))
    error = {"type": "search_phase_execution_exception", "failed_shards": []}
    assert not transient(http_error(500, error))
