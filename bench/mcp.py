"""How soon `mcp` answers an assistant: from its start, and what a call costs beside the search.

The server is a process of its own, over pipes; beside its start is that of a Python which imports
the SDK and does nothing. Each question is also asked of the library in this process, warm as the
server's is: what a call takes beyond that is reading and writing messages, rendering, fitting the
answer, and the check that the index is still the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.common import (
    REPOSITORY,
    TIMES,
    Sample,
    clocked,
    environment,
    indexed_library,
    library_arguments,
    parser,
    percentile,
    plain_environment,
    table,
    tell,
    times,
)
from sinorus import Library
from sinorus.model import Query

QUERIES = (
    *("alliance treaty", "сотрудничество", "中国 苏联", '"the united states" oil'),
    *("soviet NEAR/8 border", "права человека OR human rights", "nuclear*", "Khrushchov~1"),
)
SDK = "import gc, os; gc.disable(); import mcp.server.lowlevel, mcp.server.stdio; os._exit(0)"
"""What no server of the SDK can do without."""
CALLS = 200
BAR_START, BAR_CALL, BAR_MEMORY = 1_000, 20, 2_000
"""Milliseconds to the first answer and beyond each search; kilobytes that 200 calls may leave when
as many have been answered before.
"""


class Server:
    """The server of a library, greeted."""

    def __init__(self, library: Path) -> None:
        begun = perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sinorus", "--library", str(library), "mcp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=plain_environment(library.parent) | {"PYTHONPATH": str(REPOSITORY)},
        )
        self._number = 0
        client = {"name": "bench", "version": "1"}
        hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
        self.ask("initialize", hello)
        self.started = Sample((perf_counter() - begun) * 1000, self.cpu())
        self._send({"method": "notifications/initialized", "params": {}})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The answer to a request."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        if self.process.stdout is None:
            raise SystemExit("there is no output")
        return json.loads(self.process.stdout.readline())["result"]

    def _send(self, message: dict[str, Any]) -> None:
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps({"jsonrpc": "2.0"} | message).encode() + b"\n")
            self.process.stdin.flush()

    def search(self, query: str) -> Any:
        """The answer of the tool."""
        return self.ask("tools/call", {"name": "search", "arguments": {"query": query}})

    def cpu(self) -> float:
        """Milliseconds of CPU that all its threads have taken, where Linux says it."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def memory(self) -> int:
        """Its kilobytes, where Linux says it."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().split("\n")
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])

    def close(self) -> None:
        """Ends it."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()


def calls(library: Path, number: int) -> tuple[list[Sample], list[Sample], int]:
    """What calls take and what the same searches take here; kilobytes that were left behind."""
    server, here = Server(library), Library.at(library)

    def search(text: str) -> None:
        here.search(here.understand(Query(text, limit=10, elsewhere=True)), update=False)

    for text in QUERIES:
        server.search(text)
        search(text)
    called, searched = [], []
    for at in range(number):
        text = QUERIES[at % len(QUERIES)]
        cpu, begun = server.cpu(), perf_counter()
        server.search(text)
        called.append(Sample((perf_counter() - begun) * 1000, server.cpu() - cpu))
        searched.append(clocked(lambda text=text: search(text)))  # type: ignore[misc]
    before = server.memory()
    for at in range(number):
        server.search(QUERIES[at % len(QUERIES)])
    left = server.memory() - before
    server.close()
    here.close()
    return called, searched, left


def main() -> None:
    """Measures, and prints both tables."""
    arguments = parser(__doc__)
    library_arguments(arguments)
    arguments.add_argument("--starts", type=int, default=7)
    given = arguments.parse_args()
    with indexed_library(given) as library:
        tell("starts …")
        starts, alone = [], []
        for _ in range(given.starts):
            alone.append(clocked(lambda: subprocess.run([sys.executable, "-c", SDK], check=True)))
            server = Server(library)
            starts.append(server.started)
            server.close()
        tell("calls …")
        called, searched, left = calls(library, CALLS)
    print(environment(("mcp", "pydantic")), end="\n\n")
    beyond = [
        Sample(one.wall - other.wall, one.cpu - other.cpu)
        for one, other in zip(called, searched, strict=True)
    ]
    rows = [["the SDK alone, imported", *times(alone)]]
    rows += [["start to the first answer", *times(starts)]]
    rows += [["a call of search", *times(called, 1)], ["the search alone", *times(searched, 1)]]
    rows += [["beyond the search", *times(beyond, 1)]]
    print(table(("ms", *TIMES), rows))
    short = percentile(beyond) > BAR_CALL or left > BAR_MEMORY
    short = short or median(one.wall for one in starts) > BAR_START
    print(
        f"\nbars: start {BAR_START} ms, {BAR_CALL} ms beyond the search (p95), "
        f"{BAR_MEMORY} kB left by {CALLS} calls ({left} kB): {'short' if short else 'ok'}"
    )


if __name__ == "__main__":
    main()
