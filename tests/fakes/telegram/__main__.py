"""The server as a program: python -m tests.fakes.telegram --port 8081

Whole bots can run against it. What is typed is said by a person to the bot, and the chat is shown when it changes:

    hello               writes "hello"
    :photo me.jpg       sends a picture
    :press Try it on    presses a button of the newest message that has it
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import threading
from pathlib import Path

from tests.fakes.telegram.errors import Refusal
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.server import TOKEN, FakeTelegram


async def _serve(token: str, port: int) -> None:
    async with FakeTelegram(token, port=port) as server:
        _say(f"TELEGRAM_API_BASE={server.base} TELEGRAM_BOT_TOKEN={token}")
        person = server.person(1)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_show(person))
            tasks.create_task(_complain(server))
            tasks.create_task(_listen(person))


async def _listen(person: Person) -> None:
    """Does what is typed. At the end of the input the server goes on until it is stopped."""
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)

    # A thread that waits for a line cannot be stopped: as a daemon it does not keep the program from ending.
    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            await _do(person, (await lines.get()).strip())
        except (AssertionError, OSError, Refusal) as error:
            _say(str(error))


async def _complain(server: FakeTelegram) -> None:
    told: list[object] = []

    def news() -> bool:
        return len(server.violations) + len(server.floods) > len(told)

    while True:
        await server.until(news, timeout_s=None)
        found = [*server.violations, *server.floods]
        _say("\n".join(f"! {one}" for one in found if one not in told))
        told = found


async def _do(person: Person, line: str) -> None:
    deed, _, rest = line.partition(" ")
    if deed == ":photo":
        await person.send_photo(await asyncio.to_thread(Path(rest).read_bytes))
    elif deed == ":press":
        message = next((one for one in reversed(person.chat.messages) if rest in one.labels), person.chat.last)
        await person.press(message, rest)
    elif line:
        await person.write(line)


async def _show(person: Person) -> None:
    shown = ""

    def news(_: object) -> bool:
        return person.chat.transcript() != shown

    while True:
        await person.chat.until(news, timeout_s=None)
        shown = person.chat.transcript()
        _say(shown)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Bot API server for tests")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.token, arguments.port))
