"""The colours that stand beside each other in a picture, or would: with the words for what has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialogue import names
from bot.dialogue.language import listed
from bot.dialogue.state import ConversationState, LastResult
from bot.dialogue.styling import sentences
from bot.dialogue.styling.colours import CONTRAST, EVEN, Lab, chroma, is_neutral, pair
from bot.dialogue.styling.occasions import OCCASIONS, SEASONS, formality, suits
from bot.dialogue.styling.outfits import colour_of, place_of
from bot.dialogue.types import ProductCard, SeenColour

SUITS, SUITS_LITTLE = 0.75, 0.6
"""From here on a look suits an occasion; up to here it does not."""


@dataclass(frozen=True, slots=True)
class Worn:
    """Something of one colour: what it is called in a sentence, and where it is worn."""

    title: str
    place: str | None
    lab: Lab


def worn_in(result: LastResult) -> list[Worn]:
    """What the picture shows: the pieces that were put on, then what the person keeps wearing."""
    found: list[Worn] = []
    for number, card in enumerate(result.pieces):
        measured = _most(one for one in result.colours if one.piece == number)
        lab = measured.lab if measured else colour_of(card)
        if lab is not None:
            found.append(Worn(card.title, place_of(card), lab))
    return [*found, *_kept(one for one in result.colours if one.piece is None)]


def own_clothes(state: ConversationState) -> list[Worn]:
    """The person's own clothes on their photo, as far as pictures made of it told."""
    return _kept(
        one
        for result in state.results
        if result.before == state.photo
        for one in result.colours
        if one.piece is None
    )


def beside(card: ProductCard, clothes: Iterable[Worn]) -> list[Worn]:
    """Which of these stay on when the piece is put on."""
    covered = {"dress": ("upper", "lower", "dress"), "upper": ("upper", "dress"), "lower": ("lower", "dress")}
    return [worn for worn in clothes if worn.place not in covered.get(place_of(card) or "", ())]


def _kept(colours: Iterable[SeenColour]) -> list[Worn]:
    parts: dict[str, list[SeenColour]] = {}
    for one in colours:
        parts.setdefault(one.part, []).append(one)
    found = []
    for part, shades in parts.items():
        most = _most(shades)
        if most is not None and part in sentences.OWN_CLOTHES:
            title = sentences.OWN_CLOTHES[part](color=names.value(most.name))
            found.append(Worn(title, part, most.lab))
    return found


def _most(colours: Iterable[SeenColour]) -> SeenColour | None:
    return max(colours, key=lambda one: one.share, default=None)


def reasons(worn: list[Worn]) -> list[str]:
    """One or two sentences on how the first of these goes with the one beside it that matters most."""
    if not worn:
        return []
    first, *others = worn
    if not others:
        quiet = is_neutral(first.lab)
        return [(sentences.ALONE_QUIET if quiet else sentences.ALONE_STRONG)(title=first.title)]
    # Clothes matter more than shoes; among them the one that the eye goes to.
    second = max(others, key=lambda one: (one.place != "shoes", chroma(one.lab)))
    both = pair(first.lab, second.lab)
    if both.relation == "neutral" and not is_neutral(first.lab):
        # The sentence begins with the quiet one.
        first, second = second, first
    found = [sentences.PAIRS[both.relation](first=first.title, second=second.title)]
    if both.relation in ("opposites", "apart") and (both.muted or both.vivid):
        found.append((sentences.MUTED if both.muted else sentences.VIVID)())
    elif both.contrast >= CONTRAST:
        found.append(sentences.CLEAR())
    elif both.contrast <= EVEN and both.relation in ("neutrals", "tones"):
        found.append(sentences.EVEN())
    return [text[:1].upper() + text[1:] for text in found]


def for_occasion(look: Iterable[ProductCard], wishes: Iterable[str], *, proposed: bool = False) -> list[str]:
    """How these suit occasions and seasons, where there is something to say.

    `proposed` says that they are the best that was found.
    """
    pieces = tuple(look)
    known = [wish for wish in wishes if wish in OCCASIONS or wish in SEASONS]
    if not known:
        return []
    worth, said = suits(pieces, known), listed([names.value(wish) for wish in known])
    if worth >= SUITS:
        return [sentences.SUITS(wishes=said)]
    dressy = [OCCASIONS[wish] for wish in known if wish in OCCASIONS]
    if worth > SUITS_LITTLE or not dressy:
        return []
    if sum(map(formality, pieces)) / len(pieces) < sum(dressy) / len(dressy):
        return [(sentences.NOTHING_DRESSIER if proposed else sentences.DRESSIER)(wishes=said)]
    return [] if proposed else [sentences.SIMPLER(wishes=said)]
