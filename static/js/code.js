/* A button on each block of code that copies it, where the browser lets a page do so. */
(() => {
  "use strict";

  if (!navigator.clipboard) return;
  const status = document.createElement("output"); // It is read out when it changes.

  const copy = async ({ currentTarget: button }) => {
    try {
      await navigator.clipboard.writeText(button.parentNode.querySelector("code").textContent);
    } catch {
      return; // The text is there to be marked and copied.
    }
    button.textContent = status.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
      status.textContent = "";
    }, 2000);
  };
  const serve = () => {
    for (const listing of document.querySelectorAll(".listing:not(:has(.copy))")) {
      document.body.append(status);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", copy);
      listing.prepend(button);
    }
  };

  status.className = "unseen";
  serve();
  // What another script brings has code, too.
  new MutationObserver(serve).observe(document.getElementById("main"), { childList: true, subtree: true });
})();
