"""Channels whose other side reads the turns itself, as a page does: delivering is telling it to look."""

from __future__ import annotations

from bot.channels.base import Journal
from storage.hints import Hint, Hints
from storage.records import ConversationRecord, TurnRecord


class ReadChannel:
    """See bot.channels.base.Channel."""

    def __init__(self, name: str, hints: Hints) -> None:
        self.name = name
        self._hints = hints

    async def deliver(self, conversation: ConversationRecord, turn: TurnRecord, journal: Journal) -> None:
        """Tell whoever reads along; whoever does not reads the turn when they come back."""
        del turn, journal
        await self._hints.publish(Hint("turn", str(conversation.id)))
