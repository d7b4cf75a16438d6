"""`fashioncore bench --search N`: how long a search takes as the catalogue grows to N products.

The products are made up with the statistics of shops: few kinds, colours and brands are common and many are rare,
words come as often as in the texts that are given. Timed is `PostgresProductIndex.search`, as the chat calls it.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from bot.bench import Report, machine
from bot.dialogue.types import Context
from bot.dialogue.understanding import understand
from catalog.query import query_from_slots
from catalog.samples import sample_products
from catalog.taxonomy import CATEGORIES, COLOR_FAMILIES, MATERIALS, PATTERNS, part_of
from catalog.types import Money, Product, Query
from storage.config import StorageConfig
from storage.local_servers import LocalServers
from storage.media import LocalMediaStore
from storage.migrate import upgrade
from storage.unit_of_work import Database, UnitOfWork

FIRST = 10_000
"""The smallest catalogue; each further one is ten times as large."""

ROUNDS = 5
BATCH = 5_000
"""Products that are put in one transaction, as an import does."""

WISHES = (
    "black dress", "red dress under 40 euro", "blue jeans for men", "white t-shirt size m", "floral summer dress",
    "cheapest black leather jacket", "newest sneakers", "striped shirt but not white", "hoodie", "clothes",
    "something for the beach", "outfit for a wedding, not black", "puma t-shirt", "green kurta with embroidery",
    "checked flannel shirt for men between 20 and 60 euro", "grey wool coat for winter", "waterproof jacket",
    "breathable pockets", "stretchy waist", "cotton polo navy size xl", "satin blouse", "denim shorts for women",
    "purple velvet sherwani size xs", "turquoise linen jumpsuit under 15 euro", "machine wash", "confortable",
    "pleated midi skirt", "yoga pants black", "ivory lace dress long sleeve", "camouflage cargo pants",
    "vestido rojo barato", "chemise blanche homme", "schwarze jeans herren", "calça preta", "लाल कुर्ता",
    "فستان أزرق", "kaali jeans dikhao 2000 ke andar", "burgundy cardigan v neck", "beige trench coat",
    "polka dot skirt",
)  # fmt: skip
"""What people write; the understanding reads them as it does in the chat."""


def run(products: int, texts: Path | None) -> str:
    """Measure catalogues of 10,000, 100,000 and so on up to `products`; returns the table."""
    report = Report()
    report.add("machine", machine())
    with tempfile.TemporaryDirectory(prefix="fashioncore-bench-") as folder, LocalServers(Path(folder)) as servers:
        upgrade(servers.database_url)
        config = StorageConfig(database_url=servers.database_url, redis_url=servers.redis_url, data=Path(folder))
        database = Database(config, LocalMediaStore(Path(folder)))
        shop = made_up(_words_in(texts))
        there = 0
        for size in _sizes(products):
            began = time.perf_counter()
            while there < size:
                batch = list(islice(shop, min(BATCH, size - there)))
                there += database.call(lambda uow, batch=batch: uow.products.put(batch))  # type: ignore[misc] # a lambda's default
            _measure(report, database, size, time.perf_counter() - began)
        database.close()
    return report.table()


def _sizes(most: int) -> list[int]:
    sizes = [FIRST]
    while sizes[-1] * 10 < most:
        sizes.append(sizes[-1] * 10)
    return [*(size for size in sizes if size < most), most]


def _measure(report: Report, database: Database, size: int, import_s: float) -> None:
    name = f"{size:,} products"
    report.add(f"{name}: import of what is new", f"{import_s:.0f} s")
    with database.unit_of_work() as uow:
        uow.session.execute(sa.text("ANALYZE products"))
    with database.unit_of_work() as uow:
        began = time.perf_counter()
        uow.session.execute(sa.text("REINDEX INDEX ix_products_facets"))
        report.add(f"{name}: building the index of all facets", f"{time.perf_counter() - began:.1f} s")
    database.call(lambda uow: report.add(f"{name}: table, indexes of it, words", _space(uow)))
    queries = [query_from_slots(text, dict(understand(text, Context()).slots)) for text in WISHES]
    first = [took for took, _ in database.call(lambda uow: timed(uow, queries))]
    report.add(f"{name}: search, each wish for the first time", _figures(first))
    runs = [run for _ in range(ROUNDS) for run in database.call(lambda uow: timed(uow, queries))]
    report.add(f"{name}: search, {len(runs)} times", _figures([took for took, _ in runs]))
    report.add(f"{name}: of that in PostgreSQL's processor time", _figures([cpu for _, cpu in runs], "mean"))
    database.call(lambda uow: report.add(f"{name}: peak memory of the server's process", _peak(uow)))
    by_wish = sorted(
        (statistics.median(took for took, _ in runs[at :: len(queries)]), text) for at, text in enumerate(WISHES)
    )
    slowest = "; ".join(f"{text}: {took * 1000:.0f} ms" for took, text in reversed(by_wish[-4:]))
    report.add(f"{name}: slowest wishes, median", slowest)


def timed(uow: UnitOfWork, queries: Sequence[Query]) -> list[tuple[float, float]]:
    """Seconds that each search takes, and how many of them the server's process computed (in steps of 10 ms)."""
    process = uow.session.execute(sa.select(sa.func.pg_backend_pid())).scalar_one()
    found = []
    for query in queries:
        began, cpu = time.perf_counter(), _cpu_s(process)
        uow.products.search(query, 6)
        found.append((time.perf_counter() - began, _cpu_s(process) - cpu))
    return found


def _cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak(uow: UnitOfWork) -> str:
    """That of the process which built the index and searched, with what it used of the buffers that all share."""
    process = uow.session.execute(sa.select(sa.func.pg_backend_pid())).scalar_one()
    peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return f"{int(peak[1]) / 1024:.0f} MiB" if peak else "not known"


def _figures(seconds: Sequence[float], what: str = "") -> str:
    if what == "mean":
        return f"{statistics.fmean(seconds) * 1000:.1f} ms on average"
    cuts = statistics.quantiles(seconds, n=20)
    return f"p50 {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms, longest {max(seconds) * 1000:.0f} ms"


def _space(uow: UnitOfWork) -> str:
    names = ("products", "ix_products_facets", "ix_products_category_price_id", "search_words")
    sizes = [uow.session.scalar(sa.select(sa.func.pg_relation_size(sa.text(f"'{name}'")))) or 0 for name in names]
    whole = uow.session.scalar(sa.text("SELECT pg_total_relation_size('products')")) or 0
    parts = ", ".join(f"{name} {size / 2**20:.0f} MiB" for name, size in zip(names, sizes, strict=True))
    return f"{parts}; all of products {whole / 2**20:.0f} MiB"


# --- a shop --------------------------------------------------------------------------------------------


def _words_in(texts: Path | None) -> list[str]:
    """Every word of the texts, as often as it stands there: JSON lines with "text", or any plain text."""
    if texts is None:
        lines = [f"{product.title} {product.description}" for product in sample_products()]
    else:
        lines = [_text_of(line) for line in texts.read_text().splitlines()]
    return [word for line in lines for word in line.split()]


def _text_of(line: str) -> str:
    return str(json.loads(line).get("text", "")) if line.startswith("{") else line


def made_up(words: Sequence[str], seed: int = 6) -> Iterator[Product]:
    """Products without end, always the same ones for the same seed. They come sorted by shop, as feeds do."""
    draw = random.Random(seed)  # noqa: S311 # no secret
    kinds = _by_rank([name for name, kind in CATEGORIES.items() if kind.parent is not None], draw)
    colors, brands = _by_rank(list(COLOR_FAMILIES), draw), _by_rank([f"Brand{n}" for n in range(3000)], draw)
    patterns, materials = _by_rank([*PATTERNS], draw), _by_rank([*MATERIALS], draw)
    number = 0
    while True:
        shop = f"shop{number // 20_000}"
        kind, color = _one(kinds, draw), _one(colors, draw)
        pattern = "solid" if draw.random() < 0.5 else _one(patterns, draw)
        material = _one(materials, draw) if draw.random() < 0.7 else None
        brand = "Puma" if draw.random() < 0.01 else _one(brands, draw)
        said = filter(None, (brand, color, None if pattern == "solid" else pattern, material, kind))
        extra = [draw.choice(words) for _ in range(draw.randint(2, 5))]
        yield Product(
            id=f"{shop}-{number}",
            source=shop,
            title=" ".join((*said, *extra)),
            category=kind,
            part=part_of(kind),
            picture=f"https://{shop}.example/{number}.jpg",
            color=(color,),
            pattern=pattern,
            material=(material,) if material else (),
            gender=draw.choice((None, "women", "women", "men", "unisex")),
            sizes=tuple(draw.sample(("XS", "S", "M", "L", "XL", "XXL"), draw.randint(0, 5))),
            brand=brand,
            price=Money(max(199, round(draw.lognormvariate(8.3, 0.7))), "EUR"),
            url=f"https://{shop}.example/{number}",
            description=" ".join(draw.choice(words) for _ in range(draw.randint(10, 60))),
        )
        number += 1


_Ranked = tuple[list[str], list[float]]


def _by_rank(values: list[str], draw: random.Random) -> _Ranked:
    """The n-th of them comes a n-th as often as the first (Zipf)."""
    mixed = draw.sample(values, len(values))
    total = 0.0
    return mixed, [total := total + 1 / rank for rank in range(1, len(mixed) + 1)]


def _one(ranked: _Ranked, draw: random.Random) -> str:
    return draw.choices(ranked[0], cum_weights=ranked[1])[0]
