"""What is counted, what it is called, and that page, dashboard and alerts speak of nothing else."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from starlette.applications import Starlette

from storage.metrics import REGISTRY, after_commit, drawn, label
from storage.scraping import metrics_route
from tests import observe_page
from tests.programs import ROOT

DASHBOARD = json.loads((ROOT / "ops" / "dashboard.json").read_text())
DERIVED = ("_bucket", "_sum", "_count")
PROCESS = {"fashioncore_process_resident_memory_bytes", "fashioncore_process_cpu_seconds_total"}
"""Of Prometheus' own client."""


def _panels() -> list[dict[str, Any]]:
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def _expressions() -> list[str]:
    alerts = [
        rule for group in yaml.safe_load(observe_page.ALERTS.read_text())["groups"] for rule in group["rules"]
    ]
    return [rule["expr"] for rule in alerts] + [t["expr"] for panel in _panels() for t in panel["targets"]]


def test_the_page_names_every_metric_as_it_is_now() -> None:
    now = observe_page.PAGE.read_text()
    assert now == observe_page.page(now), "write it: python -m tests.observe_page"


def test_the_alerts_on_kubernetes_are_the_same() -> None:
    written = observe_page.PROMETHEUS_RULE.read_text()
    assert written == observe_page.prometheus_rule(), "write it: python -m tests.observe_page"
    assert yaml.safe_load(written)["spec"] == yaml.safe_load(observe_page.ALERTS.read_text())


def test_dashboard_and_alerts_ask_for_metrics_and_labels_that_there_are() -> None:
    known = {name: set(labels) for name, _, labels, _ in observe_page.defined()}
    for expression in _expressions():
        names = set(re.findall(r"fashioncore_\w+", expression))
        assert names, expression
        for name in names - PROCESS:
            metric = name if name in known else re.sub("|".join(f"{end}$" for end in DERIVED), "", name)
            assert metric in known, f"{name} in {expression}"
            for matchers in re.findall(name + r"\{([^}]*)\}", expression):
                assert set(re.findall(r"(\w+)(?:=~|!~|!=|=)", matchers)) <= known[metric], expression
        labels = {one.strip() for by in re.findall(r"by \(([^)]*)\)", expression) for one in by.split(",")}
        assert labels <= {"le"}.union(*known.values()), expression


def test_the_dashboard_shows_every_metric_and_nothing_covers_anything() -> None:
    shown = " ".join(_expressions())
    missing = [name for name, *_ in observe_page.defined() if name not in shown]
    assert missing == []
    identities = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(identities) == len(set(identities))
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place = panel["gridPos"]
        columns = range(place["x"], place["x"] + place["w"])
        cells = {(x, y) for x in columns for y in range(place["y"], place["y"] + place["h"])}
        assert columns.stop <= 24, panel["title"]
        assert not cells & taken, panel["title"]
        taken |= cells
    for panel in _panels():
        assert panel["title"], panel["id"]
        assert panel["description"], panel["title"]
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}, panel["title"]
        references = [target["refId"] for target in panel["targets"]]
        assert len(references) == len(set(references)) > 0, panel["title"]
    assert [variable["name"] for variable in DASHBOARD["templating"]["list"]] == ["datasource"]


def test_every_alert_says_how_bad_it_is_and_stands_in_the_page() -> None:
    told = observe_page.PAGE.read_text()
    tested = (ROOT / "ops" / "alerts.test.yaml").read_text()
    for group in yaml.safe_load(observe_page.ALERTS.read_text())["groups"]:
        for rule in group["rules"]:
            assert rule["labels"]["severity"] in {"page", "ticket"}, rule["alert"]
            assert f"`{rule['alert']}`" in told, rule["alert"]
            assert f"alertname: {rule['alert']}\n" in tested, rule["alert"]


@pytest.mark.parametrize("value", ["Maria Musterfrau", "me@example.org", "a" * 41, "5f2a'; --"])
def test_what_is_no_name_is_no_label(value: str) -> None:
    assert label("test", value) == "other"


def test_a_label_has_a_hundred_values_at_the_most() -> None:
    values = {label("bounded", f"value{number}") for number in range(1000)}
    assert len(values) == 101
    assert label("bounded", "value5") == "value5"
    assert label("bounded", None) == "none"


def test_a_picture_counts_for_its_engine_and_for_each_stage() -> None:
    def seconds(stage: str) -> float:
        name = "fashioncore_engine_stage_seconds_sum"
        return REGISTRY.get_sample_value(name, {"engine": "test", "stage": stage}) or 0.0

    before = seconds("warp")
    drawn("test", {"warp": 0.5, "draw": 0.25})
    assert seconds("warp") == before + 0.5
    assert REGISTRY.get_sample_value("fashioncore_engine_seconds_count", {"engine": "test"})


def test_what_is_rolled_back_did_not_happen() -> None:
    counted: list[str] = []
    engine = create_engine("sqlite://")
    with Session(engine) as session, session.begin():
        with session.begin_nested():
            after_commit(session, lambda: counted.append("kept"))
        assert counted == []
    with Session(engine) as session:
        session.begin()
        after_commit(session, lambda: counted.append("lost"))
        session.rollback()
    engine.dispose()
    assert counted == ["kept"]


class Cuda:
    """As torch tells of GPUs (tests/gpu/test_gpu_memory.py compares the two); the second one is out of order."""

    def __init__(self, *, in_use: bool) -> None:
        self.in_use = in_use

    def is_initialized(self) -> bool:
        return self.in_use

    def device_count(self) -> int:
        assert self.in_use, "that would wake a GPU"
        return 3

    def mem_get_info(self, device: int) -> tuple[int, int]:
        if device == 1:
            raise RuntimeError("CUDA error: device is lost")
        return 3 * 2**30, (device + 8) * 2**30


def _gpu_memory() -> dict[tuple[str, str], float]:
    async def ask() -> str:
        app = Starlette(routes=[metrics_route(None)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://worker") as client:
            return (await client.get("/metrics")).raise_for_status().text

    families = text_string_to_metric_families(asyncio.run(ask()))
    samples = [one for family in families for one in family.samples if "gpu_memory" in one.name]
    return {(one.name.removeprefix("fashioncore_gpu_memory_"), one.labels["device"]): one.value for one in samples}


def test_a_process_with_gpus_in_use_tells_their_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=Cuda(in_use=True)))
    gib = 2.0**30
    assert _gpu_memory() == {
        ("used_bytes", "0"): 5 * gib,
        ("bytes", "0"): 8 * gib,
        ("used_bytes", "2"): 7 * gib,
        ("bytes", "2"): 10 * gib,
    }


def test_a_process_without_one_in_use_wakes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=Cuda(in_use=False)))
    assert _gpu_memory() == {}
    monkeypatch.delitem(sys.modules, "torch")
    assert _gpu_memory() == {}
    assert "torch" not in sys.modules
