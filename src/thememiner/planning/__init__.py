"""Findings and demands → draft actions: for people to accept, reword or leave out.

Every action's wording comes from a file of prompts (`prompts`).
"""

from __future__ import annotations

from thememiner.planning.prompts import Prompts, check_codes, factor_names, prompts

__all__ = ["Prompts", "check_codes", "factor_names", "prompts"]
