"""Which of the things on the screen a message points at: ordinals, numbers, "it", "all", "the blue one"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.reading import Reading, Tag
from bot.dialogue.understanding.text import bag

_NUMBER_WORDS = bag(
    """
    number num no # option item nr numero nummer choice opcion opcao artikel piece numar नंबर रقم رقم
    """
)
_PAGES = bag("page pages seite pagina पेज صفحه")
_COLOURS = bag("لون اللون بلون")
"""Arabic names the thing before its number: "another colour" is no last one."""
_OTHER = bag("اخر اخري")
"""The last one before a word for clothes, another one behind it."""
_ONE = bag("one ones wala wali wale waala waale waali वाला वाली वाले uno una")
_MIDDLE = bag("mittlere mittleren mittlerer mittleres الاوسط الوسطي الوسطانيه بالوسط بالنص")
_THE_MIDDLE = bag("middle medio mitad milieu mitte meio وسط الوسط النص نص")
_BEECH = bag("beech bich बीच")
"""Between, unless "wala" follows."""
_AT = bag("the do no del en al du au der في فى")
"""Half of it, medium and "kind of" are called so too: with these words before it, it is a place."""
_UNITS = bag(
    """
    page pages time row hand line name of class search seite pagina दिन day week month
    rang color colour cor farbe couleur रंग
    """
)


def numbered(reading: Reading, used: Iterable[int], *, shown: int, points: bool) -> list[int]:
    """The 1-based positions in the order in which they are said; -1 is the last.

    `points` says that the message can be about things on the screen, so that a plain number is one of them.
    """
    row, taken, day = reading.row, set(used), reading.pause_ends
    if day is not None:
        # "Pause them until January 5th" points at nothing.
        taken.add(day.at)
    sorts = {i for tag in reading.facets if tag.values("sort") for i in range(tag.start, tag.end)}
    kinds = {tag.end for tag in reading.facets if tag.values("category")}
    found: list[int] = []
    for tag in reading.pointers:
        values = tag.values("ordinal")
        if (
            not values
            or (day is not None and tag.start <= day.at < tag.end)
            or tag.start in sorts
            or tag.start - 1 in sorts
            or tag.start - 2 in sorts
            or (row[tag.start - 1 : tag.start] or [""])[0] in _COLOURS
            or (tag.start in kinds and row[tag.start] in _OTHER)
            or (row[tag.end : tag.end + 1] or [""])[0] in _UNITS
        ):
            continue
        found += _several(row, tag, int(values[0]))
    if shown % 2 and shown > 1 and in_the_middle(reading):
        found.append((shown + 1) // 2)
    positions = dict.fromkeys(found)
    limit = max(shown, 9)
    for i, token in enumerate(reading.tokens):
        before = row[i - 1] if i else ""
        if i in taken or before in _PAGES:
            continue
        if token.kind == "number" and token.text.isdigit():
            value = int(token.text)
            if 1 <= value <= limit and (points or before in _NUMBER_WORDS) and not _is_ordinal(reading, i):
                positions[value] = None
        elif before in _NUMBER_WORDS or (points and shown and _stands_alone(row, i)):
            word = _number_word(row[i])
            if word and word <= limit:
                positions[word] = None
    return list(positions)


def in_the_middle(reading: Reading) -> bool:
    """ "The middle one", "o do meio", "beech wala"."""
    if any(token.text in _MIDDLE for token in reading.tokens):
        return True
    return any(
        (first in _AT and second in _THE_MIDDLE) or (first in _BEECH and second in _ONE)
        for first, second in pairwise(reading.row)
    )


def _several(row: list[str], tag: Tag, value: int) -> list[int]:
    """ "the first two", "the last three" and "los dos primeros" are several."""
    following = row[tag.end] if tag.end < len(row) else ""
    leading = row[tag.start - 1] if tag.start else ""
    if (
        not (following.isdigit() or _number_word(following))
        and tag.end - tag.start == 1
        and row[tag.start][-1] in "snxe"
    ):
        following = leading if leading.isdigit() or _number_word(leading) else following
    count = int(following) if following.isdigit() else _number_word(following) or 1
    if value == 1 and following not in _ONE and 2 <= count <= 5:
        return list(range(1, count + 1))
    if value == -1 and following not in _ONE and 2 <= count <= 5:
        return list(range(-count, 0))
    return [value]


def _is_ordinal(reading: Reading, i: int) -> bool:
    return any(tag.start <= i < tag.end for tag in reading.pointers if tag.values("ordinal"))


def _number_word(word: str) -> int | None:
    for name, value in lexicon.number_phrases().meanings.get((word,), ()):
        if name == "number" and float(value) < 10 and float(value) == int(float(value)):
            return int(value)
    return None


def _stands_alone(row: list[str], i: int) -> bool:
    """A number word counts by itself when it is the whole message, or follows a verb ("try two and five")."""
    word = row[i]
    if any(_number_word(w) for w in row[max(0, i - 1) : i]) or (_number_word(word) and _listed(row, i)):
        return True
    if word in ("one", "do", "un", "una", "um", "uma", "ein", "eine", "uno", "une", "das", "teen", "once"):
        return len(row) == 1
    joined = i >= 2 and row[i - 1] in ("and", "y", "et", "und", "e", "aur", "or")
    return len(row) == 1 or row[i - 1] in ("try", "save", "buy", "compare", "show") or joined


def _listed(row: list[str], i: int) -> bool:
    """Whether further number words follow: "one two and five"."""
    rest = [w for w in row[i + 1 : i + 4] if w not in ("and", "y", "et", "und", "e", "aur", ",")]
    return bool(rest) and _number_word(rest[0]) is not None


def pointed(reading: Reading) -> list[str]:
    """ "it", "all", "tryon" and "saved", as far as the message says them."""
    found: list[str] = []
    for tag in reading.pointers:
        for value in tag.values("pronoun"):
            if value not in found:
                found.append(value)
    return found


_LOOKS = ("color", "pattern", "material", "category", "brand")


def described(reading: Reading, slots: dict[str, Any]) -> bool:
    """Whether a description stands for one thing: "the blue one", "lal wala", "the red dress"."""
    row = reading.row
    looks = [t for t in reading.facets if any(n in _LOOKS for n, _ in t.pairs)]
    if not looks or not any(name in slots for name in _LOOKS):
        return False
    for tag in looks:
        after = row[tag.end] if tag.end < len(row) else ""
        before = row[max(0, tag.start - 2) : tag.start]
        named = any(w in _ONE for w in before) and any(w in _DEFINITE for w in row[: tag.start])
        lusophone = row[0] in _PORTUGUESE and tag.start == 1 and (reading.lang == "pt" or row[0][0] == "o")
        if after in _ONE or named or lusophone or any(w in _DEFINITE for w in before):
            return True
    return False


_PORTUGUESE = bag("o a os as")
"""Its articles are other words in other languages: they count where a message begins with them."""
_DEFINITE = bag(
    """
    the that this el la los las ese esa le der die das den esse essa celui celle ال वो वह
    """
)
