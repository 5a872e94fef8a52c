// A wide table in a written text gets a frame of its own that scrolls and can be reached by keyboard.

function frame(table) {
  const box = document.createElement("div");
  box.className = "table-scroll";
  table.replaceWith(box);
  box.append(table);
}

// What a table is called for those who do not see it: its caption, else the heading it stands under.
function nameOf(box) {
  const caption = box.querySelector("caption");
  if (caption) return caption.textContent.trim();
  const headings = [...document.querySelectorAll("h1, h2, h3, h4")];
  const above = headings.filter((each) => each.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING);
  return above.at(-1)?.textContent.trim() || document.title;
}

// Regions of one page must be told apart: the second table of a name gets a number.
function namesOf(boxes) {
  const seen = new Map();
  return new Map(
    [...boxes].map((box) => {
      const name = nameOf(box);
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return [box, seen.get(name) > 1 ? `${name} (${seen.get(name)})` : name];
    }),
  );
}

function makeReachable(box, name) {
  const scrolls = box.scrollWidth > box.clientWidth;
  if (!scrolls) {
    for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
    return;
  }
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", name);
}

export function start(root) {
  for (const table of root.querySelectorAll(".prose table")) {
    if (!table.closest(".table-scroll")) frame(table);
  }
  const boxes = root.querySelectorAll(".table-scroll");
  if (boxes.length === 0) return;
  const names = namesOf(boxes);
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) makeReachable(target, names.get(target));
  });
  for (const box of boxes) watcher.observe(box);
}
