"""Who sees what of a learner: for 'Wie ziet wat?', from the same rows that enforce it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from people.models import Agreement, Cohort, Organisation, User
from people.queries import agreements_in_force, classes_of, leaders_of, organisations_of


@dataclass(frozen=True)
class LearningGroup:
    """A group of people who read each other's work, by name: the group, who reads with one person, who facilitates."""

    name: str
    partners: tuple[str, ...]
    facilitators: tuple[str, ...]


@dataclass(frozen=True)
class Forwarding:
    """A system to which something about one learner goes by itself.

    Everything that was done, without a name (for research as long as an agreement holds), or, for an organisation, only
    which of its lessons are done.
    """

    name: str
    everything: bool = False
    research: bool = False
    until: date | None = None
    organisation: str = ""


@dataclass(frozen=True)
class Sight:
    """What others see of one learner.

    classes: those they learn in, each with the names of who leads it and sees how far they are.
    employers: those they belong to. agreements: what their works councils agreed to.
    in_region: the employers that take part in the figures of the region.
    targets: the names of other systems that can read what is kept.
    platforms: the learning systems they came from, which hear that a lesson is done.
    forwards: the systems to which something about them goes by itself.
    groups: the groups in which they make and share work of their own.
    """

    classes: list[tuple[Cohort, list[str]]]
    employers: list[Organisation]
    agreements: list[Agreement]
    in_region: list[Organisation]
    targets: list[str]
    platforms: list[str]
    forwards: list[Forwarding]
    groups: list[LearningGroup]


Targets = Callable[[], list[str]]
_targets: list[Targets] = []


def register_targets(names: Targets) -> None:
    """A room that lets other systems read says here which."""
    _targets.append(names)


Platforms = Callable[[User], list[str]]
_platforms: list[Platforms] = []


def register_platforms(names: Platforms) -> None:
    """A room that tells other systems about one learner says here which."""
    _platforms.append(names)


Forwards = Callable[[User | None], list[Forwarding]]
_forwards: list[Forwards] = []


def register_forwards(told: Forwards) -> None:
    """A room that sends something about learners on says here where to."""
    _forwards.append(told)


LearningGroups = Callable[[User], list[LearningGroup]]
_learning_groups: list[LearningGroups] = []


def register_learning_groups(groups: LearningGroups) -> None:
    """A room in which people share work of their own says here in which groups one person does."""
    _learning_groups.append(groups)


def sight_of(user: User | None) -> Sight:
    """For someone who is not here yet: what holds for everybody."""
    targets = sorted(name for names in _targets for name in names())
    forwards = [one for told in _forwards for one in told(user)]
    if user is None:
        return Sight([], [], [], [], targets, [], forwards, [])
    classes = classes_of(user)
    leaders = leaders_of(classes)
    employers = organisations_of(user).filter(kind=Organisation.Kind.EMPLOYER)
    return Sight(
        classes=[(cohort, leaders[cohort.pk]) for cohort in classes],
        employers=list(employers.filter(by_owner=False)),
        agreements=list(agreements_in_force(user)),
        in_region=list(employers.filter(in_monitor_since__isnull=False)),
        targets=targets,
        platforms=sorted(name for names in _platforms for name in names(user)),
        forwards=forwards,
        groups=[group for groups in _learning_groups for group in groups(user)],
    )
