"""An ASGI application on a port of this machine, in a thread, for tests of what calls it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from storage.health import QuietServer
from tests.patience import patient
from tests.programs import free_port, until


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Its address, until the block ends."""
    port = free_port()
    server = QuietServer(
        uvicorn.Config(
            app, host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )  # fmt: skip
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until(lambda: server.started, 20, "the server did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(patient(20))
