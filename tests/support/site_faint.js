// Texts whose contrast against their background is below 4.5 to 1.
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const parsed = new Map();
  const parse = colour => {
    if (!parsed.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      parsed.set(colour, [r, g, b, a / 255]);
    }
    return parsed.get(colour);
  };
  const over = (top, below) => [0, 1, 2].map(i => top[3] * top[i] + (1 - top[3]) * below[i]);
  const backgrounds = new Map();
  const background = element => {
    if (!element) return [255, 255, 255];
    if (!backgrounds.has(element)) {
      const own = parse(getComputedStyle(element).backgroundColor);
      backgrounds.set(element, own[3] == 1 ? own : over(own, background(element.parentElement)));
    }
    return backgrounds.get(element);
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ownText = e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
  const faint = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!(ownText(element) || element.matches("mjx-container"))) continue;
    if (element.closest("script, style, noscript, mjx-assistive-mml, svg")) continue;
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const below = background(element), colour = over(parse(getComputedStyle(element).color), below);
    const [low, high] = [luminance(colour), luminance(below)].sort((a, b) => a - b);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5)
      faint.set(`${element.tagName}.${element.className}`,
                `${ratio.toFixed(2)} "${element.textContent.trim().slice(0, 40)}"`);
  }
  return Object.fromEntries(faint);
}
