"""For the helper's tests and for the pages run by nbval."""


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):  # a page: progress bars and notices on stderr are not its content
        collector.skip_compare += ("stderr",)
