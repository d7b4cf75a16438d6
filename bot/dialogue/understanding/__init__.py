"""The built-in understanding: tables and rules, no network, the same answer every time."""

from bot.dialogue.understanding.frames import understand
from bot.dialogue.understanding.lines import understand_line, understand_lines

__all__ = ["understand", "understand_line", "understand_lines"]
