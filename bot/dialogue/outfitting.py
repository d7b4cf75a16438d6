"""Outfits: from "complete the look" to pieces out of the catalogue, in one picture, with other proposals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.dialogue import items, names, replies, tryons
from bot.dialogue.language import listed
from bot.dialogue.prices import amount_text, decimals
from bot.dialogue.state import ConversationState, OutfitPlan
from bot.dialogue.styling import sentences
from bot.dialogue.styling.colours import lab_named
from bot.dialogue.styling.outfits import (
    PLACES,
    Brief,
    Outfit,
    Place,
    build,
    colour_of,
    in_layers,
    place_for,
    place_of,
    total_of,
)
from bot.dialogue.styling.seen import Worn, for_occasion, own_clothes, reasons
from bot.dialogue.styling.steps import outfit_steps
from bot.dialogue.turn import Turn
from bot.dialogue.types import GatherPieces, PiecesGathered, ProductCard, SaveFavourite
from bot.dialogue.wishes import filters_of, merged
from catalog.taxonomy import part_of
from catalog.wording import facets_in

MAX_SEEN = 30
"""How many pieces that were turned down are kept out of the next proposals."""


_OF_THE_WHOLE = ("color", "match", "price_min", "price_about", "sort")
"""What was said of an outfit that its pieces need not have one by one."""


def wanted(turn: Turn, slots: dict[str, Any]) -> None:
    """ "What goes with this?", "build me an outfit under 5000 for a wedding"."""
    state = turn.state
    anchors = items.chosen(turn, slots)
    if anchors == ():
        return
    if anchors is None and not filters_of(slots) and "match" not in slots:
        anchors = _this(state)
    slots = {**filters_of(slots), **({"match": slots["match"]} if "match" in slots else {})}
    before = state.looking.slots if state.looking else {}
    # The occasion, and what was said of the cut of things before ("too baggy"), count here too.
    slots = {**{name: before[name] for name in ("occasion", "season", "fit") if name in before}, **slots}
    _gather(turn, OutfitPlan(slots, anchors or ()))


def _this(state: ConversationState) -> tuple[ProductCard, ...]:
    """What "this" is when nothing was named: the picture that is there, else the piece being talked about."""
    if state.stage == "tryon_done" and state.last is not None:
        return state.last.pieces
    return (state.focus,) if state.focus is not None else ()


def pressed(turn: Turn, move: str) -> None:
    """A button under an outfit, perhaps an old one: it is about the outfit being talked about."""
    plan = turn.state.plan
    if move == "new" or plan is None or not plan.pieces:
        wanted(turn, {})
    elif move == "try":
        tryons.start(turn, (tryons.look_of(plan.pieces),))
    elif move == "save":
        for card in plan.pieces:
            turn.do(SaveFavourite(card.id, saved=True))
        turn.say(replies.SAVED(title=tryons.title_of(plan.pieces)), *outfit_steps(plan))
    elif move in ("other", "cheaper", *PLACES):
        _gather(turn, replace(plan, move=move))
    else:
        _show(turn, plan, [])


def on_screen(state: ConversationState) -> bool:
    """Whether an outfit is what was shown last."""
    plan = state.plan
    return plan is not None and bool(plan.pieces) and state.looking is None and state.shown == plan.pieces


def refined(turn: Turn, delta: dict[str, Any]) -> bool:
    """Whether these words change the outfit on screen: "cheaper", "another jacket", "in green"."""
    plan = turn.state.plan
    if plan is None or not on_screen(turn.state):
        return False
    if delta.get("rel", {}).get("price") == "lower":
        pressed(turn, "cheaper")
        return True
    slots = merged(plan.slots, delta, plan.pieces)
    places = [place for kind in delta.get("category", ()) if (place := place_for(kind)) is not None]
    if not filters_of(delta) or ("category" in delta and not places):
        return False
    _gather(turn, replace(plan, slots=slots, move=places[0] if places else "new"))
    return True


def _gather(turn: Turn, plan: OutfitPlan) -> None:
    taken = {place_of(card) for card in plan.anchors}
    places = [place for place in PLACES if place not in taken]
    turn.update(plan=plan, asked=None)
    turn.do(GatherPieces(tuple(places), _search(turn, plan)))


def _search(turn: Turn, plan: OutfitPlan) -> dict[str, Any]:
    """What every piece must have, and what ranks: not the kind of clothing, and not the colour, which one of the
    pieces may have.
    """
    slots = {
        k: v for k, v in plan.slots.items() if k not in ("category", "color", "match", "price_min", "price_about")
    }
    profile = turn.state.profile
    if "gender" not in slots and profile.gender:
        slots["gender"] = profile.gender
    avoided = {facet: list(profile.avoided(facet)) for facet in ("color", "material", "pattern", "brand")}
    exclude = {name: [*plan.slots.get("exclude", {}).get(name, ()), *values] for name, values in avoided.items()}
    return {**slots, "exclude": {name: values for name, values in exclude.items() if values}}


def brief_of(turn: Turn, plan: OutfitPlan) -> Brief:
    """The rules for the next proposal."""
    slots, profile = plan.slots, turn.state.profile
    most = next((Decimal(str(slots[name])) for name in ("price_max", "price_about") if name in slots), None)
    currency = slots.get("currency")
    anchors, seen = plan.anchors, set(plan.seen)
    exactly: tuple[Place, ...] = ()
    if plan.move in PLACES:
        exactly = tuple(p for p in PLACES if p == plan.move or p in set(map(place_of, plan.pieces)))
        anchors = tuple(card for card in plan.pieces if place_of(card) != plan.move)
        seen |= {card.id for card in plan.pieces if place_of(card) == plan.move}
    elif plan.move == "other":
        seen |= {card.id for card in plan.pieces} - {card.id for card in plan.anchors}
    elif plan.move == "cheaper":
        total = total_of(plan.pieces)
        if total is not None:
            less = total[0] - Decimal(1).scaleb(-decimals(total[1]))
            most, currency = less if most is None else min(less, most), total[1]
    matched = facets_in(str(slots.get("match", "")))
    parts = {part_of(category) for category in matched.category} - {None}
    colours = [lab for name in matched.color if (lab := lab_named(name)) is not None]
    colours += [lab for card in plan.anchors if place_of(card) is None and (lab := colour_of(card)) is not None]
    return Brief(
        anchors=anchors,
        beside=tuple(colours),
        worn=tuple(place for place in PLACES if place in parts),
        exactly=exactly,
        most=most,
        currency=currency,
        wishes=(*slots.get("occasion", ()), *slots.get("season", ())),
        cut=tuple(slots.get("fit", ())),
        kinds=tuple(slots.get("category", ())),
        wanted=tuple(slots.get("color", ())),
        unwanted=tuple(slots.get("exclude", {}).get("color", ())),
        gender=slots.get("gender"),
        profile=profile,
        without=frozenset(seen),
    )


def gathered(turn: Turn, event: PiecesGathered) -> None:
    """The catalogue's pieces are there: propose an outfit, or say what is in the way."""
    plan = turn.state.plan
    if plan is None:
        turn.say(sentences.NO_OUTFIT)
        return
    brief = brief_of(turn, plan)
    stock = {place: event.pieces.get(place, ()) for place in PLACES}
    found = build(brief, stock)
    notes: list[str] = []
    if not found and brief.most is not None and plan.move != "cheaper":
        found = build(replace(brief, most=None), stock, limit=200)
        unpriced = [outfit for outfit in found if total_of(outfit.pieces) is None]
        if found and not unpriced:
            _too_dear(turn, plan, brief, found)
            return
        found = tuple(unpriced)
        notes.append(sentences.NO_PRICES())
    if found:
        best = found[0].pieces
        gone = tuple(card.id for card in plan.pieces if card not in best)
        _show(turn, replace(plan, pieces=best, seen=(*plan.seen, *gone)[-MAX_SEEN:]), notes)
    elif plan.pieces:
        turn.lead_in(sentences.NO_CHEAPER if plan.move == "cheaper" else sentences.NO_CHANGE)
        _show(turn, plan, [], again=False)
    else:
        turn.update(plan=None)
        turn.say(sentences.NO_OUTFIT)


def _too_dear(turn: Turn, plan: OutfitPlan, brief: Brief, found: tuple[Outfit, ...]) -> None:
    """The budget is too small for that; an outfit that was there before stays."""
    least = min(total for outfit in found if (total := total_of(outfit.pieces)) is not None)
    budget = amount_text(brief.most or Decimal(), brief.currency or least[1])
    text = sentences.TOO_DEAR(budget=budget, price=amount_text(*least))
    if plan.pieces:
        kept = replace(plan, slots={k: v for k, v in plan.slots.items() if k != "category"}, move="new")
        turn.update(plan=kept)
        turn.say(text, *outfit_steps(kept, tried=turn.state.photo is not None), products=kept.pieces)
    else:
        turn.update(plan=None)
        turn.say(text)


def _show(turn: Turn, plan: OutfitPlan, notes: list[str], *, again: bool = True) -> None:
    """Say what it is and why, and try it on where there is a photo."""
    pieces = in_layers(plan.pieces)
    plan = replace(plan, pieces=pieces, move="new")
    turn.update(
        plan=plan, shown=pieces, total=len(pieces), page_size=0, looking=None,
        listing="results", stage="results", focus=None, asked=None,
    )  # fmt: skip
    total = total_of(pieces)
    price = [sentences.TOGETHER(price=amount_text(*total))] if total is not None and len(pieces) > 1 else []
    titles = listed([card.title for card in pieces])
    wishes = (*plan.slots.get("occasion", ()), *plan.slots.get("season", ()))
    why = [*reasons(_colours(turn, plan)), *for_occasion(pieces, wishes, proposed=True)]
    text = " ".join([sentences.OUTFIT(titles=titles), *price, *notes, *why])
    ready = again and turn.state.photo is not None and turn.agreed
    turn.say(text, *outfit_steps(plan, tried=ready), products=pieces)
    if ready:
        tryons.start(turn, (tryons.look_of(pieces),))


def _colours(turn: Turn, plan: OutfitPlan) -> list[Worn]:
    around = {card.id for card in plan.anchors}
    pieces = sorted(plan.pieces, key=lambda card: card.id not in around)
    found = [Worn(card.title, place_of(card), lab) for card in pieces if (lab := colour_of(card)) is not None]
    if matched := _matched(plan):
        return [*found[:1], *matched]
    places = {worn.place for worn in found}
    own = [
        worn for worn in own_clothes(turn.state) if worn.place not in places and worn.place in ("upper", "lower")
    ]
    return [*found, *([] if "dress" in places else own)]


def _matched(plan: OutfitPlan) -> list[Worn]:
    """What of their own they asked about: "what goes with my navy trousers?"."""
    named = facets_in(str(plan.slots.get("match", "")))
    return [
        Worn(f"{names.value(kind)} ({names.value(color)})", part_of(kind), lab)
        for kind, color in zip(named.category, named.color, strict=False)
        if (lab := lab_named(color)) is not None
    ]


def brief_for(turn: Turn, wishes: tuple[str, ...]) -> Brief:
    """The rules by which things on screen are judged: what was searched for, and the profile."""
    state = turn.state
    slots = state.looking.slots if state.looking else {}
    budget = state.profile.budget()
    limit = slots["price_max"] if "price_max" in slots else budget[0] if budget else None
    most = None if limit is None else Decimal(str(limit))
    currency = slots.get("currency") if "price_max" in slots else budget[1] if budget else None
    return Brief(most=most, currency=currency, wishes=wishes, profile=state.profile)
