"""The version before the newest migration runs on the newest schema, beside the new one, and nobody notices."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.chaos.database import query
from tests.chaos.test_lost_servers import _ready_to_try
from tests.programs import ROOT, Stage, free_port, until

pytestmark = pytest.mark.timeout(600)

MIGRATIONS = "storage/migrations/versions"
PARTS = ("bot", "catalog", "pipeline", "storage", "workers")


def _git(*arguments: str) -> str:
    # Whoever runs the tests need not be the one who cloned.
    safe = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT)]
    return subprocess.run([*safe, *arguments], check=True, capture_output=True, text=True).stdout


def _migrations(version: str) -> set[str]:
    return set(_git("ls-tree", "--name-only", f"{version}:{MIGRATIONS}").split()) - {"__init__.py"}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The program as it was when its newest migrations had not been written."""
    now = {path.name for path in (ROOT / MIGRATIONS).glob("[0-9]*.py")}
    touched = _git("log", "--first-parent", "--format=%H", "--", MIGRATIONS).split()
    # Migrations get their numbers where branches meet: what was there under other names was no version.
    version = next(f"{commit}^" for commit in touched if _migrations(f"{commit}^") < now)
    folder, archive = tmp_path / "before", tmp_path / "before.tar"
    folder.mkdir()
    _git("archive", f"--output={archive}", version, *PARTS)
    shutil.unpack_archive(archive, folder, filter="data")
    return folder


def test_old_and_new_serve_the_same_people_on_the_new_schema(theatre: Stage, before: Path) -> None:
    # Pictures are sealed once nothing older runs, which could not open them: docs/privacy.md.
    theatre.environment["FASHIONCORE_MASTER_KEY"] = ""
    url, old_port, new_port = theatre.environment["DATABASE_URL"], free_port(), free_port()
    old_web, old_worker = theatre.web(old_port, before), theatre.worker(before)
    stays, found, tries = _ready_to_try(theatre, old_port)
    stays.press(found, tries[0])
    stays.wait(lambda _: len(stays.results()) == 1, "a picture from the old worker", 120)

    theatre.web(new_port)
    theatre.worker()
    comes, other, _ = _ready_to_try(theatre, new_port)
    for action in tries[1:4]:
        stays.press(found, action)
        comes.press(other, action)
    # The roll-out ends the old ones while pictures are on their way.
    assert old_worker.stop() == 0
    assert old_web.stop() in (0, -15), old_web.output()
    stays.move(new_port)
    comes.wait(lambda _: len(comes.results()) == 3, "three pictures for who came", 180)
    stays.wait(lambda _: len(stays.results()) == 4, "four pictures for who was there", 180)

    until(lambda: not query(url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 30, "an event waits")
    assert query(url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)]
    assert query(url, "SELECT status, count(*) FROM jobs GROUP BY status") == [("done", 7)]
    assert query(url, "SELECT count(*), count(DISTINCT event_id) FROM inbox WHERE kind = 'job_ended'") == [(7, 7)]
