"""Writes of course paths: one transaction each."""

from courses.services.assigning import assign_path, assign_to_some, end_assignment
from courses.services.building import ChangedMeanwhile, save_draft
from courses.services.keeping import archive_path, copy_path, share_path, start_path
from courses.services.pages import forget_what_was_taken_off, keep_file, save_page
from courses.services.ready import save_path

__all__ = [
    "ChangedMeanwhile",
    "archive_path",
    "assign_path",
    "assign_to_some",
    "copy_path",
    "end_assignment",
    "forget_what_was_taken_off",
    "keep_file",
    "save_draft",
    "save_page",
    "save_path",
    "share_path",
    "start_path",
]
