"""`python -m bot.locale`: brings every catalogue up to date with the sentences in the source.

New sentences come in without a translation, sentences that are gone go. Exit code 1 when one is untranslated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.dialogue.language import ENGLISH, LANGUAGES, in_locale
from catalog import outbound
from catalog.providers import link
from pipeline import intake
from pipeline.errors import EngineUnavailable, TryOnRefused
from storage.errors import MediaMissing, StorageError

_ROOT = Path(__file__).parents[2]
_MARKS = {"N_": None, "NN_": (1, 2)}
_RAISED = dict.fromkeys(
    ("IntakeError", "PersonError", "GarmentError", "TryOnRefused", "ProviderError", "CatalogError"), (2,)
)
"""What is raised with a sentence for the person as its second argument (bot/refusals.py)."""

_SOURCES = (
    ("bot", {**_MARKS, **_RAISED}),
    ("catalog", _RAISED),
    ("pipeline", _RAISED),
)
_OPERATORS = ("**/samples.py",)
"""Files whose sentences are for whoever runs the program."""

_SAID_ELSEWHERE: dict[str, Iterable[str]] = {
    "pipeline/intake.py": (*intake.SENTENCES.values(), *intake.KINDS),
    "pipeline/errors.py": (EngineUnavailable.SENTENCE, TryOnRefused.UNSUITABLE),
    "catalog/outbound.py": outbound.SENTENCES.values(),
    "catalog/providers/link.py": link.SENTENCES.values(),
    "storage/errors.py": (StorageError.user_message, MediaMissing.user_message),
}
"""Sentences that stand in tables."""

_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""Babel's own has a date and addresses, which change without a sentence having changed."""


def _found() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    methods = [*((pattern, "ignore") for pattern in _OPERATORS), ("**.py", "python")]
    for package, keywords in _SOURCES:
        for file, _line, message, _comments, _context in extract_from_dir(
            _ROOT / package, method_map=methods, keywords=keywords
        ):
            yield f"{package}/{file}", message
    for file, sentences in _SAID_ELSEWHERE.items():
        yield from ((file, sentence) for sentence in sentences)


def template() -> Catalog:
    """Every sentence in the source, with the files that say it."""
    found = Catalog(charset="utf-8")
    for file, message in _found():
        flags = ["python-brace-format"] if "{" in str(message) else []
        found.add(message, locations=[(file, 0)], flags=flags)
    return found


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return Path(__file__).parent / language.replace("-", "_") / "LC_MESSAGES" / "fashioncore.po"


def catalogue(language: str) -> Catalog:
    """A catalogue as it stands; an empty one when there is none."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=str(in_locale(language)), charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=str(in_locale(language)))


def updated(language: str, source: Catalog) -> tuple[bytes, int]:
    """The catalogue as it should stand in its file, and how many of its sentences are untranslated."""
    known = catalogue(language)
    known.update(source, no_fuzzy_matching=True)
    known.obsolete.clear()
    file = BytesIO(_HEADER.format(language=known.locale_identifier, plurals=known.plural_forms).encode())
    file.seek(0, 2)
    write_po(file, known, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return file.getvalue(), sum(1 for m in known if m.id and not all(forms_of(m)))


def forms_of(message: Message) -> Sequence[str]:
    """What the catalogue says for a sentence: one form, or those of its plural."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


def main() -> int:
    """All languages; prints what is missing."""
    source, complete = template(), True
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        text, missing = updated(language, source)
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        sys.stdout.write(f"{language}: {missing} untranslated\n")
        complete = complete and not missing
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
