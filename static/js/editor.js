/* The Markdown editor of the desk: a live preview, and pictures by paste or drop. */
(() => {
  "use strict";

  const post = (url, name, value, signal) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", window.csrfToken());
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
    const say = (words) => {
      const line = document.createElement("p");
      line.textContent = words;
      window.showAsReaders(preview, line.outerHTML);
    };

    const refresh = async () => {
      running?.abort();
      running = new AbortController();
      try {
        const answer = await post(text.dataset.markdownxUrlsPath, "content", text.value, running.signal);
        const body = await answer.text();
        if (answer.ok) window.showAsReaders(preview, body);
        else say(answer.status === 403 ? "No preview: please log in again in another tab." : body.slice(0, 200));
      } catch (error) {
        if (error.name !== "AbortError") say("No preview: the site cannot be reached. Your text is still here.");
      }
    };

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(refresh, 400);
    };

    // The picture, with the cursor where its words go: between the brackets.
    const insert = (words) => {
      const start = text.selectionStart;
      text.setRangeText(words, start, text.selectionEnd, "end");
      if (words.startsWith("![")) text.setSelectionRange(start + 2, start + 2);
      text.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const upload = async (files) => {
      const taken = [];
      const refused = [];
      for (const file of files) {
        try {
          const answer = await post(text.dataset.markdownxUploadUrlsPath, "image", file);
          const said = await answer.json().catch(() => ({}));
          if (answer.ok && said.image_code) taken.push(said.image_code);
          else if (answer.status === 403) refused.push("please log in again in another tab.");
          else refused.push(Object.values(said).flat().join(" ") || answer.status);
        } catch {
          refused.push("the site cannot be reached.");
        }
      }
      if (taken.length) insert(taken.join("\n\n"));
      if (refused.length) say(`Not uploaded: ${refused.join(" ")}`);
    };

    text.addEventListener("input", later);
    text.addEventListener("paste", (event) => {
      // A word processor sends a picture of the words along with the words.
      const { files, types } = event.clipboardData;
      if (!files.length || (types.includes("text/plain") && types.includes("text/html"))) return;
      event.preventDefault();
      upload([...files]);
    });
    text.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    text.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      const at = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      text.focus();
      if (at?.offsetNode === text) text.setSelectionRange(at.offset, at.offset);
      upload([...event.dataTransfer.files]);
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
