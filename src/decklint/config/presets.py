"""The presets, as data: which rules are run, and from which severity on their findings are shown."""

from __future__ import annotations

from typing import NamedTuple

from decklint.findings import Severity


class Preset(NamedTuple):
    """A choice that has a name."""

    everything: bool
    """Also the rules that are off by default."""
    absolute: bool
    """Whether the right form is asked for where a deck is used to another one."""
    least: Severity
    """Findings below this severity are left out, except those of rules that the settings name."""


PRESETS = {
    "draft": Preset(everything=False, absolute=False, least=Severity.ERROR),
    "default": Preset(everything=False, absolute=False, least=Severity.INFO),
    "strict": Preset(everything=True, absolute=True, least=Severity.INFO),
}
