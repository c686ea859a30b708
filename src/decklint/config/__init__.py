"""Settings: where they are found, what they may say, and for every value where it came from."""
