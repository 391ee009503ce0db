"""`bot.py run` on a clock that is ahead by $AHEAD seconds, as if the machine had been off."""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from mend import settings
from mend.app import now_utc
from mend.cli.run import run
from mend.serve.log import start_log

ahead = timedelta(seconds=float(os.environ["AHEAD"]))


def now() -> datetime:
    return now_utc() + ahead


read = settings.read(os.environ)
start_log(read.mend_log_level, read.mend_log_format)
os._exit(run(read, now))
