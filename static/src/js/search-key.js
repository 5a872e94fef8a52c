// "/" puts the cursor in the search field, unless one is writing.

function isWriting(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

export function start(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const fields = [...root.querySelectorAll("input[data-search-field]")].filter((field) => field.checkVisibility());
    const field = fields.at(-1); // the page's own large field comes after the one in the header
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
