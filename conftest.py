"""For every run of pytest, of the helper's tests and of the pages, from the root or from any folder below."""

import os
from pathlib import Path

SANITIZE = Path(__file__).with_name("tests") / "nbval-sanitize.cfg"


def pytest_configure(config):
    """Kernels inherit the environment: claims that fail stop a page, sums do not depend on threads, no colours."""
    os.environ.update(D2LBOOK_STRICT="1", OMP_NUM_THREADS="1", NO_COLOR="1", PYDEVD_DISABLE_FILE_VALIDATION="1")
    os.environ.pop("MPLBACKEND", None)  # kernels then draw inline
    if hasattr(config.option, "nbval_sanitize_with"):
        config.option.nbval_sanitize_with = config.option.nbval_sanitize_with or str(SANITIZE)


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):  # a page: progress bars and notices on stderr are not its content
        collector.skip_compare += ("stderr",)
