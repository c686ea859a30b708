"""Which styles the elements of a slide have: sheets read, selectors held against elements, the cascade, values in pixels."""
