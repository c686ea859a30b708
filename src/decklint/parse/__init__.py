"""From source text to deck. The only package that knows mistune and YAML."""

from decklint.parse.slides import parse

__all__ = ["parse"]
