"""What is said of known holes: that there are none, that there are some, or that nobody could be asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit import main

Said = Callable[..., tuple[int, str]]

WELL = {"name": "anyio", "version": "4.16.0", "vulns": []}
HOLE = {"name": "requests", "version": "2.0", "vulns": [{"id": "PYSEC-2018-28", "fix_versions": ["2.20"]}]}
SKIPPED = {"name": "torch", "skip_reason": "Dependency not found on PyPI and could not be audited: torch"}


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    monkeypatch.delenv("FASHIONCORE_REQUIRE_AUDIT", raising=False)

    def audit(*reports: object) -> tuple[int, str]:
        for number, report in enumerate(reports):
            (tmp_path / str(number)).write_text(json.dumps(report) if report is not None else "")
        code = main([f"set {number}={tmp_path / str(number)}" for number in range(len(reports))])
        return code, capsys.readouterr().out

    return audit


def _packages(*packages: object) -> object:
    return {"dependencies": list(packages), "fixes": []}


def test_no_known_holes_is_said_only_of_what_was_looked_up(said: Said) -> None:
    code, told = said(_packages(WELL), _packages(WELL, SKIPPED))
    assert code == 0
    assert "set 0: no known holes, 1 of 1 packages looked up" in told
    assert "set 1: no known holes, 1 of 2 packages looked up; NOT AUDITED: torch" in told
    assert "NOT AUDITED in part: set 1" in told
    assert said(_packages(WELL)) == (0, "set 0: no known holes, 1 of 1 packages looked up\n"
                                     "== known holes: no known holes in any package\n")  # fmt: skip


@pytest.mark.parametrize("report", [_packages(SKIPPED, SKIPPED), _packages(), [], {"error": "no route"}, None])
def test_where_nobody_could_be_asked_no_safety_is_claimed(
    said: Said, report: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = said(report)
    assert code == 0
    assert "NOT AUDITED" in told
    assert "no known holes" not in told
    monkeypatch.setenv("FASHIONCORE_REQUIRE_AUDIT", "1")
    assert said(report)[0] == 3


def test_a_hole_fails_whatever_else_is_not_known(said: Said) -> None:
    code, told = said(_packages(WELL, SKIPPED, HOLE), None)
    assert code == 1
    assert "KNOWN HOLES: requests PYSEC-2018-28" in told
