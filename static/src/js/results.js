// Up and down move between the hits of a list marked data-results; Enter opens, as on any link.

export function start(root) {
  const list = root.querySelector("[data-results]");
  if (!list) return;
  const links = [...list.querySelectorAll("a[data-result]")];
  const field = [...root.querySelectorAll("input[data-search-field]")].at(-1);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = links.indexOf(root.activeElement);
    if (at < 0 && root.activeElement !== field) return; // elsewhere the arrows scroll
    const next = event.key === "ArrowDown" ? links[at + 1] : (links[at - 1] ?? field);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
