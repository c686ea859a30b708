"""The typed model of a deck: what Marp makes of the text, with a span for every part. Knows no parser."""
