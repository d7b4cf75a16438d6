"""`python -m tests.search`: the figures of docs/search.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from catalog.feeds import read_feed
from storage.catalogue import StoredProducts
from storage.config import StorageConfig
from storage.local_servers import LocalServers
from storage.media import LocalMediaStore
from storage.migrate import upgrade
from storage.unit_of_work import Database
from tests.data import TEST_DATA
from tests.search.measure import (
    LATER,
    WISHES,
    Judged,
    figures,
    judge,
    labels_of,
    query_in_chat,
    query_of,
    wishes,
)


def table(judged: list[Judged]) -> str:
    """hit@1 and recall@5 by language, for what was learned from and what was held out."""
    head = "| language | learned from | hit@1 | recall@5 | held out | hit@1 | recall@5 |"
    rows = [head, "|---|---|---|---|---|---|---|"]
    others = sorted({one.wish.language for one in judged} - {"en"})
    for name, languages in {"en": ["en"], "all others": others, **{name: [name] for name in others}}.items():
        cells = []
        for learned in (True, False):
            part = [one for one in judged if one.wish.language in languages and one.wish.learned == learned]
            count, hit, recall = figures(part)
            cells += [str(count), f"{hit:.2f}", f"{recall:.2f}"]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def main() -> None:
    """Prints the table, and with --wrong what the wishes that may be looked at found instead."""
    parser = argparse.ArgumentParser(prog="tests.search", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print the misses among the wishes learned from")
    arguments = parser.parse_args()
    feed = TEST_DATA / "catalogue" / "index.json"
    with tempfile.TemporaryDirectory() as folder, LocalServers(Path(folder)) as servers:
        upgrade(servers.database_url)
        config = StorageConfig(database_url=servers.database_url, redis_url=servers.redis_url, data=Path(folder))
        database = Database(config, LocalMediaStore(Path(folder)))
        index = StoredProducts(database)
        index.put(read_feed(feed, "cc0").products)
        labels = labels_of(feed)
        for name, query in (("command line", query_of), ("chat", query_in_chat)):
            judged, later = (
                judge(wishes(path), labels, lambda text, query=query: index.search(query(text), 5).products)  # type: ignore[misc] # a lambda's default
                for path in (WISHES, LATER)
            )
            sys.stdout.write(f"{name}\n\n{table(judged)}\n\n")
            for who, languages in (("English", True), ("others", False)):
                count, hit, recall = figures([one for one in later if (one.wish.language == "en") == languages])
                sys.stdout.write(f"later, {who}: {count} wishes, hit@1 {hit:.2f}, recall@5 {recall:.2f}\n")
            if arguments.wrong:
                missed = (
                    one for one in (*judged, *later) if (one.wish.learned or one in later) and one.recall < 1
                )
                sys.stdout.writelines(
                    f"{one.hit:d} {one.recall:.2f} {one.wish.language} {one.wish.text}: {one.titles}\n"
                    for one in missed
                )
        database.close()


main()
