"""The speed promises, measured in one run. Nothing here passes or fails on time: `make bench` prints a table."""

import statistics
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
    """The fastest of some runs."""
    benchmark.pedantic(function, rounds=rounds, warmup_rounds=1)
    return benchmark.stats.stats.min


def paired_ratio(benchmark, one, other, rounds=15):
    """The median of time of ``one`` / time of ``other``, run in turn, so that a busy machine slows both."""
    times = []

    def run_other():
        began = time.perf_counter()
        other()
        times.append(time.perf_counter() - began)

    benchmark.pedantic(one, setup=run_other, rounds=rounds, warmup_rounds=1)
    pairs = zip(benchmark.stats.stats.data, times[-rounds:], strict=True)
    return statistics.median(mine / its for mine, its in pairs)


def network(*sizes):
    """Linear layers of these sizes with ReLU between them."""
    torch.manual_seed(0)
    layers = [nn.Flatten(), nn.Linear(*sizes[:2])]
    for n, m in zip(sizes[1:], sizes[2:]):
        layers += [nn.ReLU(), nn.Linear(n, m)]
    return nn.Sequential(*layers)


def by_hand(model, loader, lr=0.1):
    """An epoch of a training loop that adds up the loss and the hits, as `train_epoch` does, and checks nothing."""
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss_sum, correct = 0.0, 0
    for X, y in loader:
        logits = model(X)
        loss = F.cross_entropy(logits, y)
        loss_sum += loss.item() * len(y)
        correct += (logits.argmax(dim=1) == y).sum().item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss_sum, correct


def without_autograd(W, b, images, labels, batch_size, lr=0.1):
    """An epoch of softmax regression in formulas, on rows picked in a new order."""
    for rows in torch.randperm(len(images)).split(batch_size):
        X, y = images[rows], labels[rows]
        slopes = torch.softmax(X @ W + b, dim=1)  # (B, q): probabilities - one-hot labels, over B
        slopes[torch.arange(len(y)), y] -= 1
        slopes /= len(y)
        W -= lr * (X.T @ slopes)
        b -= lr * slopes.sum(dim=0)


def test_loading_against_torchvision(benchmark, report):
    from torchvision.transforms import ToTensor

    theirs = torch.utils.data.DataLoader(d2lbook_utils.fashion_mnist_dataset(transform=ToTensor()), 256, shuffle=True)
    ours, _ = d2lbook_utils.load_fashion_mnist(256)

    def load(loader):
        return sum(len(y) for _, y in loader)

    ratio = paired_ratio(benchmark, lambda: load(theirs), lambda: load(ours), rounds=3)
    report("Loading an epoch of Fashion-MNIST: DataLoader / ours", f"{ratio:.0f} x", ">= 20 x")


def test_training_against_torchvision(benchmark, report):
    from torchvision.transforms import ToTensor

    theirs = torch.utils.data.DataLoader(d2lbook_utils.fashion_mnist_dataset(transform=ToTensor()), 256, shuffle=True)
    ours, _ = d2lbook_utils.load_fashion_mnist(256)
    model, twin = network(784, 10), network(784, 10)
    optimizer = d2lbook_utils.SGD(model.parameters(), 0.1)
    ratio = paired_ratio(
        benchmark, lambda: by_hand(twin, theirs), lambda: d2lbook_utils.train_epoch(model, ours, optimizer), rounds=3
    )
    report("Training epoch, (784, 10), loading included: DataLoader and loop / ours", f"{ratio:.0f} x", ">= 5 x")


@pytest.mark.parametrize("sizes", [(784, 10), (784, 256, 10)], ids=["linear", "mlp"])
def test_train_epoch_against_a_loop_by_hand(benchmark, report, sizes):
    batches = list(d2lbook_utils.load_fashion_mnist(256)[0])
    model, twin = network(*sizes), network(*sizes)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    ratio = paired_ratio(
        benchmark, lambda: d2lbook_utils.train_epoch(model, batches, optimizer), lambda: by_hand(twin, batches)
    )
    report(f"Training epoch, {sizes}: train_epoch / autograd loop by hand", f"{ratio:.2f}", "<= 1.10")


def test_train_epoch_against_formulas_without_autograd(benchmark, report):
    loader, _ = d2lbook_utils.load_fashion_mnist(256)
    images, labels = d2lbook_utils.fashion_mnist_tensors()
    images = images.reshape(-1, 784) / 255
    model = network(784, 10)
    optimizer = d2lbook_utils.SGD(model.parameters(), 0.1)
    W, b = torch.zeros(784, 10), torch.zeros(10)
    ratio = paired_ratio(
        benchmark,
        lambda: d2lbook_utils.train_epoch(model, loader, optimizer),
        lambda: without_autograd(W, b, images, labels, 256),
    )
    report("Training epoch, (784, 10), loading included: ours / formulas", f"{ratio:.2f}", "<= 1.30")


ANIMATOR_SHARE = """
import time
import matplotlib.pyplot, torch
from d2lbook_utils import SGD, Animator, load_fashion_mnist, train_classifier
from torch import nn
torch.set_num_threads(1)
train, test = load_fashion_mnist(256)
def run(each_epoch):
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    began = time.perf_counter()
    train_classifier(model, train, test, SGD(model.parameters(), 0.1), epochs=20, each_epoch=each_epoch)
    return time.perf_counter() - began
run(None)
board = Animator(xlabel="epoch")
inside, pictures = 0.0, 0
def timed_show(history):
    global inside
    began = time.perf_counter()
    board.show(history)
    inside += time.perf_counter() - began
def first_picture(history):
    timed_show(history)
    return True
run(first_picture)
first, inside = inside, 0.0
send = board._send
def counted_send():
    global pictures
    pictures += 1
    send()
board._send = counted_send
total = run(timed_show)
print("measured", inside / total, first, pictures / total)
"""


def test_animator_share(benchmark, report):
    import nbformat
    from nbclient import NotebookClient

    def share():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(ANIMATOR_SHARE)])
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
        text = "".join(output.get("text", "") for output in notebook.cells[0].outputs)
        return text.split("measured")[1].split()

    value, first, rate = benchmark.pedantic(share, rounds=1)
    report("Animator: its first picture", f"{float(first):.2f} s", "<= 0.5 s")
    what = "Animator: share of 20 training epochs after it (pictures a second)"
    report(what, f"{100 * float(value):.1f} % ({float(rate):.1f})", "<= 5 % or 1 a second")


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
