"""`python -m bot`: the command line behind the launcher."""

from __future__ import annotations

from bot.cli import main

if __name__ == "__main__":
    main()
