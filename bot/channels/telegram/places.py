"""Where a conversation stands on Telegram: `42`, `-100123:42` in a group, `-100123/7:42` in a topic."""

from __future__ import annotations

from dataclasses import dataclass

from storage.addresses import account_of

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class Place:
    """A chat, perhaps a topic of it, and the person who is talked to there."""

    chat_id: int
    account: int
    thread: int | None = None

    @property
    def private(self) -> bool:
        """Whether nobody else reads it."""
        return self.chat_id == self.account

    @property
    def name(self) -> str:
        """The chat as it is written down with sent messages: their ids are unique in a chat."""
        return str(self.chat_id)

    @property
    def address(self) -> str:
        """The conversation's address."""
        if self.private:
            return str(self.account)
        topic = "" if self.thread is None else f"/{self.thread}"
        return f"{self.chat_id}{topic}:{self.account}"

    def alone(self) -> Place:
        """The same person in private."""
        return Place(self.account, self.account)


def place_of(address: str) -> Place:
    """The place of an address. Raises ValueError when it is none of ours."""
    account = int(account_of(address))
    if ":" not in address:
        return Place(account, account)
    chat, _, thread = address.rpartition(":")[0].partition("/")
    return Place(int(chat), account, int(thread) if thread else None)
