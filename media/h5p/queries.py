"""Reads of packages."""

from media.h5p.models import H5PLibrary, H5PVersion


def libraries_of(version: H5PVersion) -> dict[str, H5PLibrary]:
    """What plays a version, by the folder that a player asks for ('H5P.Image-1.1'); only what is approved."""
    return {row.name.folder: row for row in version.libraries.approved()}
