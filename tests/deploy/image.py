"""The Dockerfile's steps, run as a script: no daemon needed, one folder is the image's root."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

PROJECT = Path(__file__).parent.parent.parent
OWN = ("/opt/mend", "/var/lib/mend")  # the image's places that are not its base's


def python() -> str:
    """One that every account may run, of the version whose packages are here; "" for none."""
    for found in (
        Path(sys.executable).resolve(),
        Path("/usr/bin", f"python3.{sys.version_info[1]}"),
    ):
        if found.exists() and all(each.stat().st_mode & 0o001 for each in (found, *found.parents)):
            return str(found)
    return "" if os.geteuid() == 0 else sys.executable


def set_up(to: Path) -> None:
    """What the first stage makes, out of what `make setup` has made of the same lock file."""
    packages = Path(sysconfig.get_path("purelib"))
    place = to / packages.relative_to(sys.prefix)
    place.parent.mkdir(parents=True)
    place.symlink_to(packages)
    (to / "bin").mkdir()
    (to / "bin" / "python").symlink_to(python())
    (to / "pyvenv.cfg").write_text(f"home = {Path(python()).parent}\n")


def steps(stage: int) -> list[tuple[str, str]]:
    """Instruction and rest of one stage of the Dockerfile, continued lines put together."""
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.M)).split("\n")
    stages: list[list[tuple[str, str]]] = []
    for line in filter(None, lines):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, rest))
    return stages[stage]


@dataclass
class Image:
    """Built by `build`; `environment`, `folder`, `entry` and `health` are how it is run."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = Path()
    user: int = 0
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def build(self) -> Image:
        """What a container's user may not write is read-only, whoever runs this."""
        for word, rest in steps(-1):
            getattr(self, f"_{word.lower()}", lambda rest: None)(rest)
        for path in (self.root / "opt").rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        return self

    def _copy(self, rest: str) -> None:
        *sources, target = rest.split()
        to = self.root / target.lstrip("/")
        if sources[0].startswith("--from="):
            set_up(to)
            return
        for source in sources:
            if (PROJECT / source).is_dir():
                shutil.copytree(PROJECT / source, to, ignore=left_out)
            elif left_out(str((PROJECT / source).parent), [Path(source).name]) == set():
                place = to / Path(source).name if target.endswith("/") else to
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / source, place)

    def _run(self, rest: str) -> None:
        said = self.inside(rest)
        if os.geteuid():
            said = re.sub(r"-o \d+ -g \d+ ", "", said)
        for folder in OWN:
            (self.root / folder.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["sh", "-euc", said], check=True)

    def _user(self, rest: str) -> None:
        self.user = int(rest.partition(":")[0])

    def _workdir(self, rest: str) -> None:
        self.folder = self.root / rest.lstrip("/")

    def _env(self, rest: str) -> None:
        self.environment |= dict(pair.split("=", 1) for pair in shlex.split(self.inside(rest)))

    def _entrypoint(self, rest: str) -> None:
        self.entry = json.loads(self.inside(rest))

    def _cmd(self, rest: str) -> None:
        self.command = json.loads(rest)

    def _healthcheck(self, rest: str) -> None:
        self.health = json.loads(self.inside(rest.partition("CMD ")[2]))

    def inside(self, text: str) -> str:
        """The image's own places, below the folder that stands for its root."""
        return re.sub("|".join(map(re.escape, OWN)), lambda own: f"{self.root}{own[0]}", text)

    def start(self, log: Path, **given: str) -> subprocess.Popen[bytes]:
        """As its user, where we may choose one."""
        as_user: dict[str, object] = {"user": self.user, "group": self.user, "extra_groups": []}
        with log.open("ab") as out:
            return subprocess.Popen(
                [*self.entry, *self.command],
                cwd=self.folder,
                env={"PATH": os.environ["PATH"]} | self.environment | given,
                stdout=out,
                stderr=out,
                **({} if os.geteuid() else as_user),  # type: ignore[call-overload]
            )

    def files(self) -> dict[str, tuple[int, float]]:
        """Everything outside the volume: size and time of change."""
        found = (path for path in self.root.rglob("*") if not path.is_symlink())
        return {
            str(path): (path.stat().st_size, path.stat().st_mtime)
            for path in found
            if not path.is_relative_to(self.folder) and stat.S_ISREG(path.stat().st_mode)
        }


def left_out(folder: str, names: list[str]) -> set[str]:
    """What .dockerignore keeps out of the image, of the names in a folder; the last rule holds."""
    lines = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    out = set()
    for name in names:
        path = PurePosixPath(Path(folder, name).relative_to(PROJECT).as_posix())
        ways = [str(each) for each in (path, *path.parents)][:-1]
        is_out = False
        for rule in rules:
            pattern = rule.lstrip("!").removeprefix("**/")
            parts = ways if "**/" not in rule else list(path.parts)
            if any(fnmatch(way, pattern) and way.count("/") == pattern.count("/") for way in parts):
                is_out = not rule.startswith("!")
        if is_out:
            out.add(name)
    return out
