"""Who may upload packages, and who approves the libraries that play them."""

from typing import Any

from media.h5p.models import H5PPackage

UPLOAD = "media.add_h5ppackage"
CHANGE_ALL = "media.change_h5ppackage"
APPROVE = "media.approve_h5plibrary"


def may_change(user: Any, package: H5PPackage) -> bool:
    """Replace and delete: one's own, or all of them."""
    own = package.uploaded_by_id is not None and package.uploaded_by_id == user.pk
    return bool(user.has_perm(CHANGE_ALL) or (own and user.has_perm(UPLOAD)))
