// Keeps what is written in this browser until it is saved: <form data-keep="document-12" data-keep-owner="7"> with
// <template data-keep-notice> before it, a callout with [data-keep-when], [data-keep-restore] and [data-keep-discard].
// The copy is offered when one comes back: after a lost session, a crash, or a closed window. It is the owner's alone,
// goes when the text is saved or the owner signs out, and is forgotten after a week.

const PREFIX = "fagrom-copy:";
const SENT = "fagrom-sent";
const WEEK = 7 * 24 * 3600 * 1000;
const PAUSE = 400;

function storage(kind) {
  try {
    return window[kind];
  } catch {
    return null; // switched off: then there is nothing to keep in
  }
}

function writable(form) {
  return [...form.elements].filter((field) => field.name && field.matches("textarea, select, input:not([type=hidden])"));
}

function textOf(form) {
  return Object.fromEntries(writable(form).map((field) => [field.name, field.value]));
}

function read(store, key) {
  try {
    const copy = JSON.parse(store.getItem(key));
    return copy && Date.now() - copy.time < WEEK ? copy : null;
  } catch {
    return null;
  }
}

function forgetSaved(store, sent) {
  const key = sent?.getItem(SENT);
  if (!key || !document.querySelector(".flashes [data-tone=good]")) return;
  store.removeItem(key);
  sent.removeItem(SENT);
}

function forgetOnSignOut(store) {
  document.querySelector("form[action='/logg-ut']")?.addEventListener("submit", () => {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
  });
}

function offer(form, copy, forget) {
  const notice = form.parentElement.querySelector("template[data-keep-notice]");
  if (!notice) return;
  const shown = notice.content.firstElementChild.cloneNode(true);
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  shown.querySelector("[data-keep-when]").textContent = when.format(copy.time);
  shown.querySelector("[data-keep-restore]").addEventListener("click", () => {
    for (const field of writable(form)) if (field.name in copy.text) field.value = copy.text[field.name];
    shown.remove();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    writable(form)[0]?.focus();
  });
  shown.querySelector("[data-keep-discard]").addEventListener("click", () => {
    forget();
    shown.remove();
  });
  form.before(shown);
}

function keep(form, store, sent) {
  const key = `${PREFIX}${form.dataset.keepOwner}:${form.dataset.keep}`;
  const before = JSON.stringify(textOf(form));
  const copy = read(store, key);
  if (copy && JSON.stringify(copy.text) !== before) offer(form, copy, () => store.removeItem(key));
  else store.removeItem(key);

  let waiting;
  const write = () => {
    try {
      store.setItem(key, JSON.stringify({ time: Date.now(), text: textOf(form) }));
    } catch {
      // Full: the warning on leaving still stands.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    write();
    sent?.setItem(SENT, key);
  });
}

export function start(root) {
  const store = storage("localStorage");
  const sent = storage("sessionStorage");
  if (!store) return;
  forgetSaved(store, sent);
  forgetOnSignOut(store);
  for (const form of root.querySelectorAll("form[data-keep]")) keep(form, store, sent);
}
