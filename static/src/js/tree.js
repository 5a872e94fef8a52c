// Remembers, for this visit, which branches of a tree one has opened or closed.
// <nav data-tree="space-7"> … <details data-branch="/s/personvern/maler">

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? {};
  } catch {
    return {}; // storage is off or holds something else: the tree opens as the server drew it
  }
}

function write(key, branches) {
  try {
    sessionStorage.setItem(key, JSON.stringify(branches));
  } catch {
    // Storage is off or full; nothing depends on it.
  }
}

export function start(root) {
  for (const tree of root.querySelectorAll("[data-tree]")) {
    const key = `tree:${tree.dataset.tree}`;
    const remembered = read(key);
    for (const branch of tree.querySelectorAll("details[data-branch]")) {
      const holdsCurrent = branch.querySelector("[aria-current]") !== null;
      if (!holdsCurrent && branch.dataset.branch in remembered) branch.open = remembered[branch.dataset.branch];
      branch.addEventListener("toggle", () => {
        const branches = read(key);
        branches[branch.dataset.branch] = branch.open;
        write(key, branches);
      });
    }
  }
}
