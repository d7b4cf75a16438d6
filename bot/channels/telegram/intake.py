"""Stores what came in, and only then lets it be acknowledged. Polling and webhooks share it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram import words
from bot.channels.telegram.inline import Inline
from bot.channels.telegram.places import CHANNEL, Place, place_of
from bot.channels.telegram.stars import Stars
from bot.channels.telegram.updates import Incoming, Me, Moved, Paid, language_of_app, read, say
from bot.dialogue import labels
from bot.dialogue.actions import choice, choice_that_fits, look_id
from bot.dialogue.language import language_of, speaking
from bot.handling import PHOTO, PRESS, SAY, START, TEXT
from bot.messages import language_in, title_of
from storage.bell import Bell
from storage.records import SentRecord
from storage.unit_of_work import Database, UnitOfWork

log = logging.getLogger(__name__)

ALBUM_PAUSE = timedelta(seconds=1)
"""An album is whole when nothing of it came for so long: Telegram hands its pictures out one by one."""

ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press is answered with, at once; "" for nothing but the end of the waiting sign."""

    query: str
    text: str = ""


class Intake:
    """Takes updates of one bot."""

    def __init__(  # noqa: PLR0917  # what taking updates needs, plainly
        self, bot: Bot, me: Me, database: Database, bell: Bell, inline: Inline, stars: Stars
    ) -> None:
        self._bot = bot
        self._me = me
        self._database = database
        self._bell = bell
        self._inline = inline
        self._stars = stars
        self._running: set[asyncio.Task[None]] = set()

    async def take(self, updates: Sequence[Update]) -> None:
        """Store these in one transaction. Raises what the database raises when it is away for long."""
        answers = await self._database.run(lambda uow: self._store_all(uow, updates), attempts=ATTEMPTS)
        for answer in answers:
            self._soon(self._answer(answer))
        for update in updates:
            if update.inline_query is not None:
                self._soon(self._inline.answer(update.inline_query))
            elif update.pre_checkout_query is not None:
                self._soon(self._stars.check(update.pre_checkout_query))
        self._bell.ring()

    async def close(self) -> None:
        """Wait for the answers that are on their way."""
        await asyncio.gather(*self._running, return_exceptions=True)

    def _soon(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _answer(self, answer: Answer) -> None:
        """A press is answered at once, whatever becomes of it: else its button looks as if it hung."""
        try:
            await self._bot.answer_callback_query(answer.query, answer.text or None, show_alert=bool(answer.text))
        except TelegramError as error:
            # The press is too old, or Telegram is away: the message that follows says more than this would.
            log.info("a press was not answered: %s", error)

    # --- storing -----------------------------------------------------------------------------------------

    def _store_all(self, uow: UnitOfWork, updates: Sequence[Update]) -> list[Answer]:
        answers = []
        for update in filter(self._readable, updates):
            answer = self._store(uow, update)
            if answer is not None:
                answers.append(answer)
        return answers

    def _readable(self, update: Update) -> bool:
        """Whether the update has what updates have: one that has not would hold back all that come after it."""
        try:
            read(update, self._me)
            language_of_app(update)
        except Exception:
            log.exception("update %d could not be read and is left out", update.update_id)
            return False
        return True

    def _store(self, uow: UnitOfWork, update: Update) -> Answer | None:
        app = language_of_app(update)
        with speaking(language_of(app.get("language"))):
            found = read(update, self._me)
        place = None if found is None or isinstance(found, Moved) else found.place
        talk = None if place is None else uow.conversations.find(CHANNEL, place.address)
        with speaking((talk and language_in(talk)) or language_of(app.get("language"))):
            if isinstance(found, Incoming) and found.kind == SAY:
                # What the channel says itself, in the language of the conversation.
                found = read(update, self._me)
            return self._stored(uow, update, found, app)

    def _stored(
        self, uow: UnitOfWork, update: Update, found: Incoming | Moved | Paid | None, app: dict[str, str]
    ) -> Answer | None:
        if isinstance(found, Incoming):
            found = replace(found, payload={**found.payload, **app})
        event = str(update.update_id)
        query = update.callback_query
        answer = None if query is None else Answer(query.id)
        if isinstance(found, Moved):
            uow.conversations.move_place(CHANNEL, str(found.old), str(found.new))
        elif isinstance(found, Paid):
            self._stars.take(uow, event, found)
        elif found is not None and answer is not None:
            return self._press(uow, event, found, answer)
        elif found is not None:
            self._event(uow, event, found)
        return answer

    def _event(self, uow: UnitOfWork, event: str, found: Incoming) -> None:
        shown = self._shown(uow, found)
        payload = dict(found.payload)
        if found.kind == TEXT and shown is not None and shown.product_id:
            payload["about"] = shown.product_id
        if found.small and uow.inbox.once(CHANNEL, f"small:{found.place.account}"):
            payload["note"] = words.SMALL_PHOTO()
        if found.kind == "result":
            found = _result_again(uow, found)
            payload = found.payload
        elif found.kind == "credits":
            self._stars.show(uow, event, found.place, found.payload)
            return
        address = found.place.address
        if found.kind == PHOTO and found.album is not None:
            if not uow.inbox.once(CHANNEL, event):
                return
            if uow.inbox.gather(CHANNEL, address, found.album, PHOTO, payload, ALBUM_PAUSE):
                return
            event = f"{event}:late"
        uow.inbox.accept(CHANNEL, address, event, found.kind, payload)

    def _shown(self, uow: UnitOfWork, found: Incoming) -> SentRecord | None:
        return None if found.ours is None else uow.outbox.message(CHANNEL, *found.ours)

    def _press(self, uow: UnitOfWork, event: str, found: Incoming, answer: Answer) -> Answer:
        """A press counts for the conversation whose turn the message shows, if that is the person's own."""
        shown, place = self._shown(uow, found), found.place
        talk = None if shown is None else uow.conversations.get(shown.conversation_id)
        if talk is not None:
            whose = place_of(talk.address)
            if whose.account != place.account:
                return replace(answer, text=words.NOT_YOURS())
            if not whose.private and place.private:
                answer = replace(answer, text=words.ANSWER_ELSEWHERE())
            place = whose
        elif found.asker not in {None, place.account}:
            return replace(answer, text=words.NOT_YOURS())
        turn = None if shown is None else str(shown.turn_id)
        action = str(found.payload["action"])
        if action.startswith("tg:"):
            return self._own_button(uow, event, action, replace(found, place=place), shown, answer)
        payload = {**found.payload, "turn": turn}
        if place != found.place:
            # The answer stands in another chat than the pressed message.
            payload.pop("message")
        uow.inbox.accept(CHANNEL, place.address, event, PRESS, payload)
        return answer

    def _own_button(  # noqa: PLR0917  # what a press is made of
        self, uow: UnitOfWork, event: str, action: str, found: Incoming, shown: SentRecord | None, answer: Answer
    ) -> Answer:
        """A button that the channel itself put under a turn."""
        turn = None if shown is None else uow.conversations.turn(shown.turn_id)
        if action.startswith("tg:buy"):
            self._stars.offer(uow, event, found.place)
            return replace(answer, text="")
        pictures = [] if turn is None else turn.body["pictures"]
        results = [p for p in pictures if p["role"] == "result"]
        if turn is None or not results:
            uow.inbox.accept(CHANNEL, found.place.address, event, PRESS, {"action": action, "turn": None})
            return answer
        if action == "tg:compare":
            both = say(
                found.place, words.COMPARED, choice(labels.ANOTHER, "another"), pictures=pictures, album=True
            )
            uow.inbox.accept(CHANNEL, found.place.address, event, SAY, both.payload)
        else:
            worn = turn.body["products"]
            whole = choice_that_fits(labels.TRY_IT, "try", look_id(one["id"] for one in worn)) if worn else None
            pieces = [choice(_try_label(one["title"]), "try", one["id"]) for one in worn]
            steps = [whole] if whole else pieces
            # Once only, however often it is pressed.
            shared = say(found.place, title_of(turn.body) or words.COMPARED, *steps, pictures=results, shared=True)
            uow.inbox.accept(CHANNEL, found.place.address, f"share:{turn.id}", SAY, shared.payload)
        return replace(answer, text="")


def _try_label(title: str) -> str:
    """Of an outfit that no button can name each piece has one of its own."""
    return f"{labels.TRY_IT}: {title}"[:40]


def _result_again(uow: UnitOfWork, found: Incoming) -> Incoming:
    """A result that could not be sent in private before, asked for by its link."""
    turn = uow.conversations.turn(UUID(found.payload["turn"]))
    talk = None if turn is None else uow.conversations.get(turn.conversation_id)
    if turn is None or talk is None or place_of(talk.address).account != found.place.account:
        return Incoming(found.place, START, {"message": found.payload["message"]})
    body = {name: turn.body.get(name) for name in ("text", "choices", "products", "pictures", "lang")}
    again = say(Place(found.place.account, found.place.account), "")
    return replace(again, payload={"body": {**body, "job": None}, "message": found.payload["message"]})
