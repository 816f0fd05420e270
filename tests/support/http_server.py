"""A web server on this machine that can misbehave, for the download tests."""

from __future__ import annotations

import ssl
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest


class FileServer:
    """Serves `files` (path -> bytes) and counts the requests for each path.

    behaviour[path] is "status 404" (or another status), "truncate" (half of the
    promised bytes), "stall" (half of them, then silence), "drip" (slowly), "hang"
    (no answer) or "redirect ADDRESS"; a list of them holds one behaviour per
    request, after which the file is served as it should be. As a proxy it
    answers CONNECT like a request for the path "host:port". `connections` counts
    what is accepted, refused certificates included.

    secure: speak https, with a certificate that nobody has signed.
    """

    def __init__(self, secure: bool = False):
        self.files: dict[str, bytes] = {}
        self.behaviour: dict[str, str | list[str]] = {}
        self.requests: Counter[str] = Counter()
        self.connections = 0
        self.drip_seconds = 0.05  # a file comes in about a hundred drips
        self.stopping = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                owner._answer(self)

            do_CONNECT = do_GET

            def log_message(self, *args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def get_request(self):
                owner.connections += 1
                return super().get_request()

        self._http = Server(("127.0.0.1", 0), Handler)
        self.scheme = "https" if secure else "http"
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"{self.scheme}://{self.host}{path}"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._http.server_port}"

    def reset(self) -> None:
        self.files.clear()
        self.behaviour.clear()
        self.requests.clear()
        self.connections = 0
        self.drip_seconds = 0.05

    def close(self) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        self.requests[path] += 1
        behaviour = self.behaviour.get(path, "")
        if isinstance(behaviour, list):
            behaviour = behaviour.pop(0) if behaviour else ""
        if behaviour.startswith("redirect "):
            request.send_response(302)
            request.send_header("Location", behaviour.partition(" ")[2])
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        body = self.files.get(path)
        if behaviour == "hang":
            self.stopping.wait(5)
            return
        if behaviour.startswith("status") or body is None:
            request.send_error(int(behaviour[7:] or 404))
            return
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        try:
            if behaviour in ("truncate", "stall"):
                request.wfile.write(body[: len(body) // 2])
                request.wfile.flush()
                self.stopping.wait(5 if behaviour == "stall" else 0)
            elif behaviour == "drip":
                step = max(1, len(body) // 100)
                for start in range(0, len(body), step):
                    request.wfile.write(body[start : start + step])
                    request.wfile.flush()
                    time.sleep(self.drip_seconds)
            else:
                request.wfile.write(body)
        except OSError:
            pass  # the client went away, as some tests want it to


@pytest.fixture(scope="session")
def session_server():
    server = FileServer()
    yield server
    server.close()


@pytest.fixture
def file_server(session_server):
    session_server.reset()
    return session_server
