"""`fashioncore import-feed`: a shop's feed into the catalogue.

Read and staged, compared and written, then what is gone is taken off the shelves: three steps whose progress lies
in the database (`storage/feeds.py`). Pictures beside the feed are read at once; those on the web when they are
first shown (`bot/pictures.py`), or here when asked for.
"""

from __future__ import annotations

import asyncio
import csv
import hashlib
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from bot.bootstrap import open_database
from bot.pictures import PictureDesk
from bot.settings import BotSettings
from catalog.errors import FeedError
from catalog.feed_fetch import AGENT, LIMITS, fetch_feed, is_address
from catalog.feed_rows import SkippedRow
from catalog.feeds import FeedOptions, stream_feed
from catalog.outbound import OutboundClient, OutboundLimits, Version
from pipeline.intake import IntakePool
from pipeline.types import CleanPhoto
from storage.feeds import FeedRecord
from storage.unit_of_work import Database

STAGED_AT_ONCE, WRITTEN_AT_ONCE, PICTURES_AT_ONCE = 2000, 1000, 100
"""Rows, products and pictures that a crash may cost: they are done again."""

READ_AGAIN_AFTER = timedelta(hours=24)
"""A feed that has not changed is read all the same once a day: sales begin and end."""

DOWNLOAD_KEPT_S = 86_400
"""How long a downloaded feed whose import broke off is gone on with."""

READER = "1"
"""Another number when the same file is read into other products."""

EXAMPLES = 5

Watch = Callable[[str, float | None, int], None]
"""Is told what is done, which part of it, and of how many rows, products or pictures."""


@dataclass(frozen=True, slots=True)
class FeedOrder:
    """What to import and how.

    `partial`: what the feed does not name stays. `pictures`: fetch those on the web now. `however_many`: take off
    the shelves what is gone, be it nearly everything. `again`: though it has not changed.
    """

    origin: str
    options: FeedOptions
    partial: bool = False
    pictures: bool = False
    however_many: bool = False
    again: bool = False

    @property
    def lock(self) -> str:
        """Whoever imports this feed holds it."""
        return f"feed:{self.options.source}"

    @property
    def manner(self) -> str:
        """The hash of how the feed is read."""
        return hashlib.sha256(f"{READER} {self.partial} {self.origin} {self.options}".encode()).hexdigest()[:16]


@dataclass(slots=True)
class Summary:
    """What came of it. `retired` is None when nearly everything would have gone, and nothing did."""

    source: str
    same: bool = False
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int | None = 0
    left_out: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    pictures: int = 0
    without_picture: list[tuple[str, str]] = field(default_factory=list)
    report: Path | None = None
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """For people."""
        if self.same:
            yield f"{self.source}: the feed is the one that was imported last."
        else:
            yield (
                f"{self.source}: products new: {self.added:,}, changed: {self.changed:,}, as they were: "
                f"{self.unchanged:,}, no longer sold: {self.retired or 0:,} ({self.seconds:.0f} s)"
            )
        if self.retired is None:
            yield "More than half of the shop's products are not in the feed. They stay; --shrink removes them."
        if total := self.left_out.total():
            yield f"Rows left out: {total:,}"
            yield from (f"  {count:>9,}  {reason}" for reason, count in self.left_out.most_common(EXAMPLES))
            yield from (f"  {example}" for example in self.examples)
        if self.pictures or self.without_picture:
            yield f"Pictures fetched: {self.pictures:,}, not to be had: {len(self.without_picture):,}"
            yield from (f"  {ident}: {why}" for ident, why in self.without_picture[:EXAMPLES])
        if self.report is not None:
            yield f"All that was left out: {self.report}"


def _dial(limits: OutboundLimits) -> OutboundClient:
    return OutboundClient(limits, agent=AGENT)


Dial = Callable[[OutboundLimits], OutboundClient]
"""Makes a client; each loop needs one of its own."""


def import_feed(settings: BotSettings, order: FeedOrder, watch: Watch, dial: Dial = _dial) -> Summary:
    """Import the feed into a migrated database. Raises FeedError when it cannot be read as a whole.

    Whatever ended the last import of the same feed, this one goes on where that was. `dial` is for tests, which
    serve their feeds themselves.
    """
    database = open_database(settings)
    try:
        with database.alone(order.lock) as mine:
            if not mine:
                raise FeedError("feed_busy", f"The feed {order.options.source} is being imported right now.")
            return _Import(settings, database, order, watch, dial).run()
    finally:
        database.close()


class _Import:
    def __init__(
        self,
        settings: BotSettings,
        database: Database,
        order: FeedOrder,
        watch: Watch,
        dial: Dial,
    ) -> None:
        self._settings = settings
        self._database = database
        self._order = order
        self._source = order.options.source
        self._watch = watch
        self._dial = dial
        self._folder = settings.data / "feeds"
        self._download = self._folder / f"{_file_name(self._source)}.feed"

    def run(self) -> Summary:
        began = time.monotonic()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        summary = Summary(self._source)
        try:
            summary.same = not self._products()
        except FeedError as error:
            sentence = error.user_message
            self._database.call(lambda uow: uow.feeds.tried(self._source, self._order.origin, sentence))
            # The next time it may be mended.
            self._download.unlink(missing_ok=True)
            raise
        if summary.same:
            self._database.call(lambda uow: uow.feeds.tried(self._source, self._order.origin, None))
        else:
            self._finish(summary)
        beside = None if is_address(self._order.origin) else Path(self._order.origin).absolute().parent
        asyncio.run(self._pictures(summary, beside))
        if not summary.same:
            self._report(summary)
        summary.seconds = time.monotonic() - began
        return summary

    # --- products -------------------------------------------------------------------------------------

    def _products(self) -> bool:
        """Read and write; False when the feed is still the one of the last time."""
        known = self._database.call(lambda uow: uow.feeds.get(self._source))
        found = self._file(known)
        if found is None:
            return False
        path, version = found
        fingerprint = f"{self._order.manner} {_hash(path)}"
        if known is not None and known.fingerprint == fingerprint and self._is_recent(known):
            return False
        origin = self._order.origin
        record = self._database.call(lambda uow: uow.feeds.begin(self._source, origin, fingerprint, version))
        if record.stage == "reading":
            self._stage(path)
        self._write()
        return True

    def _file(self, known: FeedRecord | None) -> tuple[Path, Version] | None:
        """The feed on this machine; None when its server says that it has not changed."""
        origin = self._order.origin
        if not is_address(origin):
            return Path(origin).absolute(), Version()
        path = self._download
        version = Version() if known is None else Version(known.etag, known.last_modified)
        broke_off = (
            known is not None and known.stage != "done" and known.fingerprint.startswith(self._order.manner)
        )
        if broke_off and path.exists() and time.time() - path.stat().st_mtime < DOWNLOAD_KEPT_S:
            return path, version
        ask = version if known is not None and self._is_recent(known) else Version()
        self._watch("fetching", None, 0)
        fetched = asyncio.run(self._fetch(ask))
        return None if fetched is None else (path, fetched)

    async def _fetch(self, known: Version) -> Version | None:
        async with self._dial(LIMITS) as client:
            return await fetch_feed(client, self._order.origin, self._download, known)

    def _is_recent(self, known: FeedRecord) -> bool:
        """Whether the last import was whole, was read in the same manner, and is not long ago."""
        return (
            not self._order.again
            and known.stage == "done"
            and known.fingerprint.startswith(self._order.manner)
            and known.finished_at is not None
            and datetime.now(UTC) - known.finished_at < READ_AGAIN_AFTER
        )

    def _stage(self, path: Path) -> None:
        after = self._database.call(lambda uow: uow.feeds.position(self._source))
        part = 0.0

        def progress(fraction: float) -> None:
            nonlocal part
            part = fraction

        rows = stream_feed(path, self._order.options, after=after, progress=progress)
        while batch := list(islice(rows, STAGED_AT_ONCE)):
            self._database.call(lambda uow, batch=batch: uow.feeds.stage(self._source, batch))  # type: ignore[misc] # a lambda's default
            self._watch("reading", part, batch[-1].row)
        if not self._database.call(lambda uow: uow.feeds.has_products(self._source)):
            first = self._database.call(lambda uow: next(uow.feeds.left_out(self._source), None))
            why = "it has no rows." if first is None else f"for example {first}"
            raise FeedError("feed_format", f"No row of {path.name} is a product: {why}")
        self._database.call(lambda uow: uow.feeds.read_through(self._source))

    def _write(self) -> None:
        rows = max(1, self._database.call(lambda uow: uow.feeds.rows(self._source)))
        while self._database.call(lambda uow: uow.feeds.write(self._source, WRITTEN_AT_ONCE)):
            done = self._database.call(lambda uow: uow.feeds.written(self._source))
            # Rows of one product are written as one.
            self._watch("writing", min(1.0, done / rows), done)

    def _finish(self, summary: Summary) -> None:
        if not self._order.partial:
            summary.retired = self._database.call(
                lambda uow: uow.feeds.retire(self._source, however_many=self._order.however_many)
            )
        summary.report = self._folder / f"{_file_name(self._source)}-report.csv"
        with summary.report.open("w", newline="") as file, self._database.unit_of_work() as uow:
            write = csv.writer(file).writerow
            write(("row", "line", "product", "reason"))
            for row in uow.feeds.left_out(self._source):
                write((row.row, row.line, "", row.reason))
                _count(summary, row)
        self._database.call(lambda uow: uow.feeds.finish(self._source))
        record = self._database.call(lambda uow: uow.feeds.get(self._source))
        if record is not None:
            summary.added, summary.changed, summary.unchanged = record.added, record.changed, record.unchanged
        if is_address(self._order.origin):
            self._download.unlink(missing_ok=True)

    # --- pictures -------------------------------------------------------------------------------------

    async def _pictures(self, summary: Summary, folder: Path | None) -> None:
        processes = self._settings.intake_processes
        client = self._dial(OutboundLimits())
        with IntakePool(processes) as pool, ThreadPoolExecutor(processes, thread_name_prefix="intake") as threads:

            async def clean(data: bytes) -> CleanPhoto:
                return await asyncio.get_running_loop().run_in_executor(threads, pool.clean, data)

            desk = PictureDesk(self._database, client, clean)
            try:
                await self._fetch_pictures(desk, folder, summary)
            finally:
                await desk.close()

    async def _fetch_pictures(self, desk: PictureDesk, folder: Path | None, summary: Summary) -> None:
        after, web = "", self._order.pictures
        while True:
            products = await self._database.run(
                lambda uow, a=after: uow.products.without_picture(
                    self._source, PICTURES_AT_ONCE, a, on_the_web=web
                )  # type: ignore[misc] # a lambda's default
            )
            if not products:
                return
            failed = await desk.fetch(products, folder)
            summary.without_picture += failed
            summary.pictures += len(products) - len(failed)
            self._watch("pictures", None, summary.pictures)
            after = products[-1].id

    def _report(self, summary: Summary) -> None:
        if summary.report is None:
            return
        with summary.report.open("a", newline="") as file:
            csv.writer(file).writerows(("", "", ident, why) for ident, why in summary.without_picture)
        if not summary.left_out and not summary.without_picture:
            summary.report.unlink(missing_ok=True)
            summary.report = None


def _count(summary: Summary, row: SkippedRow) -> None:
    summary.left_out[re.sub(r'"[^"]*"', '"…"', row.reason)] += 1
    if len(summary.examples) < EXAMPLES:
        summary.examples.append(str(row))


def _file_name(source: str) -> str:
    """A name for the files of a feed: readable, and another for each source."""
    plain = re.sub(r"[^a-z0-9]+", "-", source.lower())[:40].strip("-")
    return f"{plain or 'feed'}-{hashlib.sha256(source.encode()).hexdigest()[:6]}"


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FeedError("feed_unreadable", f"The feed {path.name} cannot be opened. Check the path.") from error
