/* The Markdown editor of the desk: a live preview, and pictures by paste or drop. */
(() => {
  "use strict";

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

  const post = (url, name, value, signal) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token());
    body.append(name, value);
    return fetch(url, { method: "POST", body, signal, redirect: "error" });
  };

  const setUp = (box) => {
    const text = box.querySelector("textarea.markdownx-editor");
    const preview = box.querySelector(".markdownx-preview");
    if (!text || text.name.includes("__prefix__") || box.dataset.ready) return;
    box.dataset.ready = "yes";
    preview.setAttribute("aria-label", "Preview");
    preview.setAttribute("role", "group");
    let timer;
    let running;

    // What went wrong is said as text: an answer that is no preview is never shown as one.
    const say = (words) => { preview.textContent = words; };

    const refresh = async () => {
      running?.abort();
      running = new AbortController();
      try {
        const answer = await post(text.dataset.markdownxUrlsPath, "content", text.value, running.signal);
        const body = await answer.text();
        if (answer.ok) preview.innerHTML = body;
        else say(answer.status === 403 ? "No preview: please log in again in another tab." : body.slice(0, 200));
      } catch (error) {
        if (error.name !== "AbortError") say("No preview: the site cannot be reached. Your text is still here.");
      }
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, 400);
    };

    const insert = (words) => {
      text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const upload = async (files) => {
      for (const file of files) {
        try {
          const answer = await post(text.dataset.markdownxUploadUrlsPath, "image", file);
          const said = await answer.json().catch(() => ({}));
          if (answer.ok && said.image_code) insert(said.image_code);
          else say("Not uploaded: " + (Object.values(said).flat().join(" ") || answer.status));
        } catch {
          say("Not uploaded: the site cannot be reached.");
        }
      }
    };

    text.addEventListener("input", later);
    text.addEventListener("paste", (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      upload(event.clipboardData.files);
    });
    text.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    text.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      upload(event.dataTransfer.files);
    });
    new IntersectionObserver((seen, observer) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      refresh();
    }).observe(box);
  };

  const setUpAll = (root) => root.querySelectorAll(".markdownx").forEach(setUp);
  document.addEventListener("DOMContentLoaded", () => setUpAll(document));
  document.addEventListener("formset:added", (event) => setUpAll(event.target));
})();
