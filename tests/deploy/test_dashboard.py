"""What the dashboard asks for is what Prometheus understands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import yaml

from tests.programs import ROOT


def test_prometheus_understands_every_question_of_the_dashboard(tmp_path: Path) -> None:
    dashboard = json.loads((ROOT / "ops" / "dashboard.json").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    rules = [
        {"record": f"asked_{number}", "expr": expression.replace("$__rate_interval", "5m")}
        for number, expression in enumerate(asked)
    ]
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    said = subprocess.run(["promtool", "check", "rules", file], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert f"{len(asked)} rules found" in said.stdout
