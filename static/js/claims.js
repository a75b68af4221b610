/* Marking a claim: the selected words become a link to a row below, which gets their source. */
(() => {
  "use strict";

  const section = document.querySelector("[data-parts=claims]");
  const rows = () => [...section.querySelectorAll("[data-rows] > [data-part]")].filter((row) => !row.hidden);
  const field = (row, name) => row.querySelector(`[name$=-${name}]`);
  const changed = (target) => target.dispatchEvent(new Event("input", { bubbles: true }));

  const nameFor = (words) => {
    const plain = words.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "") || "claim";
    const taken = new Set(rows().map((row) => field(row, "key").value));
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}-${n}`;
    return name;
  };

  /* The row of a claim that says these words, or a new one for them. */
  const rowFor = (words) => {
    const known = rows().find((row) => field(row, "text").value.trim() === words);
    if (known) return known;
    section.querySelector("button[name=_row]").click();
    const row = rows().at(-1);
    field(row, "text").value = words;
    return row;
  };

  const mark = (text, hint) => {
    const [start, end] = [text.selectionStart, text.selectionEnd];
    const words = text.value.slice(start, end).trim().replace(/\s+/g, " ");
    hint.textContent = words ? "" : "Select the words first.";
    if (!words) return text.focus();
    const row = rowFor(words);
    const key = field(row, "key");
    key.value ||= nameFor(words);
    text.setRangeText(`[${text.value.slice(start, end).trim()}](claim:${key.value})`, start, end, "end");
    changed(text);
    changed(key);
    const source = field(row, "source");
    source.scrollIntoView({ block: "center" });
    source.focus();
  };

  const setUp = (box) => {
    const text = box.querySelector("textarea.markdownx-editor");
    if (!text || text.name.includes("__prefix__") || box.dataset.marks) return;
    box.dataset.marks = "yes";
    const line = document.createElement("p");
    const button = document.createElement("button");
    const hint = document.createElement("span");
    line.className = "mark-claim";
    button.type = "button";
    button.textContent = "Mark as a claim";
    // Tab goes on to the next text, as it does from any other; the keyboard has its own way.
    button.tabIndex = -1;
    button.title = "Ctrl+Alt+M";
    hint.setAttribute("role", "status");
    line.append(button, hint);
    box.after(line);
    // A click would take the selection from the text in some browsers.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => mark(text, hint));
    text.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey && event.altKey && event.code === "KeyM")) return;
      event.preventDefault();
      mark(text, hint);
    });
  };

  const setUpAll = (root) => root.querySelectorAll(".markdownx").forEach(setUp);
  setUpAll(document);
  document.addEventListener("formset:added", (event) => setUpAll(event.target));
})();
