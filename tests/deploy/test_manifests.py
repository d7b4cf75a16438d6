"""What kustomize makes of every overlay: KEDA takes it, it is walled in, and names nothing that is missing."""

from __future__ import annotations

import os
import re
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
from storage.queue import queue_of
from tests.data import TEST_DATA
from tests.programs import ROOT
from workers.settings import WorkerSettings

TOOLS = Path(os.environ["FASHIONCORE_DEPLOY_TOOLS"])
OVERLAYS = ("dev", "cpu", "private", "gpu", "prod")
SETTINGS = (BotSettings, TelegramSettings, WorkerSettings)
GIVEN_BY_OTHERS = {
    "REDIS_ADDRESS": "KEDA's way of saying where the queue is",
    "REDIS_PASSWORD": "KEDA's, too",
}
"""Names in secrets that no process of ours reads."""

METRICS = {"fashioncore/metrics": "true"}
"""Namespaces whose Prometheus may read metrics, on the health port and nowhere else."""

TO_END_S = 10.0
"""What closing takes after the work has ended: uvicorn's three seconds, the intake's children, the connections."""


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


def environment_of(overlay: str, container: dict[str, Any]) -> dict[str, str]:
    """What a process is told: the config maps, and its own variables over them."""
    names = [source["configMapRef"]["name"] for source in container["envFrom"] if "configMapRef" in source]
    shared = [one["data"] for one in of_kind(overlay, "ConfigMap") if one["metadata"]["name"] in names]
    own = {variable["name"]: variable["value"] for variable in container.get("env", [])}
    return {name: value for data in (*shared, own) for name, value in data.items()}


def mebibytes(amount: str) -> float:
    """`2Gi` as 2048."""
    unit = {"Mi": 1.0, "Gi": 1024.0}
    return float(amount[:-2]) * unit[amount[-2:]]


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


def test_what_is_applied_before_a_roll_out_has_all_that_the_migration_needs(overlay: str) -> None:
    (names,) = re.findall(r"-l 'app\.kubernetes\.io/name notin \((.+)\)'", (ROOT / "docs/operate.md").read_text())
    later = names.split(", ")
    applied = [
        one
        for one in manifests(overlay)
        if one["metadata"].get("labels", {}).get("app.kubernetes.io/name") not in later
    ]
    assert "Deployment" not in {one["kind"] for one in applied}
    there = {(one["kind"].removeprefix("External"), one["metadata"]["name"]) for one in applied}
    (migrate,) = [one for one in applied if one["kind"] == "Job" and one["metadata"]["name"] == "migrate"]
    spec = migrate["spec"]["template"]["spec"]
    for source in spec["containers"][0]["envFrom"]:
        kind, reference = ("ConfigMap", "configMapRef") if "configMapRef" in source else ("Secret", "secretRef")
        assert (kind, source[reference]["name"]) in there
    assert ("ServiceAccount", spec["serviceAccountName"]) in there
    assert ("PriorityClass", spec["priorityClassName"]) in there


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
    for deployment in of_kind(overlay, "Deployment"):
        name, spec = deployment["metadata"]["name"], deployment["spec"]["template"]["spec"]
        container = spec["containers"][0]
        needed = TO_END_S
        if name.startswith("worker"):
            settings = WorkerSettings.model_fields["drain_s"].default
            needed += float(environment_of(overlay, container).get("FASHIONCORE_DRAIN_S", settings))
        if "lifecycle" in container:
            needed += float(container["lifecycle"]["preStop"]["exec"]["command"][1])
        assert spec["terminationGracePeriodSeconds"] > needed, name


def test_no_step_that_takes_long_fails_a_pod(overlay: str) -> None:
    for deployment in of_kind(overlay, "Deployment"):
        for container in deployment["spec"]["template"]["spec"]["containers"]:
            name, alive = deployment["metadata"]["name"], container.get("livenessProbe")
            if name == "feeds":
                continue  # it serves nothing
            assert alive["httpGet"]["path"] == "/healthz", f"{name}: what others do must not end it"
            assert alive["periodSeconds"] * alive["failureThreshold"] >= 60, name
            assert container["readinessProbe"]["httpGet"]["path"] == "/readyz", name
            starting = container["startupProbe"]
            assert starting["httpGet"]["path"] == "/healthz", name
            loading_s = 600 if "gpu" in name else 60
            assert starting["periodSeconds"] * starting["failureThreshold"] >= loading_s, name


def test_who_is_routed_to_is_taken_from_the_list_before_it_ends(overlay: str) -> None:
    routed = {service["spec"]["selector"]["app.kubernetes.io/name"] for service in of_kind(overlay, "Service")}
    for name, template in pods(overlay):
        assert ("lifecycle" in template["spec"]["containers"][0]) == (name in routed), name


def test_telegram_is_asked_by_one_or_told_by_many(overlay: str) -> None:
    found = [one for one in of_kind(overlay, "Deployment") if one["metadata"]["name"] == "telegram"]
    for deployment in found:
        container = deployment["spec"]["template"]["spec"]["containers"][0]
        public = environment_of(overlay, container).get("FASHIONCORE_PUBLIC_URL", "")
        told = "telegram" in named(overlay, "Service")
        assert public.startswith("https://") == told, "without a public address it polls, with one it is told"
        if not told:
            assert deployment["spec"]["replicas"] == 1
            assert deployment["spec"]["strategy"] == {"type": "Recreate"}
            assert "--host" not in container["args"]
            assert "telegram" not in named(overlay, "PodDisruptionBudget")
    assert bool(found) == (overlay in ("private", "prod"))


def test_one_gateway_serves_each_shard(overlay: str) -> None:
    for deployment in of_kind(overlay, "Deployment"):
        if deployment["metadata"]["name"] == "discord":
            assert (deployment["spec"]["replicas"], deployment["spec"]["strategy"]) == (1, {"type": "Recreate"})


def test_requests_are_what_was_measured(overlay: str) -> None:
    peaks = dict(re.findall(r"\| peak memory: (\w+) \| (\d+) MiB \|", (ROOT / "README.md").read_text()))
    assert {"web", "worker"} <= peaks.keys()
    for name, container in containers(overlay):
        asked, most = (container["resources"][kind]["memory"] for kind in ("requests", "limits"))
        peak = float(peaks.get(name.partition("/")[0], 0))
        assert peak <= mebibytes(asked) <= mebibytes(most), name
        assert mebibytes(most) >= 1.5 * peak, f"{name}: a peak by chance would end it"


def test_gpus_are_asked_for_tolerated_and_spent_only_while_somebody_waits(overlay: str) -> None:
    for deployment in of_kind(overlay, "Deployment"):
        spec = deployment["spec"]["template"]["spec"]
        gpu = "nvidia.com/gpu" in spec["containers"][0]["resources"]["limits"]
        assert gpu == (deployment["metadata"]["name"] == "worker-gpu")
        if gpu:
            assert spec["tolerations"] == [{"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]
            assert {"name": "weights", "mountPath": "/weights", "readOnly": True} in spec["containers"][0][
                "volumeMounts"
            ]
            assert environment_of(overlay, spec["containers"][0])["FASHIONCORE_ENGINE"] == "idm"
            (scaled,) = [
                one for one in of_kind(overlay, "ScaledObject") if one["metadata"]["name"] == "worker-gpu"
            ]
            assert scaled["spec"]["minReplicaCount"] == 0
            assert "weights" in named(overlay, "Job"), "nobody fills the volume of the weights"


def test_several_of_one_kind_are_spread_and_not_all_taken_away_at_once(overlay: str) -> None:
    for deployment in of_kind(overlay, "Deployment"):
        name, spec = deployment["metadata"]["name"], deployment["spec"]
        scaled = name in {one["spec"]["scaleTargetRef"]["name"] for one in of_kind(overlay, "ScaledObject")}
        if spec.get("replicas", 1) > 1 or scaled:
            keys = [one["topologyKey"] for one in spec["template"]["spec"]["topologySpreadConstraints"]]
            assert keys == ["topology.kubernetes.io/zone", "kubernetes.io/hostname"], name
            assert name in named(overlay, "PodDisruptionBudget"), name


def test_workers_have_no_way_into_the_internet_and_nobody_is_reached_but_who_serves(overlay: str) -> None:
    policies = [one["spec"] for one in of_kind(overlay, "NetworkPolicy")]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies, "nothing is denied by default"
    for name, template in pods(overlay):
        labels = template["metadata"]["labels"]
        mine = [policy for policy in policies if label_matches(policy["podSelector"], labels)]
        abroad = [p for p in mine for rule in p.get("egress", []) for to in rule["to"] if "ipBlock" in to]
        reached = {
            port["port"]: source["namespaceSelector"]["matchLabels"]
            for policy in mine
            for rule in policy.get("ingress", [])
            for port in rule["ports"]
            for source in rule["from"]
        }
        served = {"http"} if name in {one["metadata"]["name"] for one in of_kind(overlay, "Service")} else set()
        assert bool(abroad) == (not name.startswith(("worker", "migrate"))), name
        assert reached.keys() - {"health"} == served, name
        assert reached.get("health", METRICS) == METRICS, name


def test_where_metrics_are_read_every_process_has_a_port_for_them(overlay: str) -> None:
    if not (monitors := of_kind(overlay, "PodMonitor")):
        return
    (monitor,) = monitors
    (endpoint,) = monitor["spec"]["podMetricsEndpoints"]
    assert (endpoint["port"], endpoint["path"]) == ("health", "/metrics")
    for owner in of_kind(overlay, "Deployment"):
        name, template = owner["metadata"]["name"], owner["spec"]["template"]
        assert label_matches(monitor["spec"]["selector"], template["metadata"]["labels"]), name
        ports = [port for container in template["spec"]["containers"] for port in container.get("ports", [])]
        assert {"name": "health", "containerPort": 8080} in ports, name
    assert of_kind(overlay, "PrometheusRule")


def test_what_is_scaled_is_there_and_its_queue_is_ours(overlay: str) -> None:
    for scaled in of_kind(overlay, "ScaledObject"):
        target = scaled["spec"]["scaleTargetRef"]["name"]
        (deployment,) = [one for one in of_kind(overlay, "Deployment") if one["metadata"]["name"] == target]
        assert "replicas" not in deployment["spec"], "two would set it"
        container = deployment["spec"]["template"]["spec"]["containers"][0]
        queue = queue_of(environment_of(overlay, container)["FASHIONCORE_ENGINE"])
        wake_ups, jobs = scaled["spec"]["triggers"]
        assert (wake_ups["type"], wake_ups["metadata"]["listName"]) == ("redis", queue)
        assert (jobs["type"], jobs["metadata"]["connectionFromEnv"]) == ("postgresql", "DATABASE_URL")
        assert f"queue = '{queue}' AND status IN ('queued', 'running')" in jobs["metadata"]["query"]
        assert wake_ups["metadata"]["listLength"] == jobs["metadata"]["targetQueryValue"]
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
