// <button data-copy="https://…" data-word-copied="Lenken er kopiert" hidden>: shown only where copying works.

export function start(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("button[data-copy]")) {
    const label = button.querySelector("[data-word]") ?? button;
    const word = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      label.textContent = button.dataset.wordCopied;
      setTimeout(() => {
        label.textContent = word;
      }, 2500);
    });
  }
}
