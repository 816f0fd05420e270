"""Pictures of built pages, to look at: desktop, phone and dark, in slices that stay legible.

    python -m tools.screenshots OUTDIR PAGE [PAGE...]     PAGE as in preliminaries/tensors

The site is taken from _build/html, or from $D2LBOOK_SITE.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image

from tests.support.site_browser import new_context, open_browser, serve, settle

VIEWS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
SLICE = 1600


def save_slices(png, stem):
    image = Image.open(io.BytesIO(png))
    step = SLICE
    for number, top in enumerate(range(0, image.height, step), 1):
        part = image.crop((0, top, image.width, min(top + step, image.height)))
        path = stem.with_name(f"{stem.name}-{number}.png")
        part.save(path)
        print(path)


def page_name(site, name):
    """The path of a built page in the site, without suffix.

    Raises:
        SystemExit: the site has no such page.
    """
    name = name.removesuffix(".ipynb").removesuffix(".md").removesuffix(".html")
    for candidate in (name, f"chapters/{name}"):
        if (site / f"{candidate}.html").is_file():
            return candidate
    raise SystemExit(f"screenshots: {site} has no page {name}; run make book first")


def main(outdir, *pages):
    site = Path(os.environ.get("D2LBOOK_SITE", "_build/html"))
    pages = [page_name(site, name) for name in pages]
    with serve(site) as address, open_browser() as browser:
        for view, options in VIEWS.items():
            context = new_context(browser, **options)
            for name in pages:
                page = context.new_page()
                response = page.goto(f"{address}{name}.html")
                if response.status != 200:
                    raise SystemExit(f"screenshots: {name}.html answers {response.status}")
                settle(page)
                stem = Path(outdir, *name.split("/"), view)
                stem.parent.mkdir(parents=True, exist_ok=True)
                save_slices(page.screenshot(full_page=True), stem)
                page.close()
            context.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
