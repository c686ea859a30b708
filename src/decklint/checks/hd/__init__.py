"""Headings and titles."""
