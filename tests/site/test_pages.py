"""Every page of the built site in a real browser, with all other hosts blocked."""

import pytest
from site_names import NAMES
from site_visit import visit


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in NAMES])
def test_page(browser, address, name):
    assert visit(browser, address, name) == {}
