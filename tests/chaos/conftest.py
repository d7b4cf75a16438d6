"""A stage with its own servers, whose programs may be killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.local_servers import LocalServers
from tests.programs import Stage, free_port, stage


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def theatre(own_servers: LocalServers, stocked_data: Path, tmp_path: Path) -> Iterator[Stage]:
    """Servers of this test alone with the sample catalogue, and nothing running on them yet."""
    with stage(own_servers.database_url, own_servers.redis_url, tmp_path / "stage", stocked_data) as opened:
        yield opened
