"""The HTTP side of the workspace: Web API, response_urls and the page."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from workspace.blocks import Json
from workspace.installation import Installation
from workspace.page_api import Page
from workspace.web_api import WebApi

_PAGE = Path(__file__).parent / "page"
_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, ws: Installation, web_api: WebApi, page: Page) -> None:
        """Raises OSError where the port is taken."""
        self.ws, self.web_api, self.page = ws, web_api, page
        super().__init__(("127.0.0.1", ws.port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is nothing to report; the rest is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        pass  # the page's Traffic list shows what happens

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header tells the workspace's time."""
        return super().date_time_string(timestamp or self.server.ws.now())

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        file = _PAGE / (url.path.lstrip("/") or "index.html")
        if url.path.startswith("/api/"):
            self.do_POST()
        elif url.path == "/page/state":
            who = dict(parse_qsl(url.query)).get("as", "ada")
            self._send(200, self.server.page.snapshot(who))
        elif url.path == "/page/changes":
            self._changes()
        elif file.parent == _PAGE and file.is_file():
            self._send(200, file.read_text(), _KINDS[file.suffix])
        else:
            self._send(404, "{}")

    def do_POST(self) -> None:
        url, api = urlsplit(self.path), self.server.web_api
        body, answer = self._body(), None
        if url.path.startswith("/api/"):
            args = dict(parse_qsl(url.query)) | body
            given = str(args.pop("token", ""))
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or given
            answer = api.call(url.path.removeprefix("/api/"), token, args)
        elif url.path.startswith("/actions/"):
            answer = api.response_url(url.path.rsplit("/", 1)[1], body)
        elif url.path == "/page/do" and self._is_ours():
            answer = 200, self.server.page.act(body)
        if answer:  # without one the connection ends without a word
            self._send(answer[0], json.dumps(answer[1]))

    def _body(self) -> Json:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.headers.get_content_type() != "application/json":
            return dict(parse_qsl(raw, keep_blank_values=True))
        try:
            given = json.loads(raw)
        except ValueError:
            return {}
        return given if isinstance(given, dict) else {}

    def _is_ours(self) -> bool:
        """Only the page itself acts for people, not another site open in the same browser."""
        origin = self.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == self.headers.get("Host")

    def _send(self, status: int, text: str, kind: str = "application/json") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-OAuth-Scopes", ",".join(sorted(self.server.ws.scopes)))
        if status == 429:
            self.send_header("Retry-After", str(json.loads(text)["retry_after"]))
        self.end_headers()
        self.wfile.write(body)

    def _changes(self) -> None:
        """Server-sent events: the state's version, at every change."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        ws, seen = self.server.ws, -1
        while not ws.stopped:
            with ws.changed:
                if ws.version == seen:
                    ws.changed.wait(15)
                seen = ws.version
            self.wfile.write(f"data: {seen}\n\n".encode())
