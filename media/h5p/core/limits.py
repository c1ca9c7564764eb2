"""How much a package may hold. Sizes are of real bytes, counted while reading."""

from dataclasses import dataclass

MB = 1_000_000
PLAYER_CORE_API = (1, 28)
"""What the player knows of H5P core (h5p-standalone 3.8.2 holds 1.28): libraries that ask for more are refused."""


@dataclass(frozen=True, slots=True)
class Limits:
    archive_bytes: int = 64 * MB
    """Of the .h5p file itself."""
    files: int = 10_000
    """Entries, folders included. A course presentation with all its languages has about 4,000."""
    directory_bytes: int = 4 * MB
    """Of the list of entries at the end of the archive."""
    file_bytes: int = 16 * MB
    total_bytes: int = 64 * MB
    """Of all entries, unpacked."""
    ratio: int = 200
    """Unpacked bytes per packed byte, of an entry of more than `ratio_from` bytes and of all together."""
    ratio_from: int = MB
    name_bytes: int = 255
    json_bytes: int = 4 * MB
    json_depth: int = 64
    json_values: int = 300_000
    """Values, commas and brackets: what a parser would make an object of."""
    svg_bytes: int = 2 * MB
    svg_elements: int = 20_000
    svg_depth: int = 64


DEFAULT = Limits()
