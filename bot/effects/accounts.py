"""The person: agreement, facts, the chats that are linked, and erasing everything."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from bot.dialogue import types as d
from bot.dialogue.codes import new_code
from bot.dialogue.state import ConversationState
from bot.effects.turn import Turn, state_of
from storage.addresses import account_of, is_private
from storage.records import ConversationRecord, LinkOffer
from storage.unit_of_work import UnitOfWork

LINKED, UNLINKED, ERASED = "linked", "unlinked", "erased"
"""Kinds of inbox events that tell a person's other chats what was done in this one."""


async def consent(effect: d.RecordConsent, turn: Turn) -> list[d.Event]:
    """The person agreed to this version of the terms."""
    person = turn.talk.person_id
    await turn.tx.run(lambda uow: uow.people.record_consent(person, effect.version))
    return []


async def remember(effect: d.Remember, turn: Turn) -> list[d.Event]:
    """Facts that the person told, for later."""
    person = turn.talk.person_id

    def work(uow: UnitOfWork) -> None:
        for fact in effect.facts:
            uow.people.prefer(person, *fact)

    await turn.tx.run(work)
    return []


async def erase(turn: Turn) -> list[d.Event]:
    """Nothing of the person is left; the chat begins anew."""
    old = turn.talk

    def work(uow: UnitOfWork) -> None:
        uow.people.hold(old.person_id)
        talks = uow.conversations.of(old.person_id)
        turn.after.forget.extend(uow.people.erase(old.person_id))
        turn.after.erased.extend(talk.id for talk in talks)
        _tell(uow, turn, [talk for talk in talks if talk.id != old.id], ERASED)
        turn.talk = uow.conversations.open(old.channel, old.address)

    await turn.tx.run(work)
    # What was spoken is told apart from what is known: the last sentence is said in it, then it is gone too.
    spoken = turn.state
    turn.state = ConversationState(language=spoken.language, app_language=spoken.app_language)
    return [d.DataErased()]


async def make_code(turn: Turn, minutes: int) -> list[d.Event]:
    """A code that links another chat to the person, valid for so many minutes."""
    talk, valid = turn.talk, timedelta(minutes=minutes)
    if not is_private(talk.address):
        return [d.LinkRefused("public")]
    code = new_code(secrets.choice)
    await turn.tx.run(lambda uow: uow.links.open_code(code, talk.person_id, talk.id, valid))
    return [d.LinkCodeMade(code)]


async def check_code(effect: d.CheckLinkCode, turn: Turn) -> list[d.Event]:
    """Whose code it is, before anything is joined."""
    talk, code = turn.talk, effect.code

    def work(uow: UnitOfWork) -> d.LinkOffered | d.LinkRefused:
        offer = uow.links.try_code(code, talk.channel, account_of(talk.address))
        if not isinstance(offer, LinkOffer):
            return d.LinkRefused(offer, code)
        if not is_private(talk.address):
            # Whoever read it here could use it before its owner.
            uow.links.burn(offer.ticket)
            return d.LinkRefused("public")
        made = uow.conversations.get(offer.conversation_id)
        if made is None or offer.person_id == talk.person_id:
            return d.LinkRefused("own")
        return d.LinkOffered(offer.ticket, made.channel)

    return [await turn.tx.run(work)]


async def link(effect: d.Link, turn: Turn) -> list[d.Event]:
    """This chat becomes one of the person who made the code."""
    joining = turn.talk

    def work(uow: UnitOfWork) -> d.Linked | d.LinkRefused:
        offer = uow.links.link(effect.ticket, joining.person_id)
        made = None if offer is None else uow.conversations.get(offer.conversation_id)
        if offer is None or made is None:
            return d.LinkRefused("unknown")
        _tell(uow, turn, [made], LINKED)
        _now_of(uow, turn, offer.person_id)
        return d.Linked(made.channel)

    return [await turn.tx.run(work)]


async def unlink(turn: Turn) -> list[d.Event]:
    """This chat stands alone again."""
    old = turn.talk

    def work(uow: UnitOfWork) -> None:
        alone = uow.people.unlink(old.person_id, old.channel, account_of(old.address))
        if alone is not None:
            _tell(uow, turn, uow.conversations.of(old.person_id), UNLINKED)
            _now_of(uow, turn, alone)

    await turn.tx.run(work)
    return [d.Unlinked()]


def _now_of(uow: UnitOfWork, turn: Turn, person_id: UUID) -> None:
    """The conversation belongs to this person from here on."""
    turn.talk = replace(turn.talk, person_id=person_id)
    turn.state = state_of(turn.state, turn.talk, uow.standing(person_id))


def _tell(uow: UnitOfWork, turn: Turn, talks: list[ConversationRecord], kind: str) -> None:
    """Other chats of the person shall hear what was done here; not those where others read along."""
    for talk in talks:
        if is_private(talk.address):
            # The id is new each time: it says nothing about who was told.
            uow.inbox.accept(talk.channel, talk.address, f"{kind}:{uuid4()}", kind, {"by": turn.talk.channel})
            turn.after.told.append(talk.channel)
