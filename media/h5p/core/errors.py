"""Why a package is refused: a code for who looks it up, and the place in the package."""

from enum import StrEnum


class Code(StrEnum):
    # The archive
    TOO_BIG = "too-big"
    NOT_A_ZIP = "not-a-zip"
    CORRUPT = "corrupt"
    ENCRYPTED = "encrypted"
    COMPRESSION = "compression"
    TOO_MANY_FILES = "too-many-files"
    FILE_TOO_BIG = "file-too-big"
    TOO_BIG_INSIDE = "too-big-inside"
    BOMB = "bomb"
    OVERLAP = "overlap"
    SPECIAL_FILE = "special-file"
    # Names in it
    NAME_ESCAPES = "name-escapes"
    NAME_CHARACTERS = "name-characters"
    NAME_TOO_LONG = "name-too-long"
    NAME_HIDDEN = "name-hidden"
    NAME_TWICE = "name-twice"
    NAME_TWINS = "name-twins"
    EXTENSION = "extension"
    # What the files hold
    OTHER_KIND = "other-kind"
    SVG = "svg"
    NOT_JSON = "not-json"
    JSON_TOO_DEEP = "json-too-deep"
    JSON_TOO_LARGE = "json-too-large"
    # What the package says of itself
    NO_H5P_JSON = "no-h5p-json"
    NO_CONTENT = "no-content"
    H5P_JSON = "h5p-json"
    NOT_RUNNABLE = "not-runnable"
    # Libraries
    LIBRARY_JSON = "library-json"
    LIBRARY_FOLDER = "library-folder"
    CORE_TOO_OLD = "core-too-old"
    REMOTE_CODE = "remote-code"
    CODE_MISSING = "code-missing"
    DEPENDENCY_MISSING = "dependency-missing"
    DEPENDENCY_CYCLE = "dependency-cycle"


class PackageError(Exception):
    """The package cannot be used.

    `code` says why, `path` where in the package ('' for the whole), `parameters` what a sentence about it needs.
    """

    def __init__(self, code: Code, path: str = "", **parameters: str | int) -> None:
        super().__init__(f"{code}: {path}" if path else str(code))
        self.code = code
        self.path = path
        self.parameters = parameters
