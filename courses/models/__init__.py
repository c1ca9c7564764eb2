from courses.models.items import PathLesson, PathPage
from courses.models.path import CoursePath, Group, Pace, Sharing
from courses.models.upload import PathFile

__all__ = ["CoursePath", "Group", "Pace", "PathFile", "PathLesson", "PathPage", "Sharing"]
