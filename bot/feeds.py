"""`fashioncore import-feed`: a shop's products and their pictures into the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.bootstrap import open_database
from bot.settings import BotSettings
from catalog.errors import FeedError
from catalog.feeds import picture_file, stream_feed
from catalog.types import Product
from pipeline.intake import IntakePool
from storage.catalogue import stock
from storage.migrate import upgrade

BATCH = 100


def import_feed(settings: BotSettings, feed: Path, source: str) -> Iterator[str]:
    """Import the feed; yields a line for every row that was left out, every hundred products, and the sum.

    Raises FeedError when the file is no feed at all.
    """
    upgrade(settings.database_url.get_secret_value())
    database = open_database(settings)
    added = known = skipped = 0

    def read_picture(reference: str) -> bytes:
        if "://" in reference:
            raise FeedError("web_picture", "Pictures are read from the feed's folder; this one is on the web.")
        path = picture_file(feed.parent, reference)
        try:
            return path.read_bytes()
        except OSError as error:
            raise FeedError("no_picture", f"The picture {reference} cannot be read ({error.strerror}).") from error

    try:
        with IntakePool(settings.intake_processes) as intake:
            for product in stream_feed(feed, source):
                if not isinstance(product, Product):
                    skipped += 1
                    yield f"row {product.row}: {product.reason}"
                    continue
                result = stock(database, [product], read_picture, intake)
                added, known = added + result.added, known + result.known
                for refused, why in result.refused:
                    skipped += 1
                    yield f"{refused}: {why}"
                if added and added % BATCH == 0 and result.added:
                    yield f"{added} products so far"
    finally:
        database.close()
    yield f"{added} products added, {known} known already, {skipped} left out"
