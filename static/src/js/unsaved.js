// Says "not saved" and asks before one leaves a changed form: <form data-unsaved="Ikke lagret"> with an
// optional element [data-save-state] inside it.

export function start(root) {
  const changed = new Set();

  for (const form of root.querySelectorAll("form[data-unsaved]")) {
    const state = form.querySelector("[data-save-state]");
    form.addEventListener("input", () => {
      if (changed.has(form)) return;
      changed.add(form);
      if (!state) return;
      state.textContent = form.dataset.unsaved;
      state.dataset.state = "unsaved";
    });
    form.addEventListener("submit", () => changed.delete(form));
  }

  addEventListener("beforeunload", (event) => {
    if (changed.size > 0) event.preventDefault();
  });
}
