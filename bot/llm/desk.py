"""Asks the model beside the conversation, so that nobody waits for another's answer and no transaction is open.

The message waits in the inbox meanwhile, as one with a link does (`bot.links`): it is handled when the answer is
there, and at the latest after LOST_AFTER, by the built-in understanding. What the person writes next waits for it.
"""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections import deque
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil

from PIL import Image

from bot.dialogue import codes
from bot.dialogue.core import handle
from bot.dialogue.policy import Policy
from bot.dialogue.state import ConversationState
from bot.dialogue.talk import answers_a_question, context_of
from bot.dialogue.types import Context, Event, Frame, Message, Say, Search, ShowFavourites, TextReceived
from bot.dialogue.understanding import understand
from bot.dialogue.understanding.corrections import correction_in
from bot.effects.perform import Effects
from bot.effects.turn import After, Turn, resumed
from bot.llm.answers import ANSWER, Answer, Question
from bot.llm.endpoint import MAX_ANSWER_TOKENS, Endpoint, EndpointError, Prompt, Usage
from bot.llm.frames import NotAFrame, frame_of, frame_prompt, meaning_of
from bot.llm.phrasing import (
    PICTURE_TOKENS,
    PROMPT_TOKENS,
    NotSaid,
    may_be_worded,
    print_of,
    reply_prompt,
    said,
)
from catalog.breaker import Breaker
from storage.bell import Bell
from storage.budgets import Spending
from storage.errors import MediaMissing
from storage.records import ConversationRecord, InboxRecord, Standing
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

PATIENCE_S = 6.0
"""For everything that is asked about one message."""

LOST_AFTER = timedelta(seconds=10)
"""Longer than an answer can take: then whoever asked has died."""

AT_ONCE = 16
"""Messages of one process that are asked about at the same moment; more are read by the built-in understanding."""

MAX_ASKED = 600
"""Characters of a message that a model reads; longer ones are read by the built-in understanding."""

_DECIDED = frozenset((
    "affirm", "deny", "provide", "delete_data", "link", "unlink", "cancel", "reset", "unsave", "email_results",
    "digest_subscribe", "digest_update", "digest_unsubscribe", "add_link", "more", "back", "show_saved", "greet",
    "thanks", "goodbye", "help", "tryon_status", "tryon_retry", "set_photo",
))  # fmt: skip
"""When the built-in understanding hears one of these, that is it: what matters most needs no model, and what is
plain need not wait for one.
"""

_NUMBER_OF_SOMETHING = re.compile(r"(?:\d[\s().+/-]{0,2}){7}")
"""A telephone, a card, an order: a message with one goes to nobody."""

_LOOKS_UP = (Search, ShowFavourites)
_MAX_STEPS = 8
_PICTURE_EDGE = 768


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of a day for each person and for all of them, and what a million tokens cost in dollars."""

    person: Spending
    everybody: Spending
    prompt_price: float = 0.0
    answer_price: float = 0.0

    def cost(self, usage: Usage) -> Spending:
        """What that is: dollars for a million are millionths for one."""
        money = usage.prompt * self.prompt_price + usage.answer * self.answer_price
        return Spending(usage.prompt + usage.answer, ceil(money))


class ModelDesk:
    """Has messages read and answers worded. With `pictures`, a try-on goes along when it is asked about."""

    def __init__(
        self,
        database: Database,
        endpoint: Endpoint,
        effects: Effects,
        policy: Policy,
        budget: Budget,
        *,
        inbox: Bell,
        pictures: bool = False,
        patience_s: float = PATIENCE_S,
        breaker: Breaker | None = None,
    ) -> None:
        self._database = database
        self._endpoint = endpoint
        self._effects = effects
        self._policy = policy
        self._budget = budget
        self._inbox = inbox
        self._pictures = pictures
        self._patience_s = patience_s
        self._breaker = breaker or Breaker()
        self._tasks: set[asyncio.Task[None]] = set()

    # --- in the transaction of the message -----------------------------------------------------------

    async def take(self, turn: Turn, row: InboxRecord) -> Question | None:
        """What to ask about a message, its cost set aside; None when the model is not asked."""
        text = str(row.payload["text"]).strip()
        if not self._breaker.closed or len(self._tasks) >= AT_ONCE or not self._may_leave(text, turn.state):
            return None
        context = context_of(turn.state)
        heard = understand(text, context)
        if row.payload.get("about") or not open_to_reading(heard) or correction_in(text) is not None:
            return None
        person, most = turn.talk.person_id, self._budget.cost(_most(text, context, pictures=self._pictures))
        limits = self._budget.person, self._budget.everybody
        day = await turn.tx.run(lambda uow: uow.budgets.reserve(person, most, *limits))
        if day is None:
            log.info("the budget for the language model is used up; the built-in understanding goes on")
            return None
        return Question(
            row.channel, row.address, row.event_id, row.payload, text, context, heard, person, day, most
        )

    def _may_leave(self, text: str, state: ConversationState) -> bool:
        """Whether the person agreed to it, and nothing in the words is for us alone."""
        agreed = state.consent == self._policy.consent_version
        plain = 0 < len(text) <= MAX_ASKED and not _NUMBER_OF_SOMETHING.search(text)
        return agreed and plain and codes.code_in(text) is None and not answers_a_question(state)

    # --- beside it -----------------------------------------------------------------------------------

    def start(self, question: Question) -> None:
        """Begin to ask; the message that waits is completed with the answer."""
        task = asyncio.create_task(self._see_through(question))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop asking; messages that wait are read by the built-in understanding."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._endpoint.close()

    async def _see_through(self, question: Question) -> None:
        asking = _Asking(self._endpoint, self._breaker)
        answer = Answer()
        try:
            if self._breaker.enter():
                answer = await self._answer(question, asking)
        except Exception:
            log.exception("the language model could not be asked")
        real = self._budget.cost(asking.usage)
        try:
            await self._database.run(lambda uow: self._complete(uow, question, answer, real), attempts=3)
        except Exception:
            # The waiting message falls due by itself.
            log.exception("an answer of the language model could not be kept")
        self._inbox.ring()

    def _complete(self, uow: UnitOfWork, question: Question, answer: Answer, real: Spending) -> None:
        payload = {**question.payload, ANSWER: answer.to_json()}
        uow.inbox.complete(question.channel, question.event_id, payload)
        uow.budgets.settle(question.person, question.day, question.reserved, real)

    async def _answer(self, question: Question, asking: _Asking) -> Answer:
        answer = Answer()
        try:
            async with asyncio.timeout(self._patience_s):
                arguments = await asking.ask(frame_prompt(question.text, question.context))
                frame = frame_of(meaning_of(arguments, question.text), question.heard)
                answer = Answer(frame)
                return await self._worded(question, frame, asking)
        except TimeoutError:
            self._left_alone(f"no answer within {self._patience_s:g} s", 0.0)
        except EndpointError as error:
            self._left_alone(str(error), error.pause_s)
        except (NotAFrame, NotSaid) as error:
            log.info("what the language model said is not used: %s", error)
        return answer

    def _left_alone(self, reason: str, pause_s: float) -> None:
        pause_s = self._breaker.failed(pause_s)
        pause = f"; left alone for {pause_s:.0f} s" if pause_s else ""
        log.warning("language model at %s: %s%s", self._endpoint.host, reason, pause)

    async def _worded(self, question: Question, frame: Frame, asking: _Asking) -> Answer:
        rehearsed = await self._rehearse(question, frame)
        if rehearsed is None:
            return Answer(frame)
        message, state = rehearsed
        shown, picture = message, None
        last = state.last if self._pictures and _about_the_picture(frame, state) else None
        if last is not None:
            picture = await self._picture(last.result.media)
            shown = replace(message, products=(*message.products, last.product))
        arguments = await asking.ask(reply_prompt(question.text, shown, picture))
        return Answer(frame, said(arguments, shown, seen=picture is not None), print_of(message))

    async def _rehearse(self, question: Question, frame: Frame) -> tuple[Message, ConversationState] | None:
        """What the stylist would say. None when it would do more than look things up and say one thing."""

        def load(uow: UnitOfWork) -> tuple[ConversationRecord, Standing] | None:
            talk = uow.conversations.find(question.channel, question.address)
            return None if talk is None else (talk, uow.standing(talk.person_id))

        messages: list[Message] = []
        async with self._database.transaction() as tx:
            loaded = await tx.run(load)
            if loaded is None:
                return None
            turn = Turn(tx, loaded[0], resumed(*loaded, question.payload), After())
            events: deque[Event] = deque([TextReceived(question.text, None, frame)])
            for _ in range(_MAX_STEPS):
                if not events:
                    break
                turn.state, effects = handle(turn.state, events.popleft(), self._policy)
                for effect in effects:
                    if isinstance(effect, Say):
                        messages.append(effect.message)
                    elif isinstance(effect, _LOOKS_UP):
                        events.extend(await self._effects.perform(effect, turn))
                    else:
                        return None
        worded = len(messages) == 1 and turn.state.asked is None and may_be_worded(frame, messages[0])
        return (messages[0], turn.state) if worded else None

    async def _picture(self, media: str) -> bytes | None:
        try:
            data = await self._database.run(lambda uow: uow.media.read(media))
        except MediaMissing:
            return None
        return await asyncio.to_thread(_small, data)


class _Asking:
    """The calls for one message, and what they took. What a server does not tell counts as much as it can be."""

    def __init__(self, endpoint: Endpoint, breaker: Breaker) -> None:
        self._endpoint = endpoint
        self._breaker = breaker
        self.usage = Usage()

    async def ask(self, prompt: Prompt) -> str:
        """The arguments of the call. Raises EndpointError, NotAFrame."""
        before, most = self.usage, _at_most(prompt)
        self.usage = before + most
        called = await self._endpoint.call(prompt)
        self.usage = before + (called.usage or most)
        self._breaker.worked()
        if called.arguments is None:
            raise NotAFrame("not the call that was asked for")
        return called.arguments


def open_to_reading(heard: Frame) -> bool:
    """Whether a model may read what the built-in understanding heard so."""
    frames = (heard, *heard.then)
    return not any(f.intent in _DECIDED or "url" in f.slots or "email" in f.slots for f in frames)


def _at_most(prompt: Prompt) -> Usage:
    return Usage(prompt.tokens + (PICTURE_TOKENS if prompt.picture else 0), MAX_ANSWER_TOKENS)


def _most(text: str, context: Context, *, pictures: bool) -> Usage:
    """What both calls can take together."""
    reply = Usage(PROMPT_TOKENS + len(text.encode()) + (PICTURE_TOKENS if pictures else 0), MAX_ANSWER_TOKENS)
    return _at_most(frame_prompt(text, context)) + reply


def _about_the_picture(frame: Frame, state: ConversationState) -> bool:
    """Whether advice is asked on the last try-on."""
    refs = set(frame.slots.get("ref", ()))
    on_screen = state.stage == "tryon_done" and refs <= {"it"}
    return frame.intent == "advice" and ("tryon" in refs or on_screen)


def _small(jpeg: bytes) -> bytes:
    """The picture as small as it can be looked at, and nothing with it but its pixels."""
    with Image.open(io.BytesIO(jpeg)) as image:
        image.thumbnail((_PICTURE_EDGE, _PICTURE_EDGE))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()
