"""The launcher and `up` as people start them: from anywhere, in bad company, and ended in every way."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import site
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.programs import ROOT, answers, family_of, free_port, until

LAUNCHER = ROOT / "fashioncore"
NO_NETWORK = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:1/simple",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "0",
}
GIVEN_BY_THE_MACHINE = ("DATABASE_URL", "REDIS_URL", "FASHIONCORE_DATA", "FASHIONCORE_VENV", "PYTHONPATH")


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished set-up that has this run's packages, so that no test touches the one of the checkout."""
    folder = tmp_path_factory.mktemp("a folder with spaces") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / python / "site-packages"
    (packages / "tests.pth").write_text("\n".join(site.getsitepackages()))
    for name in ("run", "dev"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_bytes()
        (folder / f"fashioncore-{name}").write_text(hashlib.sha256(lock).hexdigest())
    return folder


def environment(venv: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name not in GIVEN_BY_THE_MACHINE}
    return clean | NO_NETWORK | {"FASHIONCORE_VENV": str(venv)} | more


def launch(
    venv: Path, *arguments: str, launcher: Path = LAUNCHER, cwd: Path = ROOT, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [launcher, *arguments],
        cwd=cwd,
        env=environment(venv, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def up(venv: Path, port: int, data: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`./fashioncore up` that can be used; killed with everything below it when the block leaves it running."""
    with log.open("wb") as out:
        program = subprocess.Popen(
            [LAUNCHER, "up", "--port", str(port), "--data", data],
            env=environment(venv),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(
            lambda: "Open  http" in log.read_text() or program.poll() is not None,
            120,
            lambda: f"it did not come up:\n{log.read_text()}",
        )
        assert program.poll() is None, log.read_text()
        yield program
    finally:
        if program.poll() is None:
            program.kill()
            program.wait()


def alive(pids: dict[int, str]) -> list[str]:
    return [f"{name} ({pid})" for pid, name in pids.items() if Path(f"/proc/{pid}").exists()]


def test_it_runs_through_a_link_from_any_folder_and_asks_nothing_of_the_network(
    venv: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "another folder"
    folder.mkdir()
    (folder / "first").symlink_to(LAUNCHER)
    (folder / "stylist").symlink_to("first")
    done = launch(venv, "--help", launcher=folder / "stylist", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "Usage: fashioncore" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [["nonsense"], ["up", "--port", "seven"], ["tryon"]])
def test_wrong_usage_is_exit_code_2(venv: Path, arguments: list[str]) -> None:
    done = launch(venv, *arguments)
    assert done.returncode == 2
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_suitable_python_it_says_what_to_install(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "dirname", "readlink", "mkdir", "cat", "uname", "grep", "env"):
        (tools / tool).symlink_to(shutil.which(tool) or "")
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3").chmod(0o755)
    done = launch(tmp_path / "venv", "up", PATH=str(tools))
    assert done.returncode == 1
    assert "needs Python 3.11 or 3.12" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_a_python_without_venv_is_told_apart_from_none(tmp_path: Path) -> None:
    python = tmp_path / "python-without-venv"
    python.write_text(
        f'#!/bin/sh\n[ "$2" != venv ] || {{ echo "No module named venv"; exit 1; }}\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    done = launch(tmp_path / "venv", "up", FASHIONCORE_PYTHON=str(python))
    assert done.returncode == 1
    assert "No module named venv" in done.stderr
    assert "apt install python3-venv" in done.stderr


def test_a_folder_that_cannot_be_written_to_names_the_two_ways_out() -> None:
    done = launch(Path("/proc/no-such-place/venv"), "up")
    assert done.returncode == 1
    assert "Cannot write to /proc/no-such-place/venv" in done.stderr
    assert "FASHIONCORE_VENV" in done.stderr
    assert "--data" in done.stderr


def test_without_network_a_first_start_says_so_every_time_until_it_is_done(tmp_path: Path) -> None:
    for _ in range(2):
        done = launch(tmp_path / "venv", "up")
        assert done.returncode == 1
        assert "could not be installed" in done.stderr
        assert "network" in done.stderr
    assert not (tmp_path / "venv" / "fashioncore-run").exists()


def test_a_changed_lock_is_installed_again_and_only_once(venv: Path, tmp_path: Path) -> None:
    changed = tmp_path / "venv"
    shutil.copytree(venv, changed, symlinks=True)
    for name in ("run", "dev"):
        (changed / f"fashioncore-{name}").write_text("the hash of an older lock")
    first, second = launch(changed, "--help"), launch(changed, "--help")
    assert "Installing packages" in first.stderr
    assert first.returncode == 0, f"every package is there already, so no network is needed: {first.stderr}"
    assert second.stderr == ""


@pytest.fixture(scope="module")
def recording(venv: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up whose Python installs nothing, and says what it was to run."""
    folder = tmp_path_factory.mktemp("recording") / "venv"
    shutil.copytree(venv, folder, symlinks=True)
    python = folder / "bin" / "python"
    python.unlink()
    python.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        '    "-m pip install"*) ;;\n'
        '    "-m bot"*) echo "runs $*" >&2 ;;\n'
        "    *find_spec*) exit 1 ;;\n"  # no torch here
        f'    *) exec {sys.executable} "$@" ;;\n'
        "esac\n"
    )
    python.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("command", "engine", "needed"),
    [
        ("weights pull", "", True),
        ("weights pull --dir w --as-published", "", False),
        ("weights verify", "idm", False),
        ("weights convert", "", True),
        ("verify-idm somewhere", "", True),
        ("bench --idm", "", True),
        ("bench", "idm", False),
        ("tryon a.jpg b.jpg -o c.jpg --engine idm", "", True),
        ("tryon a.jpg b.jpg --engine=idm -o c.jpg", "", True),
        ("tryon a.jpg b.jpg -o c.jpg", "idm", False),
        ("worker", "idm", True),
        ("up --port 8787", "idm", True),
        ("worker", "", False),
        ("web", "idm", False),
    ],
)
def test_torch_is_installed_for_what_needs_it_and_for_nothing_else(
    recording: Path, command: str, engine: str, needed: bool
) -> None:
    installed = recording / "fashioncore-gpu"
    installed.unlink(missing_ok=True)
    done = launch(recording, *command.split(), FASHIONCORE_ENGINE=engine)
    assert installed.exists() is needed, done.stderr
    assert f"runs -m bot {command}" in done.stderr


@pytest.mark.parametrize(
    "line", ["FASHIONCORE_ENGINE=idm", "export FASHIONCORE_ENGINE='idm'", 'FASHIONCORE_ENGINE="idm" # a GPU']
)
def test_the_engine_may_stand_in_the_file_of_settings(recording: Path, tmp_path: Path, line: str) -> None:
    shutil.copy(LAUNCHER, tmp_path / "fashioncore")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / ".env").write_text(f"#FASHIONCORE_ENGINE=preview\nOTHER=1\n{line}")
    installed = recording / "fashioncore-gpu"
    clean = {name: value for name, value in environment(recording).items() if name != "FASHIONCORE_ENGINE"}
    for given, needed in ({}, True), ({"FASHIONCORE_ENGINE": "preview"}, False):
        installed.unlink(missing_ok=True)
        done = subprocess.run(
            [tmp_path / "fashioncore", "worker"], env=clean | given, capture_output=True, text=True, check=False
        )
        assert installed.exists() is needed, done.stderr


def test_a_port_in_use_is_said_before_anything_starts(venv: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = launch(venv, "up", "--port", str(port), "--data", str(tmp_path / "data"))
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
    assert "--port" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_data_folder_of_no_disk_is_said_in_a_sentence(venv: Path) -> None:
    done = launch(venv, "up", "--port", str(free_port()), "--data", "/proc/no-such-place")
    assert done.returncode == 1
    assert "--data" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(400)
def test_up_restarts_what_dies_sends_a_second_start_to_the_first_and_ends_whole(
    venv: Path, tmp_path: Path
) -> None:
    port, data, log = free_port(), tmp_path / "data", tmp_path / "up.log"
    with up(venv, port, data, log) as program:
        second = launch(venv, "up", "--port", str(free_port()), "--data", str(data))
        assert second.returncode == 1
        assert f"http://127.0.0.1:{port}/" in second.stderr, "the second start names the address of the first"

        for part in ("web", "worker"):
            module = "bot web" if part == "web" else "workers"
            pids = [pid for pid in family_of(program.pid) if re.search(rf"-m {module}\b", command_of(pid))]
            assert len(pids) == 1, f"{part}: {pids}"
            os.kill(pids[0], signal.SIGKILL)
        until(lambda: log.read_text().count("starting it again") == 2, 30, log.read_text)
        until(lambda: log.read_text().count("worker ready") == 2, 60, log.read_text)
        until(lambda: answers(port), 60, log.read_text)

        family = family_of(program.pid)
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == 0, log.read_text()
        assert not alive(family), "what it started has ended, and was waited for, before it ends itself"


@pytest.mark.timeout(400)
def test_a_killed_up_leaves_nothing_behind(venv: Path, tmp_path: Path) -> None:
    with up(venv, free_port(), tmp_path / "data", tmp_path / "up.log") as program:
        family = family_of(program.pid)
        assert {"postgres", "valkey-server"} <= set(family.values())
        program.kill()
        program.wait()
        until(lambda: not alive(family), 40, lambda: f"left after SIGKILL: {alive(family)}")


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
