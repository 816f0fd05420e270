"""Directives `part-map` and `part-cards`: the parts of the book, what each needs, and which exist.

A part is planned until its index page is in the table of contents.
"""

from html import escape
from typing import NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Part(NamedTuple):
    number: int
    title: str
    folder: str
    pages: int        # how many pages the finished part has
    needs: tuple      # parts that must be read before
    place: tuple      # column and row on the map
    group: str
    summary: str


PARTS = [
    Part(0, "Getting started", "getting-started", 4, (), (0, 0), "basics",
         "What learning from data is; install, run and read the book."),
    Part(1, "Preliminaries", "preliminaries", 8, (0,), (1, 0), "basics",
         "Tensors, tables, linear algebra, derivatives, autograd, probability."),
    Part(2, "Linear networks", "linear-networks", 9, (1,), (2, 0), "basics",
         "The whole training pipeline on the smallest models."),
    Part(3, "Multilayer perceptrons", "multilayer-perceptrons", 13, (2,), (2, 1), "basics",
         "First deep networks, and what makes them train and generalise."),
    Part(4, "Builder's guide", "builders-guide", 7, (3,), (1, 1), "basics",
         "Modules, parameters, files, devices: how PyTorch models are built."),
    Part(5, "Convolutional networks", "convolutional-networks", 7, (4,), (0, 1), "vision",
         "Convolution derived, its arithmetic, and LeNet."),
    Part(6, "Modern convolutional networks", "modern-convnets", 10, (5,), (0, 2), "vision",
         "From AlexNet to DenseNet, one idea at a time."),
    Part(7, "Optimization", "optimization", 13, (5,), (1, 2), "engine",
         "From gradient descent to AdamW, each written from scratch."),
    Part(8, "Computational performance", "computational-performance", 10, (6, 7), (1, 3), "engine",
         "Why the same mathematics runs fast or slowly; many devices."),
    Part(9, "Computer vision", "computer-vision", 17, (6, 7), (0, 3), "vision",
         "Detection, segmentation, style transfer, competitions."),
    Part(10, "Recurrent networks", "recurrent-networks", 7, (7,), (2, 3), "language",
         "Text as data, and a first language model."),
    Part(11, "Modern recurrent networks", "modern-recurrent-networks", 8, (10,), (2, 4), "language",
         "GRU, LSTM, and the encoder-decoder that translates."),
    Part(12, "Attention and Transformers", "attention-and-transformers", 10, (6, 11), (1, 4), "language",
         "From a soft look-up to a working Transformer."),
    Part(13, "Pre-training for language", "nlp-pretraining", 11, (12,), (0, 4), "language",
         "Word vectors, subwords, BERT: pre-trained, then fine-tuned."),
    Part(14, "Appendix", "appendix", 6, (), (0, 5), "basics",
         "Ways back into the book: by question, tool, name and term."),
]

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 108, 60, 14, 32, 4


def box(part):
    """x, y, width and height of a part on the map."""
    column, row = part.place
    x, y = MARGIN + column * (WIDTH + GAP_X), MARGIN + row * (HEIGHT + GAP_Y)
    return (x, y, WIDTH, HEIGHT) if part.number != 14 else (x, y, 3 * WIDTH + 2 * GAP_X, HEIGHT / 2)


def edge(source, target):
    """The path of an arrow: straight along a row or a column, else an S-curve."""
    x0, y0, _, _ = box(source)
    x1, y1, _, _ = box(target)
    if y0 == y1:
        y = y0 + HEIGHT / 2
        return f"M{x0 + WIDTH} {y}H{x1 - 3}" if x1 > x0 else f"M{x0} {y}H{x1 + WIDTH + 3}"
    if x0 == x1:
        return f"M{x0 + WIDTH / 2} {y0 + HEIGHT}V{y1 - 3}"
    side = 1 if x1 > x0 else -1
    start, end = x0 + WIDTH / 2 + side * 30, x1 + WIDTH / 2 - side * 30
    top, bottom = y0 + HEIGHT, y1 - 3
    if y1 - y0 == HEIGHT + GAP_Y:
        middle = (top + bottom) / 2
        return f"M{start} {top}C{start} {middle + 6} {end} {middle - 6} {end} {bottom}"
    lane, bend = x0 + WIDTH + GAP_X / 2, GAP_Y - 6     # down the lane between two columns
    return (f"M{start + 10} {top}C{start + 10} {top + 14} {lane} {top + 10} {lane} {top + bend}"
            f"V{bottom - bend}C{lane} {bottom - 10} {end - 10} {bottom - 14} {end - 10} {bottom}")


def wrapped(title):
    """A title in two lines of similar length."""
    words = title.replace("convolutional networks", "convnets").split()
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(cuts, key=lambda lines: max(map(len, lines)), default=(title,))


def draw_map(links):
    """The map as SVG; `links` holds the address of every part that exists."""
    by_number = {part.number: part for part in PARTS}
    size = (2 * MARGIN + 3 * WIDTH + 2 * GAP_X, 2 * MARGIN + 5.5 * HEIGHT + 5 * GAP_Y)
    svg = [f'<svg class="part-map" viewBox="0 0 {size[0]} {size[1]}" role="group" '
           'aria-label="Map of the parts; an arrow points from a part to the parts that need it.">',
           '<defs><marker id="part-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" '
           'markerHeight="7" orient="auto"><path class="head" d="M0 0.5L7 4L0 7.5Z"/></marker></defs>']
    for part in PARTS:
        svg += [f'<path class="edge" marker-end="url(#part-arrow)" d="{edge(by_number[n], part)}"/>'
                for n in part.needs]
    for part in PARTS:
        x, y, width, height = box(part)
        state = "" if part.number in links else " planned"
        if part.number == 14:
            lines, left, first = ["Appendix: look things up at any time"], x + 32, y + 19
        else:
            lines, left, first = wrapped(part.title), x + 9, y + 35
        text = "".join(f'<text class="title" x="{left}" y="{first + 14 * i}">{escape(line)}</text>'
                       for i, line in enumerate(lines))
        drawn = (f'<g class="part {part.group}{state}"><rect x="{x}" y="{y}" width="{width}" '
                 f'height="{height}" rx="7"/><text class="number" x="{x + 9}" y="{y + 19}">'
                 f'{part.number}</text>{text}</g>')
        if part.number in links:
            drawn = f'<a href="{links[part.number]}" aria-label="{part.number} {escape(part.title)}">{drawn}</a>'
        svg.append(drawn)
    return "\n".join([*svg, "</svg>"])


def draw_cards(links, written):
    """The list of parts as cards; `written` counts the pages that exist."""
    cards = []
    for part in PARTS:
        done = written[part.number]
        if part.number not in links:
            state = f'<span class="badge-planned">planned</span> {part.pages} pages'
        elif done < part.pages:
            state = f"{done} of {part.pages} pages"
        else:
            state = f"{part.pages} pages"
        needs = " and ".join(map(str, part.needs))
        needs = f" · needs {needs}" if needs else ""
        body = (f'<span class="part-number">{part.number}</span>'
                f'<span class="part-title">{escape(part.title)}</span>'
                f'<span class="part-summary">{escape(part.summary)}</span>'
                f'<span class="part-state">{state}{needs}</span>')
        if part.number in links:
            cards.append(f'<li><a class="part-card {part.group}" href="{links[part.number]}">{body}</a></li>')
        else:
            cards.append(f'<li><div class="part-card {part.group} planned">{body}</div></li>')
    return '<ul class="part-cards">' + "\n".join(cards) + "</ul>"


class PartDirective(SphinxDirective):
    def run(self):
        self.env.note_reread()
        found = self.env.found_docs
        links, written = {}, {}
        for part in PARTS:
            folder = f"chapters/{part.folder}/"
            pages = {name for name in found if name.startswith(folder)}
            written[part.number] = len(pages - {folder + "index"})
            if folder + "index" in pages:
                links[part.number] = self.env.app.builder.get_relative_uri(
                    self.env.docname, folder + "index")
        return [nodes.raw("", self.draw(links, written), format="html")]


class PartMap(PartDirective):
    def draw(self, links, written):
        return draw_map(links)


class PartCards(PartDirective):
    def draw(self, links, written):
        return draw_cards(links, written)


def setup(app):
    app.add_directive("part-map", PartMap)
    app.add_directive("part-cards", PartCards)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
