/* The deeper dives of a review come when somebody begins to read, in one piece. Until
   then, and without a script, a fold says what is in it and where to read that. */
(() => {
  "use strict";

  const main = document.getElementById("main");
  const outlines = () => main.querySelectorAll(".dive > .outline");
  const address = () => {
    const url = new URL(location);
    url.searchParams.set("whole", "yes");
    url.hash = "";
    return url.href;
  };
  const read = (text) => new DOMParser().parseFromString(text, "text/html");
  const insert = (page) => {
    for (const outline of outlines()) {
      const { id } = outline.closest("article");
      const dive = page.querySelector(`#${CSS.escape(id)} .dive > .prose`);
      if (dive) outline.replaceWith(dive.cloneNode(true));
    }
  };

  let asked, coming;
  const bring = async () => {
    if (!outlines().length) return;
    if (asked !== address()) {
      asked = address();
      coming = fetch(asked).then(async (answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return read(await answer.text());
      });
    }
    try {
      insert(await coming);
    } catch {
      asked = ""; // The outlines are there; the next gesture asks again.
    }
  };

  // Who begins to read may look for a word in the page, so all of it comes.
  if (!navigator.connection?.saveData) addEventListener("scroll", bring, { passive: true });
  main.addEventListener("toggle", bring, { capture: true });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.key === "F3") bring();
  });

  // An address may name what is still to come.
  const named = () => document.getElementById(location.hash.slice(1));
  const follow = async () => {
    if (location.hash.length < 2 || (named() && !named().closest(".outline"))) return;
    await bring();
    const target = named();
    const fold = target?.closest(".dive");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  };
  follow();
  addEventListener("hashchange", follow);

  // Print cannot wait for an answer that comes later.
  addEventListener("beforeprint", () => {
    if (!outlines().length) return;
    const request = new XMLHttpRequest();
    request.open("GET", address(), false);
    try {
      request.send();
      if (request.status === 200) insert(read(request.responseText));
    } catch {
      // The outlines are printed.
    }
  });
})();
