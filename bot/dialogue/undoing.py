"""Taking back the last change of the filters, of what is saved, of the profile, or of starting over. One step."""

from __future__ import annotations

from bot.dialogue import items, labels, looking, remembering, replies
from bot.dialogue.actions import choice
from bot.dialogue.profile import Fact
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.usual import described


def undo(turn: Turn, number: str = "") -> None:
    """Take it back and say what; a button of an earlier change does not undo a later one."""
    last = turn.state.undo
    if last is None or number not in ("", str(last.number)):
        turn.say(replies.UNDO_NOTHING)
        return
    turn.update(undo=None, deed=None, asked=None)
    if last.kind in ("saved", "unsaved"):
        items.mark(turn, last.products, saved=last.kind == "unsaved", back=True)
    elif last.kind == "profile":
        _profile(turn, last.facts)
    elif last.looking is None:
        looking.clear(turn)
        turn.say(replies.UNDONE_SEARCH)
    else:
        wish = described(last.looking.slots) or last.looking.words
        turn.lead_in(replies.UNDONE_TO(wish=wish) if wish else replies.UNDONE)
        previous = turn.state.previous
        turn.update(previous=previous[:-1] if last.kind == "search" else previous, page_size=0)
        looking.search(turn, last.looking)


def _profile(turn: Turn, before: tuple[Fact, ...]) -> None:
    profile = turn.state.profile
    now = [Fact(f.topic, f.subject, profile.value(f.topic, f.subject) or "") for f in before]
    gone = remembering.all_words(f for f in now if f.value)
    remembering.change(turn, before)
    back = remembering.all_words(before)
    turn.lead_in(replies.UNDONE_AGAIN(facts=back) if back else replies.UNDONE_FORGOTTEN(facts=gone))
    if not remembering.look_again(turn, profile):
        turn.say("", choice(labels.PROFILE, "profile"), *next_steps(turn.state))
