// Tree and facts are open beside the text on a wide screen and folded under the title on a narrow one;
// a drop-down menu closes on Escape and when one clicks elsewhere.

const wide = matchMedia("(min-width: 64rem)");

function setFolds(root) {
  for (const fold of root.querySelectorAll("details.fold")) fold.open = wide.matches;
}

function closeMenus(root, except) {
  for (const menu of root.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

export function start(root) {
  setFolds(root);
  wide.addEventListener("change", () => setFolds(root));
  root.addEventListener("click", (event) => closeMenus(root, event.target.closest("details.menu")));
  root.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
