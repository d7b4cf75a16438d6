"""Handles one stored event inside one transaction: what happened, what the dialogue says to it, what follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.channels.base import AttachmentGone, FetchesAttachments
from bot.dialogue import labels, replies
from bot.dialogue import types as d
from bot.dialogue.core import handle
from bot.dialogue.language import ENGLISH, speak, speaking
from bot.dialogue.policy import Policy
from bot.dialogue.state import seen_colour
from bot.effects.accounts import ERASED, LINKED, UNLINKED
from bot.effects.mail import MAIL_CONFIRMED, tell_ready
from bot.effects.perform import Effects
from bot.effects.turn import UNDECIDED, After, Turn, resumed
from bot.links import LINK
from bot.llm.answers import ANSWER, Answer
from bot.llm.desk import LOST_AFTER, ModelDesk
from bot.messages import aside, card_in, heard, label_of, stale
from bot.photos import PhotoDesk
from bot.refusals import said, told
from bot.watches import PRICE_FELL
from pipeline.errors import IntakeError
from storage.errors import MediaMissing
from storage.jobs import JOB_ENDED, JOB_HELD, JOB_PREVIEWED
from storage.records import ConversationRecord, InboxRecord, JobRecord, ResultRecord, Standing
from storage.tallies import count_visit
from storage.unit_of_work import Transaction, UnitOfWork

START, TEXT, PRESS, PHOTO = "start", "text", "press", "photo"
"""Kinds of inbox events that channels store; those that begin with JOB are the workers', LINK the effects'.

Any payload may carry "language", the tag of the language that the person's app is set to ("pt-BR").
"""

ELSEWHERE: dict[str, Callable[[str], d.Event]] = {
    LINKED: d.LinkedElsewhere,
    UNLINKED: d.UnlinkedElsewhere,
    ERASED: d.DataErased,
}
"""What another chat of the person did, by kind of inbox event."""

OTHER = "other"
"""Something that the dialogue cannot take: {"what": "voice", "message": platform id}."""

FROM_PERSON = (START, TEXT, PRESS, PHOTO, OTHER)
"""What people do themselves."""

AWAY = UNDECIDED
"""Whoever was away for longer comes back to what may have changed; pictures that waited for an answer are gone."""

SAY = "say"
"""Words of the channel itself, said in order with everything else: {"body": body of the turn, "message": ...}."""

MAX_STEPS = 50
"""Effects answer with events and events with effects; more than this for one event is a loop."""


class Handler:
    """Everything an event can lead to. Holds no state of its own."""

    def __init__(
        self,
        effects: Effects,
        photos: PhotoDesk,
        policy: Policy,
        attachments: Mapping[str, FetchesAttachments] | None = None,
        model: ModelDesk | None = None,
    ) -> None:
        self._effects = effects
        self._photos = photos
        self._policy = policy
        self._attachments = attachments or {}
        self._model = model
        self._of_jobs = {
            JOB_PREVIEWED: self._job_previewed,
            JOB_HELD: self._job_held,
            JOB_ENDED: self._job_ended,
        }

    async def handle(self, tx: Transaction, row: InboxRecord) -> After:
        """Handle the event and close it; nothing is kept before the caller commits."""

        def load(uow: UnitOfWork) -> tuple[ConversationRecord, Standing]:
            talk = uow.conversations.open(row.channel, row.address)
            return talk, uow.standing(talk.person_id)

        talk, standing = await tx.run(load)
        turn = Turn(tx, talk, resumed(talk, standing, row.payload), After(), row.payload.get("message"))
        if await self._left_to_the_model(turn, row):
            return turn.after
        seen = turn.state.seen
        with speaking(turn.state.spoken):
            await self._see_through(turn, row)
        final = turn.state.to_json()

        def close(uow: UnitOfWork) -> None:
            if row.kind in FROM_PERSON:
                count_visit(uow.session, row.channel, seen, row.received_at)
            uow.conversations.save_state(turn.talk.id, final)
            uow.inbox.close(row.id)

        await tx.run(close)
        return turn.after

    async def _left_to_the_model(self, turn: Turn, row: InboxRecord) -> bool:
        """Whether a language model is asked what the person wrote: then the event waits for its answer."""
        if self._model is None or row.kind != TEXT or ANSWER in row.payload or "ours" in row.payload:
            return False
        question = await self._model.take(turn, row)
        if question is None:
            return False
        await self._heard(turn, row, heard(str(row.payload["text"])))
        payload = {**row.payload, ANSWER: None}
        await turn.tx.run(lambda uow: uow.inbox.put_off(row.id, payload, LOST_AFTER))
        turn.after.questions.append(question)
        return True

    async def _see_through(self, turn: Turn, row: InboxRecord) -> None:
        """From what happened over what the dialogue says to what follows, in the language that is spoken then."""
        answer = Answer.of(row.payload)
        now = row.received_at.timestamp() if row.kind in FROM_PERSON else None
        events = deque(await self._events(turn, row))
        if now is not None and turn.state.seen is not None and now - turn.state.seen > AWAY.total_seconds():
            events.appendleft(await self._returned(turn, now - turn.state.seen))
        elif now is not None:
            await self._freshened(turn)
        for _ in range(MAX_STEPS):
            if not events:
                return
            turn.state, effects = handle(turn.state, events.popleft(), self._policy, now)
            speak(turn.state.spoken or ENGLISH)
            for effect in effects:
                events.extend(await self._effects.perform(answer.worded(effect), turn))
        raise RuntimeError(f"an event of kind {row.kind} did not come to an end")

    # --- what happened --------------------------------------------------------------------------------

    async def _events(self, turn: Turn, row: InboxRecord) -> list[d.Event]:
        if row.kind == START:
            return [d.Started()]
        if row.kind == TEXT:
            return [await self._text(turn, row)]
        if row.kind == PRESS:
            return await self._pressed(turn, row)
        if row.kind == PHOTO:
            return await self._pictures(turn, row)
        if row.kind == OTHER:
            return [d.UnsupportedReceived(str(row.payload["what"]))]
        if row.kind == SAY:
            talk, body = turn.talk, row.payload["body"]
            await turn.tx.run(lambda uow: uow.conversations.say(talk.id, talk.channel, body, cause=turn.cause))
            return []
        if row.kind == LINK:
            return [await self._link_read(turn, row.payload)]
        if row.kind in self._of_jobs:
            return await self._of_jobs[row.kind](turn, row.payload)
        if row.kind == PRICE_FELL:
            return await self._price_fell(turn, row.payload)
        if row.kind == MAIL_CONFIRMED:
            return [d.MailConfirmed()]
        if row.kind in ELSEWHERE:
            return [ELSEWHERE[row.kind](str(row.payload["by"]))]
        raise ValueError(f"unknown kind of event: {row.kind}")

    async def _heard(self, turn: Turn, row: InboxRecord, body: dict[str, Any]) -> None:
        talk = turn.talk
        await turn.tx.run(lambda uow: uow.conversations.heard(talk.id, row.event_id, body))

    async def _text(self, turn: Turn, row: InboxRecord) -> d.Event:
        """Words, perhaps said in answer to the picture of an item."""
        text, about = str(row.payload["text"]), str(row.payload.get("about", ""))
        await self._heard(turn, row, heard(text))

        def card(uow: UnitOfWork) -> d.ProductCard | None:
            found = uow.product_of(about, turn.talk.person_id)
            return (
                None
                if found is None
                else self._effects.shopping.products.card(*found, turn.state.profile.currency)
            )

        shown = await turn.tx.run(card) if about else None
        return d.TextReceived(text, shown, Answer.of(row.payload).frame, bool(row.payload.get("ours")))

    async def _pressed(self, turn: Turn, row: InboxRecord) -> list[d.Event]:
        action, pressed = str(row.payload["action"]), row.payload.get("turn")

        def remember(uow: UnitOfWork) -> None:
            shown = uow.conversations.turn(UUID(pressed)) if pressed else None
            mine = shown is not None and shown.conversation_id == turn.talk.id
            words = label_of(shown.body, action) if shown is not None and mine else ""
            if words:
                uow.conversations.heard(turn.talk.id, row.event_id, heard(words))

        await turn.tx.run(remember)
        return [d.ButtonPressed(action)]

    async def _pictures(self, turn: Turn, row: InboxRecord) -> list[d.Event]:
        """One picture that the channel kept (`upload`), or some that are still on the platform.

        An attachment with `"as": "garment"` was put where the person is asked for a garment.
        """
        upload, attachments = row.payload.get("upload"), row.payload.get("attachments", [])
        refused: list[d.Event] = []
        pictures: dict[str, d.PhotoRef] = {}
        garments: list[str] = []
        for source in [upload] if upload else attachments:
            picture = await self._picture(turn, row.channel, source)
            if isinstance(picture, d.PhotoRefused):
                refused.append(picture)
                continue
            pictures[picture.media] = picture
            if isinstance(source, dict) and source.get("as") == "garment":
                garments.append(picture.media)
        words = str(row.payload.get("text", ""))
        await self._heard(turn, row, heard(words, *((media, labels.OWN_PICTURE()) for media in pictures)))
        if note := row.payload.get("note"):
            # What the channel has to say about the picture itself goes before the answer to it.
            turn.state = replace(turn.state, note=str(note))
        if upload:
            # The bytes as they came in may hold anything: they go as soon as the clean photo is there.
            person = turn.talk.person_id
            await turn.tx.run(lambda uow: uow.media.release(upload, person, ("upload",)))
            turn.after.forget.append(upload)
        if not pictures:
            return [*refused, *([d.TextReceived(words)] if words else [])]
        first, *more = pictures.values()
        return [*refused, d.PhotoReceived(first, tuple(more), tuple(garments), words)]

    async def _picture(
        self, turn: Turn, channel: str, source: str | dict[str, Any]
    ) -> d.PhotoRef | d.PhotoRefused:
        person = turn.talk.person_id
        try:
            if isinstance(source, dict):
                data = await self._attachments[channel].fetch(source)
            else:
                data = await turn.tx.run(lambda uow: uow.media.read(source))
            photo = await self._photos.clean(data)
        except AttachmentGone as error:
            return d.PhotoRefused(error.code, error.message)
        except (IntakeError, MediaMissing) as error:
            if error.retryable:
                raise
            return d.PhotoRefused(error.code, told(error))
        size = (photo.width, photo.height)
        key = await turn.tx.run(
            lambda uow: uow.media.keep(photo.data, "photo", "image/jpeg", person, size=size, kept=UNDECIDED)
        )
        return d.PhotoRef(key, *size)

    async def _returned(self, turn: Turn, away_s: float) -> d.Event:
        """What became of the things in the conversation while the person was away."""
        state, person = turn.state, turn.talk.person_id
        known = state.product_ids
        result = state.last.result.media if state.last else None
        there = await self._effects.shopping.current(known, turn)
        result_gone = result is not None and await turn.tx.run(
            lambda uow: uow.media.visible(result, person) is None
        )
        gone = tuple(ident for ident in known if ident not in there)
        days = int(away_s // timedelta(days=1).total_seconds())
        return d.Returned(days, tuple(there.values()), gone, result_gone)

    async def _freshened(self, turn: Turn) -> None:
        """Prices on screen that a shop must be asked for again are never said as they were."""
        now = datetime.now(UTC)
        old = [card.id for card in turn.state.cards if stale(card, now)]
        if old:
            turn.state = turn.state.with_cards(await self._effects.shopping.current(dict.fromkeys(old), turn))

    async def _link_read(self, turn: Turn, payload: dict[str, Any]) -> d.Event:
        """What came of a link (`bot.links`), or nothing when its reader died over it."""
        ident, person = payload.get("product"), turn.talk.person_id
        found = await turn.tx.run(lambda uow: uow.product_of(ident, person)) if ident else None
        if found is None:
            return d.LinkFailed(str(payload.get("refused", "")))
        card = self._effects.shopping.products.card(*found, turn.state.profile.currency)
        return d.ItemsKept((card,), payload["then"])

    async def _price_fell(self, turn: Turn, payload: dict[str, Any]) -> list[d.Event]:
        ident, was = str(payload["product"]), payload["was"]
        cards = await self._effects.shopping.current([ident], turn)
        return [d.PriceFell(cards[ident], tuple(was) if was else None)] if ident in cards else []

    async def _job_ended(self, turn: Turn, payload: dict[str, Any]) -> list[d.Event]:
        job_id, code = UUID(payload["job"]), payload["code"] or "gave_up"

        def load(uow: UnitOfWork) -> tuple[JobRecord | None, ResultRecord | None, ResultRecord | None]:
            return uow.jobs.get(job_id), uow.jobs.result_of(job_id), uow.jobs.preview_of(job_id)

        job, result, preview = await turn.tx.run(load)
        if job is None:
            return []
        if payload["status"] == "done" and result is not None:
            await turn.tx.run(lambda uow: tell_ready(uow, turn.talk.person_id, job_id))
            return [_finished(job, result)]
        if preview is None or code != "cancelled":
            # Whoever stops at the preview has that for it.
            await self._effects.tryons.came_to_nothing(job_id, turn)
        product, more = _pieces(job)
        return [d.TryOnFailed(str(job_id), product, code, said(payload["message"] or ""), more)]

    async def _job_held(self, turn: Turn, payload: dict[str, Any]) -> list[d.Event]:
        """Beside the conversation: nothing changes but that it takes longer."""
        job_id, talk = UUID(payload["job"]), turn.talk

        def say(uow: UnitOfWork) -> None:
            job = uow.jobs.get(job_id)
            if job is not None and job.status in {"queued", "running"}:
                uow.conversations.say(talk.id, talk.channel, aside(replies.PICTURES_AWAY))

        await turn.tx.run(say)
        return []

    async def _job_previewed(self, turn: Turn, payload: dict[str, Any]) -> list[d.Event]:
        job_id = UUID(payload["job"])

        def load(uow: UnitOfWork) -> tuple[JobRecord | None, ResultRecord | None]:
            return uow.jobs.get(job_id), uow.jobs.preview_of(job_id)

        job, preview = await turn.tx.run(load)
        return [] if job is None or preview is None else [_finished(job, preview, final=False)]


def _pieces(job: JobRecord) -> tuple[d.ProductCard, tuple[d.ProductCard, ...]]:
    # A job of an older program has no further cards.
    return card_in(job.request["card"]), tuple(map(card_in, job.request.get("more_cards", ())))


def _finished(job: JobRecord, result: ResultRecord, *, final: bool = True) -> d.TryOnFinished:
    photo: str = job.request["photo"]
    width, height = job.request["photo_size"]
    product, more = _pieces(job)
    return d.TryOnFinished(
        str(job.id),
        product,
        d.PhotoRef(photo, width, height),
        d.PhotoRef(result.media_key, result.width, result.height),
        tuple(map(said, result.facts.get("warnings", ()))),
        more,
        result.engine,
        tuple(map(seen_colour, result.facts.get("colours", ()))),
        final,
    )
