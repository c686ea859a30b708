"""decklint itself."""
