/* Results while one types. Where anything fails, the form does the work. */
(() => {
  const form = document.querySelector("form.find");
  const box = form.elements.q;
  const here = () => location.pathname + location.search;
  let shown = here();
  let settled = box.defaultValue !== ""; // What was sent stays behind the back button.
  let timer, request;

  const stop = () => {
    clearTimeout(timer);
    request?.abort();
  };
  const show = async (url) => {
    stop();
    const { signal } = (request = new AbortController());
    const response = await fetch(url, { signal });
    if (!response.ok) throw response;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    signal.throwIfAborted();
    for (const id of ["found", "results"]) {
      const now = page.getElementById(id);
      document.getElementById(id).replaceChildren(...now.childNodes);
    }
    document.title = page.title;
    shown = url;
  };
  const ask = async (move) => {
    const asked = new URLSearchParams(new FormData(form));
    if (!box.value.trim()) asked.delete("q");
    const url = location.pathname + `?${asked}`.replace(/\?$/, "");
    if (url === shown) return;
    await show(url);
    history[move](null, "", url);
    return true;
  };

  box.addEventListener("input", () => {
    stop();
    timer = setTimeout(async () => {
      try {
        if (await ask(settled ? "pushState" : "replaceState")) settled = false;
      } catch {} // The form is there.
    }, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stop();
    settled = true;
    ask("pushState").catch((error) => error.name === "AbortError" || form.submit());
  });
  addEventListener("popstate", () => {
    if (here() === shown) return;
    box.value = new URLSearchParams(location.search).get("q") ?? "";
    settled = true;
    show(here()).catch(() => location.reload());
  });
})();
