"""How wide text is and where its lines are broken: fonts, widths, breaks, and bounds that need none of them."""
