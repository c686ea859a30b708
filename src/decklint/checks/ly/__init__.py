"""LY: layout, what does not fit on its slide or gets too small to read."""
