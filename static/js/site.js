/* What a script makes quicker; every page works without it. */
(() => {
  "use strict";

  // The theme: as the system has it, or as the reader chose, remembered on this machine.
  const root = document.documentElement;
  const themes = ["system", "light", "dark"];
  const names = { system: "as the system has it", light: "light", dark: "dark" };
  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // A browser may forbid it; the choice then holds for the page.
    }
  };
  const store = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // As above.
    }
  };
  let theme = themes.includes(stored()) ? stored() : "system";
  const apply = () => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
  };
  apply();

  const addThemeButton = () => {
    const template = document.getElementById("theme-button");
    const button = template?.content.cloneNode(true).querySelector("button");
    if (!button) return;
    const label = () => button.setAttribute("aria-label", `Theme: ${names[theme]}`);
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      store(theme);
      apply();
      label();
    });
    label();
    template.replaceWith(button);
  };

  // An address with a name in it shows what has the name, also inside a closed fold.
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    let closed = false;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
      closed ||= !fold.open;
      fold.open = true;
    }
    if (closed) target.scrollIntoView();
  };

  // "/" goes to the search, as long as nobody is writing.
  const goToSearch = (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const box = document.getElementById("q");
    if (box) box.focus();
    else document.querySelector("a[data-search]")?.click();
  };

  document.addEventListener("DOMContentLoaded", () => {
    addThemeButton();
    openTarget();
  });
  addEventListener("hashchange", openTarget);
  addEventListener("keydown", goToSearch);
})();
