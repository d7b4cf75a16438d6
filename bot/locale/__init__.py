"""The catalogues of what the program says to people, one folder a language."""
