"""The root of the modules."""

from django.db import transaction
from wagtail.models import Page, Site

from modules.authors import EDITORS, REVIEWERS, ensure_editor_groups
from modules.models import CataloguePage
from modules.review import ensure_review


@transaction.atomic
def ensure_catalogue() -> CataloguePage:
    """The root of the modules; made, with a site that starts there, when it is not there yet.

    Locks the tree until the transaction ends, so that two at once do not both make one.
    """
    top = Page.objects.select_for_update().get(depth=1)
    found = CataloguePage.objects.first()
    if found:
        _ensure_editors(found)
        return found
    for welcome in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
        welcome.delete()
    top.refresh_from_db()
    catalogue: CataloguePage = top.add_child(instance=CataloguePage(title="Lessen", slug="lessen"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "site_name": "Kortwijs", "root_page": catalogue}
    )
    _ensure_editors(catalogue)
    return catalogue


def _ensure_editors(catalogue: CataloguePage) -> None:
    """Who may write here, and how a lesson is reviewed."""
    groups = ensure_editor_groups(catalogue)
    ensure_review(catalogue, [groups[REVIEWERS], groups[EDITORS]])
