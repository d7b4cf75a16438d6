"""The terminal as scripts use it: the real command, with a worker of its own when none serves the queue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.programs import ROOT, Stage, stage
from tests.samples import sample_person

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def theatre(stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path) -> Iterator[Stage]:
    with stage(stocked_database_url, redis_url, tmp_path / "a stage", stocked_data) as opened:
        yield opened


def chat(theatre: Stage, *lines: str, name: str = "ann", options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """What the command prints for these lines."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--json", "--as", name, *options],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C", **theatre.environment},
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_script_gets_its_picture_and_has_everything_deleted(theatre: Stage, tmp_path: Path) -> None:
    photo = tmp_path / "a photo of me.jpg"
    photo.write_bytes(sample_person().read_bytes())
    said = chat(
        theatre,
        "/press i AGREE",
        f"/photo {tmp_path / 'no such file.jpg'}",
        f"/photo '{photo}'",
        "white t-shirt",
        "/press Try 1",
    )
    greeting, thanks, missing, ready, found, finished = said
    assert "I agree" in greeting["buttons"]
    assert thanks["buttons"]
    assert missing["error"] == "no_file"
    assert ready["buttons"]
    assert [product["category"] for product in found["products"]] == ["t-shirt"]
    (picture,) = (Path(path) for path in finished["images"])
    assert picture.read_bytes().startswith(b"\xff\xd8\xff")
    assert picture.stat().st_mode & 0o777 == 0o600, "nobody else may look at it"
    assert picture.parent.stat().st_mode & 0o777 == 0o700

    # Somebody else, on the same servers, begins at the beginning; their copies go where they want them.
    elsewhere = tmp_path / "pictures"
    (greeting, found) = chat(theatre, "white t-shirt", name="bea", options=("--pictures", str(elsewhere)))
    assert "I agree" in greeting["buttons"]
    assert Path(found["products"][0]["image"]).parent == elsewhere

    # Ann comes back: the buttons of before still work, and nothing is left in the end.
    back, again, ask, gone = chat(theatre, "/press try again", "delete my data", "/press 1")
    assert "I agree" not in back["buttons"]
    assert again["images"] == [str(picture)], "rendered once"
    assert ask["buttons"]
    assert gone["buttons"]
    assert not picture.exists()
