"""The log of the running process: to stderr, and without a word that a person wrote."""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType

log = logging.getLogger("mend")


class PrivateFormatter(logging.Formatter):
    """Tracebacks without the error's own text, which may quote what a person wrote."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__name__ if kind else ''}"


class JsonFormatter(PrivateFormatter):
    """One JSON object a line, for whoever collects logs; the same words, nothing more."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if reference := getattr(record, "reference", ""):  # what the person was shown
            line["reference"] = reference
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


FORMATTERS = {
    "text": PrivateFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"),
    "json": JsonFormatter(),
}


def start_log(level: str, form: str) -> None:
    """Log to stderr; the libraries' own debug lines hold payloads, so they stay at warning.

    What slack_sdk meets is the gateway's answer already.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATTERS[form])
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("mend", "handlers"):
        logging.getLogger(name).setLevel(level.upper())
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
    sys.excepthook = lambda kind, wrong, trace: log.error("ended", exc_info=(kind, wrong, trace))
    threading.excepthook = lambda gone: log.error(
        "thread %s ended", gone.thread.name if gone.thread else "", exc_info=gone.exc_value
    )
