"""A visit to a page of the built site: loaded once, looked at, used, and looked at again in the dark and on phones."""

from pathlib import Path

from site_browser import new_context, settle

OBSERVE, FAINT = (Path(__file__).with_name(name).read_text() for name in ("site_observe.js", "site_faint.js"))

OPEN_SOLUTIONS = """() => [...document.querySelectorAll(".solution.dropdown")].map(solution =>
  [...solution.children].filter(
    e => !e.matches(".admonition-title") && e.checkVisibility({visibilityProperty: true})).length)"""

SLIDERS = """() => [...document.querySelectorAll("figure.explore")].map(figure => {
  const input = figure.querySelector("input[type=range]");
  const frames = [...figure.querySelectorAll("img")];
  return {
    shown: frames.flatMap((frame, i) => frame.checkVisibility() ? [i] : []),
    frames: frames.length,
    value: input.valueAsNumber,
    labels: [...input.labels].map(label => label.textContent.trim()),
    output: figure.querySelector("output").textContent,
    expected: frames[input.valueAsNumber].dataset.value,
  };
})"""

PHONES = 390, 320


def visit(browser, address, name):
    """What is wrong with a page, by kind; an empty dictionary if nothing is."""
    context = new_context(browser, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(f"{address}{name}.html")
    page.add_style_tag(content="* {transition: none !important; animation: none !important}")
    settle(page)
    wrong = page.evaluate(OBSERVE)
    wrong["solution"] = try_solutions(page)
    wrong["slider"] = try_sliders(page)
    wrong["faint text in the light"] = page.evaluate(FAINT)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.theme == 'dark'")
    wrong["faint text in the dark"] = page.evaluate(FAINT)
    for width in PHONES:
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.scrollingElement.scrollWidth")
        wrong[f"scrolls sideways at {width}"] = needed if needed > width else None
    settle(page)
    wrong |= {"error": errors, "request to another host": context.outside}
    context.close()
    return {kind: found for kind, found in wrong.items() if found}


def try_solutions(page):
    """Solutions are closed at first, open by the Enter key and close by a click on the title."""
    wrong = []
    if any(page.evaluate(OPEN_SOLUTIONS)):
        wrong.append("open at first")
    for button in page.locator(".solution.dropdown .toggle-button").all():
        button.focus()
        page.keyboard.press("Enter")
    if not all(page.evaluate(OPEN_SOLUTIONS)):
        wrong.append("closed after the Enter key")
    for title in page.locator(".solution.dropdown > .admonition-title").all():
        title.click(position={"x": 8, "y": 8})
    if any(page.evaluate(OPEN_SOLUTIONS)):
        wrong.append("open after a click")
    page.eval_on_selector_all(
        ".toggle-button[aria-expanded=false]", "buttons => buttons.forEach(button => button.click())"
    )
    return wrong


def try_sliders(page):
    """A click on the far end and an arrow key change the one picture that is shown, its value and nothing else."""
    states = [page.evaluate(SLIDERS)]
    sliders = page.locator("figure.explore input[type=range]").all()
    for slider, state in zip(sliders, states[0]):
        box = slider.bounding_box()
        first_half = 2 * state["value"] < state["frames"] - 1
        slider.click(position={"x": box["width"] - 3 if first_half else 3, "y": box["height"] / 2})
    states.append(page.evaluate(SLIDERS))
    for slider, state in zip(sliders, states[1]):
        slider.focus()
        page.keyboard.press("ArrowLeft" if state["value"] else "ArrowRight")
    states.append(page.evaluate(SLIDERS))
    return [figure for figure in zip(*states) if not moves(*figure)]


def moves(first, clicked, pressed):
    """Whether the three states of a slider are as they should be."""
    return (
        len(first["labels"]) == 1
        and first["labels"][0]
        and all(
            state["shown"] == [state["value"]] and state["output"] == state["expected"]
            for state in (first, clicked, pressed)
        )
        and first["shown"] != clicked["shown"] != pressed["shown"]
    )
