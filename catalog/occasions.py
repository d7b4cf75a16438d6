"""Which kinds suit an occasion or a season, for a wish that names no kind ("something for the beach")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_KINDS = """
office, interview, meeting: blazer, shirt, blouse, trousers, suit, skirt, dress
wedding, reception, engagement, festive, eid, diwali, navratri, puja, durga puja, karwa chauth, rakhi, sangeet: \
dress, suit, sari, lehenga, kurta, sherwani, salwar suit, blazer, jumpsuit
mehendi, haldi, holi, pongal, onam, ramadan: kurta, sari, lehenga, salwar suit, dress, sherwani
party, cocktail, birthday, new year, date, dinner, prom, concert, anniversary, theater, christmas, halloween: \
dress, skirt, jumpsuit, blazer, blouse, shirt, crop top
graduation, farewell, quinceanera, carnival, baby shower: dress, suit, skirt, blazer, blouse, shirt
formal, funeral, church, communion, baptism, prayer: suit, blazer, dress, shirt, trousers, skirt, blouse
beach, vacation: swimwear, shorts, dress, tank top, skirt, t-shirt, sandals
gym, sports, running, yoga: leggings, t-shirt, tank top, shorts, hoodie, sweatshirt, sneakers, trousers
hiking, travel, ski: jacket, trousers, t-shirt, sweatshirt, hoodie, shorts, coat, leggings
casual, college, school, picnic, brunch, lunch, festival: \
t-shirt, jeans, hoodie, sweatshirt, shorts, dress, shirt, polo, sweater
home: sleepwear, hoodie, sweatshirt, leggings, t-shirt, sweater
summer: dress, shorts, skirt, t-shirt, tank top, blouse, polo, swimwear
winter: coat, jacket, sweater, hoodie, sweatshirt, vest, scarf, hat, gloves
autumn, spring: jacket, sweater, cardigan, blazer, hoodie, jeans, shirt, trousers
monsoon: jacket, coat, boots
"""


def _suited() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _KINDS.strip().splitlines():
        names, _, kinds = line.partition(":")
        found |= dict.fromkeys(map(str.strip, names.split(",")), tuple(map(str.strip, kinds.split(","))))
    return MappingProxyType(found)


_SUITED = _suited()


def kinds_for(occasions: Iterable[str]) -> tuple[str, ...]:
    """The categories that suit all of them, or the first where none suits all; () for what is not known."""
    known = [_SUITED[name] for name in occasions if name in _SUITED]
    if not known:
        return ()
    common = tuple(kind for kind in known[0] if all(kind in others for others in known[1:]))
    return common or known[0]
