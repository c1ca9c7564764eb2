from media.pictures.models import Picture, Rendition
from media.speech.models import Clip, ClipUse, Pronunciation, Recording, Script

__all__ = ["Clip", "ClipUse", "Picture", "Pronunciation", "Recording", "Rendition", "Script"]
