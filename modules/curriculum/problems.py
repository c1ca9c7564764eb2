from language.files import FilesError, Problem

__all__ = ["CurriculumError", "Problem"]


class CurriculumError(FilesError):
    """Files of a curriculum that cannot be loaded; nothing was changed."""
