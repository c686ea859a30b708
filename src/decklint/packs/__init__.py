"""The rule book as data: YAML for people, validated once and kept as JSON for machines."""
