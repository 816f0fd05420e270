"""Prints what was measured beside what is promised."""

import pytest

measurements = pytest.StashKey[list]()


@pytest.fixture
def report(request):
    """``report(what, value, promise)`` adds a row to the table."""
    rows = request.config.stash.setdefault(measurements, [("", "measured", "promise")])
    return lambda *row: rows.append(row)


def pytest_terminal_summary(terminalreporter, config):
    for what, value, promise in config.stash.get(measurements, []):
        terminalreporter.write_line(f"{what:<72} {value:>10}   {promise}")
