"""Images and other files."""
