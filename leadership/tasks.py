"""What the room does by itself; a few lines over a service."""

from celery import shared_task
from django.utils import timezone

from leadership.dossier.files import make_files, unfinished
from leadership.models import DossierVersion
from leadership.register.services import tell_all_keepers
from leadership.services import make_all_duos


@shared_task
def find_partners() -> None:
    """Duos for groups whose first week opened by itself."""
    make_all_duos()


@shared_task
def tell_who_keeps_registers() -> None:
    """Systems whose day has come or behind which a fact changed are told to HR and owners, once."""
    tell_all_keepers(today=timezone.localdate())


@shared_task
def make_dossier_files(version: int) -> None:
    """The files of one version of a dossier; a hint, the sweep does what it forgets."""
    for one in DossierVersion.objects.filter(pk=version):
        make_files(version=one)


@shared_task
def sweep_dossier_files() -> None:
    """Versions of which files are missing, whatever happened to the message about them."""
    for version in unfinished().values_list("pk", flat=True):
        make_dossier_files.delay(version)
