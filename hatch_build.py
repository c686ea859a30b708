"""Build hook: ships the rule book in the wheel, validated and compiled."""

from __future__ import annotations

import json
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
        from decklint.packs.compile import compile_packs

        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name, "compiled.json")
        compiled.write_text(json.dumps(compile_packs(root / "rules"), ensure_ascii=False), encoding="utf-8")
        build_data["force_include"][str(compiled)] = "decklint/_rules/compiled.json"
        build_data["force_include"][str(root / "rules")] = "decklint/_rules"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary file."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
