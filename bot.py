"""Mend's door: `python bot.py …`."""

from __future__ import annotations

import logging
import os
import sys

import dotenv

from mend.cli import main

if __name__ == "__main__":
    dotenv.load_dotenv()
    code = main(sys.argv[1:], os.environ)
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)  # a listener stuck in a call must not hold the exit for longer than promised
