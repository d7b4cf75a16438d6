"""What an operator does by hand: look whether all is well, export a person, erase a person, count."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import redis
import sqlalchemy as sa
from pydantic import ValidationError

from bot.bootstrap import open_database
from bot.channels.telegram.checks import look
from bot.channels.telegram.settings import TelegramSettings
from bot.feed_schedule import read_schedule
from bot.findings import Finding
from bot.llm.checks import findings as model_findings
from bot.settings import BotSettings
from bot.shop_checks import findings as shop_findings
from bot.weights.checks import findings as weights_findings
from catalog.errors import CatalogError
from pipeline.engines.registry import engine
from storage.catalogue import StoredProducts
from storage.errors import MediaMissing
from storage.letters import folder_of, path_of
from storage.media import probe
from storage.remote_settings import REMOTE
from storage.reports import export_person, happened, statistics
from storage.unit_of_work import Database

MIN_FREE_BYTES = 2**30


def doctor(settings: BotSettings) -> Iterator[Finding]:
    """Look at everything the program needs, one after the other."""
    yield Finding("Python", (3, 11) <= sys.version_info[:2] <= (3, 12), sys.version.split()[0])
    free = shutil.disk_usage(settings.data).free
    yield Finding("disk", free > MIN_FREE_BYTES, f"{free / 2**30:.1f} GiB free for {settings.data}")
    database = open_database(settings)
    try:
        yield _checked("database", lambda: _database(database))
        yield _checked("queue", lambda: _queue(settings))
        yield _checked("media store", lambda: _media(database))
        yield _checked(f"engine {settings.engine}", lambda: _engine(settings))
        yield from weights_findings(settings)
        yield from _telegram(settings)
        yield from asyncio.run(shop_findings(settings, StoredProducts(database)))
        yield from _feeds(settings, database)
    finally:
        database.close()
    yield from asyncio.run(model_findings(settings))
    if settings.discord_bot_token is not None:
        # Here, since discord.py takes a moment to load.
        from bot.channels.discord.checks import findings  # noqa: PLC0415

        yield from findings(settings)


def _telegram(settings: BotSettings) -> Iterator[Finding]:
    """Nothing when no token is set."""
    try:
        mine = TelegramSettings(
            DATABASE_URL=settings.database_url.get_secret_value(), REDIS_URL=settings.redis_url.get_secret_value()
        )
    except ValidationError:
        return
    yield from asyncio.run(look(mine))


def _feeds(settings: BotSettings, database: Database) -> Iterator[Finding]:
    """Nothing when no feeds are listed."""
    if settings.feeds is None:
        return
    try:
        listed = read_schedule(settings.feeds)
    except CatalogError as error:
        yield Finding("feeds", False, error.user_message)
        return
    known = {record.source: record for record in database.call(lambda uow: uow.feeds.all())}
    for source in (feed.order.options.source for feed in listed):
        record = known.get(source)
        if record is not None and record.error is not None:
            yield Finding(f"feed {source}", False, record.error)
        elif record is None or record.finished_at is None:
            yield Finding(f"feed {source}", True, "not imported yet")
        else:
            yield Finding(f"feed {source}", True, f"imported {record.finished_at:%Y-%m-%d %H:%M} UTC")


def _checked(what: str, look: Callable[[], str]) -> Finding:
    # Whatever goes wrong is what doctor is asked for.
    try:
        return Finding(what, True, look())
    except Exception as error:
        return Finding(what, False, str(error).splitlines()[0] if str(error) else type(error).__name__)


def _database(database: Database) -> str:
    def look(uow: Any) -> str:
        version = uow.session.execute(sa.text("SHOW server_version")).scalar_one()
        schema = uow.session.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        return f"PostgreSQL {version}, schema {schema}"

    return database.call(look)


def _queue(settings: BotSettings) -> str:
    with redis.Redis.from_url(settings.redis_url.get_secret_value(), socket_timeout=3) as client:
        facts = client.info("server")
    return f"answers, version {facts.get('valkey_version') or facts['redis_version']}"


def _media(database: Database) -> str:
    probe(database.store)
    keys = database.call(lambda uow: (uow.seals.on, uow.seals.check()))
    if not keys[0]:
        return "takes and gives, plain: FASHIONCORE_MASTER_KEY would seal people's pictures (docs/privacy.md)"
    return f"takes and gives, sealed with the keys of {keys[1]} people"


def _engine(settings: BotSettings) -> str:
    if settings.engine == REMOTE:
        # Only a worker knows the key.
        servers = {"DATABASE_URL": settings.database_url, "REDIS_URL": settings.redis_url}
        asked = subprocess.run(
            [sys.executable, "-m", "workers", "--ask"],
            env={**os.environ, **{name: url.get_secret_value() for name, url in servers.items()}},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if asked.returncode:
            raise OSError(asked.stderr.strip().splitlines()[-1] if asked.stderr.strip() else "it does not answer")
        return asked.stdout.strip()
    began = time.perf_counter()
    loaded = engine(settings.engine, settings.engine_options())
    return f"version {loaded.version}, ready in {time.perf_counter() - began:.1f} s"


def known(settings: BotSettings, person: UUID) -> bool:
    """Whether there is such a person."""
    database = open_database(settings)
    try:
        return database.call(lambda uow: uow.people.stay(person))
    finally:
        database.close()


def export_user(settings: BotSettings, person: UUID, folder: Path) -> int:
    """Write `person.json` and their pictures into the folder; returns how many pictures, -1 for nobody."""
    database = open_database(settings)
    try:
        with database.unit_of_work() as uow:
            rows = export_person(uow.session, uow.house, person)
        if not rows:
            return -1
        letters = folder_of(settings.data)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "person.json").write_text(json.dumps(rows, default=str, indent=1, ensure_ascii=False))
        written = 0
        for media in rows.get("media", []):
            try:
                data = database.call(lambda uow: uow.media.read(media["key"]))  # noqa: B023 # over before the next
            except MediaMissing:
                continue
            suffix = ".jpg" if media["mime"] == "image/jpeg" else ".bin"
            (folder / f"{media['kind']}-{media['key'][:16]}{suffix}").write_bytes(data)
            written += 1
        for mail in rows.get("mails", []):
            if (letter := path_of(letters, mail["ref"])).exists():
                shutil.copy(letter, folder / f"mail-{letter.name}")
        return written
    finally:
        database.close()


async def erase_user(settings: BotSettings, person: UUID) -> bool:
    """Erase a person with everything; False when there is no such person."""
    database = open_database(settings)
    try:
        with database.unit_of_work() as uow:
            known = bool(export_person(uow.session, uow.house, person))
            keys = uow.people.erase(person) if known else []
        await database.forget(keys)
        return known
    finally:
        database.close()


def stats(settings: BotSettings, days: int) -> dict[str, Any]:
    """Counts for people: as it is now, and what happened in so many days."""
    database = open_database(settings)
    try:
        with database.unit_of_work() as uow:
            return {"now": statistics(uow.session), **happened(uow.session, days)}
    finally:
        database.close()
