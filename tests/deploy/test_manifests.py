"""What kustomize makes of every overlay: KEDA takes it, it is walled in, and names nothing that is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.main import get_command

from bot.channels.telegram.settings import TelegramSettings
from bot.cli import app
from bot.settings import BotSettings
from storage.environment import environment_names
from storage.queue import PREVIEW_QUEUE
from tests.data import TEST_DATA
from workers.settings import WorkerSettings

TOOLS = Path(os.environ["FASHIONCORE_DEPLOY_TOOLS"])
OVERLAYS = ("dev", "cpu", "gpu", "prod")
SETTINGS = (BotSettings, TelegramSettings, WorkerSettings)
GIVEN_BY_OTHERS = {
    "REDIS_ADDRESS": "KEDA's way of saying where the queue is",
    "REDIS_PASSWORD": "KEDA's, too",
}
"""Names in secrets that no process of ours reads."""


@cache
def manifests(overlay: str) -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load_all((TOOLS / f"{overlay}.yaml").read_text()))


def of_kind(overlay: str, *kinds: str) -> list[dict[str, Any]]:
    return [one for one in manifests(overlay) if one["kind"] in kinds]


def pods(overlay: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every pod's template: its name and the template."""
    for owner in of_kind(overlay, "Deployment", "Job"):
        yield owner["metadata"]["name"], owner["spec"]["template"]


def containers(overlay: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, template in pods(overlay):
        for container in [*template["spec"].get("initContainers", []), *template["spec"]["containers"]]:
            yield f"{name}/{container['name']}", container


def named(overlay: str, kind: str) -> set[str]:
    return {one["metadata"]["name"] for one in of_kind(overlay, kind)}


def label_matches(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    wanted = selector.get("matchLabels", {})
    exist = [rule["key"] for rule in selector.get("matchExpressions", [])]
    return wanted.items() <= labels.items() and all(key in labels for key in exist)


pytestmark = pytest.mark.parametrize("overlay", OVERLAYS)


def test_keda_takes_its_objects_to_the_letter(overlay: str) -> None:
    definition = yaml.safe_load((TEST_DATA / "specs/keda/keda.sh_scaledobjects.yaml").read_text())
    schema = _strict(definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"])
    for scaled in of_kind(overlay, "ScaledObject"):
        jsonschema.validate({**scaled, "metadata": {}}, schema)


def test_every_container_is_walled_in(overlay: str) -> None:
    for name, template in pods(overlay):
        spec, security = template["spec"], template["spec"]["securityContext"]
        assert security["runAsNonRoot"], name
        assert security["runAsUser"] == 10001, name
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert spec["automountServiceAccountToken"] is False, name
        assert "hostNetwork" not in spec, name
        assert not any("hostPath" in volume for volume in spec["volumes"]), name
    for name, container in containers(overlay):
        walls = container["securityContext"]
        assert walls["readOnlyRootFilesystem"], name
        assert walls["allowPrivilegeEscalation"] is False, name
        assert walls["capabilities"] == {"drop": ["ALL"]}, name
        assert "privileged" not in walls, name


def test_every_container_says_what_it_needs(overlay: str) -> None:
    for name, container in containers(overlay):
        assert {"cpu", "memory"} <= container["resources"]["requests"].keys(), name
        assert "memory" in container["resources"]["limits"], name


def test_the_namespace_lets_nothing_less_in(overlay: str) -> None:
    (namespace,) = of_kind(overlay, "Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_what_is_referred_to_is_there(overlay: str) -> None:
    secrets = named(overlay, "Secret") | named(overlay, "ExternalSecret")
    for name, container in containers(overlay):
        for source in container.get("envFrom", []):
            if reference := source.get("secretRef"):
                assert reference.get("optional") or reference["name"] in secrets, name
            if reference := source.get("configMapRef"):
                assert reference["name"] in named(overlay, "ConfigMap"), name
    for name, template in pods(overlay):
        spec = template["spec"]
        volumes = {volume["name"]: volume for volume in spec["volumes"]}
        mounted = {mount["name"] for c in spec["containers"] for mount in c["volumeMounts"]}
        assert mounted == volumes.keys(), name
        for volume in volumes.values():
            if claim := volume.get("persistentVolumeClaim"):
                assert claim["claimName"] in named(overlay, "PersistentVolumeClaim"), name
            if config := volume.get("configMap"):
                assert config["name"] in named(overlay, "ConfigMap"), name
        assert spec["serviceAccountName"] in named(overlay, "ServiceAccount"), name
        assert spec["priorityClassName"] in named(overlay, "PriorityClass"), name


def test_every_probe_and_service_names_a_port_that_is_open(overlay: str) -> None:
    ports: dict[str, set[str]] = {}
    for name, template in pods(overlay):
        container = template["spec"]["containers"][0]
        ports[name] = {port["name"] for port in container.get("ports", [])}
        for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
            if asked := container.get(probe):
                assert asked["httpGet"]["port"] in ports[name], name
    for service in of_kind(overlay, "Service"):
        (name,) = service["spec"]["selector"].values()
        assert all(port["targetPort"] in ports[name] for port in service["spec"]["ports"]), name


def test_every_command_is_one_of_the_program(overlay: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    for name, container in containers(overlay):
        assert container["args"][0] in commands, name
        known = {option for parameter in commands[container["args"][0]].params for option in parameter.opts}
        group = getattr(commands[container["args"][0]], "commands", None)
        if group is not None:
            assert container["args"][1] in group, name
            known = {option for parameter in group[container["args"][1]].params for option in parameter.opts}
        assert {word for word in container["args"] if word.startswith("--")} <= known, name


def test_every_variable_is_a_setting(overlay: str) -> None:
    settings = {name for kind in SETTINGS for name in environment_names(kind)}
    for config in of_kind(overlay, "ConfigMap"):
        if config["metadata"]["name"].startswith("fashioncore-") and "feeds.toml" in config["data"]:
            continue
        assert config["data"].keys() <= settings
    for name, container in containers(overlay):
        assert {variable["name"] for variable in container.get("env", [])} <= settings, name
    for secret in of_kind(overlay, "Secret"):
        assert secret["data"].keys() <= settings | GIVEN_BY_OTHERS.keys()
    for secret in of_kind(overlay, "ExternalSecret"):
        assert {one["secretKey"] for one in secret["spec"]["data"]} <= settings | GIVEN_BY_OTHERS.keys()


def test_a_pod_has_longer_to_go_than_its_work_has_to_end(overlay: str) -> None:
    for name, template in pods(overlay):
        if not name.startswith("worker"):
            continue
        container = template["spec"]["containers"][0]
        given = {variable["name"]: variable["value"] for variable in container.get("env", [])}
        drain = float(given.get("FASHIONCORE_DRAIN_S", WorkerSettings.model_fields["drain_s"].default))
        assert template["spec"]["terminationGracePeriodSeconds"] > drain + 5, name


def test_workers_have_no_way_into_the_internet_and_nobody_is_reached_but_who_serves(overlay: str) -> None:
    policies = [one["spec"] for one in of_kind(overlay, "NetworkPolicy")]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies, "nothing is denied by default"
    for name, template in pods(overlay):
        labels = template["metadata"]["labels"]
        mine = [policy for policy in policies if label_matches(policy["podSelector"], labels)]
        abroad = [p for p in mine for rule in p.get("egress", []) for to in rule["to"] if "ipBlock" in to]
        reached = [policy for policy in mine if policy.get("ingress")]
        assert bool(abroad) == (not name.startswith(("worker", "migrate"))), name
        assert bool(reached) == (name in ("web", "telegram")), name


def test_what_is_scaled_is_there_and_its_queue_is_ours(overlay: str) -> None:
    for scaled in of_kind(overlay, "ScaledObject"):
        target = scaled["spec"]["scaleTargetRef"]["name"]
        (deployment,) = [one for one in of_kind(overlay, "Deployment") if one["metadata"]["name"] == target]
        assert "replicas" not in deployment["spec"], "two would set it"
        (trigger,) = scaled["spec"]["triggers"]
        assert trigger["metadata"]["listName"].startswith(PREVIEW_QUEUE.partition(":")[0])
    for budget in of_kind(overlay, "PodDisruptionBudget"):
        assert budget["metadata"]["name"] in named(overlay, "Deployment")


def _strict(schema: Any) -> Any:
    """The schema with every object closed to what it does not know, as the server is asked to be."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _strict(part) for key, part in schema.items() if key != "format"}
    if schema.get("type") == "object" and "properties" in schema and schema["properties"]:
        closed.setdefault("additionalProperties", False)
    return closed
