"""Nothing that the program can say judges a body: not in the source, and in no catalogue of translations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.language import LANGUAGES
from bot.locale.__main__ import catalogue, template

ROOT = Path(__file__).parents[2]

BANNED = {
    "en": r"\b(fat|fatter|chubby|plump|overweight|obese|plus[- ]size body|skinny (?:you|people|body)|slimming|"
    r"slimmer|thinner|flatter(?:s|ing)?|belly|tummy|love handles|problem (?:area|zone)s?|"
    r"your (?:figure|curves|body)|body (?:type|shape)|hides? your|for your age|ugly|"
    r"too (?:big|small|old|short|tall) for (?:this|it)|looks? (?:good|bad|great|better) on you|suits? you)\b",
    "hi-Latn": r"\b(mota|moti|mote|patl[aie] dikh\w*|dubl[aie]|tond|pet chh?up\w*|badsurat|"
    r"aapka (?:figure|badan))\b",
    "hi": r"(मोटा|मोटी|मोटे|पतला दिख|पतली दिख|दुबल|तोंद|पेट छ[िु]प|बदसूरत|आपका (?:फ़िगर|फिगर|बदन))",
    "es": r"\b(gord[oa]s?|rellenit[oa]s?|adelgaza\w*|estiliza\w*|tripa|barriga|michelin\w*|disimula\w*|"
    r"tu (?:figura|cuerpo)|su (?:figura|cuerpo)|fe[oa]s?|te (?:favorece|queda (?:bien|mal)))\b",
    "fr": r"\b((?:es|êtes|fait|air|parais\w*) gros|grosses?|ronde[ur]*s|aminci\w*|mincir|ventre|bourrelets?|"
    r"cache (?:vos|tes|votre|ton)|(?:ta|votre) (?:silhouette|corpulence)|(?:ton|votre) corps|flatt\w*|"
    r"(?:te|vous) va (?:bien|mal))\b",
    "de": r"\b(dick|dicke[rsn]?|mollig\w*|übergewicht\w*|schlanker|macht schlank|bauch|problemzone\w*|kaschier\w*|"
    r"schmeichel\w*|(?:deine?r?|ihre?r?) (?:figur|körper)|hässlich\w*|steht (?:dir|ihnen) (?:gut|nicht))\b",
    "pt": r"\b(gord[oa]s?|gordinh[oa]s?|emagrec\w*|barriga|disfarç\w*|(?:sua|tua) silhueta|(?:seu|teu) corpo|"
    r"fei[oa]s?|fica (?:bem|mal) em (?:você|si|ti))\b",
    "ar": r"(سمين|بدين|نحيف|كرش|بطنك|جسمك|قوامك|عيوب|تنحيف|قبيح)",
}
"""What would judge a body or flatter it, by language. Clothes may be slim, measures of a size chart have hips."""


def _spoken(language: str) -> Iterator[str]:
    """The sentences of a language: those of English are in the source."""
    for message in template() if language == "en" else catalogue(language):
        said = message.id if language == "en" else message.string
        yield from (str(text) for text in (said if isinstance(said, list | tuple) else [said]))


def _written() -> Iterator[str]:
    """What channels and engines say themselves, out of their source."""
    for folder in ("bot/channels", "bot/web", "pipeline"):
        for file in (ROOT / folder).rglob("*.py"):
            if "training" in file.parts:
                continue
            tree = ast.parse(file.read_text(encoding="utf-8"))
            notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
                    yield node.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_judges_a_body(language: str) -> None:
    banned = re.compile(BANNED[language], re.IGNORECASE)
    assert not [text for text in _spoken(language) if banned.search(text)]


def test_channels_and_engines_judge_no_body_either() -> None:
    banned = re.compile(BANNED["en"], re.IGNORECASE)
    assert not [text for text in _written() if banned.search(text)]


@pytest.mark.parametrize(
    "text",
    [
        "This is flattering on your figure.",
        "It hides your belly.",
        "You look slimmer.",
        "That looks great on you.",
    ],
)
def test_the_list_would_find_such_a_sentence(text: str) -> None:
    assert re.search(BANNED["en"], text, re.IGNORECASE)
