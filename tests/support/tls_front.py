"""A front of a cluster as an institute has it: TLS, a password, and now and then too much to do.

It also tells what a cluster was asked.
"""

from __future__ import annotations

import base64
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

USER, PASSWORD = "reader", "сила"


class Front:
    """Passes requests on to `cluster`; `busy` bulk requests of the next ones are refused with 429.

    `requests` has the method and the path of each that was passed on.
    """

    def __init__(self, folder: Path, cluster: str, *, tls: bool = True) -> None:
        self.busy = 0
        self.refused = 0
        self.requests: list[str] = []
        self.certificate = folder / "front.pem"
        front, lock = self, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                return None

            def answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def pass_on(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(size) if size else None
                if tls:
                    known = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
                    if self.headers.get("Authorization") != f"Basic {known}":
                        self.answer(401, b'{"error": "Unauthorized", "status": 401}')
                        return
                with lock:
                    if front.busy and self.path.endswith("_bulk"):
                        front.busy -= 1
                        front.refused += 1
                        self.answer(429, b'{"error": "Too Many Requests", "status": 429}')
                        return
                    front.requests.append(f"{self.command} {self.path}")
                kept = ("Content-Type", "Content-Encoding", "Accept-Encoding")
                headers = {name: self.headers[name] for name in kept if self.headers[name]}
                asked = urllib.request.Request(
                    f"{cluster}{self.path}", body, headers, method=self.command
                )
                try:
                    with urllib.request.urlopen(asked, timeout=60) as found:
                        self.answer(found.status, found.read())
                except urllib.error.HTTPError as fault:
                    self.answer(fault.code, fault.read())

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on  # noqa: N815

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            self._wrap(folder)
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def _wrap(self, folder: Path) -> None:
        key = folder / "front.key"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
                *("-keyout", str(key), "-out", str(self.certificate)),
            ],
            check=True,
            capture_output=True,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
