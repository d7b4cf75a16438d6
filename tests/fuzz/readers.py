"""Whatever reads strangers' bytes, each as a function that must refuse in its own words or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from telegram import Update

from bot.channels.telegram.updates import Me, read
from bot.dialogue.types import Context
from bot.dialogue.understanding import understand
from catalog.errors import CatalogError
from catalog.feeds import FeedOptions, stream_feed
from pipeline.errors import PipelineError
from pipeline.intake import sniff
from pipeline.intake_decode import decode
from pipeline.sandbox_child import JobRefusedError

STATES = ("idle", "results", "item_focus", "tryon_running", "tryon_done", "ask")
SUFFIXES = (".csv", ".tsv", ".xml", ".json", ".jsonl", ".csv.gz")
ME = Me(7, "fashioncore_bot", hears_all=False)

CORPUS = Path(__file__).parent / "corpus"


def intake(data: bytes) -> None:
    """A picture, as the child process takes it; what a decoder breaks over is refused as a broken picture."""
    with suppress(PipelineError, JobRefusedError):
        order: dict[str, object] = {
            "format": sniff(data).value,
            "max_pixels": 1_000_000,
            "max_aspect": 4.0,
            "min_side_px": 8,
            "long_side_px": 64,
        }
        decode(order, data)


def webhook(data: bytes) -> None:
    """An update: the library may refuse it, and what it accepts is understood."""
    try:
        update = Update.de_json(json.loads(data), None)
    except Exception:
        return
    if update is not None:
        # One that lacks what every update has is left out; the library does not look for it.
        with suppress(AttributeError, TypeError):
            read(update, ME)


def feed(data: bytes) -> None:
    """A feed, whose first byte chooses what its file is called."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"feed{suffix}"
        path.write_bytes(data[1:])
        with suppress(CatalogError):
            for _ in stream_feed(path, FeedOptions("fuzz", currency="EUR")):
                pass


def understanding(data: bytes) -> None:
    """Words, in a state that the first byte chooses."""
    state = STATES[data[0] % len(STATES)] if data else "idle"
    understand(data[1:].decode(errors="replace"), Context(state=state, shown=3))


READERS: dict[str, Callable[[bytes], None]] = {one.__name__: one for one in (intake, webhook, feed, understanding)}


def kept(reader: str) -> list[Path]:
    """What once mattered to this reader; a fuzzer begins with it."""
    return sorted(path for path in (CORPUS / reader).iterdir() if path.is_file())
