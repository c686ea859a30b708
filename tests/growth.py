"""Whether the cost of something grows with its input alone: two sizes beside each other, by the time of the processor.

No limit in seconds: what is compared is the cost per character of a text and of one eight times as long. It is 1 where the cost
is linear and 8 where it is quadratic; a busy machine moves it by far less than the limit in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
LIMIT = 3
_NOTHING = 0.005  # seconds, below which no difference is seen


def growth(prepared: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times as much a character costs in the longer text; `prepared(size)` gives what is measured."""

    def cost(of: int) -> float:
        action = prepared(of)
        started = time.process_time()
        action()
        return time.process_time() - started

    cost(size)  # what is made once is made
    small, large = (min(cost(of) for _ in range(3)) for of in (size, TIMES * size))
    return large / TIMES / max(small, _NOTHING / TIMES)
