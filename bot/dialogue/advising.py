"""Advice: what goes with what and why, and which of several to take. About clothes, never about the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from bot.dialogue import items, labels, looking, outfitting
from bot.dialogue.actions import choice
from bot.dialogue.language import listed
from bot.dialogue.prices import amount_text
from bot.dialogue.state import LastResult
from bot.dialogue.styling import sentences
from bot.dialogue.styling.colours import harmony
from bot.dialogue.styling.occasions import suits
from bot.dialogue.styling.outfits import acceptable, affordable, colour_of, likes, place_of, total_of
from bot.dialogue.styling.seen import SUITS, Worn, beside, for_occasion, own_clothes, reasons, worn_in
from bot.dialogue.turn import Turn, try_choices
from bot.dialogue.types import Choice, Frame, ProductCard
from bot.dialogue.wishes import filters_of

LETTERS = "ABC"
"""What pictures side by side are called."""

CLOSE = 0.04
"""Worth by which two are as good as each other."""

Look = tuple[ProductCard, ...]


def advise(turn: Turn, frame: Frame, _text: str = "") -> None:
    """An opinion was asked for: on an outfit, on one piece or picture, or which of several."""
    slots = frame.slots
    if slots.get("topic") == "outfit" or "match" in slots:
        outfitting.wanted(turn, slots)
        return
    if slots.get("attribute") in ("size", ["size"]):
        items.details(turn, slots)
        return
    chosen = items.chosen(turn, slots)
    if chosen == ():
        return
    wishes = _wishes(turn, slots)
    if chosen is not None and len(chosen) > 1:
        which(turn, [(card,) for card in chosen], wishes)
    elif chosen is not None and not _in_picture(turn, chosen[0]):
        _about(turn, chosen[0], wishes)
    elif chosen is None and filters_of(slots).keys() - {"occasion", "season"}:
        looking.new_search(turn, slots)
    elif chosen is None and filters_of(slots):
        outfitting.wanted(turn, slots)
    else:
        opinion(turn, wishes)


def _in_picture(turn: Turn, card: ProductCard) -> bool:
    """Whether it is what the picture on screen shows."""
    last = turn.state.last
    return turn.state.stage == "tryon_done" and last is not None and card in last.pieces


def opinion(turn: Turn, wishes: tuple[str, ...] | None = None) -> None:
    """What is on screen, whatever it is: the pictures side by side, the latest one, or the things found."""
    state = turn.state
    wishes = _wishes(turn, {}) if wishes is None else wishes
    known = {result.job: result.pieces for result in state.results}
    compared = {known[job]: letter for job, letter in zip(state.compared, LETTERS, strict=False) if job in known}
    if len(compared) > 1:
        which(turn, list(compared), wishes, compared)
    elif state.stage == "tryon_done" and state.last is not None:
        _about_result(turn, state.last, wishes)
    elif state.stage == "item_focus" and state.focus is not None:
        _about(turn, state.focus, wishes)
    elif len(state.shown) > 1:
        which(turn, [(card,) for card in state.shown], wishes)
    elif state.focus or state.shown:
        _about(turn, state.focus or state.shown[0], wishes)
    elif wishes:
        outfitting.wanted(turn, {"occasion": list(wishes)})
    else:
        turn.say(sentences.ASK_ABOUT)


def _wishes(turn: Turn, slots: dict[str, Any]) -> tuple[str, ...]:
    """The occasions and seasons that this is for: said now, or asked for before."""
    asked = turn.state.looking.slots if turn.state.looking else turn.state.plan.slots if turn.state.plan else {}
    said = [*slots.get("occasion", ()), *slots.get("season", ())]
    return tuple(map(str, said or [*asked.get("occasion", ()), *asked.get("season", ())]))


def _about_result(turn: Turn, result: LastResult, wishes: tuple[str, ...]) -> None:
    text = " ".join([*reasons(worn_in(result)), *for_occasion(result.pieces, wishes)])
    turn.say(text or sentences.ASK_ABOUT, *_steps(result.product), choice(labels.ANOTHER, "another"))


def _about(turn: Turn, card: ProductCard, wishes: tuple[str, ...]) -> None:
    """One piece that is not on a picture yet: how it would go with the person's own clothes."""
    text = " ".join([*reasons(_with_own(turn, (card,))), *for_occasion((card,), wishes)])
    turn.update(focus=card)
    tries = [choice(labels.TRY_IT, "try", card.id)] if card.part is not None else []
    turn.say(text or sentences.ASK_ABOUT, *tries, *_steps(card), products=(card,))


def _steps(card: ProductCard) -> list[Choice]:
    return [
        choice(sentences.COMPLETE, "outfit", "new"),
        choice(labels.SIMILAR, "similar", card.id),
        choice(labels.SAVE, "save", card.id),
        choice(labels.HELP, "help"),
    ]


def _with_own(turn: Turn, look: Look) -> list[Worn]:
    """The pieces, and what of the person's own clothes stays beside them."""
    own = own_clothes(turn.state)
    for card in look:
        own = beside(card, own)
    return [*(Worn(c.title, place_of(c), lab) for c in look if (lab := colour_of(c)) is not None), *own]


# --- which of several ------------------------------------------------------------------------------


def which(
    turn: Turn, looks: list[Look], wishes: tuple[str, ...], letters: Mapping[Look, str] = MappingProxyType({})
) -> None:
    """Which of these to take, with the reasons; `letters` are those that a picture gives them."""
    worth = {look: _worth(turn, look, wishes) for look in dict.fromkeys(looks)}
    best, *others = sorted(worth, key=lambda look: -worth[look])
    why = _why(turn, best, others, wishes)
    if others and worth[best] - worth[others[0]] < CLOSE:
        why = [*why[:1], sentences.BY_LITTLE()]
    title = listed([card.title for card in best])
    title = sentences.LETTERED(letter=letters[best], title=title) if best in letters else title
    text = " ".join([sentences.WOULD_TAKE(title=title), *why[:2]])
    turn.update(focus=best[0])
    turn.say(text, *_which_steps(turn, best), products=best)


def _which_steps(turn: Turn, best: Look) -> list[Choice]:
    one = best[0] if len(best) == 1 else None
    tries = [choice(labels.TRY_IT, "try", one.id)] if one and one.part else []
    saves = [choice(labels.SAVE, "save", one.id)] if one else []
    complete = choice(sentences.COMPLETE, "outfit", "new")
    return [*tries, *saves, complete, *try_choices(turn.state.shown), choice(labels.HELP, "help")]


def _worth(turn: Turn, look: Look, wishes: tuple[str, ...]) -> float:
    together = harmony(worn.lab for worn in _with_own(turn, look))
    profile = turn.state.profile
    liked = sum(likes(card, profile) for card in look) / len(look)
    brief = outfitting.brief_for(turn, wishes)
    allowed = all(acceptable(card, brief) for card in look) and (total_of(look) is None or affordable(look, brief))
    return 0.45 * together + 0.3 * suits(look, wishes) + 0.1 * liked + 0.15 * allowed


def _why(turn: Turn, best: Look, others: Iterable[Look], wishes: tuple[str, ...]) -> list[str]:
    profile, total = turn.state.profile, total_of(best)
    found = reasons(_with_own(turn, best))[:1]
    if any(likes(card, profile) for card in best):
        found.append(sentences.BY_LIKING())
    found += for_occasion(best, wishes) if suits(best, wishes) >= SUITS else []
    prices = [price for look in others if (price := total_of(look)) is not None and total and price[1] == total[1]]
    if total is not None and prices and all(total[0] < price[0] for price in prices):
        found.append(sentences.BY_PRICE(price=amount_text(*total)))
    sizes = [size for card in best for size in profile.sizes(card.category) if size in card.sizes]
    if sizes and len(best) == 1:
        found.append(sentences.BY_SIZE(size=sizes[0]))
    budget = outfitting.brief_for(turn, wishes).most
    if total is not None and budget is not None and total[0] <= budget:
        found.append(sentences.BY_BUDGET())
    return found
