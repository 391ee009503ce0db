"""Mend's door: `python bot.py …`."""

from __future__ import annotations

import io
import logging
import os
import sys

import dotenv

from mend.cli import main

if __name__ == "__main__":
    dotenv.load_dotenv()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console may lack letters: no reason to fail
            stream.reconfigure(errors="replace")
    code = main(sys.argv[1:], os.environ)
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)  # a listener stuck in a call must not hold the exit for longer than promised
