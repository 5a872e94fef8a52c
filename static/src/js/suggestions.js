// Suggests titles and tags under a search field while one types. Without scripts, or without an answer, it is a plain field.
//
// <input data-search-field data-suggest="/api/v1/suggest" data-word-suggestions="Forslag" data-word-tag="Merke">
// A combobox as the ARIA Authoring Practices have it: the cursor stays in the field; Up and Down choose, Enter opens what
// is chosen or else searches, Escape closes.

const PAUSE = 120; // milliseconds without a keystroke before the server is asked
const SHORTEST = 2;

function entries(answer, field) {
  const tags = answer.tags.map((tag) => ({
    text: tag.tag,
    about: field.dataset.wordTag,
    url: `${field.form.getAttribute("action")}?q=${encodeURIComponent(tag.query)}`,
  }));
  return [...answer.titles.map((hit) => ({ text: hit.title, about: hit.space_name, url: hit.url })), ...tags];
}

function option(entry, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.url = entry.url;
  const about = document.createElement("span");
  about.className = "quiet";
  about.textContent = entry.about;
  item.append(entry.text, " ", about);
  return item;
}

class Suggestions {
  constructor(field) {
    this.field = field;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.dataset.wordSuggestions);
    this.status = document.createElement("span");
    this.status.className = "ds-sr-only";
    this.status.setAttribute("role", "status");
    field.parentElement.append(this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) {
      field.setAttribute(name, value);
    }
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the field
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const text = this.field.value.trim();
    if (text.length < SHORTEST) {
      this.close();
      return;
    }
    this.request = new AbortController();
    try {
      const url = `${this.field.dataset.suggest}?q=${encodeURIComponent(text)}`;
      const response = await fetch(url, { signal: this.request.signal, credentials: "same-origin" });
      this.show(response.ok ? entries(await response.json(), this.field) : []);
    } catch {
      // a newer question, or no server: the field works as it is
    }
  }

  show(found) {
    if (!found.length || document.activeElement !== this.field) {
      this.close();
      return;
    }
    this.list.replaceChildren(...found.map((entry, number) => option(entry, `${this.list.id}-${number}`)));
    this.list.hidden = false;
    this.choose(null);
    this.field.setAttribute("aria-expanded", "true");
    this.status.textContent = `${this.field.dataset.wordSuggestions}: ${found.length}`;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  choose(item) {
    this.list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    if (!item) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", item.id);
  }

  open(item) {
    if (item) window.location.assign(item.dataset.url);
  }

  key(event) {
    if (this.list.hidden || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const chosen = this.list.querySelector("[aria-selected=true]");
    if (event.key === "ArrowDown") this.choose(chosen ? chosen.nextElementSibling : this.list.firstElementChild);
    else if (event.key === "ArrowUp") this.choose(chosen ? chosen.previousElementSibling : this.list.lastElementChild);
    else if (event.key === "Enter" && chosen) this.open(chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation(); // on a result page the arrows would move on to the hits
  }
}

export function start(root) {
  for (const field of root.querySelectorAll("input[data-suggest]")) new Suggestions(field);
}
