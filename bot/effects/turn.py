"""One event's way through its transaction: what it carries, and what it leaves to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.dialogue import types as d
from bot.dialogue.language import language_of
from bot.dialogue.profile import Profile
from bot.dialogue.state import ConversationState
from bot.dialogue.zones import known
from bot.effects.mail import standing_of
from bot.links import LinkRequest
from bot.llm.answers import Question
from storage.addresses import account_of, is_private
from storage.records import ConversationRecord, Standing
from storage.unit_of_work import Transaction

UNDECIDED = timedelta(hours=1)
"""How long a photo waits for the person's agreement, or for the choice among several people."""


@dataclass(slots=True)
class After:
    """What to do once the transaction has committed."""

    wake: list[str] = field(default_factory=list)
    forget: list[str] = field(default_factory=list)
    erased: list[UUID] = field(default_factory=list)
    read: list[UUID] = field(default_factory=list)
    """Conversations in which there is something new to read."""
    stopped: list[str] = field(default_factory=list)
    """Jobs that somebody asked to stop."""
    told: list[str] = field(default_factory=list)
    """Channels that have an event of ours in their inbox."""
    links: list[LinkRequest] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class Turn:
    """One event's way through the transaction. `cause` is the channel's id of the message that led to it."""

    tx: Transaction
    talk: ConversationRecord
    state: ConversationState
    after: After
    cause: str | None = None


def resumed(talk: ConversationRecord, standing: Standing, payload: Mapping[str, Any]) -> ConversationState:
    """The conversation's state at an event with this payload."""
    kept = ConversationState.from_json(talk.state) if talk.state else ConversationState()
    state = state_of(kept, talk, standing)
    app_language = language_of(payload.get("language")) or state.app_language
    return replace(state, app_language=app_language, zone=known(str(payload.get("timezone", ""))) or state.zone)


def state_of(state: ConversationState, talk: ConversationRecord, standing: Standing) -> ConversationState:
    """The conversation's state with what the person settled meanwhile, here or on another channel."""
    photo, here = standing.photo, (talk.channel, account_of(talk.address))
    return replace(
        state,
        consent=standing.consent,
        photo=None if photo is None else d.PhotoRef(photo.media_key, photo.width, photo.height),
        person_index=None if photo is None else photo.person_index,
        profile=Profile.of(standing.preferences),
        mail=standing_of(standing.mail) if is_private(talk.address) else None,
        public=not is_private(talk.address),
        linked=tuple(dict.fromkeys(account[0] for account in standing.accounts if account != here)),
    )
