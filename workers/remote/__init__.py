"""An engine elsewhere: asking for pictures over HTTP, and drawing them for others (docs/remote.md)."""
