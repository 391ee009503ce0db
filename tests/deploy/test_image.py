"""The image, built and run here as far as that goes without a daemon."""

import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MEMORY, PLAYBOOKS, free_port
from tests.deploy.image import PROJECT, Image, left_out, python, steps
from tests.end_to_end.process import PATIENCE
from workspace import Workspace

pytestmark = pytest.mark.skipif(not python(), reason="the Python here is one account's alone")
STOPS_WITHIN = 10.0  # seconds: what `docker stop` allows


@pytest.fixture
def image() -> Iterator[Image]:
    """In a folder that every account may enter."""
    place = tempfile.mkdtemp(prefix="mend-image-", dir=MEMORY if MEMORY.is_dir() else None)
    Path(place).chmod(0o755)
    yield Image(Path(place)).build()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with Workspace() as workspace:
        workspace.should_escape = True
        yield workspace


@pytest.fixture
def start(image: Image, ws: Workspace, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """Starts a container with nothing but tokens and a port that is free here."""
    started: list[subprocess.Popen[bytes]] = []
    image.environment["MEND_METRICS_PORT"] = str(free_port())

    def start() -> subprocess.Popen[bytes]:
        tokens = {"SLACK_BOT_TOKEN": ws.bot_token, "SLACK_APP_TOKEN": ws.app_token}
        started.append(
            image.start(tmp_path / "log", SLACK_API_URL=ws.api_url, MEND_MODEL="off", **tokens)
        )
        assert ws.wait(lambda: ask(image, "/readyz")[0] == 200, PATIENCE), (
            tmp_path / "log"
        ).read_text()
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.wait()


def ask(image: Image, path: str) -> tuple[int, str]:
    """Status and text; 0 where nobody answers."""
    port = image.environment["MEND_METRICS_PORT"]
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()
    except OSError:
        return 0, ""


def stopped(image: Image, container: subprocess.Popen[bytes]) -> tuple[int, float, list[int]]:
    """Exit code and seconds after SIGTERM, and what /readyz said meanwhile."""
    began = time.monotonic()
    container.terminate()
    said = []
    while container.poll() is None and time.monotonic() - began < STOPS_WITHIN:
        said.append(ask(image, "/readyz")[0])
    container.kill()
    return container.wait(), time.monotonic() - began, said


def test_it_runs_as_nobody_on_code_it_cannot_change_and_stops_when_told(
    image: Image, start: Callable[[], Any], ws: Workspace
) -> None:
    before = image.files()
    container = start()
    answer = ws.person("ada").command("/repair", "they charged me twice", channel="support")
    assert "Say first" in answer.message.visible
    assert 'mend_ready{part="Slack"} 1' in ask(image, "/metrics")[1]
    environment = image.environment
    assert subprocess.run(image.health, env=environment, check=False).returncode == 0
    code, seconds, said = stopped(image, container)
    assert code == 0 and seconds < STOPS_WITHIN
    assert 200 not in said[said.index(503) if 503 in said else len(said) :]
    assert subprocess.run(image.health, env=environment, stderr=-3, check=False).returncode != 0
    assert image.files() == before
    assert image.user > 1000 and (image.folder / "data" / "mend.db").stat().st_mode & 0o77 == 0


def test_the_first_start_brings_the_playbooks_and_a_later_one_none_back(
    image: Image, start: Callable[[], Any]
) -> None:
    stopped(image, start())
    kept = image.folder / "playbooks"
    assert {file.name for file in kept.glob("*.md")} == {f.name for f in PLAYBOOKS.glob("*.md")}
    (kept / "hold-too-long.md").unlink()
    (kept / "store-hours.md").write_text("ours")
    stopped(image, start())
    assert not (kept / "hold-too-long.md").exists()
    assert (kept / "store-hours.md").read_text() == "ours"


def test_its_packages_are_those_of_the_lock_files_hash_by_hash() -> None:
    """As `make setup` fetches them, whose result stands in for that step here."""
    [fetches] = [rest for word, rest in steps(0) if word == "RUN"]
    flags = "--no-deps --require-hashes -r"
    assert f'{flags} "$lock"' in fetches
    assert flags in (PROJECT / "Makefile").read_text()
    locks = {file.name for file in PROJECT.glob("*.lock")}
    assert left_out(str(PROJECT), sorted(locks)) == {"requirements-dev.lock"}


def test_what_somebody_keeps_beside_the_code_stays_out() -> None:
    for path in (".env", "data/mend.db", "playbooks/drafts", "mend/__pycache__", ".git"):
        assert left_out(str((PROJECT / path).parent), [Path(path).name]), path
    for path in ("bot.py", "mend/app", "playbooks/store-hours.md", "deploy/start.sh"):
        assert not left_out(str((PROJECT / path).parent), [Path(path).name]), path
