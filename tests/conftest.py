"""What every test can ask for."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.buckets import bucket_server, new_bucket
from tests.servers import (
    database_url,
    empty_database_url,
    module_database_url,
    module_redis_url,
    module_stocked_database_url,
    own_servers,
    postgres_url,
    redis_url,
    servers,
    stocked_data,
    stocked_database_url,
)

__all__ = [
    "bucket_server",
    "database_url",
    "empty_database_url",
    "module_database_url",
    "module_redis_url",
    "module_stocked_database_url",
    "new_bucket",
    "own_servers",
    "postgres_url",
    "redis_url",
    "servers",
    "stocked_data",
    "stocked_database_url",
]


# How fast a machine is fails no test, and what one run finds every run finds: `--hypothesis-profile=default` looks
# at other examples each time.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

for name in tuple(os.environ):
    # A developer's own: no test may talk to it.
    if name.startswith(("OPENAI_", "AMAZON_", "FLIPKART_", "SHOPIFY_", "S3_", "AWS_", "HF_")):
        os.environ.pop(name)


# People's pictures are sealed in tests as they are anywhere.
os.environ["FASHIONCORE_MASTER_KEY"] = "dGVzdHMgb2YgZmFzaGlvbkNPUkUsIG5vdCBtb3JlISE="


def pytest_addoption(parser: pytest.Parser) -> None:
    """What tests/chaos/test_rounds.py takes."""
    chaos = parser.getgroup("chaos", "rounds of faults")
    chaos.addoption("--rounds", type=int, default=int(os.environ.get("FASHIONCORE_CHAOS_ROUNDS", "20")))
    chaos.addoption("--seed", type=int, default=1, help="of the rounds; nights take others (.ci/nightly)")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many processes run tests: one more than there are cores, since many tests wait for something."""
    return min(len(os.sched_getaffinity(0)) + 1, 6)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """By chance, but long stories first: one that began last would run alone, with the other processes idle."""
    first = ["tests/chaos/", "tests/dialogues/", "tests/e2e/", "tests/integration/", ""]
    items.sort(key=lambda item: next(n for n, folder in enumerate(first) if item.nodeid.startswith(folder)))


class TellAtOnce:
    """Says what failed as soon as it has: a run that is cut off has said it by then."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """After the reporter's own letter."""
        reporter = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and reporter is not None:
            reporter.write_line(f"\n{report.nodeid}, {report.when}, after {report.duration:.0f} s")
            reporter.write_line(report.longreprtext)


def pytest_configure(config: pytest.Config) -> None:
    """Only where it is shown: not in the processes that run the tests."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        config.pluginmanager.register(TellAtOnce(config))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With FASHIONCORE_REQUIRE_ALL, as in CI, a test that was skipped has failed: the machine lacks something."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("FASHIONCORE_REQUIRE_ALL") and reporter is not None and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped that must run here:", red=True)
        for report in reporter.stats["skipped"]:
            reporter.write_line(f"  {report.nodeid}: {report.longrepr}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
