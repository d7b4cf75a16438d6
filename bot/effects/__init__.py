"""Performs what the dialogue asks for, inside the transaction of the event that led to it: a file a topic."""
