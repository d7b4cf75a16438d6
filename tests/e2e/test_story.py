"""The story of the README in a real Chromium against the real program. Screenshots go to build/screenshots."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tests.programs import ROOT, family_of, free_port, until
from tests.samples import sample_person

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = ROOT / "build" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)"),
]


@contextmanager
def _up(port: int, data: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`./fashioncore up`, until it says that it can be used; ended by Ctrl-C."""
    with log.open("wb") as out:
        program = subprocess.Popen(
            [ROOT / "fashioncore", "up", "--port", str(port), "--data", data],
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}},
        )
    address = f"http://127.0.0.1:{port}"
    try:
        until(
            lambda: address in log.read_text() or program.poll() is not None,
            120,
            lambda: f"no address was printed:\n{log.read_text()}",
        )
        yield program
    finally:
        assert program.poll() is None, f"it ended by itself:\n{log.read_text()}"
        family = family_of(program.pid)
        os.killpg(program.pid, signal.SIGINT)
        assert program.wait(60) == 0, log.read_text()
        # The intake's children end when they see their parent gone, a moment later.
        until(
            lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), 10, f"left after Ctrl-C, of {family}"
        )


class _Watch:
    """Everything a page asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self._said(line.type, line.text))

    def _said(self, kind: str, text: str) -> None:
        # While the program restarts, the open page finds nobody there and comes back by itself.
        if kind == "error" and "net::ERR_" not in text:
            self.errors.append(text)

    def _asked(self, url: str) -> None:
        # blob: is a picture that the page made itself.
        if not url.startswith("blob:"):
            self.hosts.add(urlsplit(url).hostname or url)


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport=PHONE, locale="en-GB", reduced_motion="reduce")
        yield context.new_page()
        browser.close()


def _shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.mouse.move(0, 0)  # no button is shown as the one under the pointer
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_a_photo_and_a_wish_become_a_picture_that_is_still_there_tomorrow(page: Page, tmp_path: Path) -> None:
    watch = _Watch(page)
    port, data = free_port(), tmp_path / "a folder with spaces"
    with _up(port, data, tmp_path / "first.log"):
        page.goto(f"http://127.0.0.1:{port}/")
        page.get_by_role("button", name="I agree").click()
        expect(page.get_by_text("Please send me a photo").first).to_be_visible(timeout=20_000)
        _shoot(page, "1-photo-please")

        page.locator("input[type=file]").first.set_input_files(sample_person())
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text("Your photo is ready").first).to_be_visible(timeout=60_000)

        page.get_by_role("textbox", name="Message").fill("white t-shirt")
        page.get_by_role("button", name="Send", exact=True).click()
        try_on = page.get_by_role("button", name=re.compile("^Try it on")).first
        expect(try_on).to_be_visible(timeout=20_000)
        _shoot(page, "2-products")

        try_on.click()
        expect(page.get_by_role("progressbar").first).to_be_visible(timeout=20_000)
        _shoot(page, "3-progress")
        slider = page.get_by_role("slider", name=re.compile("Before and after")).first
        expect(slider).to_be_visible(timeout=90_000)
        page.wait_for_function(
            "[...document.querySelectorAll('[role=slider]')].length > 0 &&"
            " [...document.images].every(image => image.complete && image.naturalWidth > 0)"
        )
        slider.focus()
        before = slider.get_attribute("aria-valuenow")
        page.keyboard.press("ArrowRight")
        assert slider.get_attribute("aria-valuenow") != before, "the slider answers to the keyboard"
        _shoot(page, "4-result-phone")
        page.set_viewport_size(DESKTOP)
        _shoot(page, "5-result-desktop")

    with _up(port, data, tmp_path / "second.log"):
        page.goto(f"http://127.0.0.1:{port}/")
        expect(page.get_by_role("slider", name=re.compile("Before and after")).first).to_be_visible(timeout=20_000)
        expect(page.get_by_text("white t-shirt").first).to_be_visible()
        page.wait_for_function("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
        _shoot(page, "6-after-restart")

        page.get_by_role("textbox", name="Message").fill("delete my data")
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("button", name="Yes, delete everything").click()
        expect(page.get_by_text("All of it is deleted").first).to_be_visible(timeout=20_000)
        expect(page.get_by_role("slider", name=re.compile("Before and after"))).to_have_count(0)
        until(
            lambda: len([p for p in (data / "media").rglob("*") if p.is_file()]) <= 24,
            20,
            "pictures of the person are left in the media folder",
        )

    assert watch.hosts == {"127.0.0.1"}, "a request left the machine"
    assert watch.errors == []
