"""Feeds come in whole or not at all, go on where they broke off, and take off the shelves what is gone."""

from __future__ import annotations

import asyncio
import csv
import gzip
import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PIL import Image as PillowImage

from bot.dialogue import replies
from bot.feed_schedule import AGAIN_AFTER, ScheduledFeed, import_due, read_schedule
from bot.feeds import FeedOrder, Summary, import_feed
from bot.settings import BotSettings
from catalog.errors import FeedError
from catalog.feeds import FeedOptions
from catalog.samples import sample_picture, sample_products
from catalog.types import Query
from storage.tables import Feed, StagedRow
from storage.unit_of_work import Database
from tests.pages import Answer, Shop, Write, answer, shop
from tests.programs import ROOT, until
from tests.talks import talks

HEAD = "id,title,image_link,price,color\n"


def rows(*numbers: int, price: int = 9) -> str:
    return "".join(f"{n},Red t-shirt {n},https://s.example/{n}.jpg,{price}.00 EUR,red\n" for n in numbers)


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path) -> BotSettings:
    return BotSettings(DATABASE_URL=database_url, REDIS_URL=redis_url, data=tmp_path / "kept", intake_processes=1)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of rows are many then."""
    monkeypatch.setattr("bot.feeds.STAGED_AT_ONCE", 50)
    monkeypatch.setattr("bot.feeds.WRITTEN_AT_ONCE", 50)


@pytest.fixture
def imported(settings: BotSettings, tmp_path: Path) -> Callable[..., Summary]:
    """Writes the text as the shop's feed and imports it."""

    def run(text: str, name: str = "feed.csv", **manner: bool) -> Summary:
        (tmp_path / name).write_text(text)
        return import_feed(settings, order(tmp_path / name, **manner), quiet)

    return run


def order(origin: object, **manner: bool) -> FeedOrder:
    return FeedOrder(str(origin), FeedOptions("shop"), **manner)


def quiet(_what: str, _fraction: float | None, _count: int) -> None:
    pass


def on_sale(database: Database) -> list[str]:
    """Ids that a search for all t-shirts finds."""
    page = database.call(lambda uow: uow.products.search(Query(category=("t-shirt",)), 300))
    return sorted(product.id for product in page.products)


def ages(database: Database) -> dict[str, str]:
    """Which transaction wrote each row last."""
    written = sa.text("SELECT id, xmin::text FROM products")
    return {row[0]: row[1] for row in database.call(lambda uow: uow.session.execute(written).all())}


# --- changes ------------------------------------------------------------------------------------------


def test_only_what_changed_is_written_and_what_is_gone_is_off_the_shelves(
    imported: Callable[..., Summary], database: Database
) -> None:
    first = imported(HEAD + rows(1, 2, 3))
    assert (first.added, first.changed, first.retired) == (3, 0, 0)
    before = ages(database)
    second = imported(HEAD + rows(1) + rows(2, price=7))
    assert (second.added, second.changed, second.unchanged, second.retired) == (0, 1, 1, 1)
    assert on_sale(database) == ["shop-1", "shop-2"]
    after = ages(database)
    assert after["shop-1"] == before["shop-1"], "an unchanged row was written"
    gone = database.call(lambda uow: uow.products.get("shop-3"))
    assert gone is not None
    assert gone.in_stock is False
    assert imported(HEAD + rows(1, 2, 3)).changed == 2
    assert on_sale(database) == ["shop-1", "shop-2", "shop-3"], "it is sold again"


def test_a_partial_feed_takes_nothing_away(imported: Callable[..., Summary], database: Database) -> None:
    imported(HEAD + rows(1, 2))
    assert imported(HEAD + rows(3), "changes.csv", partial=True).retired == 0
    assert on_sale(database) == ["shop-1", "shop-2", "shop-3"]


def test_a_feed_that_lost_nearly_everything_is_not_believed(
    imported: Callable[..., Summary], database: Database
) -> None:
    imported(HEAD + rows(*range(40)))
    summary = imported(HEAD + rows(1))
    assert summary.retired is None
    assert "--shrink" in "\n".join(summary.lines())
    assert len(on_sale(database)) == 40
    assert imported(HEAD + rows(1), again=True, however_many=True).retired == 39


def test_the_same_feed_is_not_read_twice_a_day(imported: Callable[..., Summary]) -> None:
    imported(HEAD + rows(1))
    assert imported(HEAD + rows(1)).same
    assert not imported(HEAD + rows(1), again=True).same


def test_rows_of_one_product_come_together_wherever_they_stand(
    imported: Callable[..., Summary], database: Database
) -> None:
    head = "id,item_group_id,title,image_link,size\n"
    shirts = [f"{n},g,T-shirt,https://s.example/g.jpg,{size}\n" for n, size in enumerate(("S", "M", "L"))]
    others = "".join(f"x{n},,T-shirt,https://s.example/{n}.jpg,\n" for n in range(120))
    imported(head + shirts[0] + others + "".join(shirts[1:]))
    whole = database.call(lambda uow: uow.products.get("shop-g"))
    assert whole is not None
    assert whole.sizes == ("S", "M", "L")


def test_what_is_left_out_is_told_in_short_and_written_in_full(imported: Callable[..., Summary]) -> None:
    same = "".join(f"7,T-shirt,https://s.example/{n}.jpg,,\n" for n in range(300))
    summary = imported(
        HEAD + rows(1) + "2,,https://s.example/2.jpg,,\n" + "3,Tee,https://s.example/3.jpg,soon,\n" + same
    )
    assert (summary.added, summary.left_out.total()) == (2, 301)
    said = "\n".join(summary.lines())
    assert "Rows left out: 301" in said
    assert "row 2 (line 3): It has no title." in said
    assert summary.report is not None
    with summary.report.open() as file:
        report = list(csv.DictReader(file))
    assert report[0] == {"row": "2", "line": "3", "product": "", "reason": "It has no title."}
    assert len(report) == 301


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "<rss><item><id>1</id><title>Tee</title><image_link>https://s.example/1.jpg</image_link></item><broken",
            "line 1",
        ),
        (HEAD, "has no rows"),
        (HEAD + "1,,,,\n", "It has no title"),
    ],
)
def test_a_feed_that_cannot_be_read_whole_changes_nothing(
    imported: Callable[..., Summary], database: Database, text: str, says: str
) -> None:
    imported(HEAD + rows(1, 2))
    for _ in range(2):
        with pytest.raises(FeedError, match=says):
            imported(text, "feed.txt")
    assert on_sale(database) == ["shop-1", "shop-2"]
    record = database.call(lambda uow: uow.feeds.get("shop"))
    assert record is not None
    assert record.error is not None
    assert imported(HEAD + rows(1, 2, 3)).added == 1


# --- going on -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["reading", "writing"])
def test_an_import_goes_on_where_it_was_stopped(
    settings: BotSettings, database: Database, tmp_path: Path, step: str
) -> None:
    path = tmp_path / "feed.csv"
    path.write_text(HEAD + rows(*range(200)))

    def stop(what: str, _fraction: float | None, count: int) -> None:
        if what == step and count >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_feed(settings, order(path), stop)
    assert len(on_sale(database)) == (0 if step == "reading" else 100)
    seen: list[tuple[str, int]] = []
    summary = import_feed(settings, order(path), lambda what, _, count: seen.append((what, count)))
    assert (summary.added, summary.unchanged) == (200, 0)
    assert seen[0] == (step, 150)
    assert database.call(lambda uow: uow.session.scalar(sa.select(sa.func.count(StagedRow.row)))) == 0


def test_rows_that_the_database_lost_are_read_again(
    settings: BotSettings, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "feed.csv"
    path.write_text(HEAD + rows(*range(100)))

    def stop(what: str, _fraction: float | None, _count: int) -> None:
        if what == "writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_feed(settings, order(path), stop)
    # What a crash of PostgreSQL does to an unlogged table.
    database.call(lambda uow: uow.session.execute(sa.delete(StagedRow)))
    summary = import_feed(settings, order(path), quiet)
    assert (summary.added + summary.unchanged, summary.retired) == (100, 0)


def test_a_killed_process_is_gone_on_with_by_the_next(
    database_url: str, redis_url: str, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "feed.csv"
    path.write_text(HEAD + rows(*range(12_000)))
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [
        sys.executable,
        "-m",
        "bot",
        "import-feed",
        str(path),
        "--source",
        "shop",
        "--data",
        str(tmp_path / "kept"),
    ]

    def staged() -> int:
        return database.call(lambda uow: uow.feeds.position("shop"))

    first = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: staged() > 0, 60, "nothing was read")
        os.kill(first.pid, signal.SIGSTOP)
        busy = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert busy.returncode == 3
        assert "being imported right now" in busy.stderr
    finally:
        first.kill()
        first.wait()
    left = staged()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "products new: 12,000" in done.stdout
    assert left > 0


# --- addresses ----------------------------------------------------------------------------------------


def from_shop(
    settings: BotSettings, answers: dict[str, Answer], play: Callable[[Shop, Callable[..., Summary]], None]
) -> None:
    """Plays with a shop that serves feeds, and a way to import one of them."""

    async def stage() -> None:
        async with shop(answers) as opened:

            def bring(path: str, **manner: bool) -> Summary:
                return import_feed(
                    settings, order(f"{opened.url}{path}", **manner), quiet, lambda _: opened.client(20.0)
                )

            await asyncio.to_thread(play, opened, bring)

    asyncio.run(stage())


def test_a_feed_is_fetched_again_only_when_it_changed(settings: BotSettings, database: Database) -> None:
    packed = gzip.compress((HEAD + rows(1)).encode())
    answers: dict[str, Answer] = {"/feed": answer("", status="404 Not Found")}

    def play(opened: Shop, bring: Callable[..., Summary]) -> None:
        with pytest.raises(FeedError, match="no feed at this address"):
            bring("/feed")
        answers["/feed"] = answer(packed, "application/gzip", ETag='"v1"')
        assert bring("/feed").added == 1
        answers["/feed"] = answer("", status="304 Not Modified")
        assert bring("/feed").same
        assert 'if-none-match: "v1"' in opened.asked[-1].lower()
        answers["/feed"] = answer(gzip.compress((HEAD + rows(2)).encode()), "application/gzip", ETag='"v2"')
        assert bring("/feed").added == 1

    from_shop(settings, answers, play)
    assert on_sale(database) == ["shop-2"]


def test_an_endless_feed_ends(settings: BotSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.feed_fetch.MAX_PACKED_BYTES", 300_000)

    async def endless(write: Write) -> None:
        await write(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\n")
        while True:
            await write(rows(1).encode() * 100)

    def play(_opened: Shop, bring: Callable[..., Summary]) -> None:
        with pytest.raises(FeedError, match="larger than"):
            bring("/endless")
        assert not list((settings.data / "feeds").iterdir())

    from_shop(settings, {"/endless": endless}, play)


def test_an_address_inside_is_not_fetched(settings: BotSettings) -> None:
    with pytest.raises(FeedError, match="public internet"):
        import_feed(settings, order("http://127.0.0.1/feed.xml"), quiet)


# --- pictures -----------------------------------------------------------------------------------------


def picture() -> Answer:
    return answer(sample_picture(sample_products()[0].picture), "image/jpeg")


def test_pictures_beside_the_feed_are_read_at_once(
    imported: Callable[..., Summary], database: Database, tmp_path: Path
) -> None:
    out = io.BytesIO()
    PillowImage.new("RGB", (300, 400), "red").save(out, "PNG")
    (tmp_path / "tee.png").write_bytes(out.getvalue())
    (tmp_path / "bad.png").write_bytes(b"no picture")
    summary = imported("id,title,file\n1,T-shirt,tee.png\n2,T-shirt,bad.png\n")
    assert (summary.pictures, [ident for ident, _ in summary.without_picture]) == (1, ["shop-2"])
    assert on_sale(database) == ["shop-1"], "what has no picture is not shown"
    assert summary.report is not None
    assert "shop-2" in summary.report.read_text()


def test_the_first_search_shows_pictures_from_the_web(
    settings: BotSettings, database_url: str, redis_url: str, database: Database, tmp_path: Path
) -> None:
    answers: dict[str, Answer] = {f"/{n}.jpg": picture() for n in range(1, 8)}
    answers["/0.jpg"] = answer("<html>", "text/html")

    async def story() -> None:
        async with shop(answers) as opened:
            feed = tmp_path / "feed.csv"
            text = HEAD + rows(0, 1, 2, 3, 4, 5, 6, 7).replace("https://s.example", opened.url)
            feed.write_text(text)
            await asyncio.to_thread(import_feed, settings, order(feed), quiet)
            async with talks(database_url, redis_url, settings.data, {}, opened.client()) as (_, someone):
                anna = someone("anna")
                await anna.press("consent:yes")
                shown = await anna.say("red t-shirt", lambda body: bool(body["products"]))
                assert [card["id"] for card in shown["products"]] == [f"shop-{n}" for n in range(1, 7)]
                await anna.press("save:shop-1")
                feed.write_text(text.replace("1,Red", "10,Red", 1))
                await asyncio.to_thread(import_feed, settings, order(feed), quiet)
                saved = await anna.say("my favourites", lambda body: bool(body["products"]))
                assert replies.NOT_SOLD(titles="Red t-shirt 1") in saved["text"]

    asyncio.run(story())
    assert "shop-0" not in on_sale(database)
    assert "shop-1" not in on_sale(database)


def test_pictures_are_fetched_at_the_import_when_asked_for(settings: BotSettings) -> None:
    answers: dict[str, Answer] = {}

    def play(opened: Shop, bring: Callable[..., Summary]) -> None:
        answers["/feed.csv"] = answer(HEAD + rows(1, 2).replace("https://s.example", opened.url), "text/csv")
        answers["/1.jpg"] = picture()
        summary = bring("/feed.csv", pictures=True)
        assert (summary.pictures, [ident for ident, _ in summary.without_picture]) == (1, ["shop-2"])

    from_shop(settings, answers, play)


# --- by schedule --------------------------------------------------------------------------------------


def test_of_several_processes_one_imports_what_is_due(
    settings: BotSettings, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "feed.csv").write_text(HEAD + rows(1, 2))
    (tmp_path / "feeds.toml").write_text('[shop]\nfeed = "feed.csv"\nevery_hours = 2\n')
    feeds = read_schedule(tmp_path / "feeds.toml")
    together, counts = threading.Barrier(2), [0, 0]

    def one(number: int) -> None:
        together.wait()
        counts[number] = import_due(settings, database, feeds)

    threads = [threading.Thread(target=one, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 1
    assert on_sale(database) == ["shop-1", "shop-2"]
    assert import_due(settings, database, feeds) == 0, "its time has not come"


def test_a_feed_is_due_by_its_own_clock(settings: BotSettings, database: Database, tmp_path: Path) -> None:
    feed = ScheduledFeed(order(tmp_path / "feed.csv"), timedelta(hours=6))

    def age(passed: timedelta) -> None:
        database.call(lambda uow: uow.session.execute(sa.update(Feed).values(tried_at=Feed.tried_at - passed)))

    def due() -> bool:
        return database.call(lambda uow: uow.feeds.due("shop", feed.every, AGAIN_AFTER))

    assert due()
    assert import_due(settings, database, [feed]) == 0, "the file is not there"
    assert not due()
    age(AGAIN_AFTER)
    assert due(), "what failed is tried again sooner"
    (tmp_path / "feed.csv").write_text(HEAD + rows(1))
    assert import_due(settings, database, [feed]) == 1
    age(AGAIN_AFTER)
    assert not due()
    age(feed.every)
    assert due()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[shop]\nevery_hours = 1\n", "shop, feed: Field required"),
        ('[shop]\nfeed = "a"\nevry = 1\n', "shop, evry"),
        ('[shop]\nfeed = "a"\n[shop.columns]\ncolr = "b"\n', "no column colr"),
        ("shop", "not TOML"),
    ],
)
def test_a_mistake_in_the_list_of_feeds_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(FeedError, match=says):
        read_schedule(tmp_path / "feeds.toml")


def test_the_list_of_feeds_says_all_that_the_command_does(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        '[shop]\nfeed = "https://s.example/f"\nevery_hours = 0.5\ncurrency = "EUR"\npictures = true\n'
        'shop = "https://s.example"\npartial = true\nshrink = true\nencoding = "cp1251"\n'
        '[shop.columns]\ntitle = "Name"\n'
    )
    options = FeedOptions("shop", "EUR", {"title": "Name"}, "https://s.example", "cp1251")
    whole = FeedOrder("https://s.example/f", options, partial=True, pictures=True, however_many=True)
    assert read_schedule(tmp_path / "feeds.toml") == [ScheduledFeed(whole, timedelta(minutes=30))]
    assert replace(whole, pictures=False).manner == whole.manner, "pictures are not part of how rows are read"
