"""`python -m tests.load.feeds 20000 1000000`: imports generated feeds of so many items and measures it.

Each size is imported into servers of its own: new, unchanged, and with one item in a hundred changed and one in a
hundred gone. Prints a Markdown table with the facts of the machine; peak memory is the importing process's own.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.bench import machine

_COLOURS = ("black", "white", "navy", "red", "olive", "beige", "grey", "burgundy", "sky blue", "mustard")
_KINDS = ("t-shirt", "shirt", "jeans", "dress", "skirt", "hoodie", "jacket", "cardigan", "trousers", "shorts")
_MATERIALS = ("cotton", "linen", "wool", "denim", "polyester", "silk", "viscose")
_STYLES = ("slim", "oversized", "cropped", "classic", "relaxed", "ribbed", "vintage", "quilted", "pleated", "soft")
_NAMES = ("Ada", "Bo", "Cleo", "Dara", "Emil", "Fay", "Gus", "Hana", "Ida", "Jon", "Kim", "Lou", "Mio", "Noa")
_TEXT = (
    "made for long days and warm evenings with a clean collar two pockets buttons of shell a straight hem soft "
    "lining woven in small runs washed once easy to layer true to size falls to the hip does not crease"
)


def items(count: int, *, later: bool = False) -> Iterator[str]:
    """Items of a Google Merchant feed: sizes of one look in a group, texts as long as shops' are."""
    words = _TEXT.split()
    for n in range(count):
        if later and n // 3 % 100 == 1:
            continue
        chance = random.Random(n // 3)  # noqa: S311 # the three sizes of a look are alike
        colour, kind = chance.choice(_COLOURS), chance.choice(_KINDS)
        title = f"{chance.choice(_NAMES)} {chance.choice(_STYLES)} {colour} {kind} {n // 3}"
        text = " ".join(chance.choices(words, k=60))
        price = f"{chance.randint(9, 199) + (later and n // 3 % 100 == 0)}.90 EUR"
        yield (
            f"<item><g:id>{n}</g:id><g:item_group_id>g{n // 3}</g:item_group_id><title>{title}</title>"
            f"<description>&lt;p&gt;{text}&lt;/p&gt;</description>"
            f"<link>https://shop.example/p/{n // 3}?v={n}</link>"
            f"<g:image_link>https://cdn.example/{n // 3}.jpg</g:image_link><g:price>{price}</g:price>"
            f"<g:availability>in_stock</g:availability><g:brand>{chance.choice(_NAMES)} &amp; Co</g:brand>"
            f"<g:color>{colour}</g:color><g:size>{'SML'[n % 3]}</g:size><g:gender>female</g:gender>"
            f"<g:material>{chance.choice(_MATERIALS)}</g:material><g:google_product_category>212"
            "</g:google_product_category></item>\n"
        )


def write(path: Path, count: int, *, later: bool = False) -> None:
    """A whole feed."""
    with path.open("w") as file:
        file.write('<rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>\n')
        file.writelines(items(count, later=later))
        file.write("</channel></rss>\n")


def measure(count: int, folder: Path) -> Iterator[tuple[str, str]]:
    """Rows of the table for one size."""
    feed, data = folder / "feed.xml", folder / "data"
    write(feed, count)
    yield f"{count:,} items", f"{feed.stat().st_size / 1e6:,.0f} MB of XML"
    for what, again in (("first import", ""), ("the same feed again", "--again"), ("1 % changed, 1 % gone", "")):
        if what.startswith("1 %"):
            write(feed, count, later=True)
        seconds, busy, peak, said = _import(feed, data, again)
        speed = f"{seconds:,.0f} s, {busy:,.0f} of them on our processor, {count / seconds:,.0f} items/s"
        yield f"{count:,} items: {what}", f"{speed}, {peak:.0f} MiB at most"
        print(said, file=sys.stderr)


def _import(feed: Path, data: Path, again: str) -> tuple[float, float, float, str]:
    program = """
import json, resource, sys, time
from pathlib import Path
from bot.feeds import FeedOrder, import_feed
from bot.local import settings_for
from catalog.feeds import FeedOptions
from storage.migrate import upgrade
with settings_for(Path(sys.argv[1])) as settings:
    upgrade(settings.database_url.get_secret_value())
    began = time.monotonic()
    steps = {}
    def watch(what, fraction, count):
        steps.setdefault(what, [time.monotonic(), 0])[1] = time.monotonic()
    summary = import_feed(settings, FeedOrder(sys.argv[2], FeedOptions("bench"), again=bool(sys.argv[3])), watch)
    said = [f"{what} {end - start:.0f} s" for what, (start, end) in steps.items()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.monotonic() - began, time.process_time(), peak, "; ".join([*summary.lines(), *said])]))
"""
    environment = {**os.environ, "FASHIONCORE_DATA": str(data), "DATABASE_URL": "", "REDIS_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", program, data, feed, again],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    seconds, busy, peak, said = json.loads(done.stdout.splitlines()[-1])
    return seconds, busy, peak, said


def main() -> None:
    """Measure the sizes of the command line."""
    rows = [("machine", machine())]
    for size in map(int, sys.argv[1:] or ["20000"]):
        with tempfile.TemporaryDirectory(prefix="fashioncore-feeds-") as folder:
            rows += measure(size, Path(folder))
    print("\n".join(["| measure | figure |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)]))


if __name__ == "__main__":
    main()
