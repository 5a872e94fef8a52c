// After a refused form the list of what is wrong gets the focus, and its links lead into the fields.

export function start(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && root.getElementById(link.hash.slice(1));
    if (!target) return;
    const field = target.matches("fieldset") ? target.querySelector("input") : target; // a group: its first choice
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
}
