"""Build hook: ships the rule book in the wheel, validated and compiled."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileRules(BuildHookInterface[Any]):
    """Compiles `rules/` once, at build time. An editable checkout compiles them itself when they change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled rule book to the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from decklint.packs.compile import compiled

        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name, "compiled.json")
        file.write_bytes(compiled(root / "rules"))
        build_data["force_include"][str(file)] = "decklint/_rules/compiled.json"
        build_data["force_include"][str(root / "rules")] = "decklint/_rules"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary file."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
