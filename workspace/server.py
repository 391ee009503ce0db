"""The HTTP side of the workspace: Web API, response_urls, Socket Mode's door, and the page."""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from workspace import page_api
from workspace.frames import Socket

if TYPE_CHECKING:
    from workspace.workspace import Workspace

Json = dict[str, Any]
_PAGE = Path(__file__).parent / "page"
_KINDS = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, ws: Workspace) -> None:
        self.ws = ws
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is nothing to report; the rest is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        pass  # the page's Traffic list shows what happens

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            self._api({})
        elif path == "/link/":
            self._socket()
        elif path == "/page/state":
            shown = page_api.snapshot(self.server.ws, self._query().get("as", "ada"))
            self._send(200, shown, "application/json", {"Cache-Control": "no-store"})
        elif path == "/page/changes":
            self._changes()
        else:
            self._file(path)

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        body = self._body()
        if path.startswith("/api/"):
            self._api(body)
        elif path.startswith("/actions/"):
            status, answer = self.server.ws.web_api.response_url(path.rsplit("/", 1)[1], body)
            self._json(status, answer)
        elif path == "/page/do" and self._is_ours():
            self._json(200, page_api.act(self.server.ws, body))
        else:
            self._json(404, {"ok": False, "error": "not_found"})

    def _query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def _body(self) -> Json:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if (self.headers.get("Content-Type") or "").startswith("application/json"):
            try:
                given = json.loads(raw or "{}")
            except ValueError:
                return {}
            return given if isinstance(given, dict) else {}
        return dict(parse_qsl(raw, keep_blank_values=True))

    def _is_ours(self) -> bool:
        """Only the page itself acts for people, not another site open in the same browser."""
        origin = self.headers.get("Origin")
        return origin is None or urlsplit(origin).netloc == self.headers.get("Host")

    def _api(self, body: Json) -> None:
        args = self._query() | body
        header = self.headers.get("Authorization") or ""
        token = header.removeprefix("Bearer ") or str(args.get("token", ""))
        args.pop("token", None)
        name = urlsplit(self.path).path.removeprefix("/api/")
        answer = self.server.ws.web_api.call(name, token, args)
        if answer is None:
            return  # the connection ends without a word
        status = {"ratelimited": 429, "http_500": 500}.get(str(answer.get("error")), 200)
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.server.ws.scopes))}
        if status == 429:
            headers["Retry-After"] = str(answer.pop("retry_after"))
        self._json(status, answer, headers)

    def _json(self, status: int, answer: Json, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(answer), "application/json", headers or {})

    def _send(self, status: int, text: str, kind: str, headers: dict[str, str]) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _socket(self) -> None:
        key = self.headers.get("Sec-WebSocket-Key")
        if not key or not self.server.ws.web_api.admit(self._query().get("ticket", "")):
            self._json(401, {"ok": False, "error": "invalid_auth"})
            return
        self.close_connection = True
        reader: Any = self.rfile
        self.server.ws.line.serve(Socket(self.connection, reader, key))

    def _changes(self) -> None:
        """Server-sent events: the state's version, at every change."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        state, seen = self.server.ws.state, -1
        while not self.server.ws.stopped:
            with state.changed:
                if state.version == seen:
                    state.changed.wait(15)
                seen = state.version
            self.wfile.write(f"data: {seen}\n\n".encode())

    def _file(self, path: str) -> None:
        file = _PAGE / (path.lstrip("/") or "index.html")
        if file.parent != _PAGE or file.suffix not in _KINDS or not file.is_file():
            self._json(404, {"ok": False, "error": "not_found"})
            return
        self._send(200, file.read_text(), _KINDS[file.suffix], {"Cache-Control": "no-store"})
