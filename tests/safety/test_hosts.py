"""Whom the program speaks to: a host that its user named, and nobody that only a library named.

The servers are real, on loopback, and write down each connection and each request.
"""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sinorus.engines.opensearch.schema import FORMAT
from sinorus.text.tokens import FINGERPRINT

if TYPE_CHECKING:
    from support.program import Sinorus

SECRET = {"SINORUS_OPENSEARCH_USER": "reader", "SINORUS_OPENSEARCH_PASSWORD": "secret"}
AUTHORIZATION = "Basic " + base64.b64encode(b"reader:secret").decode()
WORD = "alliance"
ASKING = [
    ("search", WORD),
    ("search", WORD, "--json", "--no-update"),
    ("search", WORD, "-c"),
    ("search", WORD, "--group-by", "lang"),
    ("search", "title:pact", "--kwic"),
    ("show", "carnegie/pact#1"),
    ("compare", WORD, "--by", "lang"),
    ("compare", "carnegie/pact", "notes"),
    ("sources",),
    ("status",),
    ("status", "--check", "--json"),
    ("index",),
    ("index", "--rebuild"),
]
"""Every command that opens the index of a library."""
SILENT = [("add", "new.md"), ("init",), ("completion", "bash"), ("--version",), ("--help",)]
"""Those that do not."""


@dataclass
class Request:
    """What a server was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Recorder:
    """A server that writes down what it gets; `answer` says what it gives: 404, if not set."""

    connections: int = 0
    requests: list[Request] = field(default_factory=list)
    answer: Callable[[Request], tuple[int, dict[str, str], Any]] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def forget(self) -> None:
        self.connections = 0
        self.requests.clear()


def serve(recorder: Recorder) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return None

        def record(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, body)
            recorder.requests.append(request)
            given = recorder.answer(request) if recorder.answer else (404, {}, {"error": "no"})
            content = json.dumps(given[2]).encode()
            self.send_response(given[0])
            for name, value in given[1].items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_CONNECT = record  # noqa: N815

    class Server(ThreadingHTTPServer):
        def verify_request(self, request: Any, address: Any) -> bool:
            recorder.connections += 1
            return True

    server = Server(("127.0.0.1", 0), Handler)
    recorder.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def recorders() -> Iterator[Callable[[], Recorder]]:
    servers = []

    def made() -> Recorder:
        recorder = Recorder()
        servers.append(serve(recorder))
        return recorder

    yield made
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def recorder(recorders: Callable[[], Recorder]) -> Recorder:
    return recorders()


def says(root: Path, text: str) -> None:
    (root / "sinorus.toml").write_text(text)


def user_says(sinorus: Sinorus, text: str) -> Path:
    path = sinorus.home / "config" / "sinorus" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def as_url(url: str) -> str:
    return f"engine = 'opensearch'\nurl = {json.dumps(url)}\n"


def as_engine(url: str) -> str:
    return f"engine = {json.dumps('opensearch+' + url)}\n"


@pytest.mark.parametrize("text", [as_url, as_engine])
def test_a_host_that_only_a_library_names_is_sent_nothing_by_any_command(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, text: Callable[[str], str]
) -> None:
    says(own_press, text(recorder.url))
    (own_press / "new.md").write_text("# New\n\nSome words.\n")
    (sinorus.home / ".netrc").write_text("machine 127.0.0.1 login reader password secret\n")
    user = sinorus.home / "config" / "sinorus" / "config.toml"
    for command in ASKING:
        answer = sinorus(*command, env=SECRET)
        assert (answer.code, answer.out) == (2, ""), command
        sentence, hint = answer.err.splitlines()
        assert sentence.startswith(f"error: {own_press / 'sinorus.toml'} would have "), command
        assert f" sent to {recorder.url}, " in sentence
        assert f'put hosts = ["{recorder.url}"] into {user} or set SINORUS_HOSTS' in hint
    for command in SILENT:
        assert sinorus(*command, env=SECRET).code == 0, command
    assert recorder.connections == 0


def test_a_library_with_the_index_in_its_folder_and_a_url_sends_nothing_either(
    sinorus: Sinorus, own_press: Path, recorder: Recorder
) -> None:
    says(own_press, f'url = "{recorder.url}"\n')
    for command in ASKING:
        answer = sinorus(*command, env=SECRET)
        assert answer.code == 0, (command, answer)
        told = f"sent to {recorder.url}, a host that you have not named" in answer.err
        assert told is (command[0] == "status"), (command, answer.err)
    assert sinorus("--engine", "opensearch", "search", WORD, env=SECRET).code == 2
    assert sinorus("search", WORD, env={"SINORUS_ENGINE": "opensearch", **SECRET}).code == 2
    assert recorder.connections == 0


def test_nobody_is_asked_for_the_address_of_an_unnamed_host(
    sinorus: Sinorus, own_press: Path, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    told = tmp_path / "told"
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import sys\n"
        f"told = open({str(told)!r}, 'a')\n"
        "names = ['socket.' + name for name in ('getaddrinfo', 'gethostbyname', 'connect')]\n"
        "sys.addaudithook(lambda name, _: told.write(name + '\\n') if name in names else None)\n"
        "sys.addaudithook(lambda name, _: told.flush() if name in names else None)\n"
    )
    watched = {"PYTHONPATH": f"{tmp_path / 'site'}:{Path(__file__).parents[2]}"}
    says(own_press, as_url("http://nobody.invalid:9200"))
    for command in ASKING:
        assert sinorus(*command, env=watched).code == 2
    assert told.read_text() == ""
    sinorus("status", env={**watched, "SINORUS_HOSTS": "http://nobody.invalid:9200"})
    assert "socket.getaddrinfo" in told.read_text()


WAYS: dict[str, Callable[[Sinorus, str], tuple[list[str], dict[str, str]]]] = {
    "hosts in config.toml": lambda program, url: (
        [],
        {"": str(user_says(program, f'hosts = ["https://else.example", "{url}"]\n'))},
    ),
    "url in config.toml": lambda program, url: ([], {"": str(user_says(program, f'url="{url}"'))}),
    "engine in config.toml": lambda program, url: (
        [],
        {"": str(user_says(program, f'engine="opensearch+{url}"'))},
    ),
    "SINORUS_HOSTS": lambda _, url: ([], {"SINORUS_HOSTS": f"https://else.example {url}"}),
    "SINORUS_HOSTS with commas": lambda _, url: ([], {"SINORUS_HOSTS": f"{url},http://[::1]:1"}),
    "SINORUS_URL": lambda _, url: ([], {"SINORUS_URL": url}),
    "SINORUS_ENGINE": lambda _, url: ([], {"SINORUS_ENGINE": f"opensearch+{url}"}),
    "--engine": lambda _, url: (["--engine", f"opensearch+{url}"], {}),
    "a longer path": lambda _, url: ([], {"SINORUS_HOSTS": f"{url}/cluster"}),
    "capitals": lambda _, url: ([], {"SINORUS_HOSTS": url.replace("http", "HTTP")}),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_host_that_the_user_names_is_asked_with_his_password(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, way: str
) -> None:
    says(own_press, as_url(recorder.url))
    flags, named = WAYS[way](sinorus, recorder.url)
    named.pop("", None)
    assert sinorus(*flags, "search", WORD, env={**named, **SECRET}).code == 2
    assert recorder.requests
    assert {one.headers.get("authorization") for one in recorder.requests} == {AUTHORIZATION}


def test_every_command_that_opens_the_index_asks_a_named_host(
    sinorus: Sinorus, own_press: Path, recorder: Recorder
) -> None:
    """Without this the silence above would prove nothing."""
    says(own_press, as_url(recorder.url))
    for command in ASKING:
        recorder.forget()
        answer = sinorus(*command, env={"SINORUS_HOSTS": recorder.url})
        assert answer.code in (0, 2), (command, answer)  # a cluster without an index, to `status`
        assert recorder.requests, command
        assert not any("authorization" in one.headers for one in recorder.requests)


def test_an_index_is_copied_to_the_host_that_the_flag_names(
    sinorus: Sinorus, own_press: Path, recorders: Callable[[], Recorder]
) -> None:
    named, unnamed = recorders(), recorders()
    says(own_press, f'url = "{unnamed.url}"\n')
    assert sinorus("index", "--to", named.url, env=SECRET).code == 2
    assert named.requests
    assert {one.headers.get("authorization") for one in named.requests} == {AUTHORIZATION}
    assert unnamed.connections == 0


@pytest.mark.parametrize("engine", ["opensearch", "whoosh"])
def test_a_library_may_choose_the_engine_of_the_users_own_host(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, engine: str
) -> None:
    says(own_press, f'engine = "{engine}"\n')
    sinorus("status", env={"SINORUS_URL": recorder.url})
    assert recorder.requests


@pytest.mark.parametrize(
    "named",
    [
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "https://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://127.0.0.2:{port}",
        "http://[::1]:{port}",
        "http://127.0.0.1.example:{port}",
    ],
)
def test_a_host_that_is_only_like_the_named_one_is_sent_nothing(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, named: str
) -> None:
    says(own_press, as_url(recorder.url))
    hosts = named.format(port=recorder.port)
    answer = sinorus("search", WORD, env={"SINORUS_HOSTS": hosts, **SECRET})
    assert answer.code == 2
    assert f"sent to {recorder.url}, a host that you have not named" in answer.err
    assert recorder.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "{good},http://127.0.0.1:{port}",
        "http://127.0.0.1:{port},{good}",
        "{good}@127.0.0.1:{port}",
        "http://user:pass@127.0.0.1:{port}",
        "http://good.example@127.0.0.1:{port}",
        "http://good.example\\@127.0.0.1:{port}",
        "http://good.example:9200#@127.0.0.1:{port}",
        "http://good.example:9200?@127.0.0.1:{port}",
        "http://good.example:9200/@127.0.0.1:{port}",
        "http://good.example:9200\\\\127.0.0.1:{port}",
        "http://127.0.0.1:{port}#http://good.example:9200",
        "http://127.0.0.1:{port}/http://good.example:9200",
        "http://127.0.0.1:{port}\nhttp://good.example:9200",
        "http://127.0.0.1\t:{port}",
        "http://127.0.0.1\r\n:{port}",
        "http://127.0.0.1\0:{port}",
        "http://127.0.0.1.:{port}",
        "http://127.1:{port}",
        "http://2130706433:{port}",
        "http://0x7f000001:{port}",
        "http://[::ffff:127.0.0.1]:{port}",
        "http://１２７.0.0.1:{port}",
        "http://127。0。0。1:{port}",
        "http:127.0.0.1:{port}",
        "http:///127.0.0.1:{port}",
        "//127.0.0.1:{port}",
        "HTTP://127.0.0.1:{port}/",
        "opensearch+http://127.0.0.1:{port}",
        "{good}, opensearch+http://127.0.0.1:{port}",
    ],
)
def test_no_spelling_of_an_address_reaches_a_host_that_is_not_named(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, url: str
) -> None:
    good = "http://good.example:9200"
    text = url.format(good=good, port=recorder.port)
    for settings in (as_url(text), as_engine(text)):
        says(own_press, settings)
        answer = sinorus("search", WORD, env={"SINORUS_HOSTS": good, **SECRET})
        assert (answer.code, answer.out) == (2, "")
        assert "Traceback" not in answer.err
        assert "pass@" not in answer.err
    assert recorder.connections == 0


@pytest.mark.parametrize(
    ("library", "user"),
    [
        ("http://LOCALHOST:{port}/", "http://localhost:{port}"),
        ("http://localhost.:{port}", "http://localhost:{port}"),
        ("http://localhost:{port}", "http://Localhost.:{port}"),
        ("http://127.0.0.1:{port}/cluster/", "http://127.0.0.1:{port}"),
    ],
)
def test_one_host_may_be_spelled_in_two_ways(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, library: str, user: str
) -> None:
    says(own_press, as_url(library.format(port=recorder.port)))
    sinorus("search", WORD, env={"SINORUS_HOSTS": user.format(port=recorder.port)})
    assert recorder.requests


def state() -> dict[str, Any]:
    """What a cluster knows of a library: with it the program goes on to what it wants to know."""
    counts = {"generation": 1, "documents": 4, "paragraphs": 8, "words": 99, "dead": []}
    of_version = {"format": FORMAT, "analysis": FINGERPRINT}
    made = {"updated": "2026-11-22T10:00:00Z", "by": "user@host"}
    source = {"kind": "state", "stored": {**counts, **of_version, **made}}
    place = {"_index": "sinorus-library.000001", "_seq_no": 1, "_primary_term": 1}
    return {**place, "found": True, "_source": source}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_of_a_named_host_is_not_followed(
    sinorus: Sinorus, own_press: Path, recorders: Callable[[], Recorder], status: int
) -> None:
    named, other = recorders(), recorders()

    def answer(request: Request) -> tuple[int, dict[str, str], Any]:
        if "/_doc/state" in request.path and request.method == "GET" and late:
            return 200, {}, state()
        return status, {"Location": f"{other.url}{request.path}"}, {"error": "elsewhere"}

    named.answer = answer
    says(own_press, as_url(named.url))
    env = {"SINORUS_HOSTS": named.url, **SECRET}
    for late in (False, True):
        for command in (("search", WORD), ("show", "notes#1"), ("sources",), ("index",)):
            assert sinorus(*command, env=env).code == 2, (command, late)
    stem = WORD.removesuffix("e").encode()
    assert any(stem in one.body for one in named.requests)  # so there was something to send on
    assert AUTHORIZATION in {one.headers.get("authorization") for one in named.requests}
    assert other.connections == 0


def test_no_proxy_of_the_environment_gets_what_is_for_the_host(
    sinorus: Sinorus, own_press: Path, recorders: Callable[[], Recorder]
) -> None:
    named, proxy = recorders(), recorders()
    says(own_press, as_url(named.url))
    names = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    env = {**dict.fromkeys(names, proxy.url), "SINORUS_HOSTS": named.url, **SECRET}
    env |= {"no_proxy": "", "NO_PROXY": ""}
    assert sinorus("search", WORD, env=env).code == 2
    assert named.requests
    assert proxy.connections == 0


def test_no_other_nodes_are_looked_for(
    sinorus: Sinorus, own_press: Path, recorders: Callable[[], Recorder]
) -> None:
    """A cluster may tell a client to go to any address for its next question."""
    named, other = recorders(), recorders()
    published = {"publish_address": f"127.0.0.1:{other.port}"}
    nodes = {"nodes": {"a": {"http": published, "roles": ["data"]}}}
    named.answer = lambda request: (200, {}, {**state(), **nodes})
    says(own_press, as_url(named.url))
    for command in ASKING:
        sinorus(*command, env={"SINORUS_HOSTS": named.url, **SECRET})
    assert named.requests
    assert not any(one.path.startswith("/_nodes") for one in named.requests)
    assert other.connections == 0


def test_a_netrc_is_for_the_hosts_it_names(
    sinorus: Sinorus, own_press: Path, recorder: Recorder
) -> None:
    netrc = sinorus.home / ".netrc"
    netrc.write_text("machine localhost login reader password secret\ndefault login all\n")
    says(own_press, as_url(recorder.url))
    sinorus("search", WORD, env={"SINORUS_HOSTS": recorder.url})
    assert recorder.requests
    assert not any("authorization" in one.headers for one in recorder.requests)
    netrc.write_text("machine 127.0.0.1 login reader password secret\n")
    recorder.forget()
    sinorus("search", WORD, env={"SINORUS_HOSTS": recorder.url})
    assert {one.headers.get("authorization") for one in recorder.requests} == {AUTHORIZATION}


def test_a_library_may_not_list_hosts(
    sinorus: Sinorus, own_press: Path, recorder: Recorder
) -> None:
    says(own_press, f'{as_url(recorder.url)}hosts = ["{recorder.url}"]\n')
    answer = sinorus("search", WORD, env=SECRET)
    assert answer.code == 2
    assert "a library may not set 'hosts'" in answer.err
    assert recorder.connections == 0


@pytest.mark.parametrize(
    "hosts", ["search.example", "https://me:secret@search.example", "https://"]
)
def test_a_host_that_cannot_be_read_allows_nothing(
    sinorus: Sinorus, own_press: Path, recorder: Recorder, hosts: str
) -> None:
    says(own_press, as_url(recorder.url))
    answer = sinorus("search", WORD, env={"SINORUS_HOSTS": hosts})
    assert answer.code == 2
    assert "secret" not in answer.err
    assert recorder.connections == 0
