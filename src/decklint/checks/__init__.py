"""The rules: one file each, one folder per family. A file's docstring is its rule's documentation and its tests."""
