"""The two editions of xAPI that are spoken here (1.0.3 part 3 section 3.3; IEEE 9274.1.1 section 4.1.6)."""

import re
from enum import Enum


class Version(Enum):
    """An edition; the value is what answers carry in X-Experience-API-Version."""

    V1 = "1.0.3"
    V2 = "2.0.0"

    @property
    def default_of_statements(self) -> str:
        """What a statement without a version gets (1.0.3 part 2 section 2.4.10; IEEE 9274.1.1 section 4.2.4.2)."""
        return "1.0.0" if self is Version.V1 else "2.0.0"


SPOKEN = ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]
_HEADER = re.compile(r"(1\.0|2\.0)(\.\d{1,3})?")


def asked(header: str) -> Version | None:
    """The edition that a request asks for; None for one that is not spoken here."""
    found = _HEADER.fullmatch(header)
    if found is None:
        return None
    return Version.V1 if found[1] == "1.0" else Version.V2
