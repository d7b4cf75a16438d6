"""One loop for the servers and whoever asks them, and time that passes when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.unit.catalog.shops.stage import Time


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


@pytest.fixture
def time() -> Time:
    return Time()
