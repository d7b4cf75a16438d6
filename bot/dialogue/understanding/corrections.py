"""Messages that take something back: "undo", "forget that", "the other one", "not that one", "I meant the blue one"."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from bot.dialogue.understanding.lexicon.table import Phrases, read
from bot.dialogue.understanding.text import tokenise

Kind = Literal["undo", "forget", "other", "not", "meant"]

_WHOLE = """
undo: undo, undo that, undo it, undo this, please undo, undo please, take that back, take it back, revert, revert that, wapas karo, wapas le lo, undo karo, undo kar do, pehle jaisa kar do, deshacer, deshaz, deshazlo, deshaz eso, anula eso, annule, annuler, annule ca, annule cela, annulez, defais ca, rueckgaengig, rueckgaengig machen, mach das rueckgaengig, mach rueckgaengig, desfazer, desfaz, desfaca, desfaz isso, desfaca isso, पहले जैसा करो, पहले जैसा कर दो, वापस लो, अनडू करो, अनडू, تراجع, تراجع عن ذلك, الغ ذلك, الغاء التغيير
forget: forget that, forget this, forget about that, forget about it, forget what i said, forget what i just said, scratch that, ignore that, ignore what i said, forget that one, bhool jao, bhul jao, usko bhool jao, isko bhool jao, jo maine kaha bhool jao, olvida eso, olvidalo, olvida lo que dije, oublie ca, oublie cela, oublie ce que j ai dit, oubliez ca, vergiss das, vergiss es, vergiss was ich gesagt habe, esquece isso, esqueca isso, esquece o que eu disse, भूल जाओ, उसे भूल जाओ, इसे भूल जाओ, जो मैंने कहा भूल जाओ, انس ذلك, انسي ذلك, انس الامر, انس ما قلته
other: the other one, no the other one, not that one the other one, not this one the other one, the other, no the other, other one, i meant the other one, i mean the other one, doosra wala, nahi doosra wala, dusra wala nahi woh wala, woh wala nahi doosra, ye nahi woh wala, yeh nahi woh wala, nahi woh wala, no el otro, no la otra, el otro, la otra, no ese el otro, no esa la otra, non l autre, l autre, pas celui la l autre, pas celle la l autre, nein das andere, nein die andere, nein den anderen, das andere, die andere, der andere, den anderen, nicht das das andere, nao o outro, nao a outra, o outro, a outra, नहीं दूसरा वाला, दूसरा वाला, वो नहीं दूसरा, ये नहीं वो वाला, لا الاخر, لا الثاني الاخر, الاخر, الاخري, لا الاخري
not: not that one, not this one, no not that one, no not this one, not that, not this, not it, wrong one, the wrong one, that s the wrong one, that is the wrong one, that s not the one, that s not it, i didn t mean that, i did not mean that one, i didn t mean that one, ye nahi, yeh nahi, ye wala nahi, yeh wala nahi, woh nahi, woh wala nahi, ese no, esa no, no ese, no esa, no es ese, no es esa, pas celui la, pas celle la, pas celui ci, pas ca, non pas celui la, nicht das, nicht der, nicht die, das nicht, den nicht, die nicht, nicht diese, nicht dieses, nicht dieser, esse nao, essa nao, nao esse, nao essa, este nao, esta nao, यह नहीं, ये नहीं, ये वाला नहीं, वो नहीं, वो वाला नहीं, ليس هذا, ليس هذه, مو هذا, مش هذا, لا ليس هذا
"""
"""What a whole message says."""

_BEGINNING = """
meant: i meant, i mean, no i meant, no i mean, sorry i meant, sorry i mean, i was talking about, actually i meant, mera matlab, mera matlab hai, mera matlab tha, nahi mera matlab, matlab, queria decir, quise decir, me referia a, no queria decir, no me referia a, je voulais dire, je parlais de, non je voulais dire, ich meinte, ich meine, nein ich meinte, nein ich meine, eu quis dizer, quis dizer, eu queria dizer, nao eu quis dizer, मेरा मतलब, मेरा मतलब है, मेरा मतलब था, नहीं मेरा मतलब, اقصد, قصدت, كنت اقصد, لا اقصد, لا قصدت, no the, no el, no la, non le, non la, nein der, nein die, nein das, nein den, nao o, nao a
"""
"""What a message begins with; what follows is what was meant."""


class Correction(NamedTuple):
    """What is taken back. `rest` is what was meant, for "meant"."""

    kind: Kind
    rest: str = ""


def correction_in(text: str) -> Correction | None:
    """The correction that this message makes, or None when it makes none."""
    tokens = [t for t in tokenise(text) if t.kind not in ("stop", "emoji")]
    row = [t.text for t in tokens]
    if not row:
        return None
    phrases = _phrases()
    whole = phrases.at(row, 0)
    if whole is None:
        return None
    phrase, ((_, kind), *_) = whole
    if kind != "meant":
        return Correction(cast("Kind", kind)) if len(phrase) == len(row) else None
    # "no, the blue one": the article belongs to what was meant.
    kept = tokens[len(phrase) - (1 if len(phrase) == 2 and phrase[0] in _NO else 0) :]
    return Correction("meant", " ".join(t.raw for t in kept)) if kept else None


_NO = frozenset({"no", "non", "nein", "nao"})


@cache
def _phrases() -> Phrases:
    return Phrases([*read("kind", _WHOLE, named=False), *read("kind", _BEGINNING, named=False)])
