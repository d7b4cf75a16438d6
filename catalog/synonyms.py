"""Shop talk: words that titles use for the same thing, in English and as other languages write them.

Whoever asks for a camisole is glad of a "cami". A dictionary file of PostgreSQL would have to lie on its server,
where managed ones let nobody write; so a term is searched together with its other names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from catalog.taxonomy import fold

_SAME = """
cami, camisole, spaghetti strap
strappy, spaghetti strap, straps, strap, tirantes, bretelles, traeger, alcinha
biker, moto, motorcycle, perfecto, motorrad, motero
puffer, puffa, quilted, padded, down, acolchado, matelasse, gesteppt, doudoune
turtleneck, turtle neck, roll neck, polo neck, high neck, cuello alto, col roule, rollkragen, gola alta
zip, zip up, zipped, zipper, full zip, cremallera, reissverschluss, ziper
hooded, hood, hoodie, capucha, capuche, kapuze, capuz
tartan, plaid, checked, check, cuadros, carreaux, kariert, xadrez
gingham, vichy
striped, stripe, stripy, pinstripe, rayas, rayures, gestreift, listrado
floral, flower, flowered, flores, fleurs, blumen, florido
leopard, leopard print, animal print, leopardo, onca
distressed, ripped, torn, destroyed, frayed
cropped, crop
pleated, plisse, plissee, plisada, plissada
party, cocktail, evening, occasion
office, work, formal, business
maxi, floor length, full length, ankle length
drawstring, tie waist, elasticated
chinos, chino
joggers, jogger, sweatpants, track pants
a line, flared, flare, fit and flare, skater, swing
bodycon, sheath, fitted
wrap, wraparound, cruzado, portefeuille, wickel, transpassado
button down, button up, buttoned, button front
oversized, oversize, baggy, boxy
loose, relaxed, wide
ruffled, ruffle, frill, frilled, flounce, volantes, volants, rueschen, babados
nautical, anchor, sailor
silky, satin, silk
denim, jean, vaquero, mezclilla
embellished, sequins, sequin, beaded, glitter, sparkly, lentejuelas, paillettes, pailletten
embroidered, embroidery, bordado, brode, bestickt
lightweight, light weight, breathable
sheer, see through, transparent
gym, sports, workout, training, athletic, sport
tie dye, tie dyed, batik
see through, sheer
summer, sundress, verano, ete, sommer, verao
cutout, cut out
off shoulder, off the shoulder, bardot
short sleeve, half sleeve, cap sleeve, manga corta, manches courtes, kurzarm, manga curta
long sleeve, full sleeve, manga larga, manches longues, langarm, manga longa
sleeveless, sin mangas, sans manches, aermellos, sem mangas
tee, t shirt
sweater, jumper, pullover, pull, jersei
"""
"""Groups of names for one thing."""

_ALSO = """
sleeveless: strappy, cami, tank top, racerback
warm: wool, fleece, knitted, puffer, cashmere, roll neck, turtleneck, thermal
winter: wool, fleece, puffer, cashmere, roll neck, turtleneck, warm
beach: sundress, strappy, shorts, linen
wedding: cocktail, party, satin, lace, royal
cocktail: satin, tulle, lace
rain: waterproof, raincoat, hooded
hot pants: denim shorts
elegant: satin, sheath, cocktail, formal, classic
formal: blazer, sheath, pencil
office: blazer, sheath, pencil, button down
"""
"""Names that answer a wish without being the same: in this direction only."""


def _table() -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in _SAME.strip().splitlines():
        group = tuple(fold(word) for word in line.split(","))
        for word in group:
            yield word, group
    for line in _ALSO.strip().splitlines():
        word, _, others = line.partition(":")
        yield fold(word), tuple(fold(other) for other in others.split(","))


def _joined() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for word, others in _table():
        found.setdefault(word, {}).update(dict.fromkeys(others))
    return MappingProxyType(
        {word: tuple(other for other in names if other != word) for word, names in found.items()}
    )


_OTHER_NAMES = _joined()


def names_of(term: str) -> tuple[str, ...]:
    """The term, then its other names."""
    return (term, *_OTHER_NAMES.get(fold(term), ()))
