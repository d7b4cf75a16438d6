"""What the shop says about sizes, held against the size that the person takes. It promises no fit."""

from __future__ import annotations

from bot.dialogue.language import listed
from bot.dialogue.profile import Profile
from bot.dialogue.styling import sentences
from bot.dialogue.types import ProductCard


def size_help(card: ProductCard, profile: Profile) -> str:
    """A few sentences on the sizes of this piece; what is not known is said."""
    offered, mine = card.sizes or tuple(card.chart), profile.sizes(card.category)
    if not offered:
        return sentences.SIZES_UNKNOWN(title=card.title)
    there = next((size for size in mine if size in offered), None)
    if there is not None:
        said = [sentences.SIZE_THERE(title=card.title, size=there), *_by_chart(card, there)]
    elif mine:
        said = [sentences.SIZE_NOT_THERE(title=card.title, size=listed(mine, "or"), sizes=listed(offered))]
    else:
        said = [sentences.SIZES(title=card.title, sizes=listed(offered)), sentences.SIZE_TELL()]
    return " ".join([*said, sentences.SIZE_HONEST()])


def _by_chart(card: ProductCard, size: str) -> list[str]:
    row = card.chart.get(size, {})
    measures = [
        text(low=f"{row[name][0]:g}", high=f"{row[name][-1]:g}")
        for name, text in sentences.MEASURES.items()
        if name in row
    ]
    return [sentences.SIZE_CHART(size=size, measures=listed(measures))] if measures else []
