"""Clusters of our own: real nodes on this machine, to be stopped, started and killed by tests."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "shared" / "tools" / "opensearch-local.sh"
_HOME = os.environ.get("SINORUS_TEST_OPENSEARCH_HOME", "")
"""Where the program of the nodes was unpacked by whoever set up the cluster of these tests."""
needs_nodes = pytest.mark.skipif(
    not (_HOME and SCRIPT.is_file()),
    reason="SINORUS_TEST_OPENSEARCH_HOME names no OpenSearch to start nodes of",
)


class LocalCluster:
    """Some nodes at ports of their own, in a folder that other users may look into.

    They refuse to run as root, and the folders of a test are for its own user alone.
    """

    def __init__(self, nodes: int, port: int) -> None:
        self.nodes, self.port = nodes, port
        self._started: list[subprocess.Popen[bytes]] = []
        # Where the program is: each node has links to its files, which reach no other file system.
        self.folder = folder = Path(tempfile.mkdtemp(prefix="sinorus-nodes-", dir=_HOME))
        folder.chmod(0o755)
        (folder / "dist").symlink_to(Path(_HOME) / "dist")
        self.environment = {
            **os.environ,
            "OS_LOCAL_DIR": str(folder),
            "OS_HTTP_BASE": str(port),
            "OS_TR_BASE": str(port + 50),
        }
        self._script("up", str(nodes))

    @property
    def urls(self) -> list[str]:
        """The addresses of all nodes."""
        return [f"http://127.0.0.1:{self.port + number}" for number in range(1, self.nodes + 1)]

    def _script(self, *arguments: str) -> None:
        done = subprocess.run(
            ["bash", str(SCRIPT), *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, done.stdout.decode()

    def pid(self, number: int) -> int:
        """The process of a node."""
        return int((self.folder / f"n{number}.pid").read_text())

    def kill(self, number: int) -> None:
        """Ends a node as a power failure would."""
        os.kill(self.pid(number), signal.SIGKILL)

    def start(self, number: int) -> None:
        """Starts a node that was killed again, with all that it had, as the script does."""
        home = self.folder / f"n{number}"
        user: list[str] = []
        if os.getuid() == 0:
            name = os.environ.get("OS_USER", "nobody")
            group = grp.getgrgid(pwd.getpwnam(name).pw_gid).gr_name
            user = ["setpriv", f"--reuid={name}", f"--regid={group}", "--clear-groups"]
        java = Path(shutil.which("java") or "java").resolve().parents[1]
        environment = {
            **self.environment,
            "OPENSEARCH_TMPDIR": str(home / "tmp"),
            "OPENSEARCH_PATH_CONF": str(home / "config"),
            "OPENSEARCH_JAVA_HOME": os.environ.get("OPENSEARCH_JAVA_HOME", str(java)),
            "HOME": str(home),
        }
        with (home / "logs" / "again.log").open("wb") as log:
            node = subprocess.Popen(
                [*user, "bin/opensearch"],
                cwd=home,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(node)
        (self.folder / f"n{number}.pid").write_text(str(node.pid))

    def wait_for(self, status: str, seconds: float = 90) -> None:
        """Waits until all shards of the cluster are as well as `status` says."""
        url = f"{self.urls[0]}/_cluster/health?wait_for_status={status}&timeout={seconds:.0f}s"
        until = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(url, timeout=seconds + 5) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.5)

    def down(self) -> None:
        """Ends all nodes and forgets them."""
        self._script("down")
        for node in self._started:
            node.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
