"""Bytes and time of every form and width of photos, made on the spot: calm, busy, grainy, tall.

kB is 1000 bytes. The goal is the budget of media/pictures/sizes.py; a grainy photo is made less sharp to meet it.
"""

import io
import os
import sys
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from PIL import Image, ImageFilter  # noqa: E402
from wagtail.images.models import Filter  # noqa: E402

from media.models import Picture  # noqa: E402
from media.pictures.intake import clean_picture  # noqa: E402
from media.pictures.sizes import BUDGETS, WIDTHS, spec_for  # noqa: E402
from tests.media import photos  # noqa: E402

SIZE = (4032, 3024)  # 12 million points: a common phone
PHOTOS = {
    "calm": lambda: photos.scene(*SIZE).filter(ImageFilter.GaussianBlur(6)),
    "busy": lambda: photos.scene(*SIZE, seed=3),
    "grainy": lambda: _grainy(),
    "tall": lambda: photos.scene(*reversed(SIZE), seed=4),
}


def _grainy() -> Image.Image:
    """Taken in the dark: grain as large as a point on the phone."""
    picture = photos.scene(1600, 1200, 5)
    grain = Image.effect_noise(picture.size, 60).convert("RGB")
    return Image.blend(picture, grain, 0.3).resize(SIZE)


def main() -> int:
    worst = {form: dict.fromkeys(WIDTHS, 0) for form in ("avif", "webp")}
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        for name, make in PHOTOS.items():
            _measure(name, photos.saved(make(), quality=88, exif=photos.exif()), worst)
    held = True
    for form, sizes in worst.items():
        for width, size in sizes.items():
            held = held and size <= BUDGETS[width]
            print(f"{form} {width}: {size / 1000:.1f} kB ({BUDGETS[width] / 1000:g} kB)")
    heaviest = max(worst["avif"][WIDTHS[1]], worst["webp"][WIDTHS[1]])
    print(f"pictures: {heaviest / 1000:.1f} kB ({BUDGETS[WIDTHS[1]] / 1000:g} kB)")
    return 0 if held else 1


def _measure(name: str, upload: bytes, worst: dict[str, dict[int, int]]) -> None:
    began = time.process_time()
    clean = clean_picture(io.BytesIO(upload), len(upload))
    took = time.process_time() - began
    picture = Picture(title=name, file=ContentFile(clean.content, clean.name), pk=1, collection_id=1)
    picture.file.save(clean.name, picture.file.file, save=False)
    print(f"{name}: {len(upload) / 1e6:.1f} MB in, {len(clean.content) / 1e6:.2f} MB kept, taken in {took:.2f} s")
    for form, sizes in worst.items():
        for width in WIDTHS:
            began = time.process_time()
            made = picture.generate_rendition_file(Filter(spec=spec_for(picture, width, form)))
            took = time.process_time() - began
            sizes[width] = max(sizes[width], made.size)
            print(f"  {form} {width}: {made.size / 1000:.1f} kB, {took:.2f} s ({made.name.split('.')[-2]})")


if __name__ == "__main__":
    sys.exit(main())
