"""What `doctor` prints, whoever looked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`: what was looked at, whether it is well, and what was seen or what to do."""

    what: str
    well: bool
    detail: str
