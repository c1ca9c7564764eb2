from courses.models.assignment import AssignedPlace, Assignment
from courses.models.items import PathLesson, PathPage
from courses.models.path import CoursePath, Group, Pace, Sharing
from courses.models.upload import PathFile

__all__ = [
    "AssignedPlace",
    "Assignment",
    "CoursePath",
    "Group",
    "Pace",
    "PathFile",
    "PathLesson",
    "PathPage",
    "Sharing",
]
