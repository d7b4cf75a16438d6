"""A server as a child process: whom it runs as, how it is started, watched and ended, what its failure means."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import os
import platform
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

START_TIMEOUT_S = 120.0  # crash recovery of a large write-ahead log takes time; a dead process is noticed at once
STOP_TIMEOUT_S = 10.0
POLL_S = 0.01
MAX_LOG_BYTES = 4 * 2**20
# What the system says of a folder that is closed, read-only, of no disk (/proc), or no folder at all.
FOLDER_ERRORS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT)


class LocalServerError(Exception):
    """The local servers cannot run. `str()` tells a person what is wrong and what to do next.

    ├── AlreadyRunning     another process holds the servers of this folder
    ├── FolderNotWritable  the folder, or a part of it, belongs to somebody else or is read-only
    ├── DiskFull           no space left
    ├── ServerMissing      a program is not installed
    └── ServerFailed       a server ended, or did not answer, while starting
    """

    code = "local_servers"


class AlreadyRunning(LocalServerError):
    code = "already_running"


class FolderNotWritable(LocalServerError):
    code = "folder_not_writable"


class DiskFull(LocalServerError):
    code = "disk_full"


class ServerMissing(LocalServerError):
    code = "server_missing"


class ServerFailed(LocalServerError):
    code = "server_failed"


@dataclass(frozen=True)
class Account:
    """Whom the servers run as: this user, or for root somebody else (PostgreSQL refuses root)."""

    uid: int | None = None
    gid: int | None = None
    capability: str | None = None

    def prefix(self, death_signal: str) -> list[str]:
        """The command that sets the user, and the signal that comes when the thread that forked is gone."""
        command = ["setpriv", "--pdeathsig", death_signal]
        if self.uid is not None:
            command += [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        if self.capability is not None:
            command += [f"--inh-caps=+{self.capability}", f"--ambient-caps=+{self.capability}"]
        return [*command, "--"]

    def own(self, path: Path) -> None:
        """Make the path this account's."""
        if self.uid is not None and self.gid is not None and path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)


def choose_account(data: Path, owned: Path, readable: Sequence[Path], binary: Path) -> Account:
    """This user; for root the owner of the folder `owned` or `nobody`, with no more rights than it takes.

    A checkout or a data folder below a closed directory (/root is 0700) cannot be reached by anybody else. Opening
    that directory is not ours to do; one capability for the server process is.
    """
    if shutil.which("setpriv") is None:
        raise ServerMissing("The command setpriv is missing. Install the package util-linux.")
    owner = owned.stat().st_uid if owned.exists() else 0
    if os.geteuid() != 0:
        if owned.exists() and owner != os.geteuid():
            raise FolderNotWritable(
                f"{owned} belongs to the user {_user_name(owner)}, who started this before. "
                "Start as that user, or name another folder with --data."
            )
        return Account()
    user = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    # Done, not asked: access(2) leaves capabilities out of account for anybody but root.
    script = 'cd -- "$1" && "$2" --version && shift 2 && for file; do : <"$file" || exit 1; done'
    probe = ["sh", "-c", script, "sh", str(data), str(binary), *map(str, readable)]
    for capability in (None, "dac_read_search", "dac_override"):
        account = Account(user.pw_uid, user.pw_gid, capability)
        command = [*account.prefix("KILL"), *probe]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603 - our own words
            return account
    raise ServerFailed(
        f"PostgreSQL does not run as root, and the user {user.pw_name} cannot be used here instead. "
        "Start as an ordinary user, or give DATABASE_URL and REDIS_URL."
    )


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def find_in_package(package: str, path: str) -> Path:
    """A server inside an installed package, found without importing the package: its code is not used."""
    spec = importlib.util.find_spec(package)
    for root in (spec.submodule_search_locations or []) if spec else []:
        binary = Path(root) / path
        if binary.is_file():
            return binary
    raise ServerMissing(
        f"The package {package} has no server for this machine ({platform.system()} {platform.machine()}). "
        "Give DATABASE_URL and REDIS_URL of servers of your own."
    )


def clean_environment() -> dict[str, str]:
    """What a server may know: no secret of ours, no PG* variable that would change what it does."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


class ServerProcess:
    """One server, running or not. It ends with this process, however this process ends."""

    def __init__(self, name: str, command_name: str, folder: Path, log: Path) -> None:
        """`folder` is where the server works: it tells its processes from others of the same `command_name`."""
        self.name = name
        self.folder = folder
        self.log = log
        self._command_name = command_name
        self._child: subprocess.Popen[bytes] | None = None
        self._log_start = 0
        # The parent-death signal follows the thread that forked, so a thread forks that lives as long as we do.
        self._spawner = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"{name}-spawner")

    @property
    def pid(self) -> int | None:
        """Of the running server, else None."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def spawn(self, command: Sequence[str], stdin: IO[bytes] | None = None) -> None:
        """Start it and return at once. Raises OSError when it cannot be started."""
        if self.log.exists() and self.log.stat().st_size > MAX_LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as output:
            self._log_start = output.tell()
            self._child = self._spawner.submit(
                subprocess.Popen,
                command,
                stdin=stdin or subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=clean_environment(),
                start_new_session=True,  # Ctrl-C in the terminal is for us; we end the servers in order
            ).result()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Until `ready()`. Raises ServerFailed or DiskFull when it ended before, or START_TIMEOUT_S passed."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while not ready():
            if self.pid is None or time.monotonic() > deadline:
                with self.log.open("rb") as log:
                    log.seek(self._log_start)
                    raise failure(self.name, log.read().decode(errors="replace"), self.log)
            time.sleep(POLL_S)

    def end(self, *signals: signal.Signals) -> None:
        """Send each signal in turn, and SIGKILL last, until it is gone. Nothing to do when it does not run."""
        child, self._child = self._child, None
        if child is None:
            return
        for number in (*signals, signal.SIGKILL):
            child.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(STOP_TIMEOUT_S)
                return

    def end_strays(self) -> None:
        """End what a killed run left behind. Only under the folder's lock: no stray has a living owner then."""
        for number in (signal.SIGINT, signal.SIGKILL):
            deadline = time.monotonic() + STOP_TIMEOUT_S
            told: set[int] = set()
            while strays := set(self._strays()):
                if time.monotonic() > deadline:
                    break
                for pid in strays - told:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, number)
                told |= strays
                time.sleep(POLL_S)

    def _strays(self) -> Iterator[int]:
        place = os.path.realpath(self.folder)
        for pid in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                if os.readlink(f"/proc/{pid}/cwd") != place:
                    continue
                if Path(f"/proc/{pid}/comm").read_text() == f"{self._command_name}\n":
                    yield int(pid)


def failure(name: str, output: str, log: Path | None = None) -> LocalServerError:
    """Turn the last words of a server into an error a person can act on."""
    if os.strerror(errno.ENOSPC) in output:
        return DiskFull(f"The disk is full: {name} could not start. Free some space and start again.")
    lines = [line for line in output.splitlines() if line.strip()]
    telling = [
        line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error:", "DETAIL", "HINT"))
    ]
    words = " / ".join((telling or lines)[-3:]) or "it said nothing."
    where = f"\nIts log: {log}" if log else ""
    return ServerFailed(f"{name} did not start: {words}{where}")


@contextlib.contextmanager
def explained(data: Path) -> Iterator[None]:
    """Say what an error of the file system means for the person who named the folder."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"The disk of {data} is full. Free some space, or name a folder on another disk with --data."
            ) from error
        if error.errno in FOLDER_ERRORS:
            raise FolderNotWritable(
                f"Cannot write to {error.filename or data} ({error.strerror}). "
                "Name a folder of your own with --data or FASHIONCORE_DATA."
            ) from error
        raise
