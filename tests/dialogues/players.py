"""Who plays a conversation: a visitor of the web chat, a terminal in this process, and the real command.

Each does one step at a time and tells what it was shown for it, as (text, labels of buttons, ids of products).
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import sys
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import httpx

from bot.bootstrap import Bot
from bot.channels.terminal.album import Album
from bot.channels.terminal.chat import Chat, Manner
from bot.channels.terminal.talk import CHANNEL as TERMINAL
from bot.channels.terminal.talk import Talk
from bot.web.chat import CHANNEL as WEB
from bot.web.sessions import COOKIE, address_of
from storage.records import TurnRecord
from tests.dialogues.script import Step
from tests.programs import ROOT

Shown = tuple[str, tuple[str, ...], tuple[str, ...]]

PATIENCE_S = 100.0


def shown_of(body: dict[str, Any]) -> Shown:
    """What everybody should be shown of a turn."""
    labels = tuple(choice["label"] for choice in body["choices"])
    return body["text"], labels, tuple(product["id"] for product in body["products"])


class Player(Protocol):
    """One person on one channel."""

    channel: str
    address: str

    async def open(self) -> None:
        """Open the chat, which greets."""
        ...

    async def do(self, step: Step, action: str, pressed: TurnRecord | None, photo: Path | None) -> None:
        """Do the step; `action` and `pressed` are the button and its message."""
        ...

    async def shown(self, turns: list[TurnRecord]) -> list[Shown]:
        """What was shown for the last step, which led to these turns."""
        ...

    async def close(self) -> None:
        """Leave."""
        ...


class WebPlayer:
    """A browser, as docs/web-chat.md says."""

    channel = WEB

    def __init__(self, port: int) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers={"X-Fashioncore": "1"}, timeout=60, trust_env=False
        )
        self.address = ""

    async def open(self) -> None:
        """See Player."""
        (await self._client.get("/api/conversation")).raise_for_status()
        self.address = address_of(self._client.cookies[COOKIE])

    async def do(self, step: Step, action: str, pressed: TurnRecord | None, photo: Path | None) -> None:
        """See Player."""
        if step.deed == "waits":
            return
        event = str(uuid.uuid4())
        if photo is not None:
            files = {"photo": ("photo.jpg", await asyncio.to_thread(photo.read_bytes))}
            answer = await self._client.post("/api/photos", data={"id": event}, files=files)
        elif pressed is not None:
            press = {"id": event, "turn": str(pressed.id), "action": action}
            answer = await self._client.post("/api/presses", json=press)
        else:
            answer = await self._client.post("/api/messages", json={"id": event, "text": step.words})
        assert answer.status_code == 202, answer.text

    async def shown(self, turns: list[TurnRecord]) -> list[Shown]:
        """What a page shows that is opened now."""
        page = (await self._client.get("/api/conversation")).raise_for_status().json()
        views = {view["id"]: view for view in page["turns"]}
        return [shown_of(views[str(turn.id)]) for turn in turns if str(turn.id) in views]

    async def close(self) -> None:
        """See Player."""
        await self._client.aclose()


class Dictation:
    """Lines for a Chat of this process; when it asks for the next one, it has shown all of the last."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self._line: asyncio.Future[str | None] | None = None

    def ask(self) -> asyncio.Future[str | None]:
        """See LineSource."""
        self._line = asyncio.get_running_loop().create_future()
        self.ready.set()
        return self._line

    def say(self, line: str | None) -> None:
        """The next line."""
        assert self._line is not None
        self.ready.clear()
        self._line.set_result(line)


class TerminalPlayer:
    """`fashioncore chat --json` without its process: many share one bot."""

    channel = TERMINAL

    def __init__(self, bot: Bot, folder: Path, name: str) -> None:
        self.address = name
        self._lines = Dictation()
        self._out = io.StringIO()
        manner = Manner(as_json=True, interactive=False, live=False, patience_s=PATIENCE_S)
        album = Album(folder / name, ours=True)
        self._chat = Chat(bot, Talk(bot, name, None), album, manner, self._out, _nobody)
        self._running: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """See Player."""
        self._running = asyncio.create_task(self._chat.run(self._lines))
        await self._settled()

    async def do(self, step: Step, action: str, pressed: TurnRecord | None, photo: Path | None) -> None:
        """See Player."""
        self._lines.say(line_of(step, action, pressed, photo))
        await self._settled()

    async def _settled(self) -> None:
        """Until the next line is asked for; or the chat ended, and then why."""
        assert self._running is not None
        asked = asyncio.create_task(self._lines.ready.wait())
        await asyncio.wait({asked, self._running}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if self._running.done():
            self._running.result()

    async def shown(self, turns: list[TurnRecord]) -> list[Shown]:
        """See Player."""
        del turns
        printed, _ = self._out.getvalue(), (self._out.seek(0), self._out.truncate())
        return [_of_object(json.loads(line)) for line in printed.splitlines()]

    async def close(self) -> None:
        """See Player."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)


class ProcessPlayer:
    """`fashioncore chat --json` itself, spoken to through pipes."""

    channel = TERMINAL

    def __init__(self, environment: dict[str, str], name: str) -> None:
        self.address = name
        self._environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def open(self) -> None:
        """See Player."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "chat", "--json", "--as", self.address,
            cwd=ROOT, env={**os.environ, **self._environment, "LC_ALL": "C.UTF-8"}, limit=2**20,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def do(self, step: Step, action: str, pressed: TurnRecord | None, photo: Path | None) -> None:
        """See Player."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line_of(step, action, pressed, photo)}\n".encode())
        await self._process.stdin.drain()

    async def shown(self, turns: list[TurnRecord]) -> list[Shown]:
        """As many objects as there should be; one too many comes with the next step, or in the end."""
        assert self._process is not None
        assert self._process.stdout is not None
        return [_of_object(json.loads(await self._process.stdout.readline())) for _ in turns]

    async def close(self) -> None:
        """The end of input: nothing more is printed, and all is well."""
        assert self._process is not None
        try:
            async with asyncio.timeout(PATIENCE_S):
                # Without any input to write, it would leave the pipe open.
                rest, _ = await self._process.communicate(b"")
        finally:
            with suppress(ProcessLookupError):
                self._process.kill()
        assert (rest, self._process.returncode) == (b"", 0)


def line_of(step: Step, action: str, pressed: TurnRecord | None, photo: Path | None) -> str:
    """The step as a line of the terminal, where an empty one waits."""
    if photo is not None:
        line = f"/photo {photo}"
    elif pressed is not None:
        labels = [choice["label"] for choice in pressed.body["choices"] if choice["action"] == action]
        line = f"/press {labels[0]}"
    else:
        line = " ".join(step.words.split("\n"))
    return f"/nowait {line}" if step.meanwhile else line


def _of_object(shown: dict[str, Any]) -> Shown:
    assert "error" not in shown, shown["text"]
    return shown["text"], tuple(shown["buttons"]), tuple(product["id"] for product in shown["products"])


async def _nobody() -> None:
    """The stage has its worker."""
