"""A server of buckets that nobody here wrote, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

from storage.s3 import Bucket
from tests.programs import answers, free_port, until

NewBucket = Callable[[], Bucket]


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[str]:
    """The address of a running moto server."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: answers(port, "/moto-api/"), 60, "the server of buckets does not answer")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def new_bucket(bucket_server: str) -> NewBucket:
    """Makes settings of a bucket that is not there yet."""
    return lambda: Bucket(
        f"test-{uuid4().hex}", endpoint=bucket_server, key_id="key", secret="secret", path_style=True
    )
