"""The web chat as a channel. Its browsers read the turns themselves; delivering is telling them to look."""

from __future__ import annotations

from bot.channels.base import Journal
from storage.hints import Hint, Hints
from storage.records import ConversationRecord, TurnRecord


class WebChannel:
    """See bot.channels.base.Channel."""

    name = "web"

    def __init__(self, hints: Hints) -> None:
        self._hints = hints

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """Tell the open pages of the conversation; a page that is not open reads the turn when it opens."""
        del turn, journal
        await self._hints.publish(Hint("turn", str(conversation.id)))
