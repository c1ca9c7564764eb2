"""The kinds of exercise. Each folder here is one; docs/how-to/add-an-exercise-kind.md lists its files."""

from importlib import import_module
from pkgutil import iter_modules

from assessments.kind import Kind

KINDS: dict[str, Kind] = {
    name: import_module(f"{__name__}.{name}").KIND for _, name, is_folder in iter_modules(__path__) if is_folder
}
