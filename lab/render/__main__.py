"""Make the samples: ``python -m lab.render`` from the repository's root, in this folder's own environment."""

import argparse
import json
import time
from pathlib import Path

from .develop import write_photo
from .encode import write
from .render import cache_of, render_photo
from .scenes import PHOTOS, Photo
from .words import LISTINGS, render_words

SAMPLES = Path(__file__).parents[2] / "samples"


def arguments() -> argparse.Namespace:
    """Return the command line's choices."""
    parser = argparse.ArgumentParser(prog="lab.render", description=__doc__)
    parser.add_argument(
        "--only", nargs="*", default=[""], metavar="SELLER/LISTING/NAME", help="paths, or how they begin"
    )
    parser.add_argument("--samples", type=int, default=8, help="rays per pixel")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the size to render at")
    parser.add_argument("--phone-only", action="store_true", help="develop the kept renders again, render nothing")
    parser.add_argument("--out", type=Path, default=SAMPLES, help="the samples folder")
    return parser.parse_args()


def manifest_row(photo: Photo) -> dict[str, str | None]:
    """Return what the manifest says about a photo."""
    truth = None if photo.fault == "truncated" else f"{photo.path}.png"
    return {
        "photo": photo.file,
        "fault": photo.fault,
        "truth": truth,
        "product": photo.product,
        "background": photo.background,
    }


def main() -> None:
    """Render and develop what was asked for, then write the words and the manifest."""
    choice = arguments()
    chosen = [photo for photo in PHOTOS if photo.path.startswith(tuple(choice.only))]
    for photo in chosen:
        began = time.monotonic()
        if not choice.phone_only and photo.copy_of is None:
            render_photo(photo, choice.samples, choice.scale)
        if photo.copy_of is not None or cache_of(photo).exists():
            write_photo(photo, choice.out)
            print(f"{photo.file}  {time.monotonic() - began:.0f} s", flush=True)
    for listing, said in LISTINGS.items():
        name, content = render_words(said)
        write(choice.out / "raw" / listing / name, content)
    rows = json.dumps([manifest_row(photo) for photo in PHOTOS], ensure_ascii=False, indent=1)
    write(choice.out / "manifest.json", (rows + "\n").encode())


if __name__ == "__main__":
    main()
