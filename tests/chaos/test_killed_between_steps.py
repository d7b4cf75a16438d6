"""The program is killed between every two steps of the flow; after each restart the flow completes once."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx
import pytest

from catalog.samples import sample_products
from tests.chaos.database import barrier, query, wait_until_held
from tests.programs import Browser, Program, Stage, until
from tests.samples import sample_person

pytestmark = pytest.mark.timeout(600)

Turn = dict[str, Any]


@dataclass
class Story:
    """The running web chat and worker, and the one visitor."""

    stage: Stage
    port: int
    web: Program
    worker: Program
    browser: Browser

    @property
    def url(self) -> str:
        return self.stage.environment["DATABASE_URL"]

    def latest(self, condition: Callable[[Turn], bool], what: str) -> Turn:
        return self.browser.wait(condition, what, 60)

    def insist(self, act: Callable[[str], str], event: str) -> None:
        """Repeat with the same id until it is accepted, as the page does."""

        def accepted() -> bool:
            try:
                act(event)
            except httpx.TransportError:
                return False
            return True

        until(accepted, 60, "the event was never accepted")

    def killed_at(self, table: str, program: str, act: Callable[[str], str]) -> None:
        """Do it while writes to the table wait, kill the program at that point, restart it, insist."""
        event = str(uuid.uuid4())
        with ExitStack() as held:
            held.enter_context(barrier(self.url, table))
            try:
                # Accepting may be what waits: then the answer never comes, and the page will ask again.
                self.browser.client.timeout = httpx.Timeout(1.5)
                act(event)
            except httpx.TransportError:
                pass
            finally:
                self.browser.client.timeout = httpx.Timeout(30)
            wait_until_held(self.url, table)
            (self.web if program == "web" else self.worker).kill()
        if program == "web":
            self.web = self.stage.web(self.port)
        else:
            self.worker = self.stage.worker()
        self.insist(act, event)


@pytest.fixture
def story(theatre: Stage, port: int) -> Story:
    return Story(theatre, port, theatre.web(port), theatre.worker(), theatre.visit(port))


def _offers(action: str) -> Callable[[Turn], bool]:
    return lambda turn: any(choice["action"] == action for choice in turn["choices"])


def _heard(story: Story, text: str) -> int:
    return sum(turn["author"] == "person" and turn["text"] == text for turn in story.browser.turns.values())


def test_the_flow_completes_once_through_a_kill_at_every_step(story: Story) -> None:
    browser = story.browser
    consent = story.latest(_offers("consent:yes"), "the greeting with the question for consent")

    # Accepting, opening, remembering, answering, sending: a kill at each, for the simplest event.
    for table in ("inbox", "conversations", "turns", "outbox"):
        text = f"help {table}"
        story.killed_at(table, "web", lambda event, text=text: browser.say(text, event))  # type: ignore[misc] # a lambda's default
        story.latest(lambda turn, text=text: turn["text"] == text, f"the turn “{text}”")  # type: ignore[misc] # a lambda's default

    story.killed_at("consents", "web", lambda event: browser.press(consent, "consent:yes", event))
    photo = sample_person().read_bytes()
    until(lambda: query(story.url, "SELECT 1 FROM consents"), 30, "consent was not recorded")
    for table in ("media", "photos"):
        story.killed_at(table, "web", lambda event: browser.photo(photo, event))
    until(lambda: query(story.url, "SELECT 1 FROM photos"), 60, "the photo was not kept")

    story.insist(lambda event: browser.say("white shirt", event), str(uuid.uuid4()))
    found = story.latest(lambda turn: bool(turn["products"]), "product cards")
    product = next(p for p in found["products"] if p["part"] == "upper")
    try_it = f"try:{product['id']}"
    for table in ("jobs", "activity"):
        story.worker.kill()
        story.killed_at(table, "web", lambda event: browser.press(found, try_it, event))
        story.worker = story.stage.worker()
        story.latest(lambda turn: turn["id"] in {r["id"] for r in browser.results()}, "the result")

    # The worker, at each of its writes: taking the job, keeping the picture, the result, telling.
    others = [p.id for p in sample_products() if p.part == "upper" and p.id != product["id"]]
    for table, other in zip(("jobs", "media", "results", "inbox"), others, strict=False):
        story.worker.kill()
        try_other = partial(browser.press, found, f"try:{other}")
        story.insist(try_other, str(uuid.uuid4()))
        until(lambda: query(story.url, "SELECT 1 FROM jobs WHERE status = 'queued'"), 30, "no job was queued")
        story.worker = story.stage.worker()
        with ExitStack() as held:
            held.enter_context(barrier(story.url, table))
            wait_until_held(story.url, table)
            story.worker.kill()
        story.worker = story.stage.worker()
        until(
            lambda: not query(story.url, "SELECT 1 FROM jobs WHERE status IN ('queued', 'running')"),
            60,
            "the job did not end after the worker was killed",
        )

    _check_everything_happened_once(story)


def _check_everything_happened_once(story: Story) -> None:
    url, browser = story.url, story.browser
    until(lambda: not query(url, "SELECT 1 FROM inbox WHERE status = 'pending'"), 30, "an event was never handled")
    assert query(url, "SELECT count(*) FROM inbox WHERE status = 'failed'") == [(0,)]
    until(lambda: not query(url, "SELECT 1 FROM outbox WHERE status = 'pending'"), 30, "a message was never sent")
    browser.open()
    texts = Counter(t["text"] for t in browser.turns.values() if t["author"] == "person" and t["text"])
    assert {text: count for text, count in texts.items() if text.startswith("help")} == {
        f"help {table}": 1 for table in ("inbox", "conversations", "turns", "outbox")
    }, browser.transcript()
    jobs = query(url, "SELECT id::text, status FROM jobs")
    assert {status for _, status in jobs} <= {"done", "failed"}, jobs
    ends = Counter(row[0] for row in query(url, "SELECT event_id FROM inbox WHERE kind = 'job_ended'"))
    assert ends == Counter(f"job:{job}:end" for job, _ in jobs), "each job tells its end once"
    shown = [t["job"] for t in browser.turns.values() if t["author"] == "stylist" and t["job"]]
    assert shown == [], f"a job's card still stands for {shown}"
    revs = query(url, "SELECT rev FROM turns")
    assert len(set(revs)) == len(revs), "two changes share a revision"
