"""Writes of modules, facts and words."""

from modules.services.catalogue import ensure_catalogue
from modules.services.load import load_curriculum

__all__ = ["ensure_catalogue", "load_curriculum"]
