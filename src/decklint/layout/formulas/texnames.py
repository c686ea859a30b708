"""What TeX commands mean for the size of a formula; figures as MathJax 3.2 has them, in em."""

from __future__ import annotations

from decklint.layout.formulas.formula import BIN, CLOSE, INNER, OP, OPEN, ORD, PUNCT, REL


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = _words("arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh tan tanh Pr det gcd")
LIMITED = _words("lim max min sup inf limsup liminf det gcd Pr argmax argmin injlim projlim")
SPACES = {",": 0.167, ":": 0.222, ">": 0.222, ";": 0.278, "!": -0.167, " ": 0.25, "quad": 1.0, "qquad": 2.0, "enspace": 0.5}
SPACES |= {"thinspace": 0.167, "medspace": 0.222, "thickspace": 0.278, "enskip": 0.5, "\n": 0.25, "negthinspace": -0.167}
FONTS = {
    "mathbf": "bold",
    "boldsymbol": "bold-italic",
    "bm": "bold-italic",
    "pmb": "bold-italic",
    "mathbb": "double-struck",
    "mathcal": "calligraphic",
    "mathscr": "script",
    "mathfrak": "fraktur",
    "mathsf": "sans-serif",
    "mathtt": "monospace",
    "mathrm": "normal",
    "mathit": "italic",
    "mathnormal": "italic",
}
SWITCHES = {"bf": "bold", "rm": "normal", "it": "italic", "cal": "calligraphic", "tt": "monospace", "sf": "sans-serif"}
TEXTS = _words("text textrm textbf textit textsf texttt textnormal mbox hbox operatorname operatorname* fbox")
TEXT_FONTS = {"textbf": "bold", "textit": "italic", "texttt": "monospace", "textsf": "sans-serif"}
INTEGRALS = frozenset("∫∬∭∮⨌")
OVER = {"overline": 0.317, "widehat": 0.398, "widetilde": 0.31, "overrightarrow": 0.5, "overleftarrow": 0.5, "vec": 0.404}
OVER |= dict.fromkeys(("hat", "check", "breve", "acute", "grave", "mathring"), 0.368)
OVER |= {"bar": 0.251, "dot": 0.325, "ddot": 0.32, "dddot": 0.32, "tilde": 0.308}
CLASSES = {
    "mathop": OP,
    "mathrel": REL,
    "mathbin": BIN,
    "mathord": ORD,
    "mathopen": OPEN,
    "mathclose": CLOSE,
    "mathpunct": PUNCT,
}
CLASSES |= {"mathinner": INNER}
SKIPPED = {"label": 1, "tag": 1, "tag*": 1, "color": 1, "hspace": 0, "vspace": 1, "rule": 2, "cline": 1, "class": 1, "style": 1}
WRAPPERS = {
    "textcolor": 1,
    "colorbox": 1,
    "phantom": 0,
    "hphantom": 0,
    "vphantom": 0,
    "smash": 0,
    "mathstrut": 0,
    "ensuremath": 0,
}
WRAPPERS |= {"cancel": 0, "bcancel": 0, "xcancel": 0, "hbox": 0, "href": 1, "cssId": 1, "mathchoice": 0, "raisebox": 1}
ARROWS = {"iff": 2.414, "implies": 2.194, "impliedby": 2.194}
BARS = {"lVert": "‖", "rVert": "‖", "Vert": "‖", "|": "‖", "lvert": "|", "rvert": "|", "vert": "|"}
BIG = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}
STYLES = {"displaystyle": (True, 0), "textstyle": (False, 0), "scriptstyle": (False, 1), "scriptscriptstyle": (False, 2)}
SIZES = {
    "tiny": 0.5,
    "scriptsize": 0.7,
    "small": 0.85,
    "normalsize": 1.0,
    "large": 1.2,
    "Large": 1.44,
    "LARGE": 1.73,
    "huge": 2.07,
}
TABLES = {
    "cases": ("{", ".", 0.2, (1.0,), False),
    "rcases": (".", "}", 0.2, (1.0,), False),
    "matrix": (".", ".", 0.4, (1.0,), False),
    "pmatrix": ("(", ")", 0.4, (1.0,), False),
    "bmatrix": ("[", "]", 0.4, (1.0,), False),
    "Bmatrix": ("{", "}", 0.4, (1.0,), False),
    "vmatrix": ("|", "|", 0.4, (1.0,), False),
    "Vmatrix": ("‖", "‖", 0.4, (1.0,), False),
    "array": (".", ".", 0.4, (1.0,), False),
    "smallmatrix": (".", ".", 0.2, (0.333,), False),
    "substack": (".", ".", 0.141, (0.0,), False),
    "subarray": (".", ".", 0.141, (0.0,), False),
}
ALIGNED = (".", ".", 0.3, (0.0, 2.0), True)
"""`align` and its kin: pairs of columns, in display style."""
