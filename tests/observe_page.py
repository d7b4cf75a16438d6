"""`python -m tests.observe_page` writes what follows from others: the table of metrics in docs/observe.md, and the
alert rules as an object of Kubernetes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from prometheus_client.metrics import MetricWrapperBase

from storage import metrics
from tests.programs import ROOT

PAGE = ROOT / "docs" / "observe.md"
ALERTS = ROOT / "ops" / "alerts.yaml"
PROMETHEUS_RULE = ROOT / "k8s" / "components" / "observe" / "alerts.yaml"
_SECTION = re.compile(r"(<!-- metrics: .* -->\n).*?(<!-- end -->)", re.DOTALL)
_RULE_HEAD = """# Written by `python -m tests.observe_page` out of ops/alerts.yaml, where the alerts are changed.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: fashioncore }
spec:
"""


def defined() -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Every metric: name, type, labels and meaning."""
    for value in vars(metrics).values():
        if isinstance(value, MetricWrapperBase):
            (told,) = value.describe()
            name = f"{told.name}_total" if told.type == "counter" else told.name
            yield name, told.type, tuple(value._labelnames), told.documentation
    for name, (meaning, labels) in metrics.SCRAPED.items():
        yield name, "gauge", labels, meaning


def page(now: str) -> str:
    """The page as it should be, out of the page as it is."""
    rows = [
        f"| `{name}` | {kind} | {', '.join(f'`{label}`' for label in labels)} | {meaning} |"
        for name, kind, labels, meaning in sorted(defined())
    ]
    table = "\n".join(["| metric | type | labels | meaning |", "|---|---|---|---|", *rows, ""])
    return _SECTION.sub(lambda found: f"{found[1]}{table}{found[2]}", now)


def prometheus_rule() -> str:
    """The alerts for the Prometheus operator."""
    groups = yaml.safe_load(ALERTS.read_text())
    body = yaml.safe_dump(groups, sort_keys=False, allow_unicode=True, width=1000)
    return _RULE_HEAD + "".join(f"  {line}\n" for line in body.splitlines())


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
    PROMETHEUS_RULE.write_text(prometheus_rule())
