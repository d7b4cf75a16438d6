"""The servers behind a command: those of DATABASE_URL and REDIS_URL, those that `up` runs for the same data
folder, or our own for as long as the command takes.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.settings import BotSettings
from storage.local_servers import LocalServers
from storage.master_key import MASTER_KEY, MasterKey
from storage.server_process import AlreadyRunning

RUNNING = "running.json"
"""What `up` leaves in its data folder, for other commands on the same folder; mode 0600, gone when it ends."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a running `up` offers."""

    address: str
    database_url: str
    redis_url: str


def announce(data: Path, running: Running) -> None:
    """Write what other commands need to find us."""
    handle = os.open(data / RUNNING, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(asdict(running), file)


def withdraw(data: Path) -> None:
    """Nothing runs here any more."""
    (data / RUNNING).unlink(missing_ok=True)


def running(data: Path) -> Running | None:
    """What an `up` on this folder announced, which may be of a killed run."""
    try:
        return Running(**json.loads((data / RUNNING).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def data_folder(given: Path | None) -> Path:
    """The folder of --data, FASHIONCORE_DATA, or `.data` beside the launcher, absolute."""
    default = Path(__file__).resolve().parents[1] / ".data"
    return (given or Path(os.environ.get("FASHIONCORE_DATA") or default)).absolute()


def make_master_key(data: Path) -> None:
    """What seals people's pictures, in a file of the data folder, where none is there or set."""
    path, name = data / MASTER_KEY, "FASHIONCORE_MASTER_KEY"
    if path.exists() or os.environ.get(name) or os.environ.get(f"{name}_FILE"):
        return
    data.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=data, prefix=f".{MASTER_KEY}-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{MasterKey.new()}\n")
            file.flush()
            os.fsync(file.fileno())
        # Whole or not at all, and never over that of another process which began at the same moment.
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        os.unlink(part)


@contextmanager
def settings_for(given: Path | None) -> Iterator[BotSettings]:
    """Settings whose servers answer inside the block. Raises LocalServerError."""
    data = data_folder(given)
    os.environ["FASHIONCORE_DATA"] = str(data)
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield BotSettings()
        return
    make_master_key(data)
    servers = LocalServers(data)
    try:
        servers.start()
    except AlreadyRunning:
        found = running(data)
        if found is None:
            raise
        yield BotSettings(DATABASE_URL=found.database_url, REDIS_URL=found.redis_url)
        return
    try:
        yield BotSettings(DATABASE_URL=servers.database_url, REDIS_URL=servers.redis_url)
    finally:
        servers.stop()
