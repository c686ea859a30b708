"""How wide and how tall slides get, without a browser: styles, widths of text, boxes, and what does not fit."""
