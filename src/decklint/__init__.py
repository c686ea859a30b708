"""decklint: a linter for Marp lecture decks."""

__version__ = "0.1.0"
