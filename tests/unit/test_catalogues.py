"""The catalogues: complete, true to the source, and what they tell people to say is understood."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from bot.channels.discord import texts
from bot.channels.telegram import words
from bot.dialogue import labels
from bot.dialogue.language import ENGLISH, LANGUAGES, Text, in_locale, speaking
from bot.dialogue.styling import sentences
from bot.dialogue.types import Context
from bot.dialogue.understanding import understand
from bot.locale.__main__ import catalogue, forms_of, path_of, template, updated

TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
SOURCE = Path(__file__).parents[2]
MAX_LABEL = 32
QUOTES = {"de": "„([^“]*)“", "fr": "«\N{NO-BREAK SPACE}([^»]*)\N{NO-BREAK SPACE}»", "ar": "«([^»]*)»"}
REFUSALS = {"IntakeError", "PersonError", "GarmentError", "TryOnRefused", "ProviderError", "CatalogError"}


@cache
def source() -> Catalog:
    return template()


def messages(language: str) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def ids_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", sentence))


# --- complete and true to the source ---------------------------------------------------------------------


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_complete_and_what_the_command_would_write(language: str) -> None:
    text, missing = updated(language, source())
    assert not missing, "python -m bot.locale shows what is untranslated"
    assert path_of(language).read_bytes() == text, "python -m bot.locale brings it up to date"
    assert not catalogue(language).obsolete
    assert not any(message.fuzzy for message in messages(language))


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    for message in messages(language):
        wanted = placeholders(ids_of(message)[-1])
        forms = forms_of(message)
        for form in forms:
            # "One is ahead" needs no number; the form for all the others does.
            may_lack = {"{count}"} if len(forms) > 1 and form != forms[-1] else set()
            if message.id[0] != message.id[-1] and "{count}" not in wanted:
                may_lack = wanted
            assert wanted - may_lack <= placeholders(form) <= wanted | may_lack, (language, message.id, form)
            assert form == form.strip(), (language, form)


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_the_forms_of_the_language(language: str) -> None:
    """A form stands for one of CLDR's categories, whatever the number."""
    known, category = catalogue(language), in_locale(language).plural_form
    form, meant = c2py(known.plural_expr), dict[int, set[str]]()
    for n in (*range(300), 1000, 1_000_000):
        meant.setdefault(form(n), set()).add(category(n))
    assert len(meant) == known.num_plurals
    assert all(len(categories) == 1 for categories in meant.values()), meant
    assert all(len(forms_of(m)) == known.num_plurals for m in messages(language) if isinstance(m.id, tuple))


def test_every_refusal_is_raised_with_a_sentence_that_the_catalogues_have() -> None:
    """A sentence that is put together where it is raised could not be translated."""
    known = {one for message in source() for one in ids_of(message)}
    for folder in ("bot", "catalog", "pipeline"):
        for file in (SOURCE / folder).rglob("*.py"):
            if "training" in file.parts or file.name == "samples.py":
                continue
            for call in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in REFUSALS:
                    sentence: Any = call.args[1]
                    where = f"{file}:{call.lineno}"
                    assert not isinstance(sentence, ast.JoinedStr), where
                    if isinstance(sentence, ast.Constant):
                        assert sentence.value in known, where


# --- buttons ---------------------------------------------------------------------------------------------


def _labels() -> dict[str, Text]:
    found = {name: text for name, text in vars(labels).items() if isinstance(text, Text)}
    tables = (*labels.SUGGESTIONS, *labels.COLOURS, *sentences.OTHER_PIECE.values())
    several = {text.one: text for text in tables}
    channels = {
        f"{module.__name__}.{name}": text
        for module, names in (
            (words, ("OPEN_PRIVATE", "OPEN_RESULT", "SHARE", "SHARE_HERE", "SHOP", "COMPARED", "OPEN_CHAT")),
            (texts, ("OWN_WORDS", "OTHER_BUDGET", "SHARE")),
            (sentences, ("OPINION", "COMPLETE", "COMPARE", "WHICH", "FAVOURITE", "OTHER_OUTFIT", "SAVE_ALL")),
        )
        for name, text in vars(module).items()
        if name in names
    }
    return found | several | channels | {"menu of a message": texts.CONTEXT_MENU}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_buttons_are_short(language: str) -> None:
    with speaking(language):
        for name, label in _labels().items():
            values = {one.strip("{}"): "12" for one in placeholders(label.one)}
            assert len(label(**values)) <= MAX_LABEL, (language, name, label(**values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus_and_commands_fit(language: str) -> None:
    with speaking(language):
        assert all(3 <= len(text()) <= 256 for text in words.COMMANDS.values())
        assert all(len(text()) <= 100 for text in (*texts.COMMANDS.values(), *texts.OPTIONS.values()))
        assert all(len(words.CREDITS_TITLE(count=n)) <= 32 for n in (1, 2, 5, 50, 100))


# --- examples --------------------------------------------------------------------------------------------


def examples(language: str) -> Iterator[tuple[str, str]]:
    """What sentences quote, in English and as the catalogue says it."""
    quoted = QUOTES.get(language, "“([^”]*)”")
    for message in messages(language):
        for english, form in zip(ids_of(message), forms_of(message), strict=False):
            theirs, ours = re.findall("“([^”]*)”", english), re.findall(quoted, form)
            assert len(theirs) == len(ours), (language, english)
            for one, other in zip(theirs, ours, strict=True):
                if one != "{text}":
                    yield one.removeprefix("{mention} "), other.removeprefix("{mention} ")


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_people_are_told_to_say_is_understood_as_promised(language: str) -> None:
    for english, phrase in dict.fromkeys(examples(language)):
        # A wish is said at the beginning, everything else is about what is on the screen.
        wish = understand(english, Context()).intent == "search"
        context = Context() if wish else Context(state="results", query={"category": ["dress"]}, shown=3, page=1)
        meant, heard = understand(english, context), understand(phrase, context)
        assert (heard.intent, heard.slots) == (meant.intent, meant.slots), (language, phrase)
        # Whoever says it as we do goes on being answered in that language.
        assert heard.lang in (None, language), (language, phrase, heard.lang)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_pages_menu_sends_is_understood_too(language: str) -> None:
    """The page says it as the person's own words."""
    words = json.loads((SOURCE / f"bot/web/ui/src/words/{language}.json").read_text("utf-8"))
    heard = [understand(words[name], Context()) for name in ("askHelpText", "askSavedText", "askEraseText")]
    assert [frame.intent for frame in heard] == ["help", "show_saved", "delete_data"], language
    assert {frame.lang for frame in heard} <= {None, language}
