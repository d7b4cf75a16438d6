"""The sayings that the model learns from, spelt out with their contexts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.dialogue.types import Context
from bot.dialogue.understanding.lexicon.table import expand
from bot.dialogue.understanding.text import tokenise

SAYINGS = Path(__file__).with_name("sayings.txt")
_QUERY = {"category": ["dress"], "color": ["red"], "gender": ["women"], "price_max": 2000, "currency": "INR"}
_STATES = {
    "I": Context(),
    "R": Context(state="results", query=_QUERY, shown=5),
    "F": Context(state="item_focus", query=_QUERY, shown=5, focus={"index": 3}),
    "W": Context(state="tryon_running", query=_QUERY, shown=5, focus={"index": 2}),
    "D": Context(state="tryon_done", query=_QUERY, shown=5, focus={"index": 2}),
    "G": Context(digest={"active": True, "cadence": "weekly"}),
}
_WORDS = {
    "ref": {
        "en": "the second one|3|number 4|the last one|the first|#2|the blue one|2nd one|the third",
        "hl": "dusra wala|pehla|3|aakhri wala|number 2|lal wali|teesra wala|4th wala",
        "hi": "दूसरा वाला|पहला|3|आखिरी|तीसरे वाले|लाल वाली",
        "es": "el segundo|la 3|el ultimo|el primero|el azul|la numero 4|el tercero",
        "fr": "le deuxieme|la 3|le dernier|la premiere|le bleu|le numero 4|la troisieme",
        "de": "das zweite|die 3|das letzte|das erste|den blauen|nummer 4|die dritte",
        "pt": "o segundo|a 3|o ultimo|a primeira|o azul|o numero 4|a terceira",
        "ar": "الثاني|رقم 3|الاخير|الاولى|الازرق|الثالث|التاني",
    },
    "it": {
        "en": "it|this|this one|that", "hl": "ye|isko|ye wala|ise", "hi": "इसे|यह|ये वाला", "es": "este|esta|eso",
        "fr": "ca|celui-ci|cette robe", "de": "das|dieses|das hier", "pt": "esse|isso|essa", "ar": "هذا|هذي|ده",
    },
    "kind": {
        "en": "dresses|sneakers|kurtas|jackets|jeans", "hl": "kurti|jeans|saree|joote", "hi": "कुर्ती|साड़ी|जूते",
        "es": "vestidos|zapatillas|camisas|chaquetas", "fr": "robes|baskets|chemises|manteaux",
        "de": "kleider|schuhe|hemden|jacken", "pt": "vestidos|tenis|camisas|jaquetas", "ar": "فساتين|احذية|عبايات|قمصان",
    },
    "look": {
        "en": "black|in green|blue|polyester|floral", "hl": "kaale rang|blue|laal|hara", "hi": "काला|लाल|नीला",
        "es": "negro|azul|verde|rojo", "fr": "noir|bleu|vert|rouge", "de": "schwarz|blau|rot|gruen",
        "pt": "preto|azul|verde|vermelho", "ar": "اسود|ازرق|احمر|اخضر",
    },
    "mail": {"en": "ana@example.com"},
}  # fmt: skip
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Saying:
    """A message with its context and its intent."""

    text: str
    context: Context
    intent: str
    language: str


@cache
def learned_words() -> frozenset[str]:
    """Every word of the sayings."""
    return frozenset(t.text for t in tokenise(SAYINGS.read_text(encoding="utf-8")) if t.kind == "word")


def spelt_out(chance: random.Random, each: int) -> Iterator[Saying]:
    """Up to `each` of the messages that every saying stands for."""
    intent = ""
    for line in SAYINGS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            intent = line.strip("[]")
        elif line and not line.startswith("#"):
            head, _, body = line.partition(": ")
            language, states = head.split(" ", 1)
            for saying in body.split(" / "):
                forms = sorted({" ".join(form.split()) for form in expand(saying.strip())})
                for form in chance.sample(forms, min(each, len(forms))):
                    yield Saying(_filled(form, language, chance), _context(states, chance), intent, language)


def _filled(form: str, language: str, chance: random.Random) -> str:
    return _PLACE.sub(lambda m: chance.choice(_WORDS[m[1]][language].split("|")), form)


def _context(states: str, chance: random.Random) -> Context:
    plain, _, asked = states.partition("A:")
    name = chance.choice([*plain, "A"] if asked else plain)
    return Context(state="ask", asked=asked, query=_QUERY) if name == "A" else _STATES[name]
