"""One person on several channels: a code is made in one chat and sent in the other, which asks before it links."""

from __future__ import annotations

from bot.dialogue import codes, labels, replies
from bot.dialogue.actions import choice, find
from bot.dialogue.language import duration
from bot.dialogue.state import LinkQuestion
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import (
    CheckLinkCode,
    Choice,
    Link,
    Linked,
    LinkedElsewhere,
    LinkOffered,
    LinkRefused,
    MakeLinkCode,
    Unlink,
    Unlinked,
    UnlinkedElsewhere,
)

SLOT = "link"
"""The message with the code is replaced once the code is used."""


def ask_code(turn: Turn) -> None:
    """The person wants to go on somewhere else."""
    turn.update(asked=None)
    turn.do(MakeLinkCode())


def code_made(turn: Turn, code: str) -> None:
    """The answer to MakeLinkCode."""
    wait = duration(60 * turn.policy.link_minutes)
    text = replies.LINK_CODE(code=codes.written(code), wait=wait)
    by_mail = [choice(labels.MAIL_LINK, "mail", "link")] if turn.state.mail and turn.state.mail.confirmed else []
    turn.say(text, *by_mail, *_part_choice(turn), *next_steps(turn.state), slot=SLOT)


def try_code(turn: Turn, code: str) -> None:
    """The person sent something that has the form of a code."""
    turn.update(asked=None)
    turn.do(CheckLinkCode(code))


def offered(turn: Turn, event: LinkOffered) -> None:
    """The code is open: nothing is linked without a yes."""
    turn.update(asked="link", link=LinkQuestion(event.ticket, event.channel))
    ask_again(turn)


def ask_again(turn: Turn) -> None:
    """The question, while a code is open."""
    question = turn.state.link
    if question is None:
        ask_code(turn)
    else:
        turn.say(replies.LINK_ASK(channel=replies.channel(question.channel)))


def refused(turn: Turn, event: LinkRefused) -> None:
    """Why the code does not link."""
    turn.update(link=None)
    sentence = replies.LINK_REFUSED[event.reason]
    again = choice(labels.LINK, "link") if event.reason in ("unknown", "own") else None
    words = codes.written(event.code) if event.code else ""
    look = find(labels.FIND(text=words), words) if event.reason == "unknown" and words else None
    turn.say(sentence, again, look, *next_steps(turn.state))


def answer(turn: Turn, said: str) -> None:
    """A button of the question was pressed, or one that has a code in it."""
    code = codes.code_in(said)
    if said == "yes":
        agree(turn)
    elif said == "no":
        decline(turn)
    elif code is not None:
        try_code(turn, code)
    else:
        ask_code(turn)


def agree(turn: Turn) -> None:
    """The person says that the code was theirs."""
    question = turn.state.link
    turn.update(asked=None, link=None)
    if question is None:
        turn.say(replies.LINK_REFUSED["unknown"], choice(labels.LINK, "link"), *next_steps(turn.state))
    else:
        turn.do(Link(question.ticket))


def decline(turn: Turn) -> None:
    """Nothing is linked."""
    turn.update(asked=None, link=None)
    turn.say(replies.LINK_DECLINED)


def linked(turn: Turn, event: Linked) -> None:
    """The answer to Link."""
    text = replies.LINKED(channel=replies.channel(event.channel))
    turn.say(text, *_part_choice(turn), *next_steps(turn.state))


def linked_elsewhere(turn: Turn, event: LinkedElsewhere) -> None:
    """Somebody sent the code of this chat and said yes."""
    text = replies.LINKED_ELSEWHERE(channel=replies.channel(event.channel))
    turn.say(text, *_part_choice(turn), choice(labels.ERASE, "erase"), *next_steps(turn.state), slot=SLOT)


def ask_part(turn: Turn) -> None:
    """Unlinking needs a second yes."""
    if not turn.state.linked:
        turn.update(asked=None)
        turn.say(replies.UNLINK_NOTHING, choice(labels.LINK, "link"), *next_steps(turn.state))
        return
    turn.update(asked="unlink")
    turn.say(replies.UNLINK_ASK(channels=replies.channels(turn.state.linked)))


def answer_part(turn: Turn, said: str) -> None:
    """A button of that question was pressed."""
    if said == "yes":
        part(turn)
    else:
        stay(turn)


def part(turn: Turn) -> None:
    """The second yes."""
    turn.update(asked=None)
    if turn.state.linked:
        turn.do(Unlink())
    else:
        ask_part(turn)


def stay(turn: Turn) -> None:
    """No second yes."""
    turn.update(asked=None)
    turn.say(replies.UNLINK_KEPT)


def parted(turn: Turn, _event: Unlinked) -> None:
    """The answer to Unlink."""
    turn.say(replies.UNLINKED, choice(labels.LINK, "link"), *next_steps(turn.state))


def parted_elsewhere(turn: Turn, event: UnlinkedElsewhere) -> None:
    """Another chat of the person left."""
    turn.say(replies.UNLINKED_ELSEWHERE(channel=replies.channel(event.channel)))


def _part_choice(turn: Turn) -> list[Choice]:
    return [choice(labels.UNLINK, "unlink")] if turn.state.linked else []
