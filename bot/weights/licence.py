"""The terms of the weights: shown once, accepted once, and remembered beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.weights.errors import Refused

LICENCE = "CC-BY-NC-SA-4.0"
"""What somebody accepts, by its SPDX name; another one, or another version, is asked for anew."""

WORD = "I accept"
_FILE = "licence.json"

TEXT = f"""\
The weights of IDM-VTON are not part of fashionCORE. Their makers (Yisol Choi, Sangkyung Kwak, Kyungmin Lee,
Hyungwon Choi and Jinwoo Shin, arXiv 2403.05139) license them to you under

    Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International ({LICENCE})
    https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode

What that means, in short; the text at this address is what counts:

  - NonCommercial. No use that is mainly meant for commercial advantage or money. A shop that shows its customers
    pictures made with these weights needs other terms, from their makers.
  - Attribution. Whoever passes the weights on, or anything adapted from them, names their makers, links to the
    licence and says what was changed. Converting them to half precision is a change.
  - ShareAlike. What is adapted from them is passed on under the same licence only.
  - There is no warranty, and the licence ends for whoever breaks it.

They were made from other models (Stable Diffusion XL, IP-Adapter, CLIP, SCHP, DensePose), whose own terms apply
too: SDXL's forbid among other things to deceive or harass people with its pictures.
"""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who used the folder said yes to `licence` at `accepted_at` (UTC), at a terminal or by setting a value."""

    licence: str
    accepted_at: str
    by: str


def accepted(folder: Path) -> Acceptance | None:
    """The acceptance of these terms which is remembered in a folder of weights."""
    try:
        found = Acceptance(**json.loads((folder / _FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.licence == LICENCE else None


def accept(folder: Path, given: str | None, ask: Callable[[str], str] | None, say: Callable[[str], None]) -> None:
    """See that the terms are accepted for a folder: before, by `given`, or now in answer to `ask`.

    `ask` is None where nobody sits at a terminal. Raises Refused.
    """
    if accepted(folder) is not None:
        return
    say(TEXT)
    if given is not None:
        if given != LICENCE:
            raise Refused(f"“{given}” is not the name of these terms. To accept them, give exactly {LICENCE}.")
        by = "value"
    elif ask is None:
        raise Refused(
            f"Nobody is here to accept these terms. To accept them: --accept-licence {LICENCE}, or"
            f" FASHIONCORE_ACCEPT_LICENCE={LICENCE} in the environment."
        )
    else:
        if ask(f"Type “{WORD}” to accept these terms: ").strip().strip("“”\"'").casefold() != WORD.casefold():
            raise Refused("Not accepted; nothing was fetched. The preview engine needs none of it.")
        by = "terminal"
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    (folder / _FILE).write_text(json.dumps(asdict(Acceptance(LICENCE, now, by)), indent=1), "utf-8")
    say(f"Accepted {LICENCE} on {now}; remembered in {folder / _FILE}.\n")
