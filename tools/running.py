"""Run one notebook with papermill in a fresh kernel and measure it."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import papermill
import psutil
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from tools import notebook
from tools.notebook import MEGABYTE

ERROR_MARKER = "papermill-error-cell-tag"


@dataclass(frozen=True)
class Run:
    """What became of a page: ``failure`` is None, or says which cell failed and how; ``traceback`` tells more.

    ``seconds`` is the processor time of the kernel, so that other work on the machine does not count.
    """

    page: NotebookNode
    seconds: float = 0.0
    peak_mb: float = 0.0
    failure: str | None = None
    traceback: str = ""

    def over_budget(self, budget: dict[str, float]) -> str | None:
        """In words, which part of the budget was exceeded."""
        excess = []
        if self.seconds > budget["seconds"]:
            excess.append(f"{self.seconds:.1f} s of {budget['seconds']} s")
        if self.peak_mb > budget["memory_mb"]:
            excess.append(f"{self.peak_mb:.0f} MB of {budget['memory_mb']} MB")
        return " and ".join(excess) or None


def run_page(
    path: Path,
    output: Path,
    *,
    folder: Path,
    parameters: dict[str, Any] | None = None,
    environment: dict[str, str] | None = None,
) -> Run:
    """Execute the notebook ``path``, working in ``folder``; the executed notebook, also a failed one, is ``output``."""
    variables = {**os.environ, **(environment or {})}
    variables.pop("MPLBACKEND", None)  # the kernel then draws inline
    watch = _Watch()

    class Kernel(AsyncKernelManager):
        async def start_kernel(self, **kwargs: Any) -> None:
            await super().start_kernel(**kwargs, cwd=str(folder), env=variables)
            watch.start(self.provisioner.pid)

    problem = None
    try:
        papermill.execute_notebook(
            str(path),
            str(output),
            parameters=parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            kernel_manager_class=Kernel,
        )
    except PapermillExecutionError:
        pass  # raised for raises-exception cells too; the notebook tells
    except (RuntimeError, TimeoutError) as error:  # the kernel died or did not answer
        problem = f"{type(error).__name__}: {error}"
    finally:
        seconds, peak_mb = watch.stop()
    page = notebook.read(output)
    page.cells = [cell for cell in page.cells if ERROR_MARKER not in notebook.tags(cell)]
    notebook.write(page, output)
    return Run(page, seconds, peak_mb, *_failure(page, problem))


def _failure(page: NotebookNode, problem: str | None) -> tuple[str | None, str]:
    started = [cell for cell in page.cells if cell.metadata.papermill.get("start_time")]
    failed = [cell for cell in started if cell.metadata.papermill.get("exception")]
    if not failed and problem is None:
        return None, ""
    if not started:
        return problem, ""
    cell = (failed or started)[-1]
    position = [c for c in page.cells if "injected-parameters" not in notebook.tags(c)].index(cell)
    errors = [output for output in cell.outputs if output.output_type == "error"]
    error = f"{errors[-1].ename}: {errors[-1].evalue}" if errors else problem or "failed"
    lines = errors[-1].traceback if errors else [cell.source]
    headline = f"cell {position} ({cell.id}): {error}"
    return notebook.ANSI.sub("", headline), notebook.ANSI.sub("", "\n".join(lines))


class _Watch:
    """Watches the processor time and the resident memory of a process from a thread."""

    def __init__(self) -> None:
        self._seconds, self._peak = 0.0, 0
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, pid: int) -> None:
        self._thread = threading.Thread(target=self._watch, args=[psutil.Process(pid)], daemon=True)
        self._thread.start()

    def _watch(self, process: psutil.Process) -> None:
        with suppress(psutil.Error):
            while not self._done.wait(0.05):
                self._peak = max(self._peak, process.memory_info().rss)
                self._seconds = sum(process.cpu_times()[:2])

    def stop(self) -> tuple[float, float]:
        """End the watch; the seconds and the peak in megabytes."""
        self._done.set()
        if self._thread:
            self._thread.join()
        return self._seconds, self._peak / MEGABYTE
