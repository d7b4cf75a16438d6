"""A Bot API server for tests: as strict as Telegram's own, and with people who talk to the bot.

    async with FakeTelegram() as server:            # a bot connects to f"{server.base}/bot{server.token}/"
        ann = server.person(1, "Ann", "en")
        await ann.send_photo(photo, caption="dress me")
        message = await ann.chat.until(lambda messages: messages[1].buttons and messages[1])
        await ann.press(message, "Try it on")
        server.faults.error("editMessageMedia", code=502, after=True)
        ...
        server.assert_clean()                       # nothing against the protocol, nothing too fast

What people do and see is in `people` and `chats`, what is refused and why in `methods` and `spec`.
"""

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
