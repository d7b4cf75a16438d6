"""A laptop that has its pictures drawn elsewhere: the whole chat in real processes, and the other machine dies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue import replies
from catalog.samples import sample_products
from tests.patience import patient
from tests.programs import Browser, Program, answers, free_port, stage, until
from tests.samples import sample_person

PATIENCE_S = 120
KEY = "0123456789abcdef" * 2

Turn = dict[str, Any]


def _result(turn: Turn) -> str | None:
    return next((picture["url"] for picture in turn["pictures"] if picture["role"] == "result"), None)


def _offers(action: str) -> Callable[[Turn], bool]:
    return lambda turn: any(choice["action"] == action for choice in turn["choices"])


def _ended(browser: Browser, found: Turn, product: str) -> Turn:
    """They try it on: the turn with the picture, once nothing is drawn for it any more."""
    known = {turn["id"] for turn in browser.results()}
    browser.press(found, f"try:{product}")
    first = browser.wait(
        lambda turn: turn["id"] not in known and _result(turn) is not None, "a picture", PATIENCE_S
    )
    return browser.wait(lambda now: now["id"] == first["id"] and now["job"] is None, "the end", PATIENCE_S)


@pytest.mark.timeout(300)
def test_pictures_are_drawn_elsewhere_and_the_preview_stays_when_nobody_is_there(
    stocked_database_url: str, redis_url: str, stocked_data: Path, tmp_path: Path
) -> None:
    port, there = free_port(), free_port()
    with stage(stocked_database_url, redis_url, tmp_path / "stage", stocked_data) as at:

        def far() -> Program:
            program = at.start(
                "workers", "--serve", str(there), FASHIONCORE_ENGINE="preview", DATABASE_URL="", REDIS_URL=""
            )
            until(lambda: answers(there), 60, lambda: f"it does not serve:\n{program.output()}")
            return program

        at.environment |= {
            "FASHIONCORE_ENGINE": "remote",
            "FASHIONCORE_REMOTE_URL": f"http://127.0.0.1:{there}",
            "FASHIONCORE_REMOTE_NAME": "gpu.example.org",
            "FASHIONCORE_REMOTE_KEY": KEY,
            "FASHIONCORE_REMOTE_LIMIT_S": str(patient(30)),
        }
        gpu = far()
        web = at.web(port)
        laptop = [at.worker(FASHIONCORE_ENGINE="preview"), at.worker()]
        browser = at.visit(port)
        greeting = browser.wait(_offers("consent:yes"), "the greeting")
        assert "to gpu.example.org" in greeting["text"]
        browser.press(greeting, "consent:yes")
        browser.photo(sample_person().read_bytes())
        browser.wait(lambda turn: replies.PHOTO_KEPT() in turn["text"], "the photo", PATIENCE_S)
        browser.say("white shirt")
        found = browser.wait(lambda turn: bool(turn["products"]), "products")
        first, second, *_ = (product.id for product in sample_products() if product.part == "upper")

        assert replies.RESULT_LABEL_GENERATED() in _ended(browser, found, first)["text"]
        assert "a picture for another worker took" in gpu.output()

        gpu.kill()
        kept = _ended(browser, found, second)
        assert replies.RESULT_LABELS["preview"]() in kept["text"]
        assert replies.TRYON_NOT_REFINED() in kept["text"]

        said = "\n".join(program.output() for program in (gpu, web, *laptop))
        assert KEY not in said
        assert "Traceback" not in said
        assert [path.name for path in (at.folder / "data").iterdir() if path.name != "media"] == []
