"""The whole program as `./fashioncore up` runs it, on servers of the test, and what may happen to it."""

from __future__ import annotations

import asyncio
import io
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psycopg2
import redis
from PIL import Image

from storage.config import StorageConfig
from storage.local_servers import LocalServers
from storage.media import LocalMediaStore
from storage.unit_of_work import Database
from tests.chaos.database import query
from tests.chaos.network import Host
from tests.chaos.people import Chatter, Visitor
from tests.chaos.sketcher import poison
from tests.fakes.openai import FakeModel, body, breaks_off, hang, says, status, without_end
from tests.fakes.shops import base as shops
from tests.fakes.shops.flipkart import FakeFlipkart
from tests.fakes.telegram import FakeTelegram
from tests.programs import Program, Stage, answers, family_of, until
from workers import housekeeping

CALM_S = 90
STUB = Path(__file__).parent / "stub"
DISK_BYTES = 96 * 2**20
OLD_S = 2 * 3600
POISON = "job poisoned"


@dataclass
class Town:
    """The running program, its servers, and everybody who talks to it."""

    stage: Stage
    servers: LocalServers
    fake: FakeTelegram
    model: FakeModel
    shop: FakeFlipkart
    port: int
    dice: random.Random
    visitors: list[Visitor] = field(default_factory=list)
    chatters: list[Chatter] = field(default_factory=list)
    program: Program | None = None
    host: Host | None = None
    """Another host with one more worker, where this machine can have one."""
    far: Program | None = None
    bad: str = ""
    """What tries on the garment that kills workers, which nobody wants but where that is the fault."""
    small_disk: bool = False
    was_full: bool = False

    @property
    def everybody(self) -> list[Visitor | Chatter]:
        """Who is there."""
        return [*self.visitors, *self.chatters]

    @property
    def url(self) -> str:
        """Of the database."""
        return self.servers.database_url

    @property
    def data(self) -> Path:
        """The data folder."""
        return Path(self.stage.environment["FASHIONCORE_DATA"])

    # --- life -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the supervisor; one that is gone may have left parts that are still ending."""

        def up() -> bool:
            if self.program is None or self.program.process.poll() is not None:
                self.program = self.stage.start("bot", "up", "--port", str(self.port))
            return answers(self.port)

        until(up, CALM_S, lambda: f"it did not come up:\n{self.log()}", 0.1)
        if self.host is not None and (self.far is None or self.far.process.poll() is not None):
            self.far = self.host.start(self.stage, "workers")

    def pid_of(self, *words: str) -> int | None:
        """The part of the program whose command line has these words."""
        if self.program is None:
            return None
        for pid in family_of(self.program.process.pid):
            with suppress(OSError):
                line = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
                if line[1:2] == ["-m"] and line[2 : 2 + len(words)] == list(words):
                    return pid
        return None

    def log(self) -> str:
        """What the program printed last."""
        return "" if self.program is None else self.program.output()[-6000:]

    # --- rest -------------------------------------------------------------------------------------------------

    def calm(self) -> None:
        """Wait until everything is answered, told and drawn."""
        busy = (
            "SELECT 'inbox', kind, channel, attempts::text FROM inbox WHERE status = 'pending'"
            " UNION ALL SELECT 'outbox', channel, error_code, attempts::text FROM outbox WHERE status = 'pending'"
            " UNION ALL SELECT 'job', status, lease_owner, attempts::text FROM jobs"
            " WHERE status IN ('queued', 'running')"
        )
        left: list[tuple[Any, ...]] = []

        def quiet() -> bool:
            self._end_dead_leases()
            if self._unread():
                return False
            left[:] = query(self.url, busy)
            return not left

        until(
            quiet, CALM_S, lambda: f"it did not come to rest: {left}, {self._unread()} unread\n{self.log()}", 0.05
        )
        for visitor in self.visitors:
            ((rev,),) = query(
                self.url, "SELECT rev FROM conversations WHERE id = %s", visitor.browser.conversation
            )
            visitor.catch_up(rev)

    def _unread(self) -> int:
        """Updates that the bot has not taken yet."""
        return self.fake.world.updates.pending

    def _end_dead_leases(self) -> None:
        """The ten seconds for which a dead worker's lease goes on are not waited for."""
        for (owner,) in query(self.url, "SELECT DISTINCT lease_owner FROM jobs WHERE status = 'running'"):
            if owner is not None and not Path(f"/proc/{owner.rpartition(':')[2]}").exists():
                _change(
                    self.url,
                    "UPDATE jobs SET lease_until = now() - interval '1 s'"
                    " WHERE status = 'running' AND lease_owner = %s",
                    owner,
                )

    def sweep(self) -> None:
        """The hour passes after which a blob that nobody holds is swept, and the sweeper comes."""
        old = time.time() - OLD_S
        for path in (self.data / "media").rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    os.utime(path, (old, old))
        config = StorageConfig(self.url, self.servers.redis_url, self.data, pool_size=2)
        database = Database(config, LocalMediaStore(config.media))
        try:
            asyncio.run(housekeeping.sweep(database))
        finally:
            database.close()

    # --- what may happen --------------------------------------------------------------------------------------

    def kill_worker(self) -> None:
        """SIGKILL."""
        self._kill("workers")

    def kill_web(self) -> None:
        """SIGKILL."""
        self._kill("bot", "web")

    def kill_bot(self) -> None:
        """SIGKILL of what speaks with Telegram."""
        self._kill("bot", "telegram")

    def kill_supervisor(self) -> None:
        """SIGKILL of what watches over the others, which end with it."""
        assert self.program is not None
        self.program.kill()
        self.start()

    def crash_postgresql(self) -> None:
        """Killed, and started again from its log."""
        self.servers.restart_postgres(crash=True)

    def stop_postgresql(self) -> None:
        """Stopped at once with whatever is under way, and started."""
        self.servers.restart_postgres()

    def kill_backends(self) -> None:
        """Every connection of the program breaks, thrice."""
        for _ in range(3):
            with suppress(psycopg2.OperationalError):
                query(
                    self.url,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'fashioncore' AND pid <> pg_backend_pid()",
                )
            self._pause(0.1, 0.4)

    def flush_valkey(self) -> None:
        """It forgets everything."""
        with closing(redis.Redis.from_url(self.servers.redis_url)) as valkey:
            valkey.flushall()

    def crash_valkey(self) -> None:
        """Killed, and started without what it knew."""
        self.servers.restart_valkey(crash=True)

    def pause_valkey(self) -> None:
        """It hangs for five seconds."""
        pid = self.servers.valkey_pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        try:
            threading.Event().wait(5)
        finally:
            os.kill(pid, signal.SIGCONT)

    def fill_disk(self) -> None:
        """Nothing more can be written into the media store for a while."""
        filler = self.data / "media" / "filler"
        try:
            with filler.open("wb") as file, suppress(OSError):
                while True:
                    file.write(bytes(2**20))
                    file.flush()
            self._pause(0.5, 1.5)
        finally:
            filler.unlink()

    def clock_forward(self) -> None:
        """The database's clock jumps ahead by a quarter of an hour, as seen from every row."""
        self._shift(-900)

    def clock_back(self) -> None:
        """The database's clock is set back by two seconds, as seen from every row."""
        self._shift(2)

    def _shift(self, seconds: int) -> None:
        columns = query(
            self.url,
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' GROUP BY 1",
        )
        for table, names in columns:
            moved = ", ".join(f'"{name}" = "{name}" + interval \'{seconds} s\'' for name in names)
            _change(self.url, f'UPDATE "{table}" SET {moved}')

    def telegram_stumbles(self) -> None:
        """A third of what is sent there is refused, cut off, or late."""
        self.fake.faults.seeded(self.dice.getrandbits(32), 0.3)
        self._pause(1, 2)
        self.fake.faults.clear()

    def model_misbehaves(self) -> None:
        """The language model hangs, goes on for ever, breaks off, answers nonsense, or refuses."""
        bad = [hang, without_end, breaks_off, says("no"), body("{"), status(500), status(429)]
        wrong = self.dice.choice(bad)
        self.model.will("frame", wrong)
        self.model.will("reply", wrong)
        self._pause(0.5, 1.5)
        self.model.answers.clear()

    def shop_misbehaves(self) -> None:
        """A shop that is asked live hangs, goes on for ever, breaks off, answers nonsense, or refuses."""
        bad: list[shops.Fault] = [shops.hangs, shops.does_not_end, shops.breaks_off, shops.badly_packed]
        bad += [shops.says("<p>"), shops.says('{"products": 7}'), shops.status(500), shops.status(429)]
        self.shop.faults.extend([self.dice.choice(bad)] * 100)
        self._pause(1, 2)
        self.shop.faults.clear()

    def cut_cable(self) -> None:
        """The other host is cut off, for less time than a lease or for more."""
        assert self.host is not None
        self.host.cut()
        self._pause(1, 12)
        self.host.mend()

    def ask_for_poison(self) -> None:
        """Somebody wants the garment that kills every worker."""
        self.visitors[-1].press(self.bad)

    def poison(self, action: str) -> str:
        """From now on the garment of this action kills every worker that draws it. Returns its picture's key."""
        key: str
        ((key,),) = query(
            self.url, "SELECT picture_media FROM products WHERE id = %s", action.removeprefix("try:")
        )
        data = (self.data / "media" / key[:2] / key[2:4] / key).read_bytes()
        with Image.open(io.BytesIO(data)) as picture:
            poison(self.data / "poison", np.asarray(picture.convert("RGB")))
        return key

    def _kill(self, *part: str) -> None:
        if (pid := self.pid_of(*part)) is not None:
            os.kill(pid, signal.SIGKILL)

    @property
    def possible(self) -> frozenset[str]:
        """What may happen on this machine."""
        cannot = {"disk full": self.small_disk, "cable cut": self.host is not None}
        return frozenset(fault for fault in FAULTS if cannot.get(fault, True))

    def wait(self, seconds: float) -> None:
        """The moment at which something happens is part of the round."""
        threading.Event().wait(seconds)

    def note_lost(self, full: bool) -> bool:
        """Whether the disk was full in any round until now."""
        self.was_full = self.was_full or full
        return self.was_full

    def _pause(self, least_s: float, most_s: float) -> None:
        self.wait(self.dice.uniform(least_s, most_s))


FAULTS: dict[str, Callable[[Town], None]] = {
    "worker killed": Town.kill_worker,
    "bot killed": Town.kill_bot,
    "web killed": Town.kill_web,
    "supervisor killed": Town.kill_supervisor,
    "PostgreSQL crashed": Town.crash_postgresql,
    "PostgreSQL restarted": Town.stop_postgresql,
    "backends killed": Town.kill_backends,
    "Valkey flushed": Town.flush_valkey,
    "Valkey crashed": Town.crash_valkey,
    "Valkey paused": Town.pause_valkey,
    "disk full": Town.fill_disk,
    "clock forward": Town.clock_forward,
    "clock back": Town.clock_back,
    "Telegram stumbles": Town.telegram_stumbles,
    "model misbehaves": Town.model_misbehaves,
    "shop misbehaves": Town.shop_misbehaves,
    "cable cut": Town.cut_cable,
    POISON: Town.ask_for_poison,
}


def _change(url: str, statement: str, *values: Any) -> None:
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def small_disk(media: Path) -> Iterator[bool]:
    """A file system of some megabytes below the folder, where we may mount one; False where not."""
    kept = media.with_name("media.kept")
    media.rename(kept)
    media.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=0700", "tmpfs", str(media)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    try:
        shutil.copytree(kept, media, dirs_exist_ok=True)
        shutil.rmtree(kept)
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(media)], check=True)
