"""A Bot API server for tests: as strict as Telegram's own, and with people who talk to the bot."""

from __future__ import annotations

from tests.fakes.telegram.chats import Button, Chat, Message
from tests.fakes.telegram.limits import NO_LIMITS, Limits
from tests.fakes.telegram.people import Group, InlineAnswer, PaymentRefused, Person
from tests.fakes.telegram.server import TOKEN, Call, FakeTelegram

__all__ = [
    "NO_LIMITS",
    "TOKEN",
    "Button",
    "Call",
    "Chat",
    "FakeTelegram",
    "Group",
    "InlineAnswer",
    "Limits",
    "Message",
    "PaymentRefused",
    "Person",
]
