// What a page shows: formulas that are not set, pictures without text, controls that the Tab key should pass over.
() => {
  const text = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("pre, code, script, style, mjx-container"))
      text.push(walker.currentNode.data);
  }
  const start = element => element.outerHTML.slice(0, 60);
  const all = selector => [...document.querySelectorAll(selector)];
  return {
    "raw formula": text.filter(t => /\\[([]|\$\$/.test(t)),
    "formula not set": all(".math").filter(m => !m.querySelector("mjx-container")).map(start),
    "error in formula": all("mjx-merror").map(start),
    "picture without alternative text": all("img").filter(i => !i.alt.trim()).map(start),
    "broken picture": all("img").filter(i => i.complete && !i.naturalWidth && i.checkVisibility()).map(start),
    "needless stop of the Tab key": all("mjx-container[tabindex='0'], .copybtn:not([tabindex='-1'])").map(start),
    "copy button on an output": all(".cell_output .copybtn").map(start),
    "icon not drawn": all(".fa-solid").filter(i => i.checkVisibility() && !getComputedStyle(i).maskImage.includes("svg")).map(start),
  };
}
