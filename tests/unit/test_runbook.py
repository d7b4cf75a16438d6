"""The runbook: every fault has a metric that is measured and something to do; the costs are those of the plan."""

from __future__ import annotations

import re

import pytest
from typer.main import get_command

from bot.cli import app
from tests.load import scale
from tests.programs import ROOT

PAGE = (ROOT / "docs/operate.md").read_text()


def _faults() -> list[list[str]]:
    table = PAGE.partition("| you see | it shows in | it is | do |\n|---|---|---|---|\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in table.splitlines()]


def test_ten_faults_stand_there_each_with_a_metric_and_something_to_do() -> None:
    faults = _faults()
    assert len(faults) == 10
    for seen, shows, _, do in faults:
        assert "`fashioncore_" in shows or shows == "the same", seen
        assert "`" in do, seen


def test_every_metric_of_the_runbook_is_measured() -> None:
    known = set(re.findall(r'"(fashioncore_\w+)"', (ROOT / "storage/metrics.py").read_text()))
    named = {name for fault in _faults() for name in re.findall(r"fashioncore_\w+", fault[1])}
    assert named
    assert named <= known


def test_every_command_of_the_page_is_there() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    named = set(re.findall(r"`?(?:\./fashioncore|python -m bot) ([a-z][\w-]*)", PAGE))
    assert {"doctor", "backup", "prepare-bucket"} <= named
    assert named <= commands.keys()


def test_what_a_try_on_costs_is_what_the_plan_computes() -> None:
    plan = scale.plans()[0]
    assert "a hundredth of a cent" in PAGE
    assert plan.per_try_on(painted=False) == pytest.approx(0.01, rel=0.3)
    assert "three quarters of one" in " ".join(PAGE.split())
    assert plan.per_try_on(painted=True) == pytest.approx(0.75, rel=0.1)


def test_the_peaks_are_the_readmes() -> None:
    peaks = dict(re.findall(r"\| peak memory: (\w+) \| (\d+) MiB \|", scale.README.read_text()))
    assert f"web {peaks['web']} MiB, worker {peaks['worker']} MiB" in PAGE
