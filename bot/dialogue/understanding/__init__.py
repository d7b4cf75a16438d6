"""The built-in understanding: tables and rules, no network, the same answer every time."""

from bot.dialogue.understanding.frames import MAX_TEXT, understand
from bot.dialogue.understanding.lines import understand_line, understand_lines

__all__ = ["MAX_TEXT", "understand", "understand_line", "understand_lines"]
