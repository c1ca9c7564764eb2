from media.speech.models import Clip, ClipUse, Pronunciation, Recording, Script

__all__ = ["Clip", "ClipUse", "Pronunciation", "Recording", "Script"]
