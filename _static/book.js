// Names and tab order of the theme's controls, for those who use the keyboard or a screen reader; loading of slider figures.
document.addEventListener("DOMContentLoaded", () => {
  const name = (selector, text) =>
    document.querySelectorAll(selector).forEach(element => element.setAttribute("aria-label", text(element)));

  name(".bd-links summary", summary => `Pages of ${summary.closest("li").querySelector("a").textContent.trim()}`);
  name(".solution .toggle-button", button => button.closest(".admonition-title").textContent.trim());
  name("#pst-primary-sidebar", () => "Book");
  document.querySelector("#pst-primary-sidebar").setAttribute("role", "region");
  document.querySelectorAll(".citation-list > .citation").forEach(entry => entry.setAttribute("role", "listitem"));
  document.querySelectorAll(".search-button-field").forEach(button => button.removeAttribute("aria-label"));
  document.querySelectorAll("figure.explore").forEach(figure => {
    const load = () => figure.querySelectorAll("img").forEach(image => image.loading = "eager");
    for (const event of ["pointerenter", "focusin", "touchstart"])
      figure.addEventListener(event, load, {once: true, passive: true});
  });
  document.querySelectorAll(".copybtn").forEach(button => button.tabIndex = -1);
});
