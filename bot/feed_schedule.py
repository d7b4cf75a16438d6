"""`fashioncore feeds`: imports the feeds that an operator listed, each as often as it says.

A process of its own: reading a large feed would hold up whoever answers people, and a worker only renders. Any
number of them may run; the lock of a feed lets one import it, and what one left behind the next goes on with.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

from prometheus_client import start_http_server
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.bootstrap import open_database
from bot.feeds import FeedOrder, Watch, import_feed
from bot.settings import BotSettings
from catalog.errors import CatalogError, FeedError
from catalog.feed_fetch import is_address
from catalog.feeds import FeedOptions
from storage.metrics import REGISTRY
from storage.observing import observe
from storage.unit_of_work import CONNECTION_LOST, Database

log = logging.getLogger(__name__)

LOOK_S = 20.0
"""How often it is looked whether a feed is due."""

AGAIN_AFTER = timedelta(minutes=15)
"""When a feed that failed is tried again."""

_Text = Annotated[str, Field(min_length=1, max_length=2000)]


class _Entry(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(extra="forbid")

    feed: _Text
    every_hours: float = Field(default=24.0, ge=0.05, le=24 * 31)
    currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    shop: _Text | None = None
    encoding: _Text | None = None
    partial: bool = False
    pictures: bool = False
    shrink: bool = False
    columns: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScheduledFeed:
    """A feed and how often it is imported."""

    order: FeedOrder
    every: timedelta


def read_schedule(path: Path) -> list[ScheduledFeed]:
    """The feeds of the file, each a table whose name is the shop's. Raises FeedError with what is wrong in it."""
    try:
        tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return [_scheduled(path.parent, source, table) for source, table in tables.items()]
    except OSError as error:
        raise FeedError("feeds_file", f"The list of feeds {path} cannot be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedError("feeds_file", f"The list of feeds {path} is not TOML: {error}.") from error


def _scheduled(folder: Path, source: str, table: object) -> ScheduledFeed:
    try:
        entry = _Entry.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "feed"
        raise FeedError("feeds_file", f"The list of feeds, {source}, {where}: {first['msg']}.") from error
    origin = entry.feed if is_address(entry.feed) else str(folder / entry.feed)
    options = FeedOptions(source, entry.currency, entry.columns, entry.shop, entry.encoding)
    order = FeedOrder(origin, options, entry.partial, entry.pictures, entry.shrink)
    return ScheduledFeed(order, timedelta(hours=entry.every_hours))


def serve(settings: BotSettings) -> None:
    """Import what is due until SIGTERM or SIGINT; an import that is ended so is gone on with later."""
    observe(settings, "feeds")
    if settings.feeds is None:
        raise FeedError("feeds_file", "Please set FASHIONCORE_FEEDS to the file that lists the feeds.")
    feeds = read_schedule(settings.feeds)

    def leave(*_: object) -> NoReturn:
        sys.exit(0)

    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, leave)
    log.info("%d feeds are listed", len(feeds))
    if settings.health_port is not None:
        # There is no event loop here that could answer.
        start_http_server(settings.health_port, registry=REGISTRY)
    database = open_database(settings)
    waiting = threading.Event()
    try:
        while True:
            import_due(settings, database, feeds)
            waiting.wait(LOOK_S)
    finally:
        database.close()


def import_due(
    settings: BotSettings, database: Database, feeds: list[ScheduledFeed], watch: Watch | None = None
) -> int:
    """Import every feed whose time has come, one after the other; returns how many were."""
    done = 0
    for feed in feeds:
        source, every = feed.order.options.source, feed.every
        try:
            if database.call(lambda uow, s=source, e=every: uow.feeds.due(s, e, AGAIN_AFTER)):  # type: ignore[misc] # a lambda's default
                summary = import_feed(settings, feed.order, watch or _silent)
                done += 1
                for line in summary.lines():
                    log.info("%s", line)
        except CatalogError as error:
            if error.code != "feed_busy":
                log.warning("the feed %s: %s", source, error.user_message)
        except CONNECTION_LOST:
            log.warning("the database is away")
            return done
        except Exception:
            # A defect that one feed shows must not cost the others.
            log.exception("the feed %s", source)
    return done


def _silent(_what: str, _fraction: float | None, _count: int) -> None:
    """Nobody watches."""
