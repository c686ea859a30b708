"""decklint: a linter for Marp lecture decks. What is public in Python is imported when it is first asked for."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decklint.api import ReportedFinding, SettingsError, check_path, check_text, fix_text

__version__ = "0.1.0"
__all__ = ["ReportedFinding", "SettingsError", "__version__", "check_path", "check_text", "fix_text"]


def __getattr__(name: str) -> object:
    if name in __all__:
        import importlib

        return getattr(importlib.import_module("decklint.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
