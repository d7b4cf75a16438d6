"""A full disk, a volume that cannot be written, a bucket that does not answer: people and operators are told,
nothing is lost, and work goes on by itself when it is mended.
"""

from __future__ import annotations

import errno
import http.client
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest

from bot.dialogue import replies
from catalog.samples import sample_products
from storage.local_servers import LocalServers
from storage.s3 import BucketMediaStore
from tests.buckets import NewBucket
from tests.chaos.database import query
from tests.programs import Browser, Program, Stage, free_port, stage, until
from tests.samples import sample_person

pytestmark = pytest.mark.timeout(600)

AWAY = replies.PICTURES_AWAY.one


class Disk:
    """A file system of its own, of some megabytes."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._mount("tmpfs", "-o", f"size={megabytes}m", "-t", "tmpfs")

    def _mount(self, *words: str | Path) -> None:
        subprocess.run(["mount", *words[1:], words[0], self.folder], check=True)

    def fill(self) -> None:
        """To the last byte."""
        with (self.folder / "filler").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def make_room(self) -> None:
        (self.folder / "filler").unlink()

    def writable(self, how: bool) -> None:
        subprocess.run(["mount", "-o", f"remount,{'rw' if how else 'ro'}", self.folder], check=True)

    def close(self) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=True)


@pytest.fixture
def new_disk() -> Iterator[Callable[[Path, int], Disk]]:
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    with ExitStack() as mounted:

        def new(folder: Path, megabytes: int) -> Disk:
            disk = Disk(folder, megabytes)
            mounted.callback(disk.close)
            return disk

        yield new


class Road:
    """A port that leads to a server, until it is cut."""

    def __init__(self, to: int) -> None:
        self.port = free_port()
        self._to = to
        self._open: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._lead, args=(self._listening,), daemon=True).start()

    def cut(self) -> None:
        """Nobody is let in, and whoever is on the way does not arrive."""
        for one in (self._listening, *self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _lead(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listening.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                self._open += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(2**16):
                sink.sendall(data)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


class Scene:
    """A web chat, a worker that says how it is, and a visitor."""

    def __init__(self, theatre: Stage, **told: str) -> None:
        self.port, self.health = free_port(), free_port()
        theatre.environment |= told
        self.url = theatre.environment["DATABASE_URL"]
        self.web = theatre.web(self.port)
        self.worker: Program = theatre.worker(FASHIONCORE_HEALTH_PORT=str(self.health))
        self.visitor: Browser = theatre.visit(self.port)

    def agree(self) -> None:
        greeting = self.visitor.wait(
            lambda turn: any(one["action"] == "consent:yes" for one in turn["choices"]), "the greeting"
        )
        self.visitor.press(greeting, "consent:yes")
        until(lambda: query(self.url, "SELECT 1 FROM consents"), 30, "the yes was not heard")

    def find(self) -> dict[str, Any]:
        self.visitor.wait(
            lambda turn: "ready" in turn["text"] and turn["author"] == "stylist", "the photo's answer", 90
        )
        self.visitor.say("shirt")
        return self.visitor.wait(lambda turn: bool(turn["products"]), "product cards")

    def told_of_it(self, times: int) -> None:
        try:
            self.visitor.wait(lambda _: len(self._told()) >= times, "the word that pictures have to wait", 90)
        except AssertionError as error:
            events = query(self.url, "SELECT kind, status, attempts, error_code, available_at - now() FROM inbox")
            raise AssertionError(f"{error}\n{events}\n{self.web.output()}") from error
        assert len(self._told()) == times, self.visitor.transcript()

    def _told(self) -> list[dict[str, Any]]:
        return [turn for turn in self.visitor.turns.values() if turn["text"] == AWAY]

    def says(self, words: str) -> None:
        """The worker is not ready, for this reason, and its log has it, too."""
        until(lambda: words in self.readiness(), 60, lambda: f"{self.readiness()}\n{self.worker.output()}")
        assert words in self.worker.output()

    def readiness(self) -> str:
        with (
            closing(http.client.HTTPConnection("127.0.0.1", self.health, timeout=5)) as connection,
            suppress(OSError),
        ):
            connection.request("GET", "/readyz")
            return connection.getresponse().read().decode()
        return ""

    def refuses_uploads_for_now(self) -> None:
        photo = {"photo": ("photo.jpg", sample_person().read_bytes())}
        answer = self.visitor.client.post("/api/photos", data={"id": str(uuid4())}, files=photo, timeout=90)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
        assert "sent again" in answer.json()["error"]["message"]

    def waits_without_a_failure(self) -> None:
        assert query(self.url, "SELECT status, attempts FROM jobs") == [("queued", 0)]

    def goes_on(self) -> None:
        """The picture comes, once, and nothing is left behind."""
        self.visitor.wait(lambda _: bool(self.visitor.results()), "the picture", 120)
        until(lambda: self.readiness() == "ready", 30, self.readiness)
        until(lambda: not query(self.url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 30, "an event waits")
        assert query(self.url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)]
        assert query(self.url, "SELECT status, attempts FROM jobs") == [("done", 1)]
        self.visitor.open()
        assert len(self.visitor.results()) == 1, self.visitor.transcript()


@contextmanager
def conversation_held(url: str) -> Iterator[None]:
    """What comes in is stored, and handled when the block ends."""
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM conversations FOR UPDATE")
        yield


def test_a_full_disk_and_then_one_that_cannot_be_written_lose_neither_photo_nor_picture(
    theatre: Stage, new_disk: Callable[[Path, int], Disk]
) -> None:
    media = Path(theatre.environment["FASHIONCORE_DATA"]) / "media"
    stocked = media.rename(media.with_name("stocked"))
    disk = new_disk(media, 24)
    shutil.copytree(stocked, media, dirs_exist_ok=True)
    scene = Scene(theatre)
    visitor = scene.visitor
    scene.agree()

    with conversation_held(scene.url):
        visitor.photo(sample_person().read_bytes())
        disk.fill()
    scene.told_of_it(1)
    assert "No space left on device" in scene.web.output()
    disk.make_room()
    found = scene.find()

    disk.fill()
    visitor.press(found, f"try:{next(p.id for p in sample_products() if p.part == 'upper')}")
    scene.told_of_it(2)
    scene.says(f"cannot write to the media folder {media}: No space left on device")
    scene.refuses_uploads_for_now()
    visitor.say("help")
    visitor.wait(lambda turn: turn["text"].startswith("Here is what I do"), "an answer without pictures")
    disk.writable(False)
    scene.says(f"cannot write to the media folder {media}: Read-only file system")
    scene.waits_without_a_failure()
    disk.writable(True)
    disk.make_room()
    scene.goes_on()
    visitor.photo(sample_person().read_bytes())


def test_a_bucket_that_does_not_answer_loses_no_picture(
    theatre: Stage, bucket_server: str, new_bucket: NewBucket
) -> None:
    bucket = new_bucket()
    BucketMediaStore(bucket).prepare()
    road = Road(int(bucket_server.rpartition(":")[2]))
    try:
        scene = Scene(
            theatre,
            S3_BUCKET=bucket.name,
            S3_ENDPOINT=f"http://127.0.0.1:{road.port}",
            S3_ACCESS_KEY_ID="key",
            S3_SECRET_ACCESS_KEY="secret",
            S3_PATH_STYLE="true",
        )
        scene.agree()
        scene.visitor.photo(sample_person().read_bytes())
        found = scene.find()
        road.cut()
        scene.visitor.press(found, f"try:{next(p.id for p in sample_products() if p.part == 'upper')}")
        scene.told_of_it(1)
        scene.says(f"the bucket {bucket.name}: EndpointConnectionError")
        scene.refuses_uploads_for_now()
        scene.waits_without_a_failure()
        road.mend()
        scene.goes_on()
    finally:
        road.cut()


def test_a_full_disk_under_postgresql_loses_no_message(
    stocked_data: Path, tmp_path: Path, new_disk: Callable[[Path, int], Disk]
) -> None:
    disk = new_disk(tmp_path / "disk", 600)
    data = disk.folder / "data"
    subprocess.run(["cp", "-a", stocked_data, data], check=True)
    with (
        LocalServers(data) as servers,
        stage(servers.database_url, servers.redis_url, tmp_path / "stage", stocked_data) as theatre,
    ):
        port = free_port()
        web = theatre.web(port)
        visitor = theatre.visit(port)
        visitor.wait(lambda turn: turn["author"] == "stylist", "the greeting")
        disk.fill()
        accepted: list[str] = []

        def full() -> bool:
            """PostgreSQL's log has room for a while: what is accepted until then is not lost."""
            event, text = str(uuid4()), f"help {len(accepted)}"
            answer = visitor.client.post("/api/messages", json={"id": event, "text": text})
            assert answer.status_code in {202, 429, 503}, answer.text
            if answer.status_code == 202:
                accepted.append(text)
            return "No space left on device" in web.output()

        until(full, 90, web.output)
        disk.make_room()
        visitor.wait(
            lambda _: {turn["text"] for turn in visitor.turns.values()} >= set(accepted), "all of them", 90
        )
        url = theatre.environment["DATABASE_URL"]
        until(lambda: not query(url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 60, "an event waits")
        assert query(url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)]
        visitor.open()
        answers = [turn for turn in visitor.turns.values() if turn["author"] == "stylist"]
        assert len(answers) == len(accepted) + 1, visitor.transcript()


def test_a_worker_without_its_weights_says_what_to_run(
    theatre: Stage, new_disk: Callable[[Path, int], Disk], tmp_path: Path
) -> None:
    disk = new_disk(tmp_path / "weights", 1)
    disk.writable(False)
    worker = theatre.start(
        "bot", "worker", FASHIONCORE_ENGINE="idm", FASHIONCORE_IDM_WEIGHTS=str(disk.folder / "idm-vton")
    )
    assert worker.ended(60) == 1
    (line,) = worker.output().splitlines()
    assert line.startswith("The engine idm lacks unet,")
    assert line.endswith("Nothing can be written there. Where it can, run: ./fashioncore weights pull")
