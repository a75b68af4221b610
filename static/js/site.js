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

  // The style sheet shows the button from the first moment to those with a script.
  root.dataset.scripted = "";
  const serveThemeButton = () => {
    const button = document.querySelector("button.theme");
    const label = () => button.setAttribute("aria-label", `Theme: ${names[theme]}`);
    button.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      store(theme);
      apply();
      label();
    });
    label();
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

  // Where one is: in the rail of months, or in the contents of an entry.
  const showPlace = () => {
    for (const list of document.querySelectorAll(".rail ol, .toc ol")) {
      const links = [...list.querySelectorAll("a[href^='#']")];
      const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
      const atEnd = scrollY > 0 && innerHeight + scrollY >= root.scrollHeight - 1;
      const passed = parts.filter((part) => part?.getBoundingClientRect().top < innerHeight / 4);
      const here = links[atEnd ? links.length - 1 : Math.max(passed.length - 1, 0)];
      if (!here || here.hasAttribute("aria-current")) continue;
      for (const link of links) link.removeAttribute("aria-current");
      here.setAttribute("aria-current", "location");
      list.scrollTo({ left: here.offsetLeft - list.clientWidth / 2 });
    }
  };
  let isDue = false;
  const showPlaceSoon = () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      showPlace();
    });
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

  // For the other scripts: to serve what is in the page, and what comes into it later,
  window.whenArrived = (serve) => {
    serve();
    new MutationObserver(serve).observe(document.getElementById("main"), { childList: true, subtree: true });
  };
  // and a line that all of them share: what is written into it is read out.
  let line;
  window.spokenLine = () => {
    if (line) return line;
    line = document.createElement("p");
    line.className = "unseen";
    line.setAttribute("role", "status");
    document.body.append(line);
    return line;
  };

  document.addEventListener("DOMContentLoaded", () => {
    serveThemeButton();
    openTarget();
    showPlace();
    new MutationObserver(showPlaceSoon).observe(document.getElementById("main"), { childList: true });
  });
  addEventListener("scroll", showPlaceSoon, { passive: true });
  addEventListener("hashchange", openTarget);
  addEventListener("keydown", goToSearch);
})();
