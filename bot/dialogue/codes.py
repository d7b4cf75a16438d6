"""The form of a one-time code: two groups of four, "7KQ4-9XWM".

33 symbols without I, L and O, which look like 1 and 0. Letters and digits take turns at least twice, so that no
word with a number after it ("tops 2000") has the form of a code. 40.1 bits are left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUP = 4
LENGTH = 2 * GROUP
MIN_CHANGES = 2

_LOOKS_LIKE = str.maketrans("ILO", "110")
_FORM = re.compile(r"(?<![0-9A-Z])([0-9A-Z]{4})[\s\-‐‑–—_.]{0,3}([0-9A-Z]{4})(?![0-9A-Z])")
_AROUND = re.compile(r"\W+")
_ABOUT = re.compile(
    r"\b(code|link|connect|pair|codigo|código|vincula\w*|conecta\w*|lier|relie\w*|verbind\w*|verkn\w*|कोड|كود)\b",
    re.IGNORECASE,
)


def new_code(pick: Callable[[str], str]) -> str:
    """A code without its dash; `pick` takes one of the symbols at random."""
    while True:
        code = "".join(pick(SYMBOLS) for _ in range(LENGTH))
        if _takes_turns(code):
            return code


def written(code: str) -> str:
    """As people read it."""
    return f"{code[:GROUP]}-{code[GROUP:]}"


def code_in(text: str) -> str | None:
    """The code that a message is, in any case and spacing, alone or with words about codes and linking."""
    found = [m[1] + m[2] for m in _FORM.finditer(text.upper()) if _takes_turns(m[1] + m[2])]
    if len(found) != 1:
        return None
    alone = len(_AROUND.sub("", text).replace("_", "")) == LENGTH
    return found[0].translate(_LOOKS_LIKE) if alone or _ABOUT.search(text) else None


def _takes_turns(code: str) -> bool:
    return sum(a.isdigit() != b.isdigit() for a, b in pairwise(code)) >= MIN_CHANGES
