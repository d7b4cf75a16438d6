"""Plays scripts: one set of servers, one web chat, one worker, and many conversations at once.

Whoever speaks while a picture is made must do so while it is surely not there yet, however fast or slow the
machine: the worker starts when everybody has said what they say meanwhile.
"""

from __future__ import annotations

import asyncio
import itertools
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from bot.bootstrap import Bot, running_bot
from bot.channels.readers import ReadChannel
from bot.channels.terminal.talk import CHANNEL as TERMINAL
from bot.dialogue.state import ConversationState
from bot.settings import BotSettings
from catalog.samples import sample_picture
from storage.records import TurnRecord
from storage.unit_of_work import Database, UnitOfWork
from tests.dialogues.meaning import CHECKS, Seen, describe, fits
from tests.dialogues.players import PATIENCE_S, Player, ProcessPlayer, TerminalPlayer, WebPlayer, shown_of
from tests.dialogues.script import Script, ScriptError, Step
from tests.dialogues.shop import stock_shop
from tests.programs import Stage, free_port

AT_ONCE = 4
LOOK_S = 0.01, 0.25
"""How soon we look whether all answers have come, and how often at the least: most come at once."""

MEANS = ("web", "terminal", "process")
"""Ways to play a script; the last is the terminal's real command."""


@dataclass
class Outcome:
    """How it went: what failed, or nothing, and what happened in the words of a script."""

    error: str = ""
    story: list[str] = field(default_factory=list)


@dataclass
class Theatre:
    """What all conversations share."""

    bot: Bot
    port: int
    folder: Path
    environment: dict[str, str]
    database: Database

    def player(self, means: str, name: str) -> Player:
        """Somebody new."""
        if means == "web":
            return WebPlayer(self.port)
        if means == "terminal":
            return TerminalPlayer(self.bot, self.folder / "pictures", name)
        return ProcessPlayer(self.environment, name)


@asynccontextmanager
async def theatre(stage: Stage) -> AsyncIterator[Theatre]:
    """The shop is stocked beside the samples, the web chat answers, nobody renders yet."""
    servers = stage.environment
    settings = BotSettings(
        DATABASE_URL=servers["DATABASE_URL"],
        REDIS_URL=servers["REDIS_URL"],
        data=Path(servers["FASHIONCORE_DATA"]),
        consumers=2,
        intake_processes=1,
    )
    port = free_port()
    await asyncio.to_thread(stage.web, port)
    async with running_bot(settings, lambda bot: ReadChannel(TERMINAL, bot.hints)) as bot:
        await bot.database.run(stock_shop)
        yield Theatre(bot, port, stage.folder, servers, bot.database)


async def play(stage: Stage, parts: Sequence[tuple[Script, str]]) -> list[Outcome]:
    """Play each script by its means."""
    async with theatre(stage) as house:
        runs = [Run(house, script, means, f"{script.name}-{means}") for script, means in parts]
        interrupting = [run for run in runs if run.script.interrupts]
        first = [asyncio.create_task(run.play()) for run in interrupting]
        await asyncio.gather(*(run.spoke.wait() for run in interrupting))
        stage.worker()
        places = asyncio.Semaphore(AT_ONCE)

        async def in_turn(run: Run) -> None:
            async with places:
                await run.play()

        await asyncio.gather(*first, *(in_turn(run) for run in runs if not run.script.interrupts))
        return [run.outcome for run in runs]


class Run:
    """One conversation as it happens."""

    def __init__(self, house: Theatre, script: Script, means: str, name: str) -> None:
        self.script = script
        self.outcome = Outcome()
        self.spoke = asyncio.Event()
        """Set when nothing more is said before the first picture."""
        self._name = name
        self._database = house.database
        self._folder = house.folder
        self._player = house.player(means, name)
        self._talk: UUID | None = None
        self._rev = 0
        self._turns: dict[UUID, TurnRecord] = {}

    async def play(self) -> None:
        """Play it to the end, or to the first thing that is not as it should be."""
        try:
            async with asyncio.timeout(4 * PATIENCE_S):
                await self._play()
        except Exception as error:
            expected = isinstance(error, AssertionError)
            self.outcome.error = str(error) if expected else traceback.format_exc()
        finally:
            self.spoke.set()

    async def _play(self) -> None:
        last = max((n for n, step in enumerate(self.script.steps) if step.meanwhile), default=-1)
        opened = self.script.steps[0].deed == "opens"
        await self._player.open()
        try:
            await self._see(self.script.steps[0] if opened else None)
            for number, step in itertools.islice(enumerate(self.script.steps), int(opened), None):
                await self._do(step)
                await self._see(step)
                if number == last:
                    self.spoke.set()
        finally:
            await self._player.close()

    async def _do(self, step: Step) -> None:
        pressed, action = self._button(step) if step.deed == "press" else (None, "")
        await self._player.do(step, action, pressed, self._photo(step) if step.deed == "photo" else None)

    def _photo(self, step: Step) -> Path:
        path = self._folder / f"{self._name}-{step.words}.jpg"
        path.write_bytes(sample_picture(f"samples:{step.words}"))
        return path

    def _button(self, step: Step) -> tuple[TurnRecord, str]:
        """The button of the latest message that has it."""
        for turn in sorted(self._turns.values(), key=lambda turn: -turn.seq):
            actions = [choice["action"] for choice in turn.body["choices"] if fits(choice["action"], step.words)]
            if len(actions) >= step.number:
                return turn, actions[step.number - 1]
        raise AssertionError(f"line {step.line}: no message has a button [{step.words}]")

    async def _see(self, step: Step | None) -> None:
        """Wait for what follows, and compare it with what the script says."""
        answers = step is not None and step.deed not in ("opens", "waits")
        turns, seen = await self._settled(pictures=step is None or not step.meanwhile, answers=answers)
        words = f"> {step.deed} {step.words}" if step else "> opens"
        self.outcome.story.append(f"{words}\n{describe(seen)}")
        shown = await self._player.shown(turns)
        said = [shown_of(turn.body) for turn in turns]
        assert shown == said, f"{words}: what was said is {said}, what was shown is {shown}"
        for check in step.checks if step else ():
            if check.key not in CHECKS:
                raise ScriptError(f"line {check.line}: “{check.key}” is not one of {', '.join(CHECKS)}")
            wrong = CHECKS[check.key](seen, check.value)
            assert not wrong, f"line {check.line}, “{check.key}: {check.value}”: {wrong}\n\n{describe(seen)}"

    async def _settled(self, *, pictures: bool, answers: bool) -> tuple[list[TurnRecord], Seen]:
        """What was said since the last step, once nothing more is to come. What `answers` has an answer, and may
        still be on its way to us."""
        pause_s, longest_s = LOOK_S
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = await self._database.run(lambda uow: self._look(uow, pictures=pictures))
                if found is not None and (found[0] or not answers):
                    break
                await asyncio.sleep(pause_s)
                pause_s = min(longest_s, 2 * pause_s)
        turns, seen = found
        for turn in turns:
            self._turns[turn.id] = turn
        self._rev = max([self._rev, *(turn.rev for turn in turns)])
        return [turn for turn in turns if turn.author == "stylist"], seen

    def _look(self, uow: UnitOfWork, *, pictures: bool) -> tuple[list[TurnRecord], Seen] | None:
        channel, address = self._player.channel, self._player.address
        # What is said and what is remembered of it are of one moment.
        uow.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        unfinished = uow.conversations.unfinished(channel, address)
        talk = uow.conversations.find(channel, address)
        if talk is None or not talk.rev or unfinished.events or (pictures and unfinished.jobs):
            return None
        if talk.id != self._talk:
            # It begins, perhaps anew since everything was erased.
            self._talk, self._rev, self._turns = talk.id, 0, {}
        turns = uow.conversations.turns_since(talk.id, self._rev, 100)
        saved = tuple(uow.people.favourites(talk.person_id, 100))
        bodies = [turn.body for turn in turns if turn.author == "stylist"]
        return turns, Seen(bodies, ConversationState.from_json(talk.state), saved, unfinished.jobs)
