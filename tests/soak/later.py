"""`bot.py run` on a clock that is ahead by $AHEAD seconds, as if the machine had been off."""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import bot
from mend import settings

ahead = timedelta(seconds=float(os.environ["AHEAD"]))


def now() -> datetime:
    return bot.now_utc() + ahead


read = settings.read(os.environ)
bot.start_log(read.mend_log_level)
os._exit(bot.run(read, now))
