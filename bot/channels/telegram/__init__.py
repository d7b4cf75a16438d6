"""Telegram as a channel.

What comes in: `polling` or `webhook` -> `updates` (what an update means) -> `intake` (stored, then acknowledged).
What goes out: `rendering` (a turn as messages) -> `delivering` -> `calls` (one request, within the limits that
`pace` keeps).
Beside them: `progress` edits the cards of running jobs, `inline` answers `@bot red dress`, `menus` keeps the lists
of commands, `stars` takes payments, and `words` has what the channel itself says.
"""
