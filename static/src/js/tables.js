// A wide table in a written text gets a frame of its own that scrolls and can be reached by keyboard.

function frame(table) {
  const box = document.createElement("div");
  box.className = "table-scroll";
  table.replaceWith(box);
  box.append(table);
}

function makeReachable(box) {
  const scrolls = box.scrollWidth > box.clientWidth;
  if (!scrolls) {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    return;
  }
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", box.querySelector("caption, th")?.textContent.trim() || document.title);
}

export function start(root) {
  for (const table of root.querySelectorAll(".prose table")) {
    if (!table.closest(".table-scroll")) frame(table);
  }
  const boxes = root.querySelectorAll(".table-scroll");
  if (boxes.length === 0) return;
  const watcher = new ResizeObserver((entries) => entries.forEach((entry) => makeReachable(entry.target)));
  for (const box of boxes) watcher.observe(box);
}
