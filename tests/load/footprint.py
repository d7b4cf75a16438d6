"""`python -m tests.load.footprint`: what one visit leaves behind in the database and the media store.

A visit is a yes, a photo, a wish, two try-ons, one of them saved, and a question, held with the real web chat and
worker. The figures stand in tests/load/scale.py, which plans with them.
"""

from __future__ import annotations

import io
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
from PIL import Image

from bot.settings import BotSettings
from bot.stocking import prepare
from catalog.samples import sample_products
from storage.local_servers import LocalServers
from tests.programs import Stage, free_port, stage
from tests.samples import sample_person

INDEX_ENTRY_BYTES = 45
"""A key of a UUID or two, with its headers: what one more row adds to each index, splits included."""

SHARED = ("products", "product_words", "alembic_version")
"""Tables that visits only read."""

TOPS = [f"try:{product.id}" for product in sample_products() if product.part == "upper"]


def main(visits: int) -> None:
    """Hold the visits and print what each left."""
    with (
        tempfile.TemporaryDirectory(prefix="fashioncore-footprint-") as folder,
        LocalServers(Path(folder)) as servers,
    ):
        prepare(BotSettings(DATABASE_URL=servers.database_url, REDIS_URL=servers.redis_url, data=Path(folder)))
        with (
            closing(psycopg2.connect(servers.database_url)) as connection,
            stage(servers.database_url, servers.redis_url, Path(folder) / "stage") as theatre,
        ):
            theatre.environment["FASHIONCORE_DATA"] = folder
            port = free_port()
            theatre.web(port)
            theatre.worker()
            connection.autocommit = True
            media = _files(Path(folder))
            before = _tables(connection)
            events = sum(_visit(theatre, port, number) for number in range(visits))
            after = _tables(connection)
            print(f"events of people: {events / visits:.1f}")
            rows = size = 0.0
            for name, (count, total) in sorted(after.items()):
                new = [(now - was) / visits for now, was in zip((count, total), before[name], strict=True)]
                if name not in SHARED and new[0]:
                    print(f"  {name}: {new[0]:.1f} rows, {new[1]:.0f} bytes")
                    rows, size = rows + new[0], size + new[1]
            print(f"rows: {rows:.1f}, bytes: {size:.0f}")
            kept = [now - was for now, was in zip(_files(Path(folder)), media, strict=True)]
            print(f"pictures: {kept[0] / visits:.1f}, bytes: {kept[1] / visits:.0f}")


def _visit(theatre: Stage, port: int, number: int) -> int:
    browser = theatre.visit(port)
    greeting = browser.wait(
        lambda turn: any(c["action"] == "consent:yes" for c in turn["choices"]), "the greeting"
    )
    browser.press(greeting, "consent:yes")
    browser.photo(_photo(number))
    browser.wait(lambda turn: "ready" in turn["text"] and turn["author"] == "stylist", "the photo's answer", 60)
    browser.say("shirt")
    found = browser.wait(lambda turn: bool(turn["products"]), "product cards")
    for count, action in enumerate(TOPS[:2], start=1):
        browser.press(found, action)
        browser.wait(lambda _, count=count: len(browser.results()) >= count, "the picture", 120)  # type: ignore[misc] # a lambda's default
    browser.press(found, f"save:{TOPS[0].partition(':')[2]}")
    browser.say("help")
    browser.wait(lambda turn: turn["text"].startswith("Here is what I do"), "the answer")
    browser.client.close()
    return 7


def _photo(number: int) -> bytes:
    """No two are the same: a picture is kept once, whoever sent it."""
    image = Image.open(sample_person()).convert("RGB")
    image.paste((number * 8 % 256, number // 32 * 8, 128), (0, 0, 16, 16))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def _tables(connection: psycopg2.extensions.connection) -> dict[str, tuple[int, int]]:
    """Of every table its rows, and their bytes with those of their index entries."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute("SELECT count(*) FROM pg_indexes WHERE tablename = %s", (name,))
            (indexes,) = cursor.fetchone() or (0,)
            cursor.execute(f'SELECT count(*), coalesce(sum(pg_column_size(t.*)), 0) FROM "{name}" t')  # noqa: S608 # of the catalogue
            count, size = cursor.fetchone() or (0, 0)
            found[name] = (count, size + count * (4 + indexes * INDEX_ENTRY_BYTES))
    return found


def _files(folder: Path) -> tuple[int, int]:
    sizes = [path.stat().st_size for path in (folder / "media").glob("??/??/*")]
    return len(sizes), sum(sizes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
