"""Names, acronyms and terms."""
