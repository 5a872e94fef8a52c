// Keeps what is written in this browser until it is saved: <form data-keep="document-12" data-keep-owner="7"> with
// <template data-keep-notice> before it, a callout with [data-keep-when], [data-keep-restore] and [data-keep-discard].
// The copy is offered when one comes back: after a lost session, a crash, or a closed window. It is the owner's alone,
// goes when the text is saved or the owner signs out, and is forgotten after a week. An offer that nobody answers is
// made again, whatever is written and saved in the meantime.

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

function parsed(json, otherwise) {
  try {
    return JSON.parse(json) ?? otherwise;
  } catch {
    return otherwise; // somebody else's, or cut off
  }
}

// What is kept under a key: the texts, newest first, each with its time.
function read(store, key) {
  const copies = parsed(store.getItem(key), []);
  return Array.isArray(copies) ? copies.filter((copy) => Date.now() - copy.time < WEEK) : [];
}

function write(store, key, copies) {
  try {
    if (copies.length) store.setItem(key, JSON.stringify(copies));
    else store.removeItem(key);
  } catch {
    // Full: the warning on leaving still stands.
  }
}

// The text that was sent has been saved; others that nobody has answered for still wait.
function forgetSaved(store, sent) {
  const { key, text } = parsed(sent?.getItem(SENT), {});
  if (!key || !document.querySelector(".flashes [data-tone=good]")) return;
  write(store, key, read(store, key).filter((copy) => JSON.stringify(copy.text) !== text));
  sent.removeItem(SENT);
}

function forgetOnSignOut(store) {
  document.querySelector("form[action='/logg-ut']")?.addEventListener("submit", () => {
    for (const key of Object.keys(store)) if (key.startsWith(PREFIX)) store.removeItem(key);
  });
}

function offer(form, copy, restore, discard) {
  const notice = form.parentElement.querySelector("template[data-keep-notice]");
  if (!notice) return;
  const shown = notice.content.firstElementChild.cloneNode(true);
  const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  shown.querySelector("[data-keep-when]").textContent = when.format(copy.time);
  for (const [button, answer] of [["restore", restore], ["discard", discard]]) {
    shown.querySelector(`[data-keep-${button}]`).addEventListener("click", () => {
      shown.remove();
      answer();
    });
  }
  form.before(shown);
}

function keep(form, store, sent) {
  const key = `${PREFIX}${form.dataset.keepOwner}:${form.dataset.keep}`;
  const asServed = JSON.stringify(textOf(form));
  const unanswered = read(store, key).filter((copy) => JSON.stringify(copy.text) !== asServed);
  let waiting;

  function save() {
    clearTimeout(waiting);
    const text = textOf(form);
    const isChanged = JSON.stringify(text) !== asServed;
    write(store, key, isChanged ? [{ time: Date.now(), text }, ...unanswered] : unanswered);
  }
  function answered(copy) {
    unanswered.splice(unanswered.indexOf(copy), 1);
  }
  function restore(copy) {
    const text = textOf(form);
    if (JSON.stringify(text) !== asServed) unanswered.unshift({ time: Date.now(), text }); // it gives way, and is kept
    answered(copy);
    for (const field of writable(form)) if (field.name in copy.text) field.value = copy.text[field.name];
    form.dispatchEvent(new Event("input", { bubbles: true }));
    writable(form)[0]?.focus();
  }

  save();
  for (const copy of unanswered) {
    offer(form, copy, () => restore(copy), () => (answered(copy), save()));
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    save();
    sent?.setItem(SENT, JSON.stringify({ key, text: JSON.stringify(textOf(form)) }));
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
