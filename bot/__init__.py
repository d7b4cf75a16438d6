"""The conversation: dialogue, channels, web chat and the command line."""
