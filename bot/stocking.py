"""Gets a database ready to serve: the newest schema, and the sample catalogue on the shelves."""

from __future__ import annotations

from bot.bootstrap import open_database
from bot.settings import BotSettings
from catalog.samples import sample_picture, sample_products
from pipeline.intake import IntakePool
from storage.catalogue import stock
from storage.migrate import upgrade


def prepare(settings: BotSettings) -> None:
    """Migrate and stock; quick when both were done before."""
    upgrade(settings.database_url.get_secret_value())
    database = open_database(settings)
    try:
        with IntakePool(settings.intake_processes) as intake:
            stock(database, sample_products(), sample_picture, intake)
    finally:
        database.close()
