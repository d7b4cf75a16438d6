"""`python -m bot.locale`: brings every catalogue up to date with the sentences in the source.

New sentences come in without a translation, sentences that are gone go. Exit code 1 when one is untranslated.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.dialogue.language import ENGLISH, LANGUAGES, in_locale

_BOT = Path(__file__).parents[1]
_KEYWORDS = {"N_": None, "NN_": (1, 2)}


def template() -> Catalog:
    """Every sentence in the source, with the files that say it."""
    found = Catalog(project="fashionCORE", charset="utf-8")
    for file, _line, message, _comments, _context in extract_from_dir(
        _BOT, method_map=[("**.py", "python")], keywords=_KEYWORDS
    ):
        flags = ["python-brace-format"] if "{" in str(message) else []
        found.add(message, locations=[(f"bot/{file}", 0)], flags=flags)
    return found


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return Path(__file__).parent / language.replace("-", "_") / "LC_MESSAGES" / "fashioncore.po"


def catalogue(language: str) -> Catalog:
    """A catalogue as it stands; an empty one when there is none."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=str(in_locale(language)), project="fashionCORE", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=str(in_locale(language)))


def update(language: str) -> int:
    """Writes the catalogue anew; how many sentences are untranslated."""
    known = catalogue(language)
    known.update(template(), no_fuzzy_matching=True)
    known.obsolete.clear()
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, known, width=110, omit_header=False, sort_output=True, include_lineno=False)
    return sum(1 for m in known if m.id and not (all(m.string) if isinstance(m.string, tuple) else m.string))


def main() -> int:
    """All languages; prints what is missing."""
    missing = {language: update(language) for language in LANGUAGES if language != ENGLISH}
    for language, count in missing.items():
        sys.stdout.write(f"{language}: {count} untranslated\n")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
