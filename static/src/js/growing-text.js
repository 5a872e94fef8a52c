// A text area with data-grow is as tall as its text. Browsers that know field-sizing do it themselves.

function fit(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

export function start(root) {
  for (const area of root.querySelectorAll("textarea[data-grow]")) {
    if (CSS.supports("field-sizing", "content")) {
      area.style.fieldSizing = "content";
      continue;
    }
    fit(area);
    area.addEventListener("input", () => fit(area));
  }
}
