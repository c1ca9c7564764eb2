"""The page of the bare Wagtail project (tests.bench.bare_wagtail), with a site of its own."""

HOST = "kaal.voorbeeld"


def make() -> None:
    """A plain, published Page at the root of a site; it is there already when the bench ran before."""
    from wagtail.models import Page, Site

    if Site.objects.filter(hostname=HOST).exists():
        return
    root = Page.get_first_root_node()
    assert root is not None
    page = root.add_child(instance=Page(title="Kaal", slug="kaal"))
    Site.objects.create(hostname=HOST, root_page=page, site_name="Kaal")
