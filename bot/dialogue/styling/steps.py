"""What can be done with an outfit, as buttons."""

from __future__ import annotations

from bot.dialogue import labels
from bot.dialogue.actions import choice
from bot.dialogue.state import OutfitPlan
from bot.dialogue.styling import sentences
from bot.dialogue.styling.outfits import place_of, total_of
from bot.dialogue.types import Choice


def outfit_steps(plan: OutfitPlan, *, tried: bool = False) -> list[Choice]:
    """The next steps with the outfit being talked about; `tried` when its picture is there or on its way."""
    fixed = {card.id for card in plan.anchors}
    free = [place for card in plan.pieces if card.id not in fixed and (place := place_of(card)) is not None]
    found = [] if tried else [choice(labels.TRY_IT, "outfit", "try")]
    found += [choice(sentences.OTHER_PIECE[place], "outfit", place) for place in free]
    if total_of(plan.pieces) is not None:
        found.append(choice(labels.CHEAPER, "outfit", "cheaper"))
    found += [choice(sentences.OTHER_OUTFIT, "outfit", "other"), choice(sentences.SAVE_ALL, "outfit", "save")]
    return [*found, choice(labels.HELP, "help")]
