"""Copies of everything that Kortwijs keeps, and how they are put back (docs/decisions/0057-copies.md)."""

from lms.backups.notes import Backup, last_backup

__all__ = ["Backup", "last_backup"]
