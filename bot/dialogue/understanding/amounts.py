"""Amounts in a message: "under 2k", "2000 se kam", "menos de 2000" mean one thing.

Whatever a number is not used for here (a price, size, rating, discount, time, count) may point at the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.lexicon.numerals import SIZE_REGIONS, SIZE_WORDS
from bot.dialogue.understanding.reading import Reading
from bot.dialogue.understanding.text import Token, bag

_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_MORNING = bag("morning subah subha savere am manana matin morgens frueh manha सुबह सवेरे صباحا الصبح صباح")
_LATER = bag(
    """
    pm evening afternoon night shaam sham raat dopahar tarde noche soir apres abends nachmittags nachts noite शाम रात
    दोपहर مسا المسا بالليل ليلا العصر المغرب
    """
)
_AT = bag("at at. a las um a las as vers gegen الساعه الساعة ساعه pe @")
_BETWEEN_CLOCK = bag("baje baj de la da du in the o clock oclock बजे en por uhr h hrs am")
_FILLERS = bag(". a of the is for about only just rs de los las um der die das mein me ke ka hai be to at es ist")
_STARS = bag(
    "star stars rating ratings estrella estrellas etoile etoiles sterne sternen stern estrelas estrelinhas ⭐ ★ स्टार نجوم"
)
_RATED = bag("rated rating bewertung note valoracion avaliacao")
_PERCENT = bag("% percent prozent porciento pourcent प्रतिशत")
_OFF = bag("off discount sale descuento remise reduction rabatt reduziert desconto chhoot خصم छूट")
_COUNTED = bag("options option results items choices pieces opciones resultados articulos ergebnisse opcoes")
_MORE = bag("more another encore otros otras mais outros outras aur weitere और كمان mas")
_PIECES = bag("piece pieces pc teilig piezas pecas")
_NO_COUNT = bag(
    "size number no nr numero nummer item option choice # talla taille groesse tamanho para for der das el la le o a"
)
_HOUR = bag("baje uhr h hrs oclock horas heures बजे")
_HEIGHT = bag("cm feet foot ft inch inches")
_WEIGHT = bag("kg kilo kilos lbs")
_RANGE_SIGNS = bag("ل لـ لين لحد الي الى حتي - to a bis ate se till til until upto hasta الي से")
_RANGE_ANDS = bag("and y et und e aur o or و और")
_SIZE_IS = bag("is no number n de es ist e hai : = la")
_NUMBER = bag("number no num nr numero nummer n # नंबर نمره رقم")
_SIZE_IN = bag("en em in mein me")
_BY_NUMBER = bag(
    "trousers jeans shorts shoes sneakers boots sandals heels flats loafers skirt suit blazer shirt coat jacket kandura"
)
_BEFORE_SIZE = bag("del du da do . , ; n no nr num nro numero nummer en em in mein gr gr. tam t tg") | {""}
_FITTINGS = bag("r l s")
_DENIALS = bag(
    "nada rien nichts nunca kuch not no nothing nahi nahin nai mat nao não nicht pas नहीं मत ما لا مو مش dont"
)
_SPENDING = bag("spend pay gastar gasto pagar pago depenser payer mettre ausgeben zahlen kharch dena ادفع اصرف")
"""With these, the denial may stand further off: "I do not want to spend more than 2000"."""
_AFTER_NUMBERS = bag("liye lie andar under paas aas neeche niche karib kareeb baad k wala")
"""Behind "k", these say that it is the Hindi "ke" and no thousand."""
_LIMIT_NAMES = {"max": "price_max", "maxafter": "price_max", "min": "price_min", "minafter": "price_min"}

SMALLEST_BARE_PRICE = 300
"""A number with no currency and no limit is a price only from here on; smaller ones point at things on screen."""
SMALLEST_OPEN_PRICE = 12
LARGEST_SIZE = 70
SMALLEST_BARE_SIZE, LARGEST_BARE_SIZE = 26, 56
"""Waists and European sizes; other numbers need a word that says they are sizes."""
MAX_DIGITS = 12
LARGEST_COUNT = 30


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in tokens start..end (end excluded). `digits` is false for a number in words."""

    start: int
    end: int
    value: float
    currency: str | None
    multiplied: bool
    digits: bool

    @property
    def marked(self) -> bool:
        """Whether a multiplier or a currency says that this is money."""
        return self.currency is not None or self.multiplied


@dataclass(slots=True)
class Numbers:
    """The slots that numbers gave, and the tokens they took."""

    slots: dict[str, Any] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def take(self, start: int, end: int) -> None:
        """These tokens have found their meaning."""
        self.used.update(range(start, end))


def understand_numbers(reading: Reading, *, asked: str | None, shown: int) -> Numbers:
    """Prices, sizes, ratings, times and counts of a message. `shown` is how many things are on the screen."""
    numbers = Numbers()
    if not any(t.kind == "number" for t in reading.tokens) and not _spoken(reading):
        return numbers
    _times(reading, numbers)
    amounts = [a for a in find_amounts(reading) if a.start not in numbers.used]
    for special in (_percent, _rating, _body, _size, _count):
        amounts = [a for a in amounts if not special(reading, a, numbers)]
    if not shown:
        amounts = [a for a in amounts if not _shoe_number(reading, a, numbers)]
    if asked == "size":
        for amount in [a for a in amounts if a.digits and not a.marked]:
            _add_size(numbers, f"{plain(amount.value)}", amount.start, amount.end)
            amounts.remove(amount)
    _prices(reading, amounts, numbers, asked=asked)
    return numbers


def _spoken(reading: Reading) -> bool:
    words = lexicon.number_phrases().vocabulary
    return any(w in words for w in reading.row)


def plain(value: float) -> int | float:
    """2000.0 as 2000."""
    return int(value) if value == int(value) else round(value, 2)


def digits_value(text: str) -> float | None:
    """ "2,000", "2.000", "1,50" and "1.5"; None for what is no amount, such as "9:30" or a telephone number."""
    if ":" in text or len(text) > MAX_DIGITS:
        return None
    if _THOUSANDS.fullmatch(text):
        return float(re.sub(r"[.,]", "", text))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def find_amounts(reading: Reading) -> list[Amount]:
    """All numbers of the message, in digits or in words."""
    found: list[Amount] = []
    i = 0
    while i < len(reading.row):
        amount = _amount_at(reading, i)
        if amount is None:
            i += 1
        else:
            found.append(amount)
            i = amount.end
    return found


def _amount_at(reading: Reading, start: int) -> Amount | None:
    row, tokens = reading.row, reading.tokens
    currency, i = _currency(row, start)
    if i > start and i < len(row) and row[i] == ".":
        i += 1
    if i >= len(row):
        return None
    digits = tokens[i].kind == "number"
    if digits:
        value = digits_value(tokens[i].text)
        if value is None:
            return None
        factor, end = _multiplier(row, i + 1)
        value *= factor
    else:
        in_words = _in_words(row, i)
        if in_words is None:
            return None
        value, end, factor = in_words
    after, behind = _currency(row, end)
    if currency is None and after is not None:
        currency, end = after, behind
    elif currency is None and digits and row[end : end + 1] == ["e"] and tokens[end].glued:
        currency, end = "EUR", end + 1  # "50e"
    if row[end : end + 2] == ["/", "-"]:
        currency, end = currency or "INR", end + 2
    return Amount(start, end, value, currency, factor > 1, digits)


def _currency(row: list[str], i: int) -> tuple[str | None, int]:
    hit = lexicon.currency_phrases().at(row, i) if i < len(row) else None
    return (hit[1][0][1], i + len(hit[0])) if hit else (None, i)


def _multiplier(row: list[str], i: int) -> tuple[float, int]:
    pairs = lexicon.number_phrases().meanings.get((row[i],), ()) if i < len(row) else ()
    factors = [float(value) for name, value in pairs if name == "multiplier"]
    if i < len(row) and row[i] == "k" and (row[i + 1 : i + 2] or [""])[0] in _AFTER_NUMBERS:
        factors = []
    return (factors[0], i + 1) if factors else (1.0, i)


def _in_words(row: list[str], start: int) -> tuple[float, int, float] | None:
    """ "do hazaar paanch sau" is (2500, end, 1000): the value, where it ends, the largest multiplier in it."""
    total, last, largest = 0.0, 0.0, 1.0
    i = start
    phrases = lexicon.number_phrases()
    while i < len(row):
        hit = phrases.at(row, i)
        if hit is None:
            break
        kinds = dict(hit[1])
        if "multiplier" in kinds and not last and not total and row[i] in ("k", "grand", "lac", "lakh", "cent"):
            break
        if "multiplier" in kinds and (last or "number" not in kinds):
            factor = float(kinds["multiplier"])
            total += (last or 1.0) * factor
            last, largest = 0.0, max(largest, factor)
        elif "number" in kinds and (not last or (last >= 20 and float(kinds["number"]) < 10)):
            last += float(kinds["number"])
        else:
            break
        i += len(hit[0])
    return (total + last, i, largest) if i > start else None


# --- numbers that are no prices --------------------------------------------------------------------


def _percent(reading: Reading, amount: Amount, numbers: Numbers) -> bool:
    after = reading.row[amount.end : amount.end + 4]
    percent = bool(after) and after[0] in _PERCENT
    off = any(w in _OFF for w in after[:3]) and not amount.marked and "my" not in after
    if not (percent or (off and amount.value <= 95)):
        return False
    if not (percent and not off and _material_follows(reading, amount.end + 1)):
        numbers.slots["discount_min"] = plain(amount.value)
    numbers.take(amount.start, amount.end + 1 + (1 if percent and off else 0))
    return True


def _material_follows(reading: Reading, start: int) -> bool:
    """ "100% cotton" is no discount."""
    return any(tag.start == start and tag.values("material") for tag in reading.facets)


def _rating(reading: Reading, amount: Amount, numbers: Numbers) -> bool:
    after = [w for w in reading.row[amount.end : amount.end + 4] if w not in ("+", "and", "above", "or", "more")]
    before = reading.row[max(0, amount.start - 3) : amount.start]
    starred = bool(after) and after[0] in _STARS
    if amount.value > 5 or amount.marked or not (starred or any(w in _RATED for w in before)):
        return False
    numbers.slots["rating_min"] = plain(amount.value)
    numbers.take(amount.start, min(len(reading.row), amount.end + (1 if starred else 0)))
    return True


def _body(reading: Reading, amount: Amount, numbers: Numbers) -> bool:
    after = reading.row[amount.end] if amount.end < len(reading.row) else ""
    if amount.marked or after not in _HEIGHT | _WEIGHT:
        return False
    numbers.slots["body" if after in _WEIGHT else "height"] = [f"{plain(amount.value)} {after}"]
    numbers.take(amount.start, amount.end + 1)
    return True


def _size(reading: Reading, amount: Amount, numbers: Numbers) -> bool:
    """ "size 32", "UK 14", "size 12 UK", "40R"; "boots, brown, 44"."""
    row, tokens = reading.row, reading.tokens
    lettered = row[amount.end : amount.end + 1] in (["xl"], ["xs"], ["x"])  # "3XL"
    if amount.marked or not amount.digits or amount.value > LARGEST_SIZE or lettered:
        return False
    before, earlier = ["", "", *row[: amount.start]][-1], ["", "", *row[: amount.start]][-2]
    after = row[amount.end] if amount.end < len(row) else ""
    if before == "." and earlier in SIZE_WORDS:
        before = earlier
    value = f"{plain(amount.value)}"
    if after in _FITTINGS and tokens[amount.end].glued:
        _add_size(numbers, value + after.upper(), amount.start, amount.end + 1)
    elif before in SIZE_REGIONS and before != "it":
        _add_size(numbers, f"{before.upper()} {value}", amount.start - 1, amount.end)
    elif before in SIZE_WORDS or (before in _SIZE_IS and earlier in SIZE_WORDS):
        region = after.upper() if after in SIZE_REGIONS and after != "it" else ""
        _add_size(numbers, f"{region} {value}".strip(), amount.start, amount.end + bool(region))
    elif after in SIZE_WORDS:
        _add_size(numbers, value, amount.start, amount.end + 1)
    elif after in SIZE_REGIONS and after not in ("it", "us"):
        _add_size(numbers, f"{after.upper()} {value}", amount.start, amount.end + 1)
    elif _bare_size(reading, amount, before):
        _add_size(numbers, value, amount.start, amount.end)
    else:
        return False
    return True


def _shoe_number(reading: Reading, amount: Amount, numbers: Numbers) -> bool:
    """ "sneakers number 9", where nothing on the screen can be the ninth."""
    around = {*reading.row[max(0, amount.start - 1) : amount.start], *reading.row[amount.end : amount.end + 1]}
    numbered = bool(around & _NUMBER)
    clothes = any(tag.values("category") for tag in reading.facets)
    if not (numbered and clothes and amount.digits and not amount.marked and amount.value <= LARGEST_SIZE):
        return False
    _add_size(numbers, f"{plain(amount.value)}", amount.start, amount.end)
    return True


def _bare_size(reading: Reading, amount: Amount, before: str) -> bool:
    """A number that only a size can be: beside clothes, and nothing limits or counts it."""
    if not SMALLEST_BARE_SIZE <= amount.value <= LARGEST_BARE_SIZE or amount.value != int(amount.value):
        return False
    if _limit_of(reading.row, amount) or _ranged(reading.row, amount):
        return False
    wears = reading.notions & {"wearer", "shoe_size"}
    clothes = any(tag.values("category") for tag in reading.facets)
    last = set(reading.row[amount.end :]) <= {"?", "."} and any(
        set(tag.values("category")) & _BY_NUMBER for tag in reading.facets
    )
    return bool(wears) or last or (clothes and before in _BEFORE_SIZE) or before in _SIZE_IN


def _ranged(row: list[str], amount: Amount) -> bool:
    around = {*row[max(0, amount.start - 1) : amount.start], *row[amount.end : amount.end + 1]}
    return bool(around & (_RANGE_SIGNS | {"%", "percent", "euro"}) - {"a", "se"})


def _add_size(numbers: Numbers, value: str, start: int, end: int) -> None:
    numbers.slots.setdefault("size", []).append(value)
    numbers.take(start, end)


def _count(reading: Reading, amount: Amount, numbers: Numbers) -> bool:
    """ "5 options", "top 10", "3 red dresses", "10 more"."""
    row = reading.row
    if amount.marked or not 1 < amount.value <= LARGEST_COUNT or amount.value != int(amount.value):
        return False
    if any(tag.start == amount.start for tag in reading.facets):
        return False  # "3 pièces" is a style
    before = row[amount.start - 1] if amount.start else ""
    counted = amount.end < len(row) and row[amount.end] in _COUNTED
    top = amount.digits and before == "top"
    more = amount.digits and before in _MORE and amount.end == len(row)
    if not (counted or top or more or _things_follow(reading, amount, before)):
        return False
    numbers.slots["count"] = plain(amount.value)
    numbers.take(amount.start, amount.end)
    return True


def _things_follow(reading: Reading, amount: Amount, before: str) -> bool:
    """Whether looks and a kind of clothing follow at once: "6 denim shorts"."""
    if not amount.digits or before in _NO_COUNT or amount.value < 2:
        return False
    position = amount.end
    for tag in reading.facets:
        if tag.start == position:
            if tag.values("category"):
                return reading.row[tag.start] not in _PIECES
            position = tag.end
    return False


def _times(reading: Reading, numbers: Numbers) -> None:
    for i, token in enumerate(reading.tokens):
        clock = _clock(reading.tokens, i) if token.kind == "number" else None
        if clock:
            numbers.slots["time"] = clock[0]
            numbers.take(i, clock[1])


def _clock(tokens: list[Token], i: int) -> tuple[str, int] | None:
    """ "9am", "9 a.m.", "21:30", "18h30", "9 baje", "8 de la mañana", "subah 8 baje" as ("09:00", where it ends)."""
    match = _CLOCK.fullmatch(tokens[i].text)
    if match is None:
        return None
    hour, minute, end = int(match[1]), int(match[2] or 0), i + 1
    after = [t.text for t in tokens[i + 1 : i + 6]] + ["", "", ""]
    before = [t.text for t in tokens[max(0, i - 3) : i]]
    half, told = "", ":" in tokens[i].text
    if after[0] in ("am", "pm") and tokens[i + 1].glued | (after[1] not in _HOUR):
        half, end = after[0][0], end + 1
    elif after[0] in ("a", "p") and "m" in after[1:3]:
        half, end = after[0], end + after.index("m") + 1
    elif after[0] in _HOUR:
        end += 1
        told = True
        if after[1].isdigit() and len(after[1]) == 2 and tokens[end].glued:
            minute, end = int(after[1]), end + 1
    elif not told and not (before and before[-1] in _AT | _CLOCK_WORDS) and not _daytime(after):
        return None
    if not half:
        half, end = _half(tokens, before, end)
    if not (half or told):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    return (f"{hour:02d}:{minute:02d}", end) if hour < 24 and minute < 60 else None


def _daytime(after: list[str]) -> bool:
    return after[0] in ("de", "da", "du", "in") and any(w in _MORNING | _LATER for w in after[1:3])


def _half(tokens: list[Token], before: list[str], end: int) -> tuple[str, int]:
    """Whether a part of the day stands beside the hour: "a" for the first half, "p" for the second."""
    following = [t.text for t in tokens[end : end + 3]]
    for offset, word in enumerate(following):
        if word in _MORNING | _LATER:
            return ("a" if word in _MORNING else "p"), end + offset + 1
        if word not in _BETWEEN_CLOCK:
            break
    near = [w for w in before if w in _MORNING | _LATER]
    return ("", end) if not near else ("a" if near[-1] in _MORNING else "p", end)


_CLOCK_WORDS = bag("subah shaam raat las at um सुबह शाम रात الساعه")


# --- prices ----------------------------------------------------------------------------------------


def _prices(reading: Reading, amounts: list[Amount], numbers: Numbers, *, asked: str | None) -> None:
    i = 0
    while i < len(amounts):
        if i + 1 < len(amounts) and _range(reading.row, amounts[i], amounts[i + 1], numbers):
            i += 2
            continue
        _price(reading.row, amounts[i], numbers, asked=asked)
        i += 1


def _range(row: list[str], low: Amount, high: Amount, numbers: Numbers) -> bool:
    """ "between 500 and 1000", "500-1000", "1-2k", "500 se 1000 tak"."""
    middle = row[low.end : high.start]
    opened = _limit_before(row, low.start, {"between"}) is not None
    closed = _limit_after(row, high.end, {"between"}) is not None
    joins = _RANGE_SIGNS | _RANGE_ANDS if opened or closed else _RANGE_SIGNS
    if len(middle) != 1 or middle[0] not in joins:
        return False
    spoken = opened and high.value >= SMALLEST_OPEN_PRICE
    if not spoken and (not (low.digits or low.marked) or not (high.digits or high.marked)):
        return False
    first, second = low.value, high.value
    if high.multiplied and not low.multiplied and first < second / 100:
        first *= 1000
    # "between 1 and 2" points at things on screen, "between 20 and 40" is money.
    marked = low.marked or high.marked or second >= (SMALLEST_OPEN_PRICE if opened or closed else 50)
    if not marked or first >= second:
        return False
    numbers.slots |= {"price_min": plain(first), "price_max": plain(second)}
    _note_currency(numbers, high.currency or low.currency)
    _take_price(row, low.start, high.end, numbers)
    return True


def _price(row: list[str], amount: Amount, numbers: Numbers, *, asked: str | None) -> None:
    kind = _limit_of(row, amount)
    if kind in ("min", "minafter") and _denied(row, amount):
        kind = "max"
    if kind is None:
        kind = _bare(row, amount, asked=asked)
    elif not amount.marked and amount.value < SMALLEST_OPEN_PRICE and asked != "budget":
        return  # "more about 2", "ek se": small numbers point at things on screen, or are none
    if kind is None:
        return
    name = _LIMIT_NAMES.get(kind, "price_about")
    if name not in numbers.slots:
        numbers.slots[name] = plain(amount.value)
        _note_currency(numbers, amount.currency)
        _take_price(row, amount.start, amount.end, numbers)


def _denied(row: list[str], amount: Amount) -> bool:
    """ "no more than" said in another order: "2000 se zyada nahi", "ما يطلع فوق 300"."""
    before = row[max(0, amount.start - 9) : amount.start]
    if not any(w in _SPENDING for w in before):
        before = before[-4:]
    around = [*before, *row[amount.end : amount.end + 5]]
    return any(w in _DENIALS for w in around)


def _bare(row: list[str], amount: Amount, *, asked: str | None) -> str | None:
    """Without a limit, an amount of money says what may be spent: "2k", "50 dollars", "red dress 2000"."""
    if amount.currency is not None or (amount.multiplied and amount.value >= 100):
        return "max"
    if asked == "budget" and amount.digits:
        return "max"
    return "max" if amount.digits and amount.value >= SMALLEST_BARE_PRICE and len(row) < 12 else None


def _limit_of(row: list[str], amount: Amount) -> str | None:
    before = _limit_before(row, amount.start, {"max", "min", "about"})
    if before in ("max", "min"):
        return before
    after = _limit_after(row, amount.end, {"maxafter", "minafter", "aboutafter"})
    return "about" if "about" in (before, (after or "").removesuffix("after")) else after


def _limit_before(row: list[str], start: int, kinds: set[str]) -> str | None:
    """The limit that ends right before the amount; up to two filling words may stand between."""
    for end in range(start, max(-1, start - 3), -1):
        if end < start and row[end] not in _FILLERS:
            return None
        kind = _limit(kinds, (row[end - size : end] for size in (4, 3, 2, 1) if size <= end))
        if kind:
            return kind
    return None


def _limit_after(row: list[str], end: int, kinds: set[str]) -> str | None:
    starts = (
        [end, end + 1] if row[end : end + 1] in (["rs"], ["ka"], ["ki"], ["ke"], ["wala"], ["wale"]) else [end]
    )
    for start in starts:
        kind = _limit(kinds, (row[start : start + size] for size in (4, 3, 2, 1) if start + size <= len(row)))
        if kind:
            return kind
    return None


def _limit(kinds: set[str], rows: Iterable[list[str]]) -> str | None:
    """The meaning of the first of these rows of words (longest first) that limits an amount."""
    meanings = lexicon.limit_phrases().meanings
    for words in rows:
        for _, value in meanings.get(tuple(words), ()):
            if value in kinds:
                return value
    return None


def _note_currency(numbers: Numbers, currency: str | None) -> None:
    if currency:
        numbers.slots["currency"] = currency


def _take_price(row: list[str], start: int, end: int, numbers: Numbers) -> None:
    """The amount and the words that limit it are used up."""
    numbers.take(start, end)
    phrases = lexicon.limit_phrases().meanings
    for size in (4, 3, 2, 1):
        if start >= size and tuple(row[start - size : start]) in phrases:
            numbers.take(start - size, start)
            break
    for size in (4, 3, 2, 1):
        if tuple(row[end : end + size]) in phrases:
            numbers.take(end, end + size)
            break
