"""Decks that contradict themselves."""
