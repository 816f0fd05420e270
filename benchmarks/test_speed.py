"""The speed promises, measured in one run. Nothing here passes or fails on time: `make bench` prints a table."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn import functional as F

import d2lbook_utils

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def seconds(benchmark, function, rounds=3):
    benchmark.pedantic(function, rounds=rounds, warmup_rounds=1)
    return benchmark.stats.stats.min


def clock(function, rounds=3):
    function()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return min(times)


def test_loader_against_torchvision(benchmark, report):
    from torchvision.transforms import ToTensor

    theirs = torch.utils.data.DataLoader(d2lbook_utils.fashion_mnist_dataset(transform=ToTensor()), 256, shuffle=True)
    ours, _ = d2lbook_utils.load_fashion_mnist(256)
    ratio = clock(lambda: sum(len(y) for _, y in theirs), rounds=1) / seconds(benchmark, lambda: sum(len(y) for _, y in ours))
    report("Fashion-MNIST epoch: DataLoader time / ours", f"{ratio:.0f} x", ">= 20 x")


@pytest.mark.parametrize("layers", [[784, 10], [784, 256, 10]], ids=["linear", "mlp"])
def test_training_loop_against_bare_arithmetic(benchmark, report, layers):
    loader, _ = d2lbook_utils.load_fashion_mnist(256)
    batches = list(loader)
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), *[part for sizes in zip(layers, layers[1:]) for part in (nn.Linear(*sizes), nn.ReLU())][:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def bare():
        for X, y in batches:
            loss = F.cross_entropy(model(X), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    ours = seconds(benchmark, lambda: d2lbook_utils.train_epoch(model, batches, F.cross_entropy, optimizer), rounds=10)
    report(f"Training epoch, {layers}: train_epoch / bare arithmetic", f"{ours / clock(bare, rounds=10):.2f}", "<= 1.10")


ANIMATOR_SHARE = """
import time
import matplotlib.pyplot, torch
from d2lbook_utils import SGD, Animator, load_fashion_mnist, train_classifier
from torch import nn
torch.set_num_threads(1)
train, test = load_fashion_mnist(256)
def run(board):
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    began = time.perf_counter()
    train_classifier(model, train, test, SGD(model.parameters(), 0.1), epochs=10, animator=board)
    return time.perf_counter() - began
run(None)
board = Animator(xlabel="epoch", legend=["train loss", "train accuracy", "test accuracy"])
inside = 0.0
add = board.add
def timed_add(*args, **kwargs):
    global inside
    began = time.perf_counter()
    add(*args, **kwargs)
    inside += time.perf_counter() - began
board.add = timed_add
total = run(board)
print("share", inside / total)
"""


def test_animator_share(benchmark, report):
    import nbformat
    from nbclient import NotebookClient

    def share():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(ANIMATOR_SHARE)])
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
        text = "".join(output.get("text", "") for output in notebook.cells[0].outputs)
        return float(text.split("share")[1])

    value = benchmark.pedantic(share, rounds=1)
    report("Animator: share of 10 training epochs in a live kernel", f"{100 * value:.1f} %", "<= 5 %")


def test_standin(benchmark, report):
    from d2lbook_utils.data.standins import fashion_mnist as standin_fashion_mnist

    value = seconds(benchmark, lambda: standin_fashion_mnist.draw(70_000, 0), rounds=1)
    report("Fashion-MNIST stand-in: drawing all 70,000 images", f"{value:.1f} s", "<= 3 s")


def test_import(benchmark, report):
    code = "import time, torch; began = time.perf_counter(); import d2lbook_utils; print(time.perf_counter() - began)"

    def extra():
        return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    benchmark.pedantic(extra, rounds=1)
    report("import d2lbook_utils beyond import torch", f"{min(extra() for _ in range(3)):.3f} s", "<= 0.3 s")


def test_site_build(benchmark, report, tmp_path):
    pages = len(list(ROOT.glob("chapters/*/*.ipynb")))
    command = [Path(sys.executable).with_name("jupyter-book"), "build", "--path-output", tmp_path, ROOT]
    benchmark.pedantic(lambda: subprocess.run(command, capture_output=True, check=True), rounds=1)
    assert (tmp_path / "_build" / "html" / "index.html").exists()
    report("Site build per page", f"{benchmark.stats.stats.min / pages:.2f} s", "<= 1.5 s")
