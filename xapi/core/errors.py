"""What can be wrong with what a client sends; every message names the property."""


class Invalid(ValueError):
    """Something that breaks a rule of the specification; `place` is the property, such as actor.mbox."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
