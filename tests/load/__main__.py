"""`python -m tests.load PART...`, which `fashioncore bench --load` runs: the real program under load.

Prints a Markdown table, and below it where the time went. The figures are of this machine: nothing is asserted but
what `--growth` says of memory.
"""

from __future__ import annotations

import argparse
import resource
import sys

from bot.bench import machine
from tests.load import chat, queue
from tests.load.house import House, open_house
from tests.load.report import Report

PARTS = ("messages", "people", "queue", "fairness", "history", "memory")


def main() -> None:
    """Measure the parts that are named, each on servers of its own."""
    reading = argparse.ArgumentParser(prog="fashioncore bench --load", description=__doc__)
    reading.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}, or all")
    reading.add_argument("--seconds", type=float, help="how long a part measures that has no end of its own")
    reading.add_argument("--people", type=int, default=2_000, help="how many come within a minute")
    reading.add_argument("--processes", type=int, default=2, help="how many serve the web chat")
    reading.add_argument("--jobs", type=int, default=10_000, help="how many try-ons wait")
    reading.add_argument("--greedy", type=int, default=5_000, help="how many of them one person asks for")
    reading.add_argument("--others", type=int, default=500, help="how many people ask for one each")
    reading.add_argument("--picture-s", type=float, default=0.5, help="how long the stub engine takes for each")
    reading.add_argument("--rows", type=int, default=1_000_000, help="how long the longest history is")
    reading.add_argument("--growth", type=float, help="MiB an hour; more in `memory` is a failure")
    told = reading.parse_args()
    parts = PARTS if told.parts in ([], ["all"]) else told.parts
    if unknown := set(parts) - set(PARTS):
        reading.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    # Everybody has an open page.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    report = Report()
    report.add("machine", machine())
    for part in parts:
        with open_house() as house:
            _measure(part, house, report, told)
    print(report.table())
    for profile in report.profiles:
        print(f"\n{profile}")
    sys.exit(report.failure)


def _measure(part: str, house: House, report: Report, told: argparse.Namespace) -> None:
    if part == "queue":
        return queue.throughput(house, report, told.jobs, told.picture_s, told.seconds or 0.0)
    if part == "fairness":
        return queue.fairness(house, report, told.greedy, told.others)
    house.open_web(told.processes)
    if part == "people":
        return chat.people(house, report, told.people)
    # The first answers fill caches.
    chat.warm(house)
    if part == "messages":
        return chat.messages(house, report, told.seconds or 30.0)
    if part == "memory":
        grown = chat.memory(house, report, told.seconds or 60.0)
        if told.growth is not None and grown > told.growth:
            report.failure = f"The web processes grow by {grown:.0f} MiB an hour; {told.growth:g} are borne."
        return None
    sizes = [size for size in (1_000, 100_000) if size < told.rows]
    return chat.history(house, report, [*sizes, told.rows], told.seconds or 15.0)


if __name__ == "__main__":
    main()
