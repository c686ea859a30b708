"""From source text to deck. The only package that knows mistune and YAML."""

from decklint.parse.options import Options, read_options
from decklint.parse.slides import parse

__all__ = ["Options", "parse", "read_options"]
