"""What goes wrong with weights, for the person at the terminal.

WeightsError
└── Refused        the terms were not accepted
"""

from __future__ import annotations


class WeightsError(Exception):
    """What happened, and what to do."""


class Refused(WeightsError):
    """The terms were not accepted."""
