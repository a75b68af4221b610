/* What the desk's scripts share: what readers will see, in their own style sheet kept
   apart from the desk's, and the token that the site takes a form by. */
(() => {
  "use strict";

  /* A login in another tab gives another token; the cookie has the one that counts. */
  window.csrfToken = () =>
    document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("input[name=csrfmiddlewaretoken]").value;

  const sheet = new CSSStyleSheet();
  const url = document.querySelector("meta[name=readers-css]").content;
  // A shadow has no root and no body of its own; its host takes their part.
  const adapt = (css) =>
    css
      .replace(/@font-face\s*{[^}]*}/g, "")
      .replace(/:root\[data-theme="(\w+)"\]/g, ':host-context([data-theme="$1"])')
      .replace(/:root/g, ":host")
      .replace(/(^|\n)(\s*)(?:html|body)(?=\s*[,{])/g, "$1$2:host");
  const coming = fetch(url)
    .then((answer) => answer.text())
    .then((css) => sheet.replace(adapt(css) + ":host { color-scheme: inherit; background: none; font-size: 1rem; }"));

  /* Show rendered text in an element; where it is scrolled to stays. */
  window.showAsReaders = (element, html) => {
    if (!element.shadowRoot) {
      element.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      element.shadowRoot.innerHTML = '<div class="prose"></div>';
    }
    const { scrollTop } = element;
    element.shadowRoot.firstElementChild.innerHTML = html;
    coming.then(() => (element.scrollTop = scrollTop));
  };
})();
