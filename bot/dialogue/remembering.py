"""The person's profile in the conversation: told, asked for, shown, changed and forgotten, never in silence."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from bot.dialogue import labels, looking, mailing, names, replies
from bot.dialogue.actions import choice, choice_that_fits
from bot.dialogue.language import LANGUAGES, listed, spoken
from bot.dialogue.prices import amount_text
from bot.dialogue.profile import AVOIDED, LIKED, SINGLE, TASTES, Fact, Profile, facts_of
from bot.dialogue.state import Asked, Deed
from bot.dialogue.turn import MAX_CHOICES, SIZES, Turn, answer_choices, next_steps
from bot.dialogue.types import Choice, Frame, Remember
from bot.dialogue.usual import usual_of
from bot.dialogue.wishes import PRICE_SLOTS, filters_of

_SPOKEN = {
    "english": "en", "hindi": "hi", "hinglish": "hi-Latn", "spanish": "es", "french": "fr", "german": "de",
    "portuguese": "pt", "arabic": "ar",
}  # fmt: skip
"""Languages by their names in a frame."""

_FORGET = {"price": ("budget",), "budget": ("budget",), "profile": ("size", "budget", *SINGLE, *TASTES)}
"""Names in a frame's `remove` that are not topics themselves."""

_CURRENCIES = ("INR", "EUR", "USD", "GBP")
_ANSWERS: dict[str, Asked] = {"size": "size", "budget": "budget", "gender": "gender"}
"""Topics that a question in words is understood for."""

_SLOTS = {"size": ("size",), "budget": PRICE_SLOTS, "gender": ("gender",)}


def told(turn: Turn, frame: Frame, _text: str = "") -> None:
    """The person said something for good."""
    slots, profile = frame.slots, turn.state.profile
    wanted = _SPOKEN.get(str(slots.get("language", "")))
    if "language" in slots and wanted is None:
        turn.lead_in(replies.LANGUAGE_UNKNOWN)
        ask(turn, "language")
        return
    if wanted == "hi" and turn.state.language == "hi-Latn":
        wanted = "hi-Latn"
    kinds = [str(kind) for kind in slots.get("category", ())]
    topics = [topic for name in slots.get("remove", ()) for topic in _FORGET.get(name, (name,))]
    forgotten = [
        fact._replace(value="")
        for fact in profile.about(*topics)
        if fact.topic != "size" or not kinds or fact.subject in kinds
    ]
    facts = [*forgotten, *facts_of(slots, wanted)]
    if facts:
        keep(turn, facts)
    elif topics:
        everything = "profile" in slots["remove"]
        erase = choice(labels.ERASE, "erase") if everything else choice(labels.PROFILE, "profile")
        turn.say(replies.PROFILE_NOT_KNOWN, erase, *next_steps(turn.state))
    else:
        turn.say(replies.PROFILE_WHAT, *_topics(turn))


def keep(turn: Turn, facts: Iterable[Fact], beside: dict[str, Any] | None = None) -> None:
    """Change the profile, say so with a way back, and look again when what is on screen would differ.

    `beside` is a wish that was said in the same breath.
    """
    before = turn.state.profile
    facts = tuple(f for f in facts if (before.value(f.topic, f.subject) or "") != f.value)
    turn.update(asked=None)
    if not facts and beside:
        looking.refine(turn, beside)
        return
    if not facts:
        turn.say(replies.PROFILE_ALREADY, choice(labels.PROFILE, "profile"), *next_steps(turn.state))
        return
    undone = tuple(Fact(f.topic, f.subject, before.value(f.topic, f.subject) or "") for f in facts)
    change(turn, facts)
    turn.lead_in(_confirmed(facts, undone))
    if beside:
        looking.refine(turn, beside)
    # After the search, which can be undone too: what is kept for good is what the button is for.
    turn.undoable("profile", facts=undone)
    turn.update(deed=Deed("set_profile"))
    if not beside and not look_again(turn, before):
        turn.say("", turn.undo_choice, choice(labels.PROFILE, "profile"), *next_steps(turn.state))


def _confirmed(facts: tuple[Fact, ...], before: tuple[Fact, ...]) -> str:
    known = [fact for fact in facts if fact.value]
    if not known:
        return replies.FORGOTTEN(facts=all_words(before))
    if len(known) == 1 and known[0].topic == "language":
        return replies.LANGUAGE_SET(language=words(known[0]))
    return replies.NOTED(facts=all_words(known))


def change(turn: Turn, facts: tuple[Fact, ...]) -> None:
    """The profile with these facts, here and in the store."""
    before = turn.state.profile
    turn.update(profile=before.changed(facts))
    kept = {(f.topic, f.subject) for f in (*turn.state.profile.facts, *facts)}
    too_old = [f._replace(value="") for f in before.facts if (f.topic, f.subject) not in kept]
    turn.do(Remember((*too_old, *facts)))
    if any(f.topic == "language" for f in facts):
        turn.speak_theirs()


def look_again(turn: Turn, before: Profile) -> bool:
    """Search anew when results are on screen and would not be the same with the profile as it was before."""
    state = turn.state
    if state.looking is None or state.stage != "results" or state.listing == "saved":
        return False
    slots, lifted = state.looking.slots, state.looking.lifted
    if usual_of(before, slots, lifted) == usual_of(state.profile, slots, lifted):
        return False
    looking.again(turn)
    return True


# --- by buttons --------------------------------------------------------------------------------------


def set_by_button(turn: Turn, argument: str) -> None:
    """`topic:subject:value` of a button, perhaps of another version."""
    topic, _, rest = argument.partition(":")
    subject, _, value = rest.partition(":")
    allowed = {
        "size": value in SIZES,
        "gender": value in ("women", "men"),
        "currency": value in _CURRENCIES,
        "language": value in LANGUAGES,
    }
    if allowed.get(topic):
        keep(turn, [Fact(topic, subject if topic == "size" else "", value)])
    else:
        ask(turn, topic)


def forget_by_button(turn: Turn, argument: str) -> None:
    """`topic` with all its subjects, or `topic:subject`."""
    topic, colon, subject = argument.partition(":")
    facts = [f for f in turn.state.profile.about(topic) if not colon or f.subject == subject]
    if facts:
        keep(turn, [f._replace(value="") for f in facts])
    else:
        turn.say(replies.PROFILE_NOT_KNOWN, choice(labels.PROFILE, "profile"), *next_steps(turn.state))


def ask(turn: Turn, topic: str, about: str = "") -> None:
    """Ask for one thing (a size: of the kind of clothing `about`), or show what they like and avoid."""
    if topic not in _QUESTIONS:
        show(turn)
        return
    known = turn.state.profile.about(*(TASTES if topic == "tastes" else (topic,)))
    turn.update(asked=_ANSWERS.get(topic), asked_about=about if topic == "size" else "")
    if topic == "tastes":
        steps = [_forget(fact) for fact in reversed(known)]
    else:
        steps = [*_answers(turn, topic), choice(labels.FORGET, "forget", topic) if known else None]
    text = str(_QUESTIONS[topic] if known or topic != "tastes" else replies.PROFILE_WHAT)
    if topic == "size" and about:
        text = replies.ASK_SIZE_IN(kind=names.value(about))
    fitting = [step for step in steps if step is not None][: MAX_CHOICES - 1]
    turn.say(text, *fitting, choice(labels.PROFILE, "profile"))


_QUESTIONS = {
    "size": replies.ASK_SIZE,
    "budget": replies.ASK_BUDGET,
    "gender": replies.ASK_GENDER,
    "currency": replies.ASK_CURRENCY,
    "language": replies.ASK_LANGUAGE,
    "tastes": replies.TASTES,
}


def _answers(turn: Turn, topic: str) -> list[Choice]:
    if topic == "currency":
        return [choice(code, "set", f"currency::{code}") for code in _CURRENCIES]
    if topic == "language":
        others = (code for code in LANGUAGES if code != spoken())
        return [choice(LANGUAGES[code], "set", f"language::{code}") for code in others]
    return answer_choices(turn.state)


def _forget(fact: Fact) -> Choice | None:
    thing = names.value(fact.subject)
    return choice_that_fits(labels.FORGET_THIS(thing=thing), "forget", f"{fact.topic}:{fact.subject}")


def answered(turn: Turn, frame: Frame) -> bool:
    """Whether this frame answers the question for a size, a budget or a gender that is open."""
    asked, about = turn.state.asked, turn.state.asked_about
    if asked not in _ANSWERS or frame.intent not in ("provide", "deny", "affirm"):
        return False
    facts = [f for f in facts_of({**frame.slots, "category": [about] if about else []}) if f.topic == asked]
    others = {name: value for name, value in filters_of(frame.slots).items() if name not in _SLOTS[asked]}
    if facts:
        keep(turn, facts, beside=others)
    elif frame.intent == "affirm":
        ask(turn, asked, about)
    else:
        turn.update(asked=None)
        turn.say(replies.WITHOUT_ANSWER)
    return True


# --- what is known -----------------------------------------------------------------------------------


def show(turn: Turn) -> None:
    """All that is known, line by line, each with a button that leads to changing or forgetting it."""
    profile = turn.state.profile
    turn.update(asked=None)
    lines = [
        [words(f) for f in profile.about("size")],
        [words(f) for f in profile.about("budget", "currency")],
        [words(f) for f in profile.about("gender")],
        _tastes(turn, LIKED),
        _tastes(turn, AVOIDED),
        [words(f) for f in profile.about("language")],
    ]
    lines.append([mails] if (mails := mailing.line(turn.state)) else [])
    known = "\n".join(f"• {_joined(line)}" for line in lines if line)
    turn.say(f"{replies.PROFILE}\n{known}" if known else replies.PROFILE_EMPTY, *_topics(turn))


def _topics(turn: Turn) -> list[Choice]:
    profile = turn.state.profile
    tastes = choice(labels.TASTES, "profile", "tastes") if profile.about(*TASTES) else None
    steps = [
        choice(labels.SIZE, "profile", "size"),
        choice(labels.BUDGET, "profile", "budget"),
        choice(labels.FOR_WHOM, "profile", "gender"),
        tastes,
        # Eight fit: whoever gets mails looks for them rather than for a currency, which words change as well.
        choice(labels.MAILS, "mail")
        if mailing.line(turn.state)
        else choice(labels.CURRENCY, "profile", "currency"),
        choice(labels.LANGUAGE, "profile", "language"),
        choice(labels.PRIVACY, "privacy"),
        choice(labels.HELP, "help"),
    ]
    return [step for step in steps if step is not None]


def _tastes(turn: Turn, how: str) -> list[str]:
    things = [names.value(f.subject) for f in turn.state.profile.about(*TASTES) if f.value == how]
    return [(replies.LIKES if how == LIKED else replies.AVOIDS)(things=listed(things))] if things else []


def words(fact: Fact) -> str:
    """A fact in the language spoken now."""
    topic, subject, value = fact
    if topic == "size":
        sizes = listed(value.split(","), "or")
        return replies.SIZE_IN(kind=names.value(subject), sizes=sizes) if subject else replies.SIZE(sizes=sizes)
    if topic == "budget":
        return replies.UP_TO(price=amount_text(Decimal(value), subject))
    if topic == "currency":
        return replies.PRICES_IN(currency=value)
    if topic == "language":
        return LANGUAGES.get(value, value)
    if topic == "gender":
        return names.value(value)
    return (replies.LIKES if value == LIKED else replies.AVOIDS)(things=names.value(subject))


def all_words(facts: Iterable[Fact]) -> str:
    """Several facts."""
    return _joined([words(f) for f in facts if f.value])


def _joined(parts: list[str]) -> str:
    return "; ".join(parts)
