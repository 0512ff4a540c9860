"""A real server that answers predict with one scripted answer after another, and knows what it was asked."""

import io
import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np

MEAN = np.linspace(0, 1, 256, dtype="<f4")
BREAK = None


def solution():
    archive = io.BytesIO()
    np.savez(archive, mean=MEAN)
    headers = {"Content-Type": "application/x-npz", "Fieldserve-Version": "1", "Fieldserve-Trusted": "?1"}
    return 200, headers, archive.getvalue()


def problem(status, kind, retry_after=None):
    headers = {"Content-Type": "application/problem+json"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    body = {"type": f"urn:fieldserve:problem:{kind}", "title": kind, "status": status, "detail": "Later."}
    return status, headers, json.dumps(body).encode()


class Scripted(ThreadingHTTPServer):
    """Answers with ``answers`` in turn; ``BREAK`` closes the connection instead.

    ``bodies`` and ``authorizations`` are those that came.

    What is asked with GET is the ``manifest``.
    """

    daemon_threads = True

    def __init__(self, *answers, listening=True):
        super().__init__(("127.0.0.1", 0), Handler, bind_and_activate=False)
        self.answers = list(answers)
        self.bodies = []
        self.authorizations = []
        self.manifest = None
        self.server_bind()
        if listening:
            self.server_activate()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address):
        """Callers may hang up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    @contextmanager
    def running(self):
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.shutdown()
            thread.join()
            self.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        description = json.dumps({"manifest": self.server.manifest}).encode()
        self._answer(200, {"Content-Type": "application/json"}, description)

    def do_POST(self):
        self.server.authorizations.append(self.headers["Authorization"])
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.server.answers.pop(0)
        if answer is BREAK:
            self.close_connection = True
        else:
            self._answer(*answer)

    def _answer(self, status, headers, body):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
