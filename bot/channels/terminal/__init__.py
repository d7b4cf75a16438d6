"""The stylist in a terminal (docs/terminal.md): lines in, messages out, for people and for scripts."""
