"""Chinese and mixed typography."""
