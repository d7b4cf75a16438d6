"""`python -m tests.load.telegram`: many people at once send a photo and a wish; how soon each is answered.

Prints a table and nothing is asserted: the figures are of this machine. The Bot API server, the people and the
program share it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from storage.local_servers import LocalServers
from tests.fakes.telegram import TOKEN, FakeTelegram, Message, Person
from tests.programs import Program, family_of, stage, until
from tests.samples import sample_person

WISH = "shirt"


@dataclass
class Waits:
    """Seconds until the first answer and until the last one, by what was sent."""

    photo: list[float] = field(default_factory=list)
    wish: list[float] = field(default_factory=list)
    buttons: list[float] = field(default_factory=list)
    lost: int = 0


async def visit(person: Person, at_s: float, photo: bytes, waits: Waits, patience_s: float) -> None:
    """One person: a photo, and a wish as soon as it was answered."""
    await asyncio.sleep(at_s)
    try:
        waits.photo.append(await _answered(person, lambda: person.send_photo(photo), _anything, patience_s))
        began = time.monotonic()
        waits.wish.append(await _answered(person, lambda: person.write(WISH), _anything, patience_s))
        await person.chat.until(lambda m: any("Try 1" in x.labels for x in m), patience_s)
        waits.buttons.append(time.monotonic() - began)
    except AssertionError as error:
        print(error)
        waits.lost += 1


def _anything(_message: Message) -> bool:
    return True


async def _answered(person: Person, send: object, fits: object, patience_s: float) -> float:
    assert callable(send)
    assert callable(fits)
    last = max((m.id for m in person.chat.messages), default=0)
    began = time.monotonic()
    await send()

    def answer(messages: list[Message]) -> bool:
        return any(m.by_bot and m.id > last and fits(m) for m in messages)

    await person.chat.until(answer, patience_s)
    return time.monotonic() - began


def memory_mb(program: Program) -> float:
    """The resident memory of the process."""
    status = Path(f"/proc/{program.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def cpu_s(program: Program) -> dict[str, float]:
    """Processor seconds that the process and its children have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    used: dict[str, float] = {}
    for pid in family_of(program.process.pid):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        name = "itself" if pid == program.process.pid else "intake"
        used[name] = used.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / ticks
    return used


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--patience", type=float, default=120.0, help="seconds after which an answer counts as lost"
    )
    given = parser.parse_args()
    dice = random.Random(given.seed)  # noqa: S311 # repeatable
    photo = sample_person().read_bytes()
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalServers(Path(folder) / "servers", durable=False) as servers,
        FakeTelegram().in_thread() as fake,
        stage(servers.database_url, servers.redis_url, Path(folder)) as opened,
    ):
        assert opened.start("bot", "migrate").process.wait(300) == 0
        opened.environment |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": fake.base}
        program = opened.start("bot", "telegram")
        until(lambda: "is ready" in program.output(), 120, program.output)
        before, used, waits = memory_mb(program), cpu_s(program), Waits()

        half: list[float] = []

        async def everybody() -> None:
            asyncio.get_running_loop().call_later(given.seconds / 2, lambda: half.append(memory_mb(program)))
            people = [fake.person(n, f"P{n}") for n in range(10_000, 10_000 + given.people)]
            await asyncio.gather(
                *(visit(p, dice.uniform(0, given.seconds), photo, waits, given.patience) for p in people)
            )

        began = time.monotonic()
        fake.run(everybody(), given.seconds + 2 * given.patience)
        spent, load = time.monotonic() - began, os.getloadavg()[0]
        print(f"{given.people} people in {given.seconds:.0f} s, done after {spent:.0f} s; load {load:.1f}")
        for name, values in (("photo", waits.photo), ("wish", waits.wish), ("buttons", waits.buttons)):
            cuts = statistics.quantiles(values, n=20) if len(values) > 1 else [0.0] * 19
            middle, most = statistics.median(values or [0.0]), max(values, default=0.0)
            print(f"  {name:8} p50 {middle:6.2f} s   p95 {cuts[18]:6.2f} s   max {most:6.2f} s")
        sent = len([call for call in fake.calls if call.method.startswith("send")])
        print(f"  lost {waits.lost}, requests that send {sent}")
        print(f"  over the limits {len(fake.floods)}, against the protocol {len(fake.violations)}")
        after = {name: round(seconds - used.get(name, 0.0), 1) for name, seconds in cpu_s(program).items()}
        print(f"  processor seconds {after}")
        print(f"  memory {before:.0f} MB before, {half[0]:.0f} MB at half, {memory_mb(program):.0f} MB after")
        if waits.lost or fake.floods:
            print(program.output()[-1500:])


if __name__ == "__main__":
    main()
