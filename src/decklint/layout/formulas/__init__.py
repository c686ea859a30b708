"""How large formulas get: TeX read as far as its size depends on it, and boxes as MathJax makes them."""
