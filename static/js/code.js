/* A button on each block of code that copies it, where the browser lets a page do so. */
(() => {
  "use strict";

  if (!navigator.clipboard) return;
  const status = window.spokenLine();

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
  window.whenArrived(() => {
    for (const listing of document.querySelectorAll(".listing:not(:has(.copy))")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", copy);
      listing.prepend(button);
    }
  });
})();
