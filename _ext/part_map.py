"""Directives `part-map` and `part-cards`: the parts of the book, what each needs, and which exist.

A part is planned until its index page is in the table of contents.
"""

from html import escape

from docutils import nodes
from parts import read_parts
from sphinx.util.docutils import SphinxDirective

WIDTH, HEIGHT, GAP_X, GAP_Y, MARGIN = 108, 60, 14, 32, 4


def box(part):
    """x, y, width and height of a part on the map."""
    column, row = part.place
    x, y = MARGIN + column * (WIDTH + GAP_X), MARGIN + row * (HEIGHT + GAP_Y)
    return (x, y, 3 * WIDTH + 2 * GAP_X, HEIGHT / 2) if part.wide else (x, y, WIDTH, HEIGHT)


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
    lane, bend = x0 + WIDTH + GAP_X / 2, GAP_Y - 6  # down the lane between two columns
    return (
        f"M{start + 10} {top}C{start + 10} {top + 14} {lane} {top + 10} {lane} {top + bend}"
        f"V{bottom - bend}C{lane} {bottom - 10} {end - 10} {bottom - 14} {end - 10} {bottom}"
    )


def wrapped(title):
    """A title in two lines of similar length."""
    words = title.split()
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min(cuts, key=lambda lines: max(map(len, lines)), default=(title,))


def draw_part(part, link):
    """The box of a part with its number and title, led to `link` if there is one."""
    x, y, width, height = box(part)
    title = part.short or part.title
    lines, left, first = ([title], x + 32, y + 19) if part.wide else (wrapped(title), x + 9, y + 35)
    text = " ".join(
        f'<text class="title" x="{left}" y="{first + 14 * i}">{escape(line)}</text>' for i, line in enumerate(lines)
    )
    drawn = (
        f'<g class="part {part.group}{"" if link else " planned"}"><rect x="{x}" y="{y}" width="{width}" '
        f'height="{height}" rx="7"/><text class="number" x="{x + 9}" y="{y + 19}">{part.number}</text> {text}</g>'
    )
    return f'<a href="{link}">{drawn}</a>' if link else drawn


def draw_map(parts, links):
    """The map as SVG; `links` holds the address of every part that exists, by its folder."""
    by_folder = {part.folder: part for part in parts}
    boxes = [box(part) for part in parts]
    size = [MARGIN + max(box[i] + box[i + 2] for box in boxes) for i in (0, 1)]
    svg = [
        f'<svg class="part-map" viewBox="0 0 {size[0]} {size[1]}" role="group" '
        'aria-label="Map of the parts; an arrow points from a part to the parts that need it.">',
        '<defs><marker id="part-arrow" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path class="head" d="M0 0.5L7 4L0 7.5Z"/></marker></defs>',
    ]
    for part in parts:
        svg += [
            f'<path class="edge" marker-end="url(#part-arrow)" d="{edge(by_folder[need], part)}"/>'
            for need in part.needs
        ]
    svg += [draw_part(part, links.get(part.folder)) for part in parts]
    return "\n".join([*svg, "</svg>"])


def draw_cards(parts, links, written):
    """The list of parts as cards; `written` counts the pages that exist, by the folder of their part."""
    numbers = {part.folder: str(part.number) for part in parts}
    cards = []
    for part in parts:
        link, done = links.get(part.folder), written.get(part.folder, 0)
        state = f"{part.pages} pages" if not link or done >= part.pages else f"{done} of {part.pages} pages"
        if not link:
            state = f'<span class="badge-planned">planned</span> {state}'
        if part.needs:
            state += " · needs " + " and ".join(numbers[need] for need in part.needs)
        body = (
            f'<span class="part-number">{part.number}</span>'
            f'<span class="part-title">{escape(part.title)}</span>'
            f'<span class="part-summary">{escape(part.summary)}</span>'
            f'<span class="part-state">{state}</span>'
        )
        if link:
            cards.append(f'<li><a class="part-card {part.group}" href="{link}">{body}</a></li>')
        else:
            cards.append(f'<li><div class="part-card {part.group} planned">{body}</div></li>')
    return '<ul class="part-cards">' + "\n".join(cards) + "</ul>"


class PartDirective(SphinxDirective):
    def run(self):
        self.env.note_reread()
        parts, links, written = read_parts(self.env.srcdir), {}, {}
        for part in parts:
            folder = f"chapters/{part.folder}/"
            pages = {name for name in self.env.found_docs if name.startswith(folder)}
            written[part.folder] = len(pages - {folder + "index"})
            if folder + "index" in pages:
                links[part.folder] = self.env.app.builder.get_relative_uri(self.env.docname, folder + "index")
        return [nodes.raw("", self.draw(parts, links, written), format="html")]


class PartMap(PartDirective):
    def draw(self, parts, links, written):
        return draw_map(parts, links)


class PartCards(PartDirective):
    def draw(self, parts, links, written):
        return draw_cards(parts, links, written)


def setup(app):
    app.add_directive("part-map", PartMap)
    app.add_directive("part-cards", PartCards)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
