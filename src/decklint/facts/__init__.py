"""Claims that a deck makes, held against the registry: entities and mentions, values, binding, verdicts."""
