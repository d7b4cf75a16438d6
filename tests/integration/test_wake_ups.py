"""What wakes workers: one pool of connections, whoever asks at once; and what a cluster counts, to be as large."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import cast

import pytest
import redis
import sqlalchemy as sa
import yaml

from storage.queue import WakeUps, queue_of
from storage.records import ResultRecord
from storage.unit_of_work import Database
from tests.programs import ROOT
from workers.housekeeping import clear_wake_ups


def test_many_who_wake_at_once_leave_no_connection_open(redis_url: str) -> None:
    async def wake_and_close() -> None:
        wake_ups = WakeUps(redis_url)
        assert all(await asyncio.gather(*(wake_ups.wake("a queue") for _ in range(8))))
        await wake_ups.close()

    with closing(redis.Redis.from_url(redis_url)) as client:

        def connected() -> int:
            return int(cast("dict[str, int]", client.info("clients"))["connected_clients"])

        before = connected()
        asyncio.run(wake_and_close())
        assert connected() == before


@pytest.mark.parametrize(("engine", "manifest"), [("preview", "autoscale/worker.yaml"), ("idm", "gpu/scale.yaml")])
def test_a_cluster_counts_who_waits_or_is_drawn_and_nothing_that_is_over(
    database: Database, redis_url: str, engine: str, manifest: str
) -> None:
    queue, (wake_ups, jobs) = queue_of(engine), _triggers(manifest)
    assert wake_ups["listName"] == queue

    def counted() -> int:
        with database.unit_of_work() as uow:
            return int(uow.session.execute(sa.text(jobs["query"])).scalar_one())

    with closing(redis.Redis.from_url(redis_url)) as client:

        def woken() -> int:
            return int(cast("int", client.zcard(wake_ups["listName"])))

        _wake(redis_url, lambda waker: waker.wake(queue, 2))
        assert woken() == 2
        assert cast("int", client.zcount(queue, 0, time.time() * 1000 + 1)) == 2, (
            "one is deferred, and would be counted"
        )
        assert counted() == 0

        talk = database.call(lambda uow: uow.conversations.open("web", "a"))
        database.call(lambda uow: uow.jobs.request(talk.person_id, talk.id, queue, "key", {}))
        assert counted() == 1
        lease = database.call(lambda uow: uow.jobs.claim(queue, "a worker"))
        assert lease is not None
        assert counted() == 1, "who draws would be counted as idle"
        _wake(redis_url, lambda waker: clear_wake_ups(database, waker, queue))
        assert woken() == 2, "somebody waits"

        done = ResultRecord(lease.key, "0" * 64, 10, 20, engine, {})
        database.call(lambda uow: uow.jobs.finish(lease, done))
        assert counted() == 0
        _wake(redis_url, lambda waker: clear_wake_ups(database, waker, queue))
        assert woken() == 0, "what a killed worker left would keep a GPU for an hour"


def _triggers(manifest: str) -> list[dict[str, str]]:
    scaled = yaml.safe_load((ROOT / "k8s/components" / manifest).read_text())
    return [trigger["metadata"] for trigger in scaled["spec"]["triggers"]]


def _wake(redis_url: str, work: Callable[[WakeUps], Awaitable[object]]) -> None:
    async def run() -> None:
        waker = WakeUps(redis_url)
        await work(waker)
        await waker.close()

    asyncio.run(run())
