"""Styling: colours that go together, what suits an occasion, outfits out of a catalogue, and the reasons for it.

Rules and sentences only; docs/styling.md says where the rules come from. `advising.py`, `outfitting.py` and
`comparing.py` beside this package use them.
"""
