// Shows what the Markdown in a text area will look like. The server renders and cleans it.
//
// <div data-editor>
//   <button data-preview-toggle data-preview-url="/…" data-word-write="Skriv videre" data-word-failed="…" hidden>
//   <textarea data-preview-source></textarea>
//   <div data-preview-output hidden></div>
// </div>
// Sends `text` as a form field with the form's own csrf_token; expects an HTML fragment.

async function render(url, source) {
  const token = source.form?.elements.namedItem("csrf_token")?.value ?? "";
  const response = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": token, Accept: "text/html" },
    body: new URLSearchParams({ text: source.value, csrf_token: token }),
    credentials: "same-origin",
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

function setUp(editor) {
  const button = editor.querySelector("[data-preview-toggle]");
  const source = editor.querySelector("[data-preview-source]");
  const output = editor.querySelector("[data-preview-output]");
  const label = button.querySelector("[data-word]") ?? button;
  const showWord = label.textContent;

  function show(previewing) {
    output.hidden = !previewing;
    source.hidden = previewing;
    button.setAttribute("aria-pressed", String(previewing));
    label.textContent = previewing ? button.dataset.wordWrite : showWord;
  }

  button.hidden = false;
  button.addEventListener("click", async () => {
    if (source.hidden) {
      show(false);
      source.focus();
      return;
    }
    button.setAttribute("aria-busy", "true");
    try {
      output.innerHTML = await render(button.dataset.previewUrl, source);
    } catch {
      output.textContent = button.dataset.wordFailed;
    }
    button.removeAttribute("aria-busy");
    show(true);
  });
}

export function start(root) {
  for (const editor of root.querySelectorAll("[data-editor]:has([data-preview-toggle])")) setUp(editor);
}
