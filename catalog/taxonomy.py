"""The words of garments: categories and how they relate, colours and their families, patterns, materials.

Pure data and look-ups, no I/O: the one place that says what a canonical facet value is. Canonical names are
lower-case English and agree with the slots of the understanding ("t-shirt", "trousers", "burgundy").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from catalog.types import Part

CLOTHING = "clothing"
"""The root of everything that dresses the body; shoes, bags and accessories hang elsewhere."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of garment. `also` are other names that shops use; plurals are understood anyway."""

    name: str
    parent: str | None
    part: Part | None
    also: tuple[str, ...] = ()


def _kinds(parent: str | None, part: Part | None, rows: Mapping[str, str]) -> list[Category]:
    return [
        Category(name, parent, part, tuple(filter(None, (word.strip() for word in also.split(",")))))
        for name, also in rows.items()
    ]


_TABLE: list[Category] = [
    *_kinds(None, None, {CLOTHING: "clothes, garment, apparel, fashion, wear"}),
    *_kinds(CLOTHING, "upper", {"top": "shirts & tops, tops & tees, long-sleeve, long sleeve top, upper garment"}),
    *_kinds(
        "top",
        "upper",
        {
            "t-shirt": "tshirt, tee, tee shirt, crew neck tee, graphic tee",
            "shirt": "dress shirt, button-down, button-down shirt, button-up, oxford shirt, denim shirt",
            "blouse": "",
            "polo": "polo shirt, polo t-shirt",
            "tank top": "tank, tank-top, vest top, singlet, racerback, camisole, cami, cami top, sleeveless top",
            "crop top": "cropped top, bralette, bustier",
            "bodysuit": "body suit",
            "tunic": "tunic top",
            "kurta": "kurti, kurta tunic, kurtas & kurtis",
            "sweater": "jumper, pullover, knitwear, knit, turtleneck, roll-neck, jersey sweater",
            "sweatshirt": "sweat shirt, quarter-zip, half-zip, crewneck sweatshirt, fleece",
        },
    ),
    *_kinds("sweater", "upper", {"cardigan": ""}),
    *_kinds("sweatshirt", "upper", {"hoodie": "hoody, hooded sweatshirt, hooded sweater, zip hoodie, hooded top"}),
    *_kinds(CLOTHING, "upper", {"outerwear": "coats & jackets, outer wear, outer layer"}),
    *_kinds(
        "outerwear",
        "upper",
        {
            "jacket": "jean jacket, bomber, biker jacket, windbreaker, anorak, shacket, puffer",
            "coat": "overcoat, trench, trench coat, parka, raincoat, peacoat, puffer coat",
            "blazer": "sport coat, sports coat, suit jacket",
            "vest": "gilet, waistcoat, nehru jacket, bodywarmer, body warmer, puffer vest",
            "cape": "poncho, shawl jacket",
        },
    ),
    *_kinds(CLOTHING, "lower", {"bottoms": "bottom wear, bottomwear, lower garment"}),
    *_kinds(
        "bottoms",
        "lower",
        {
            "trousers": "pants, pant, slacks, chinos, chino, joggers, jogger, cargos, cargo pants, sweatpants, "
            "track pants, trackpants, palazzo, culottes, harem pants, dress pants, corduroys",
            "leggings": "legging, jeggings, tights, pantyhose, yoga pants, churidar",
            "shorts": "short pants, bermudas, bermuda, boxer shorts, denim shorts",
            "skirt": "mini skirt, miniskirt, midi skirt, maxi skirt, skort",
        },
    ),
    *_kinds("trousers", "lower", {"jeans": "jean, denims, denim jeans, denim pants"}),
    *_kinds(CLOTHING, "dress", {"one-piece": "one-pieces, full body garment"}),
    *_kinds(
        "one-piece",
        "dress",
        {
            "dress": "gown, frock, sundress, maxi dress, midi dress, mini dress, shirt dress, sweater dress",
            "jumpsuit": "playsuit, romper, overall suit, boiler suit",
            "lehenga": "lehenga choli, ghagra, saris & lehengas",
            "sari": "saree",
            "salwar suit": "salwar kameez, shalwar kameez, anarkali suit, kurta set",
            "suit": "tuxedo, two-piece suit, three-piece suit, pantsuit",
            "co-ord set": "co-ord, coord set, coords, co-ords, two-piece set, matching set, tracksuit",
            "sherwani": "",
        },
    ),
    *_kinds("jumpsuit", "dress", {"dungarees": "overalls, bib overall, bib pants, pinafore"}),
    *_kinds(
        CLOTHING,
        None,
        {"underwear": "lingerie, bra, briefs, boxers, panties, socks", "swimwear": "swimsuit, bikini"},
    ),
    *_kinds(CLOTHING, None, {"sleepwear": "pyjamas, pajamas, nightwear, nightdress, nightgown, loungewear, robe"}),
    *_kinds(None, None, {"footwear": ""}),
    *_kinds(
        "footwear",
        None,
        {
            "shoes": "shoe, loafers, oxfords, brogues, dress shoes, flats, ballerinas",
            "sneakers": "sneaker, trainers, running shoes, sports shoes",
            "boots": "boot, ankle boots",
            "sandals": "sandal, flip-flops, slippers, juttis, mojaris, kolhapuris",
            "heels": "heel, pumps, stilettos, wedges",
        },
    ),
    *_kinds(None, None, {"bag": "handbag, backpack, clutch, tote, purse, wallet"}),
    *_kinds(None, None, {"accessory": "accessories"}),
    *_kinds(
        "accessory",
        None,
        {
            "scarf": "dupatta, stole, shawl, bandana",
            "hat": "cap, beanie, baseball cap",
            "belt": "",
            "tie": "necktie, bow tie",
            "gloves": "glove",
            "sunglasses": "",
            "watch": "",
            "jewellery": "jewelry, necklace, earrings, bracelet, ring",
        },
    ),
]

CATEGORIES: Mapping[str, Category] = MappingProxyType({kind.name: kind for kind in _TABLE})
"""Every category by its canonical name."""

_FAMILIES = {
    "black": "jet black, jet, ebony, onyx",
    "white": "off-white, ivory, cream, ecru, snow",
    "grey": "charcoal, silver, slate, ash, heather grey",
    "blue": "navy, royal blue, sky blue, baby blue, teal, turquoise, aqua, cobalt, indigo, cyan, steel blue,"
    " azure",
    "green": "mint, olive, sage, teal, turquoise, khaki, lime, emerald, forest green, bottle green",
    "red": "burgundy, crimson, scarlet, coral, cherry, ruby",
    "yellow": "mustard, lemon, gold, ochre",
    "orange": "rust, peach, coral, terracotta, apricot, tangerine",
    "purple": "lavender, lilac, violet, mauve, plum, indigo, aubergine",
    "pink": "blush, baby pink, rose, fuchsia, magenta, hot pink, peach, coral, salmon, dusty pink",
    "brown": "tan, camel, chocolate, coffee, rust, bronze, cognac",
    "beige": "cream, tan, khaki, camel, nude, sand, taupe, ecru, off-white, oatmeal, champagne",
    "gold": "",
    "silver": "",
    "multicolor": "",
}

_COLOR_SPELLINGS = {
    "gray": "grey",
    "wine": "burgundy",
    "maroon": "burgundy",
    "oxblood": "burgundy",
    "bordeaux": "burgundy",
    "golden": "gold",
    "navy blue": "navy",
    "midnight blue": "navy",
    "violet blue": "indigo",
    "rose gold": "rose",
    "fuschia": "fuchsia",
    "cobalt blue": "cobalt",
    "olive green": "olive",
    "mint green": "mint",
    "sage green": "sage",
    "teal blue": "teal",
    "off white": "off-white",
    "multi": "multicolor",
    "multicolour": "multicolor",
    "multicoloured": "multicolor",
    "multicolored": "multicolor",
    "multi colour": "multicolor",
    "multi color": "multicolor",
}

_SHADES = {"dark": "dark", "deep": "dark", "light": "light", "pale": "light", "pastel": "light", "soft": "light"}

PATTERNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "solid": ("plain", "solid color", "solid colour", "unprinted"),
        "striped": ("stripe", "stripes", "stripy", "pinstripe", "pinstriped"),
        "checked": ("check", "checks", "checkered", "chequered", "plaid", "tartan", "gingham", "houndstooth"),
        "floral": ("flowers", "flower", "flowery", "botanical"),
        "polka dot": ("polka", "polka dots", "dotted", "dots", "spotted"),
        "printed": ("print", "prints", "all-over print", "block print", "tropical", "hawaiian"),
        "graphic": ("graphic print", "slogan"),
        "paisley": ("bandana print",),
        "animal": (
            "animal print",
            "leopard",
            "leopard print",
            "zebra",
            "zebra print",
            "snake print",
            "tiger print",
        ),
        "tie-dye": ("tie dye", "tie-dyed", "tie and dye", "bandhani"),
        "camouflage": ("camo",),
        "embroidered": ("embroidery", "chikankari"),
        "geometric": ("abstract",),
        "colour block": ("color block", "colorblock", "colourblock", "color-block"),
    }
)
"""Canonical patterns with other words for them."""

PATTERN_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"printed": ("floral", "graphic", "paisley", "animal", "geometric", "polka dot")}
)
"""What else satisfies a wish for a pattern, after the pattern itself."""

# fmt: off
_FABRICS = (
    "cotton", "linen", "silk", "satin", "chiffon", "georgette", "crepe", "velvet", "polyester", "nylon",
    "viscose", "rayon", "spandex", "wool", "cashmere", "corduroy", "suede", "leather", "lace", "tulle",
    "flannel", "fleece", "jersey", "modal", "khadi", "tweed", "mesh", "acrylic",
)
# fmt: on

MATERIALS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "faux leather": ("faux-leather", "vegan leather", "pu leather", "leatherette"),
        **dict.fromkeys(_FABRICS, ()),
        "denim": ("jean",),
        "elastane": ("lycra",),
    }
)
"""Canonical materials with other words for them."""

MATERIAL_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"leather": ("faux leather",), "wool": ("cashmere", "tweed"), "silk": ("satin",), "linen": ("khadi",)}
)
"""What else satisfies a wish for a material, after the material itself."""

GENDERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "women": ("woman", "womens", "women's", "female", "ladies", "lady", "f"),
        "men": ("man", "mens", "men's", "male", "gents", "m"),
        "unisex": ("uni", "all genders", "gender neutral"),
        "girls": ("girl", "girl's"),
        "boys": ("boy", "boy's"),
    }
)
"""Canonical genders with the words of people and feeds."""


def fold(text: str) -> str:
    """Lower case, hyphens and punctuation to single spaces: how words are compared ("T-Shirts" -> "t shirts")."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)?|&", text.casefold().replace("’", "'")))


def _forms(term: str) -> set[str]:
    """The folded term with its plural and singular."""
    word = fold(term)
    forms = {word, word + "s"}
    if word.endswith(("s", "x", "ch", "sh")):
        forms.add(word + "es")
    if word.endswith("y"):
        forms.add(word[:-1] + "ies")
    if word.endswith("f"):
        forms.add(word[:-1] + "ves")
    return forms


def _lexicon(terms: Sequence[tuple[str, Sequence[str]]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, also in terms:
        for term in (name, *also):
            for form in _forms(term):
                found.setdefault(form, name)
    # A canonical name always means itself, whatever another entry lists beside it.
    found.update({fold(name): name for name, _ in terms})
    return MappingProxyType(found)


def _exact(terms: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType({fold(term): name for name, also in terms.items() for term in (name, *also)})


GROWN_UP: Mapping[str, str] = MappingProxyType({"girls": "women", "boys": "men"})
"""In many languages one word means girls and young women, or boys and young men."""

CATEGORY_WORDS = _lexicon([(kind.name, kind.also) for kind in _TABLE])
"""Folded words of categories, with plurals, to canonical names."""

PATTERN_WORDS = _exact(PATTERNS)
MATERIAL_WORDS = _exact(MATERIALS)
GENDER_WORDS = _exact(GENDERS)


def _color_words() -> tuple[Mapping[str, str], Mapping[str, tuple[str, ...]]]:
    families: dict[str, list[str]] = {}
    for family, members in _FAMILIES.items():
        names = (word.strip() for word in members.split(",") if word.strip())
        for color in (family, *names):
            families.setdefault(color, []).append(family)
    words = {fold(color): color for color in families} | _COLOR_SPELLINGS
    for shade, kind in _SHADES.items():
        for family in _FAMILIES:
            words.setdefault(f"{shade} {family}", f"{kind} {family}")
            families.setdefault(f"{kind} {family}", families[family])
    words |= {"light gray": "light grey", "dark gray": "dark grey"}
    return MappingProxyType(words), MappingProxyType({name: tuple(found) for name, found in families.items()})


COLOR_WORDS, COLOR_FAMILIES = _color_words()
"""Folded words to canonical colours, and canonical colours to their families ("teal" -> blue and green)."""


def canonical_category(words: str) -> str | None:
    """The category that these words name as a whole ("Tees" -> "t-shirt"), or None."""
    return CATEGORY_WORDS.get(fold(words))


def canonical_color(words: str) -> str | None:
    """The colour that these words name as a whole ("Navy Blue" -> "navy"), or None."""
    return COLOR_WORDS.get(fold(words))


def part_of(category: str) -> Part | None:
    """Which part of the body a category dresses; None for unknown ones and what cannot be tried on."""
    kind = CATEGORIES.get(category)
    return kind.part if kind else None


def ancestors(category: str) -> tuple[str, ...]:
    """The broader categories, nearest first ("jeans" -> trousers, bottoms, clothing)."""
    found: list[str] = []
    kind = CATEGORIES.get(category)
    while kind is not None and kind.parent is not None:
        found.append(kind.parent)
        kind = CATEGORIES.get(kind.parent)
    return tuple(found)


def is_a(category: str, broader: str) -> bool:
    """Whether a category is another one or a kind of it (jeans are trousers)."""
    return category == broader or broader in ancestors(category)


def worn_over(category: str) -> bool:
    """Whether it is put on over other clothes, which then show in its opening."""
    return is_a(category, "outerwear") or is_a(category, "cardigan")


def named_by(words: str, category: str) -> bool:
    """Whether these words are but the category's own name, in the singular or the plural."""
    return fold(words) in _forms(category)


def with_descendants(category: str) -> frozenset[str]:
    """The category and every kind of it; of an unknown one only itself."""
    return frozenset({category, *(name for name in CATEGORIES if is_a(name, category))})


def color_families(color: str) -> tuple[str, ...]:
    """The families of a colour ("navy" -> blue); an unknown colour is its own family."""
    return COLOR_FAMILIES.get(color, (color,))


def colors_meant_by(color: str) -> frozenset[str]:
    """What satisfies a wish for this colour: a family's name means all of it, a shade means itself."""
    if color in _FAMILIES:
        return frozenset({color, *(name for name, families in COLOR_FAMILIES.items() if color in families)})
    return frozenset({color})
