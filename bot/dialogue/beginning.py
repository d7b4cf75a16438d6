"""Hello, and hello again: what this is, or where we were when the person was here last."""

from __future__ import annotations

from bot.dialogue import labels, looking, photos, replies, tryons
from bot.dialogue.actions import choice
from bot.dialogue.language import listed
from bot.dialogue.turn import Turn, consent_choices, next_steps
from bot.dialogue.types import Returned
from bot.dialogue.usual import described

_LASTING = ("consent", "photo", "email", "zone")
"""Questions that still stand after a while. A "yes" of today does not answer "shall I delete it?" of last week."""


def greet(turn: Turn) -> None:
    """Whoever says hello before anything else is told what this is."""
    if not turn.state.greeted or turn.state.away:
        started(turn)
    else:
        turn.say(replies.GREET)


def started(turn: Turn) -> None:
    """The beginning: who this is, and what agreeing to it means. Later: where we were."""
    if turn.state.greeted:
        _welcome_back(turn)
        return
    turn.update(greeted=True)
    if turn.agreed:
        turn.say(replies.GREETING)
        return
    turn.update(asked="consent")
    turn.say(f"{replies.GREETING}\n\n{photos.terms(turn)}", *consent_choices())


def _welcome_back(turn: Turn) -> None:
    state, said = turn.state, [str(replies.WELCOME_BACK)]
    wish = described(state.looking.slots) or state.looking.words if state.looking else ""
    if wish:
        said.append(replies.WE_LOOKED_FOR(wish=wish))
    if state.last:
        said.append(replies.WE_TRIED_ON(title=listed([card.title for card in state.last.pieces])))
    if state.wish:
        said.append(str(replies.WE_WAITED))
    go_on = choice(labels.GO_ON, "resume") if state.looking else None
    picture = choice(labels.LAST_PICTURE, "last") if state.last else None
    turn.say(" ".join(said), go_on, picture, *next_steps(state))


def resume(turn: Turn) -> None:
    """Go on with the search as it would come out today."""
    looking.again(turn)


def last_picture(turn: Turn) -> None:
    """The latest result once more."""
    tryons.show_last(turn)


def returned(turn: Turn, event: Returned) -> None:
    """Nothing is said yet: what is remembered is made to fit what is there today."""
    state = turn.state.with_cards({card.id: card for card in event.cards})
    focus = None if state.focus and state.focus.id in event.gone else state.focus
    asked = state.asked if state.asked in _LASTING else None
    turn.state = state
    turn.update(
        focus=focus, asked=asked, pending=None, link=None, gone=event.gone, deed=None, undo=None, away=event.days,
        last=None if event.result_gone else state.last,
    )  # fmt: skip
