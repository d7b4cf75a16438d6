"""Servers over TCP that stand for shops: each takes requests by the letter of its contract."""
