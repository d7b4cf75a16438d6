"""`python -m tests.image ROOT`: lets the program of an unpacked image answer, as a strict cluster would run it.

uid 10001 without any right, a file system that is read-only but for /tmp and /data, no network but loopback and no
process of others; PostgreSQL and Valkey are reached by their sockets. Needs root. Ends with 1 and says why.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from storage.local_servers import LocalServers
from tests.programs import until

WALLS = """
mount --bind {root} {root} && mount -o remount,bind,ro {root}
mount -t proc proc {root}/proc
mount -t tmpfs tmpfs {root}/dev
for node in null zero random urandom; do touch {root}/dev/$node; mount --bind /dev/$node {root}/dev/$node; done
mkdir {root}/dev/shm && mount -t tmpfs -o mode=1777 tmpfs {root}/dev/shm
mount -t tmpfs -o mode=1777 tmpfs {root}/tmp
mount -t tmpfs -o mode=0700,uid=10001,gid=10001 tmpfs {root}/data
mount -t tmpfs tmpfs {root}/run
mkdir -p {root}{sockets} && mount --bind {sockets} {root}{sockets}
ip link set lo up
exec env -i {environment} "$(command -v chroot)" --userspec=10001:10001 {root} {command}
"""

ANSWERS = """
import sys, time, urllib.request as u
for _ in range(600):
    try:
        u.urlopen("http://127.0.0.1:8787/readyz", timeout=5)
        break
    except OSError:
        time.sleep(0.1)
page = u.urlopen("http://127.0.0.1:8787/").read()
sys.exit(b'<div id="root"' not in page or u.urlopen("http://127.0.0.1:8080/readyz").read() != b"ready")
"""

TRY_ON = """
import pathlib, runpy, sys
samples = pathlib.Path(__import__("openvto").__file__).parent / "assets"
person, garment = samples / "people/1_posture.jpg", samples / "clothes/shirts/1_front.jpg"
sys.argv = ["fashioncore", "tryon", str(person), str(garment), "-o", "/data/out.jpg", "--json"]
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


class Image:
    """An unpacked image, and the servers that its program uses."""

    def __init__(self, root: Path, servers: LocalServers) -> None:
        self._root = root
        self._sockets = (servers.data / "run").resolve()
        self._sockets.chmod(0o711)
        for place in self._sockets.iterdir():
            place.chmod(0o777)
        venv = "/opt/fashioncore/venv/bin"
        self._environment = {
            "PATH": f"{venv}:/usr/bin:/bin",
            "PYTHONPATH": "/opt/fashioncore",
            "PYTHONDONTWRITEBYTECODE": "1",
            "MPLCONFIGDIR": "/tmp",
            "HOME": "/data",
            "FASHIONCORE_DATA": "/data",
            "FASHIONCORE_HEALTH_PORT": "8080",
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
        }

    def command(self, *command: str) -> list[str]:
        """The command in walls of its own."""
        environment = " ".join(shlex.quote(f"{name}={value}") for name, value in self._environment.items())
        script = WALLS.format(
            root=self._root, sockets=self._sockets, environment=environment, command=shlex.join(command)
        )
        return ["unshare", "--net", "--mount", "--pid", "--ipc", "--fork", "--kill-child", "sh", "-euc", script]

    def run(self, *command: str) -> None:
        """To its end. Raises CalledProcessError."""
        subprocess.run(self.command(*command), check=True, timeout=300)


def main(root: Path) -> None:
    """Everything an operator's first minute has."""
    with tempfile.TemporaryDirectory() as folder, LocalServers(Path(folder) / "data", durable=False) as servers:
        Path(folder).chmod(0o755)
        image = Image(root, servers)
        say("migrate")
        image.run("python", "-m", "bot", "migrate")
        say("tryon")
        image.run("python", "-c", TRY_ON)
        say("web, worker")
        serving = "python -m bot web --host 0.0.0.0 & exec python -c " + shlex.quote(ANSWERS)
        image.run("sh", "-c", serving)
        with tempfile.TemporaryFile() as log:
            command = image.command("python", "-m", "bot", "worker")
            worker = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
            try:
                until(lambda: _said(log, b"worker ready") or worker.poll() is not None, 120, "no worker")
                if worker.poll() is not None:
                    raise SystemExit(_said(log) or "the worker ended")
            finally:
                # The whole group: who changed its user no longer ends with its parent.
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait(60)
    say("the image answers")


def _said(log: object, words: bytes = b"") -> str:
    text = os.pread(log.fileno(), 1 << 20, 0)  # type: ignore[attr-defined]
    return text.decode(errors="replace") if words in text else ""


def say(what: str) -> None:
    """To whoever watches."""
    print(f"   {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
