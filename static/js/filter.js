/* The choice by tag, at once: the same addresses and the same pages, without a reload. */
(() => {
  "use strict";

  const main = document.getElementById("main");
  const status = window.spokenLine();
  let running;

  const swap = async (url) => {
    running?.abort();
    running = new AbortController();
    const answer = await fetch(url, { signal: running.signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) throw new Error("no page");
    document.title = page.title;
    main.replaceChildren(...fresh.childNodes);
    // What was inserted with its words is not read out; what changes is.
    status.textContent = main.querySelector(".found")?.textContent ?? "";
  };

  // Whatever goes wrong, the browser goes there by itself.
  const go = (url, after) =>
    swap(url).then(after, (error) => {
      if (error.name !== "AbortError") location.assign(url);
    });

  main.addEventListener("click", (event) => {
    const link = event.target.closest(".filter a, .ways a[href^='?']");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const words = link.firstChild.textContent.trim();
    go(link.href, () => {
      history.pushState(null, "", link.href);
      // The same word, or else the first, so that the keyboard goes on from here.
      const links = [...main.querySelectorAll(".filter a")];
      (links.find((other) => other.firstChild.textContent.trim() === words) ?? links[0])?.focus();
    });
  });
  addEventListener("popstate", () => go(location.href));
})();
