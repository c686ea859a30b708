"""What becomes of blocks: the elements of a slide, flow, floats, flex, grid, tables, pictures, code."""
