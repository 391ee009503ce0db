"""`python -m tests.soak [--kills 200] [--seed 1]`: exit 1 where anything went wrong."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.soaking import Soak

parser = argparse.ArgumentParser(prog="python -m tests.soak")
parser.add_argument("--kills", type=int, default=200)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
started = time.monotonic()
with tempfile.TemporaryDirectory(prefix="mend-soak-") as folder:
    result = Soak(Path(folder), args.seed).run(args.kills)
print("\n".join(result.lines()))
print(f"seconds: {time.monotonic() - started:.0f}")
sys.exit(1 if result.faults else 0)
