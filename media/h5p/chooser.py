"""Choosing a package in a lesson: only those that can be played."""

from django.db.models import QuerySet
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.viewsets.chooser import ChooserViewSet

from media.h5p.models import H5PPackage
from media.h5p.queries import packages


class H5PChooserViewSet(ChooserViewSet):
    model = H5PPackage
    icon = "media"
    choose_one_text = "Kies een H5P-oefening"
    choose_another_text = "Kies een andere H5P-oefening"
    edit_item_text = "Bekijk deze H5P-oefening"

    def get_object_list(self) -> QuerySet[H5PPackage]:
        return packages()


class PackageURLFinder(ModelAdminURLFinder):
    edit_url_name = "h5p_package"

    def get_edit_url(self, instance: H5PPackage) -> str:
        """Whoever writes lessons may see a package."""
        return str(self.construct_edit_url(instance))


register_admin_url_finder(H5PPackage, PackageURLFinder)
chooser = H5PChooserViewSet("h5p_chooser", url_prefix="h5p/kies")
H5PChooserBlock = chooser.get_block_class(name="H5PChooserBlock", module_path="media.h5p.chooser")
