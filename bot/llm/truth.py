"""Checks what a model wrote against what is known: it may say it in its own words, and add nothing.

Every number, price, link, name, colour, material and kind of clothing has to occur in the facts. The check errs on
the side of refusing, since the built-in sentence is always there. What it cannot see is written in docs/llm.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bot.dialogue.prices import decimals
from bot.dialogue.types import Context, Message
from bot.dialogue.understanding import lexicon, understand
from bot.dialogue.understanding.reading import Reading, compound, corrected
from bot.dialogue.understanding.text import Token, bag, fold, tokenise
from catalog.taxonomy import CATEGORIES, ancestors

MAX_REPLY = 400
"""Characters: three or four short sentences."""

_TOLD = ("category", "color", "pattern", "material", "brand", "source", "sort")
"""What would be an invented product, shop or offer when no fact has it."""


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_SCRIPTS = {"hi": "DEVANAGARI", "ar": "ARABIC"}
_NOUNS_ARE_CAPITAL = frozenset(["de"])
_FOR_NOTHING = _folded(
    """
    free gratis kostenlos umsonst gratuit gratuite gratuits gratuitement offert gratuito gratuita gratuitos muft
    मुफ्त फ्री مجانا مجاني مجانيه ببلاش
    """
)
_BODIES = _folded(
    """
    slim slimmer slimming slims skinny skinnier fat fatter chubby flatter flatters flattering curvy curves thin
    thinner overweight belly tummy waistline hips thighs bust figure body weight
    delgada delgado gorda gordo barriga figura cuerpo caderas estiliza adelgaza favorece
    mince minces mincir grosse gros ventre silhouette corps hanches amincit
    schlank schlanker dick bauch figur korper hufte huften
    magra magro gorda gordo corpo quadril emagrece favorece
    patli patla moti mota pet sharir badan पतली पतला मोटी मोटा पेट शरीर बदन
    نحيف نحيفه سمين سمينه بطن جسم جسمك قوام
    """
)
"""The stylist speaks of clothes and pictures, never of bodies."""

_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)*")
_LINK = re.compile(r"://|www\.|@|(?<=[^\W_])\.(?=[^\W\d_]{2})", re.IGNORECASE)
_MARKUP = frozenset("<>[]{}|\\`*_#^~=")
_ENDS = re.compile(r"(?<=[.!?…।؟])\s+|\n+")
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u064b-\u0652])"
_WORD = re.compile(rf"{_LETTER}+(?:['’&-]{_LETTER}+)*")
_QUOTED = re.compile(r"[\"“„«‹»›”]([^\"“”„«»‹›]+)[\"“”„«»‹›]")
_INVISIBLE = "\u200c\u200d\ufe0f"
"""Joiners that Hindi and emoji need; between digits they would split a number."""


@dataclass(frozen=True)
class Facts:
    """What the stylist's own message says: its sentence and its products, in the language of both.

    With `seen` there is a picture beside them, whose colours may be named.
    """

    message: Message
    seen: bool = False

    @cached_property
    def text(self) -> str:
        """Everything that may be quoted, title by title."""
        cards = self.message.products
        return "\n".join([self.message.text, *(part for c in cards for part in (c.title, c.brand or ""))])

    @cached_property
    def folded(self) -> str:
        """The text for looking things up in it."""
        return _level(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words, folded."""
        return frozenset(map(fold, _WORD.findall(self.text)))

    @cached_property
    def prices(self) -> dict[Decimal, set[str]]:
        """The folded titles, by the price in whole units."""
        found: dict[Decimal, set[str]] = {}
        for card in self.message.products:
            if card.price_minor is not None and card.currency:
                price = Decimal(card.price_minor) / 10 ** decimals(card.currency)
                found.setdefault(price, set()).add(_level(card.title))
        return found

    @cached_property
    def currencies(self) -> frozenset[str]:
        return frozenset(c.currency for c in self.message.products if c.currency)

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """Numbers that stand in the sentence or in a title."""
        return frozenset(value for _, _, value in _numbers(self.text))

    @cached_property
    def told(self) -> dict[str, set[str]]:
        """What the facts say of clothes; a t-shirt is also a top."""
        found = _told(_read(self.text))
        for card in self.message.products:
            for slot, values in _told(_read(f"{card.category}, {', '.join(card.color)}")).items():
                found[slot] |= values
            if card.category in CATEGORIES:
                found["category"] |= {card.category, *ancestors(card.category)}
        return found


def faults(reply: str, facts: Facts) -> list[str]:
    """What is wrong with the reply; empty when it says nothing that the facts do not."""
    plain = unicodedata.normalize("NFKC", reply)
    joined = plain.translate(dict.fromkeys(map(ord, _INVISIBLE)))
    wrong = (check for check in _CHECKS if not check(plain if check is _form else joined, facts))
    return [check.__name__.strip("_") for check in wrong]


def _read(text: str) -> Reading:
    """The text with each layer of meaning, its words taken as they are: "schau" is no misspelt "schal"."""
    tokens: list[Token] = []
    for token in tokenise(text):
        parts = compound(token.text) if token.kind == "word" else ()
        tokens += [Token(part, part, "word") for part in parts] or [token]
    # Arabic writes small words together with the next, which the correction knows.
    return Reading(tokens, [corrected(t.text) if _arabic(t.text) else t.text for t in tokens])


def _arabic(word: str) -> bool:
    return bool(word) and unicodedata.name(word[0], "").startswith("ARABIC")


def _told(reading: Reading) -> dict[str, set[str]]:
    return {slot: {v for tag in reading.facets for v in tag.values(slot)} for slot in _TOLD}


def _level(text: str) -> str:
    return " ".join(fold(unicodedata.normalize("NFKC", text)).split())


def _numbers(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where each number stands, and what it is: 1,299 and 1.299 are one, 49.90 and 49,9 too."""
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    digits = digits.replace("٬", ",").replace("٫", ".")
    for match in _NUMBER.finditer(digits):
        whole, _, rest = match.group().replace("’", ",").replace("'", ",").rpartition(_last_mark(match.group()))
        if len(rest) == 3 and rest.isdigit() and whole:
            whole, rest = whole + rest, ""
        elif not whole:
            whole, rest = rest, ""
        value = re.sub(r"\D", "", whole)
        yield match.start(), match.end(), Decimal(f"{value}.{re.sub(r'[^0-9]', '', rest) or 0}")


def _own_sentences(reply: str, facts: Facts) -> Iterator[str]:
    """The sentences that do not stand in the facts as they are."""
    return (sentence for sentence in _ENDS.split(reply) if _level(sentence) not in facts.folded)


def _last_mark(number: str) -> str:
    marks = [c for c in number if not c.isdigit()]
    return "," if marks and marks[-1] in "'’" else marks[-1] if marks else "\0"


# --- the checks: each is true when the reply is well -------------------------------------------------------


def _form(reply: str, facts: Facts) -> bool:
    """Short plain text without markup or hidden characters."""
    strange = (c for c in reply if unicodedata.category(c)[0] == "C" and c not in _INVISIBLE + "\n")
    markup = (c for c in reply if c in _MARKUP and c not in facts.text)
    return 0 < len(reply.strip()) <= MAX_REPLY and next(strange, None) is None and next(markup, None) is None


def _links(reply: str, facts: Facts) -> bool:
    """No address that the facts do not have, nor anything that an app would make one of."""
    return all(
        _level(word) in facts.folded for word in reply.split() if _LINK.search(word.strip('.,;:!?…।؟()"“”„«»'))
    )


def _script(reply: str, facts: Facts) -> bool:
    """Written in the script of its language; names may keep theirs. Letters that only look alike are out."""
    wanted = _SCRIPTS.get(facts.message.lang, "LATIN")
    own = 0
    for word in _WORD.findall(reply):
        if all(unicodedata.name(c, "").startswith(wanted) for c in word if c.isalpha()):
            own += len(word)
        elif fold(word) not in facts.words:
            return False
    return own > 0


def _tongue(reply: str, facts: Facts) -> bool:
    """In the person's language, as far as one can tell."""
    language = understand(reply, Context()).lang
    return language is None or language == facts.message.lang


def _figures(reply: str, facts: Facts) -> bool:
    """Numbers in digits: those of the facts, each price with its own product and its own currency."""
    for sentence in _own_sentences(reply, facts):
        for start, end, value in _numbers(sentence):
            if value in facts.prices:
                if not _priced(sentence, start, end, facts.prices[value], facts):
                    return False
            elif value not in facts.numbers or _currency_beside(sentence, start, end):
                return False
    return "%" not in reply or "%" in facts.text


def _priced(sentence: str, start: int, end: int, titles: set[str], facts: Facts) -> bool:
    currency = _currency_beside(sentence, start, end)
    if currency is not None and currency not in facts.currencies:
        return False
    if len(facts.prices) == 1:
        return True
    # Several prices: the title that stands before it, or else the first one after it, has to have it.
    every = {_level(card.title) for card in facts.message.products}
    before, after = _level(sentence[:start]), _level(sentence[end:])
    last = max(((before.rfind(t) + len(t), t) for t in every if t in before), default=None)
    first = min(((after.find(t), -len(t), t) for t in every if t in after), default=None)
    named = last[1] if last else first[2] if first else None
    return named in titles


def _currency_beside(sentence: str, start: int, end: int) -> str | None:
    """The currency whose sign or name stands right beside a number; "?" for one that we do not know."""
    around = (_level(sentence[:start]).split(" ")[-1], _level(sentence[end:]).split(" ")[0].strip(".,;:!?"))
    for word in filter(None, around):
        known = _currency(word.strip("(.,"))
        if known:
            return known
    return None


def _currency(word: str) -> str | None:
    for pairs in (lexicon.currency_phrases().meanings.get((form,), ()) for form in (word, word[:1], word[-1:])):
        for _, value in pairs:
            return value
    if any(unicodedata.category(c) == "Sc" for c in word):
        return "?"
    return word.upper() if word.upper() in _ISO else None


_ISO = frozenset(bag("AED AUD BRL CAD CHF CNY DKK EGP EUR GBP INR JPY MXN NOK PLN SAR SEK SGD TRY USD ZAR"))


def _prices_in_words(reply: str, facts: Facts) -> bool:
    """Whoever speaks of a price gives it in digits; no amounts in words, nothing for free, nothing "cheaper"."""
    for sentence in _own_sentences(reply, facts):
        reading = _read(sentence)
        if any(word in _FOR_NOTHING for word in reading.row):
            return False
        if any(name == "price" for tag in reading.rels for name, _ in tag.pairs):
            return False
        money = any("price" in tag.values("attribute") for tag in reading.topics)
        money = money or bool(lexicon.currency_phrases().everywhere(reading.row))
        money = money or any(unicodedata.category(c) == "Sc" for c in sentence)
        amounts = [value for _, _, value in _numbers(sentence)]
        if money and not any(value in facts.prices for value in amounts):
            return False
        if money and any(_amounts_in_words(reading.row, facts)):
            return False
    return True


def _counts_in_words(reply: str, facts: Facts) -> bool:
    """Numbers in words: those of the facts, or how many things there are. One is also an article."""
    counts = {Decimal(1), Decimal(len(facts.message.products)), *facts.numbers}
    return all(value in counts for value in _amounts_in_words(_read(reply).row, facts, counted=True))


_NO_NUMBERS = {
    "en": bag("do once teen tin char bees grand"),
    "de": bag("das"),
    "fr": bag("dos tin grand"),
    "pt": bag("das do dos"),
}
"""Everyday words of a language that are numbers in another: they count beside a currency only."""


def _amounts_in_words(row: list[str], facts: Facts, *, counted: bool = False) -> Iterator[Decimal]:
    """Numbers in words; `counted` leaves out those that only a currency makes one."""
    everyday = _NO_NUMBERS.get(facts.message.lang, ())
    money = {i for start, end, _ in lexicon.currency_phrases().everywhere(row) for i in (start - 1, end)}
    for start, end, pairs in lexicon.number_phrases().everywhere(row):
        plain = end - start > 1 or row[start] not in everyday
        if plain or (not counted and not money.isdisjoint(range(start, end))):
            yield from (Decimal(value) for name, value in pairs if name in ("number", "multiplier"))


def _clothes(reply: str, facts: Facts) -> bool:
    """No kind of clothing, colour, material, brand or offer that the facts do not have."""
    told = _told(_read(reply))
    free = ("color",) if facts.seen else ()
    return all(values <= facts.told[slot] for slot, values in told.items() if slot not in free)


def _names(reply: str, facts: Facts) -> bool:
    """What is quoted or written like a name stands in the facts as it is."""
    if any(_level(quoted) not in facts.folded for quoted in _QUOTED.findall(reply)):
        return False
    lenient = facts.message.lang in _NOUNS_ARE_CAPITAL
    for sentence in _ENDS.split(reply):
        for run, opens in _capital_runs(sentence):
            words = run[1:] if opens and _level(run[0]) not in facts.folded.split() else run
            known = not words or _level(" ".join(words)) in facts.folded
            if not known and not (lenient and len(words) == 1) and words not in (["I"], ["OK"]):
                return False
    return True


def _capital_runs(sentence: str) -> Iterator[tuple[list[str], bool]]:
    """Neighbouring words with a capital letter, and whether they open the sentence."""
    run: list[str] = []
    opens, end = False, 0
    for match in _WORD.finditer(sentence):
        word = re.split(r"['’](?:m|d|s|ll|ve|re)$", match.group())[0]
        if word[0].isupper() and run and sentence[end : match.start()] == " ":
            run.append(word)
        else:
            if run:
                yield run, opens
            run = [word] if word[0].isupper() else []
            opens = not sentence[: match.start()].strip(' ¡¿–—-"“„«(')
        end = match.end()
    if run:
        yield run, opens


def _bodies(reply: str, _facts: Facts) -> bool:
    """Nothing about bodies."""
    return not _BODIES & set(map(fold, _WORD.findall(reply)))


_CHECKS: tuple[Callable[[str, Facts], bool], ...] = (
    _form, _links, _script, _tongue, _figures, _prices_in_words, _counts_in_words, _clothes, _names, _bodies,
)  # fmt: skip
