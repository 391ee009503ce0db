"""The server's end of one WebSocket connection (RFC 6455): text frames, pings, closing."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import socket
import struct
import threading
from typing import BinaryIO

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Socket:
    """One accepted connection. Any thread may send; one thread reads."""

    def __init__(self, connection: socket.socket, reader: BinaryIO, key: str) -> None:
        self._connection, self._reader = connection, reader
        self._sending = threading.Lock()
        accept = base64.b64encode(hashlib.sha1(key.encode() + _GUID).digest()).decode()
        connection.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )

    def send(self, text: str) -> None:
        """Raises OSError when the connection is gone."""
        self._frame(_TEXT, text.encode())

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._frame(_CLOSE, struct.pack("!H", 1000))
        self.cut()

    def cut(self) -> None:
        """End the TCP connection without a close frame."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)

    def read(self) -> str | None:
        """The next text, or None when the other side is gone."""
        text = b""
        try:
            while True:
                first, second = self._reader.read(2)
                length = second & 127
                if length > 125:
                    size = 2 if length == 126 else 8
                    length = int.from_bytes(self._reader.read(size), "big")
                mask = self._reader.read(4) if second & 128 else b"\0\0\0\0"
                data = bytes(b ^ mask[i % 4] for i, b in enumerate(self._reader.read(length)))
                code = first & 15
                if code == _PING:
                    self._frame(_PONG, data)
                elif code == _CLOSE:
                    self._frame(_CLOSE, data[:2])
                    return None
                elif code <= _TEXT:
                    text += data
                    if first & 128:
                        return text.decode()
        except (OSError, ValueError):  # ValueError: fewer than two bytes came
            return None

    def _frame(self, code: int, data: bytes) -> None:
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 128 | code, size)
        elif size < 65536:
            head = struct.pack("!BBH", 128 | code, 126, size)
        else:
            head = struct.pack("!BBQ", 128 | code, 127, size)
        with self._sending:
            self._connection.sendall(head + data)
