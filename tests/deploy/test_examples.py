"""compose.yaml, the Kubernetes example and the systemd unit fit the image, Mend, and each other."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from mend import settings
from mend.cli.run import STOP_SECONDS
from mend.settings import SETTINGS, Settings
from tests.deploy.image import PROJECT, steps

FINAL = dict(steps(-1))
FOLDER = FINAL["WORKDIR"]
PORTS = {int(port) for port in FINAL["EXPOSE"].split()}
IMAGE = dict(pair.split("=") for pair in FINAL["ENV"].split())
UID = int(FINAL["USER"].partition(":")[0])
NAMES = {row.key for row in SETTINGS}


def yaml(file: str) -> list[Any]:
    return list(YAML(typ="safe").load_all((PROJECT / file).read_text(encoding="utf-8")))


def read(environment: dict[str, str]) -> Settings:
    """As the process reads them; a database server is another test's."""
    ours = {key: value for key, value in environment.items() if key in NAMES}
    return settings.read({**ours, "MEND_DATABASE_URL": ""})


def own(environment: dict[str, str]) -> set[str]:
    return {key for key in environment if key.startswith(("MEND_", "SLACK_"))}


# --- compose.yaml ----------------------------------------------------------------------------


@pytest.fixture
def services() -> dict[str, Any]:
    [found] = yaml("compose.yaml")
    assert set(found["volumes"]) == {"mend", "db"}
    return dict(found["services"])


def test_compose_starts_mend_once_its_database_answers(services: dict[str, Any]) -> None:
    assert services["mend"]["depends_on"] == {"db": {"condition": "service_healthy"}}
    assert services["db"]["healthcheck"]["test"][1] == "pg_isready"
    assert services["mend"]["environment"]["MEND_DATABASE_URL"] == "postgresql://mend@db/mend"
    db = services["db"]["environment"]
    assert db["POSTGRES_USER"] == db["POSTGRES_DB"] == "mend"
    for value in (db["POSTGRES_PASSWORD"], services["mend"]["environment"]["PGPASSWORD"]):
        assert re.fullmatch(r"\$\{POSTGRES_PASSWORD:\?.+\.env\}", value)


def test_with_compose_a_file_of_settings_for_a_machine_serves_a_container(
    services: dict[str, Any],
) -> None:
    """`.env` is copied from the example, where what the image sets has other values."""
    lines = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
    written = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    given = services["mend"]["environment"]
    assert own(IMAGE) <= own(given) <= NAMES
    held = read(IMAGE | written | given)
    assert held.mend_host == "0.0.0.0" and {held.mend_port, held.mend_metrics_port} == PORTS
    assert not Path(held.mend_playbooks).is_absolute()  # below the volume


def test_with_compose_nothing_is_written_beside_the_volumes(services: dict[str, Any]) -> None:
    assert all(service["read_only"] for service in services.values())
    assert services["mend"]["volumes"] == [f"mend:{FOLDER}"]
    assert services["mend"]["cap_drop"] == ["ALL"]
    assert int(services["mend"]["stop_grace_period"].rstrip("s")) > STOP_SECONDS
    for port in services["mend"]["ports"]:
        assert re.fullmatch(r"127\.0\.0\.1:(\d+):\1", port) and int(port.split(":")[1]) in PORTS


def test_compose_itself_can_read_it(tmp_path: Path) -> None:
    asked = ["docker", "compose", "version"]
    if not shutil.which("docker") or subprocess.run(asked, capture_output=True).returncode:
        pytest.skip("there is no docker compose here")
    shutil.copy(PROJECT / "compose.yaml", tmp_path)
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\n")
    subprocess.run(["docker", "compose", "config", "--quiet"], cwd=tmp_path, check=True)


# --- Kubernetes ------------------------------------------------------------------------------


@pytest.fixture
def things() -> dict[str, Any]:
    found = yaml("deploy/kubernetes.yaml")
    return {each["kind"]: each for each in found}


def test_in_kubernetes_what_is_named_is_there(things: dict[str, Any]) -> None:
    pod, service = things["Deployment"]["spec"]["template"], things["Service"]
    [mend] = pod["spec"]["containers"]
    labels = pod["metadata"]["labels"]
    assert things["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert service["spec"]["selector"] == labels
    [secret] = mend["envFrom"]
    assert secret["secretRef"]["name"] == things["Secret"]["metadata"]["name"]
    volumes = {volume["name"]: volume for volume in pod["spec"]["volumes"]}
    assert {mount["name"] for mount in mend["volumeMounts"]} == set(volumes)
    claim = volumes["data"]["persistentVolumeClaim"]["claimName"]
    assert claim == things["PersistentVolumeClaim"]["metadata"]["name"]
    assert {"name": "data", "mountPath": FOLDER} in mend["volumeMounts"]
    ports = {port["name"]: port["containerPort"] for port in mend["ports"]}
    assert set(ports.values()) == PORTS
    assert service["spec"]["ports"][0]["targetPort"] in ports
    for probe, path in (("startup", "healthz"), ("liveness", "healthz"), ("readiness", "readyz")):
        assert mend[f"{probe}Probe"]["httpGet"] == {"path": f"/{path}", "port": "metrics"}
    given = {each["name"]: each["value"] for each in mend["env"]}
    assert own(given) | set(things["Secret"]["stringData"]) <= NAMES
    assert read(given).mend_metrics_port == ports["metrics"]


def test_in_kubernetes_no_service_stands_where_a_setting_is_read(things: dict[str, Any]) -> None:
    assert things["Deployment"]["spec"]["template"]["spec"]["enableServiceLinks"] is False
    assert not things["Service"]["metadata"]["name"].startswith("mend")


def test_in_kubernetes_it_may_do_little_and_has_time_to_stop(things: dict[str, Any]) -> None:
    pod = things["Deployment"]["spec"]["template"]["spec"]
    [mend] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] == UID
    assert mend["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    waits = int(mend["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] >= waits + STOP_SECONDS + 2
    assert things["Deployment"]["spec"]["strategy"]["type"] == "Recreate"


# --- systemd ---------------------------------------------------------------------------------


def test_the_unit_starts_what_is_there_and_lets_it_stop() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(PROJECT / "deploy/mend.service")
    service = unit["Service"]
    assert service["ExecStart"] == f"{FINAL['ENTRYPOINT'][2:-2]} run"
    folder = f"/var/lib/{service['StateDirectory']}"
    assert folder == service["WorkingDirectory"] == service["ReadWritePaths"] == FOLDER
    assert int(service["TimeoutStopSec"]) > STOP_SECONDS


def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    systemd = shutil.which("systemd-analyze")
    if not systemd:
        pytest.skip("there is no systemd here")
    text = (PROJECT / "deploy/mend.service").read_text(encoding="utf-8")
    unit = tmp_path / "mend.service"
    unit.write_text(text.replace("/opt/mend", str(PROJECT)), encoding="utf-8")
    said = subprocess.run(
        [systemd, "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")
