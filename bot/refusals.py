"""Sentences from where no language is known: what pipeline, shops and storage refuse, in the language spoken now.

They are their own keys in the catalogues, as all sentences are: `python -m bot.locale` finds them where they are
raised. One that no catalogue has stays English.
"""

from __future__ import annotations

from bot.dialogue.language import Text
from catalog.errors import CatalogError
from pipeline.errors import PipelineError
from storage.errors import StorageError


def told(error: PipelineError | CatalogError | StorageError) -> str:
    """What the person reads about it."""
    if isinstance(error, StorageError):
        return said(error.user_message)
    if isinstance(error, PipelineError):
        # Its words are the program's own, so they are translated too; what a shop calls a thing is a name.
        return Text(error.sentence)(
            **{name: said(value) if isinstance(value, str) else value for name, value in error.values.items()}
        )
    return Text(error.sentence)(**error.values)


def said(sentence: str) -> str:
    """A sentence that was kept in English, as the workers keep why a try-on failed."""
    return Text(sentence)() if sentence else ""
