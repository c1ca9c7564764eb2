"""Whether lessons in files are good enough to teach from (`manage.py check_curriculum`)."""

from modules.curriculum.quality.lesson import Checker, LessonQuality, Quality
from modules.curriculum.quality.table import table

__all__ = ["Checker", "LessonQuality", "Quality", "table"]
