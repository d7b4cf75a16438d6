"""The language the stylist speaks: catalogues of sentences, and lists as they are written there.

One language is spoken at a time, that of `speaking()`; whatever becomes words inside it is in that language. The
catalogues are the gettext files `bot/locale/*/LC_MESSAGES/fashioncore.po`; English needs none.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

ENGLISH = "en"
LANGUAGES = {
    "en": "English",
    "hi-Latn": "Hinglish",
    "hi": "हिन्दी",
    "es": "Español",
    "fr": "Français",
    "de": "Deutsch",
    "pt": "Português",
    "ar": "العربية",
}
"""What the stylist speaks, by BCP 47 code, with the name that its speakers give it."""

_TAGS = {code.lower(): code for code in LANGUAGES}
_CATALOGUES = Path(__file__).parents[1] / "locale"
_ISOLATE, _END = "\u2068", "\u2069"
"""First strong isolate, pop directional isolate: https://www.unicode.org/reports/tr9/."""

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Inside, this language is spoken; English when it is not one of LANGUAGES."""
    token = _spoken.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(language: str) -> None:
    """From now on this language is spoken, to the end of `speaking()`."""
    _spoken.set(language if language in LANGUAGES else ENGLISH)


def spoken() -> str:
    """The language spoken now, one of LANGUAGES."""
    return _spoken.get()


def language_of(*tags: str | None) -> str | None:
    """The first of these tags ("pt-BR", "en_US", "hi-Latn") that is a language of ours, by its code here."""
    for tag in tags:
        parts = (tag or "").replace("_", "-").split("-")
        # "hi-Latn-IN" is "hi-Latn" before it is "hi".
        for length in range(len(parts), 0, -1):
            known = _TAGS.get("-".join(parts[:length]).lower())
            if known is not None:
                return known
    return None


def in_locale(language: str | None = None) -> Locale:
    """The rules of writing (CLDR) of that language, by default of the one spoken now."""
    return _locale(language or spoken())


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The sentences of a language; those of English are their own."""
    path = _CATALOGUES / language.replace("-", "_") / "LC_MESSAGES" / "fashioncore.po"
    if language == ENGLISH or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        found = read_po(file, locale=language.replace("-", "_"))
    for message in found:
        if message.pluralizable and not all(message.string or ("",)):
            # Without a translation it is English, not silence.
            message.string = ""
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence to be said: a template in English, with named placeholders, that a catalogue translates.

    One with `many` has two forms in English and as many as the language needs; `count` decides.
    """

    one: str
    many: str = ""

    def __call__(self, **values: object) -> str:
        """The sentence in the language spoken now."""
        found = catalogue(spoken())
        if self.many:
            sentence = found.ngettext(self.one, self.many, int(str(values["count"])))
        else:
            sentence = found.gettext(self.one)
        return sentence.format(**{name: _put(value) for name, value in values.items()}) if values else sentence

    def __str__(self) -> str:
        return self()


def _put(value: object) -> str:
    """A value as it stands in a sentence: numbers as they are written there, names in their own direction."""
    return format_decimal(value, locale=in_locale()) if isinstance(value, int) else isolated(str(value))


def isolated(text: str) -> str:
    """A name or a price between words: with marks where those are written from right to left."""
    return f"{_ISOLATE}{text}{_END}" if in_locale().text_direction == "rtl" else text


def percent(fraction: float) -> str:
    """ "42%"."""
    return format_percent(fraction, locale=in_locale())


def duration(seconds: float) -> str:
    """A wait in words: seconds below a minute and a half, then minutes."""
    if seconds < 90:
        return format_unit(max(1, round(seconds)), "duration-second", locale=in_locale())
    return format_unit(round(seconds / 60), "duration-minute", locale=in_locale())


def N_(template: str) -> Text:  # noqa: N802  # gettext's own name for a sentence that is translated later
    """Marks a sentence for the catalogues."""
    return Text(template)


def NN_(one: str, many: str) -> Text:  # noqa: N802
    """Marks a sentence with {count} in it."""
    return Text(one, many)


def listed(names: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """ "a", "a and b", "a, b and c"; with the style "or": "a or b"."""
    # American English would write one comma more.
    rules = _locale("en-GB") if spoken() == ENGLISH else in_locale()
    return format_list([isolated(name) for name in names], style=style, locale=rules)
