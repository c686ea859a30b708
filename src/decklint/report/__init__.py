"""Findings for people and programs: one file, one function per format."""
