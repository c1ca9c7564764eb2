from media.h5p.models import H5PImport, H5PLibrary, H5PPackage, H5PVersion
from media.pictures.models import Picture, Rendition
from media.speech.models import Clip, ClipUse, Pronunciation, Recording, Script

__all__ = [
    "Clip",
    "ClipUse",
    "H5PImport",
    "H5PLibrary",
    "H5PPackage",
    "H5PVersion",
    "Picture",
    "Pronunciation",
    "Recording",
    "Rendition",
    "Script",
]
