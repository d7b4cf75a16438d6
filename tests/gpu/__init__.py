"""Tests which need torch: see CONTRIBUTING.md, "Add a try-on engine"."""
