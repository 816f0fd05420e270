"""Measuring: time, running sums, and the record of a training run."""

from __future__ import annotations

import time


class Timer:
    """A stopwatch that keeps every interval, in seconds.

    It starts when it is made; ``start`` begins a new interval, ``stop`` ends it and returns its length, ``sum`` and
    ``avg`` are taken over the intervals in ``times``.

    Raises:
        ValueError: ``avg`` before the first ``stop``.

    Page: image-classification-dataset
    """

    def __init__(self):
        self.times = []
        self.start()

    def start(self):
        self.began = time.perf_counter()

    def stop(self):
        self.times.append(time.perf_counter() - self.began)
        return self.times[-1]

    def sum(self):
        return sum(self.times)

    def avg(self):
        if not self.times:
            raise ValueError("Timer.avg: no interval was stopped yet")
        return self.sum() / len(self.times)


class Accumulator:
    """Named running sums: ``Accumulator("loss", "examples")``, ``add(loss=2.5, examples=4)``, ``sums["loss"]``.

    Raises:
        ValueError: ``add`` is given a name that was not announced.

    Page: softmax-regression-scratch
    """

    def __init__(self, *names):
        self.sums = dict.fromkeys(names, 0.0)

    def add(self, **amounts):
        for name, amount in amounts.items():
            if name not in self.sums:
                raise ValueError(f"Accumulator: no sum named {name!r}, only {', '.join(self.sums)}")
            self.sums[name] += float(amount)

    def __getitem__(self, name):
        return self.sums[name]


class History:
    """What a training run recorded: one list of numbers for each name, one entry an epoch.

    ``history["test accuracy"]`` is a list; ``history.values`` holds them all, by name; ``history.epochs`` holds the
    epoch numbers; ``history.stopped`` says why training ended early, or is None.

    Raises:
        ValueError: ``record`` is not given one number for each name.

    Page: softmax-regression-scratch
    """

    def __init__(self, *names):
        self.epochs = []
        self.values = {name: [] for name in names}
        self.stopped = None

    def record(self, epoch, *numbers):
        if len(numbers) != len(self.values):
            raise ValueError(f"History: {len(numbers)} numbers for {len(self.values)} names ({', '.join(self.values)})")
        self.epochs.append(epoch)
        for name, number in zip(self.values, numbers):
            self.values[name].append(float(number))

    def __getitem__(self, name):
        return self.values[name]
