"""Slides that do not fit divided into slides that do, as edits of the source; pictures made smaller."""
