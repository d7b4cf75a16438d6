"""The Compose file: the specification takes it, every service is walled in, and every variable is a setting."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import pytest
import yaml

from storage.environment import environment_names
from tests.deploy.test_manifests import SETTINGS, TOOLS
from tests.programs import ROOT
from workers.settings import WorkerSettings

TEXT = (ROOT / "docker-compose.yml").read_text()
OURS = ("web", "worker", "worker-gpu", "telegram", "discord", "feeds", "mail", "migrate")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXT)["services"]
    return found


def test_the_specification_takes_it() -> None:
    filled = yaml.safe_load(re.sub(r"(?<!\$)\$\{\w+:-([^}]*)\}", r"\1", TEXT))
    parse = "import compose_spec as c, sys; print(*c.PyCompose.from_json(sys.stdin.read()).service_names())"
    python = TOOLS / "bin" / "python"
    told = subprocess.run(
        [python, "-c", parse], input=json.dumps(filled), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert set(OURS) < set(told.stdout.split())


def test_every_service_is_walled_in_and_limited(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"memory", "cpus"} <= service["deploy"]["resources"]["limits"].keys(), name
        assert re.search(r":[\w.-]*\d[\w.-]*\}?$", service["image"]), f"{name} names no version"


def test_every_variable_is_a_setting_and_no_password_stands_here(services: dict[str, Any]) -> None:
    known = {name for kind in SETTINGS for name in environment_names(kind)}
    for name in OURS:
        given = services[name]["environment"]
        assert {variable.removesuffix("_FILE") for variable in given} <= known, name
    assert "PASSWORD:" not in TEXT.replace("POSTGRES_PASSWORD }", "").replace("S3_PASSWORD }", "")


def test_pages_are_served_to_this_machine_alone(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_a_worker_has_longer_to_go_than_its_picture_has_to_end(services: dict[str, Any]) -> None:
    for name in ("worker", "worker-gpu"):
        grace = float(services[name]["stop_grace_period"].removesuffix("s"))
        default = WorkerSettings.model_fields["drain_s"].default
        drain = float(services[name]["environment"].get("FASHIONCORE_DRAIN_S", default))
        assert grace > drain + 5, name
