"""The whole chat with the diffusion engine on the tiny checkpoint: real processes, a real browser's protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue import replies
from catalog.samples import sample_products
from storage.queue import queue_of
from tests.chaos.database import query
from tests.data import TEST_DATA
from tests.programs import Browser, Stage, free_port, stage, until
from tests.samples import sample_person

CHECKPOINT = TEST_DATA / "idm" / "golden" / "ckpt"
OPTIONS = {
    "FASHIONCORE_ENGINE": "idm",
    "FASHIONCORE_IDM_WEIGHTS": str(CHECKPOINT),
    "FASHIONCORE_IDM_DEVICE": "cpu",
    "FASHIONCORE_IDM_WIDTH": "128",
    "FASHIONCORE_IDM_HEIGHT": "192",
    "FASHIONCORE_IDM_STEPS": "12",
    "FASHIONCORE_IDM_PICTURES_EVERY": "2",
    # Threads that wait for each other take longer than the tiny nets, beside programs that work too.
    "OMP_NUM_THREADS": "1",
}
PATIENCE_S = 240

Turn = dict[str, Any]

pytestmark = [pytest.mark.timeout(600), pytest.mark.filterwarnings("default")]


@pytest.fixture
def theatre(
    stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path
) -> Iterator[tuple[str, Stage]]:
    with stage(stocked_database_url, redis_url, tmp_path / "stage", stocked_data) as opened:
        opened.environment.update(OPTIONS)
        yield stocked_database_url, opened


def _result(turn: Turn) -> str | None:
    return next((picture["url"] for picture in turn["pictures"] if picture["role"] == "result"), None)


def _offers(action: str) -> Callable[[Turn], bool]:
    return lambda turn: any(choice["action"] == action for choice in turn["choices"])


def _previewed(browser: Browser, found: Turn, product: str) -> Turn:
    """They try it on: the turn that shows the preview, while the better picture is still to come."""
    known = {turn["id"] for turn in browser.results()}
    browser.press(found, f"try:{product}")
    return browser.wait(
        lambda turn: turn["id"] not in known and turn["job"] is not None and _result(turn) is not None,
        "the preview",
        PATIENCE_S,
    )


def _painting(url: str, job: str) -> None:
    """Until some of its steps are done."""
    running = "SELECT 1 FROM jobs WHERE id::text = %s AND status = 'running' AND queue = %s AND fraction > 0"
    until(lambda: query(url, running, job, queue_of("idm")), PATIENCE_S, "the painting did not begin")


def _ended(browser: Browser, turn: Turn) -> Turn:
    """The same turn, once nothing is being painted for it any more."""
    return browser.wait(lambda now: now["id"] == turn["id"] and now["job"] is None, "the end", PATIENCE_S)


def _painted(browser: Browser, found: Turn, product: str) -> None:
    """The preview at once, how far the better picture is, and then that in its place."""
    preview = _previewed(browser, found, product)
    assert replies.RESULT_LABELS["preview"]() in preview["text"]
    picture = _ended(browser, preview)
    assert replies.RESULT_LABEL_GENERATED() in picture["text"]
    assert picture["seq"] == preview["seq"]
    assert _result(picture) not in (None, _result(preview))
    refining = [job for job in browser.jobs if job["id"] == preview["job"] and job["refining"]]
    assert len({job["fraction"] for job in refining}) > 2, "progress at some steps"
    sketches = {job["sketch"] for job in refining if job["sketch"]}
    assert sketches, "and what it looks like so far"
    assert all(browser.client.get(sketch).status_code == 200 for sketch in sketches)


def _stopped(url: str, browser: Browser, found: Turn, product: str) -> None:
    """Stopped in the middle, the preview stays; the next garment waits for nothing of it."""
    stopped = _previewed(browser, found, product)
    _painting(url, stopped["job"])
    browser.press(stopped, f"cancel:{stopped['job']}")
    kept = _ended(browser, stopped)
    assert _result(kept) == _result(stopped)
    assert replies.TRYON_KEPT() in kept["text"]


def _out_of_memory(url: str, browser: Browser, found: Turn, product: str, full: Path) -> None:
    # On both plans: the preview stays, with an apology.
    full.write_text("2")
    short = _previewed(browser, found, product)
    poor = _ended(browser, short)
    assert full.read_text() == "0"
    assert _result(poor) == _result(short)
    assert poor["seq"] == short["seq"]
    assert replies.TRYON_NOT_REFINED() in poor["text"]

    # Once: the next plan paints it, and whoever asked again sees nothing but the picture.
    full.write_text("1")
    rich = _ended(browser, _previewed(browser, found, product))
    assert full.read_text() == "0"
    assert replies.RESULT_LABEL_GENERATED() in rich["text"]
    assert replies.TRYON_NOT_REFINED() not in rich["text"]
    plans = "SELECT facts ->> 'plan', count(*) FROM results WHERE engine = 'idm' GROUP BY 1 ORDER BY 1"
    assert query(url, plans) == [("model-offload", 1), ("resident", 2)]


def test_preview_progress_picture_stop_a_killed_worker_and_full_memory(
    theatre: tuple[str, Stage], tmp_path: Path
) -> None:
    url, at = theatre
    port = free_port()
    at.web(port)
    at.worker(FASHIONCORE_ENGINE="preview")
    painter = at.worker()
    browser = at.visit(port)
    greeting = browser.wait(_offers("consent:yes"), "the greeting")
    browser.press(greeting, "consent:yes")
    browser.photo(sample_person().read_bytes())
    browser.wait(lambda turn: replies.PHOTO_KEPT() in turn["text"], "the photo", PATIENCE_S)
    browser.say("white shirt")
    found = browser.wait(lambda turn: bool(turn["products"]), "products")
    first, second, third, fourth, *_ = (product.id for product in sample_products() if product.part == "upper")

    _painted(browser, found, first)
    _stopped(url, browser, found, second)

    # Its worker is killed in the middle: another one takes the job, and nobody is told twice.
    orphan = _previewed(browser, found, third)
    _painting(url, orphan["job"])
    painter.kill()
    full = tmp_path / "how often memory is full"
    full.write_text("0")
    painter = at.start("tests.gpu.scarce", str(full))
    again = _ended(browser, orphan)
    assert replies.RESULT_LABEL_GENERATED() in again["text"]

    _out_of_memory(url, browser, found, fourth, full)
    said = [line for line in painter.output().splitlines() if "ran out of memory by the plan" in line]
    assert len(said) == 3, "twice for one picture, once for the other"

    ends = query(url, "SELECT status, count(*) FROM jobs GROUP BY status ORDER BY status")
    assert ends == [("cancelled", 1), ("done", 3), ("failed", 1)]
    told = query(url, "SELECT kind, count(*) FROM inbox WHERE kind LIKE %s GROUP BY kind ORDER BY kind", "job_%")
    assert told == [("job_ended", 5), ("job_previewed", 5)]
    assert query(url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)]
    assert sum(_result(turn) is not None for turn in browser.turns.values()) == 5
