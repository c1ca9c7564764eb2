"""What a picture shows, in words (rules 30 and A of accessibility: present, literal, at most 10 words)."""

MOST_WORDS = 10
TOO_LONG = "Zeg het in hoogstens 10 woorden."
ONE_OF_TWO = "Schrijf wat er te zien is, of kies ‘alleen versiering’."
NOT_BOTH = "Kies één van de twee: schrijf wat er te zien is, of kies ‘alleen versiering’."


def check_alt(alt: str, *, is_decorative: bool, required: bool = True) -> str | None:
    """What is wrong with the words of a picture, for who writes them; None when nothing is.

    required: one of the two must be chosen; else both may be left to what the photo itself says.
    """
    if alt.strip() and is_decorative:
        return NOT_BOTH
    if required and not alt.strip() and not is_decorative:
        return ONE_OF_TWO
    return TOO_LONG if len(alt.split()) > MOST_WORDS else None
