"""A stage with its own servers, whose programs may be killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.local_servers import LocalServers
from storage.migrate import upgrade
from tests.programs import Stage, free_port, stage


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def theatre(own_servers: LocalServers, tmp_path: Path) -> Iterator[Stage]:
    """Migrated servers of this test alone with the sample catalogue, and nothing running on them yet."""
    upgrade(own_servers.database_url)
    with stage(own_servers.database_url, own_servers.redis_url, tmp_path / "stage") as opened:
        migrated = opened.start("bot", "migrate")
        assert migrated.process.wait(120) == 0, migrated.output()
        yield opened
