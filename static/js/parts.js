/* The parts of an entry: rows that are added, moved and taken out without a reload. */
(() => {
  "use strict";

  const form = document.getElementById("entry");
  const changed = (target) => target.dispatchEvent(new Event("input", { bubbles: true }));

  const rowsOf = (section) => [...section.querySelectorAll(":scope > [data-rows] > [data-part]")];
  const shown = (section) => rowsOf(section).filter((row) => !row.hidden);
  const count = (section) =>
    shown(section).forEach((row, place) => {
      const order = row.querySelector("input[name$=-ORDER]");
      if (order) order.value = place + 1;
    });

  const button = (words, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };

  const move = (section, row, step) => {
    const rows = shown(section);
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    const focused = document.activeElement;
    if (step < 0) other.before(row);
    else other.after(row);
    focused.focus(); // What is moved in the page loses it.
    count(section);
    changed(row);
  };

  const takeOut = (section, row) => {
    const mark = row.querySelector("input[name$=-DELETE]");
    if (mark) mark.checked = true;
    row.hidden = true;
    const next = shown(section)[0]?.querySelector("button") ?? section.querySelector("button[name=_row]");
    count(section);
    changed(row);
    next?.focus();
  };

  const setUpRow = (section, row) => {
    const tools = row.querySelector(".part-tools");
    if (!tools || row.dataset.ready) return; // The four known sections stay where they are.
    row.dataset.ready = "yes";
    for (const label of tools.querySelectorAll("label")) label.hidden = true;
    row.append(tools); // After the fields, for who goes through them by keyboard.
    tools.append(
      button("↑", "Move up", () => move(section, row, -1)),
      button("↓", "Move down", () => move(section, row, 1)),
      button("Take out", "Take this out", () => takeOut(section, row)),
    );
    if (section.dataset.parts === "figures") setUpFigure(row);
  };

  const add = (section) => {
    const total = section.querySelector("input[name$=-TOTAL_FORMS]");
    const holder = document.createElement("div");
    holder.innerHTML = section.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
    const row = holder.firstElementChild;
    total.value = Number(total.value) + 1;
    section.querySelector("[data-rows]").append(row);
    setUpRow(section, row);
    count(section);
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true }));
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };

  /* A figure: only the fields of its kind, and what readers will see. */
  const FIELDS = {
    image: ["image", "dark", "no_dark"],
    table: ["content", "notes"],
    chart: ["content", "chart", "notes"],
    code: ["content", "language"],
    diagram: ["content"],
  };
  const setUpFigure = (row) => {
    const field = (name) => row.querySelector(`[name$=-${name}]`);
    const kind = field("kind");
    const preview = document.createElement("div");
    preview.className = "figure-preview readers";
    preview.setAttribute("role", "group");
    preview.setAttribute("aria-label", "Preview of the figure");
    row.append(preview);
    const say = (words) => {
      const line = document.createElement("p");
      line.textContent = words;
      window.showAsReaders(preview, line.outerHTML);
    };
    const choose = () => {
      for (const name of ["image", "dark", "no_dark", "content", "chart", "notes", "language"])
        field(name).closest(".field").hidden = !FIELDS[kind.value].includes(name);
      field("note").closest(".field").hidden = !field("wanted").checked;
    };
    const upload = async (name, kept) => {
      const body = new FormData();
      body.append("image", field(name).files[0]);
      body.append("csrfmiddlewaretoken", window.csrfToken());
      try {
        const answer = await fetch(form.dataset.upload, { method: "POST", body, redirect: "error" });
        if (answer.status === 403) throw new Error("please log in again in another tab.");
        const said = await answer.json();
        if (!answer.ok) throw new Error(Object.values(said).flat().join(" "));
        const url = said.image_code.match(/\(([^)]+)\)/)[1];
        field(kept).value = url.split("/").pop();
        field(name).value = "";
        const picture = new Image();
        picture.src = url;
        picture.alt = "The picture of this figure";
        window.showAsReaders(preview, picture.outerHTML);
        changed(row);
      } catch (error) {
        say(`Not uploaded: ${error.message}`);
      }
    };
    field("image").addEventListener("change", () => upload("image", "picture"));
    field("dark").addEventListener("change", () => upload("dark", "dark_picture"));
    let timer, running;
    const refresh = async () => {
      running?.abort();
      running = new AbortController();
      if (kind.value === "image") return;
      if (!field("content").value.trim()) return window.showAsReaders(preview, "");
      const body = new FormData();
      for (const name of ["kind", "content", "alt", "language", "key", "caption", "chart", "notes"]) body.append(name, field(name).value);
      body.append("csrfmiddlewaretoken", window.csrfToken());
      try {
        const answer = await fetch(form.dataset.figure, { method: "POST", body, signal: running.signal, redirect: "error" });
        const words = await answer.text();
        if (answer.ok) window.showAsReaders(preview, words);
        else say(answer.status === 400 ? words : "No preview for now.");
      } catch {} // The next change asks again.
    };
    row.addEventListener("input", () => {
      choose();
      clearTimeout(timer);
      timer = setTimeout(refresh, 500);
    });
    choose();
    refresh();
  };

  /* Words that were brought back say where the rows stand, and which are taken out. */
  document.addEventListener("parts:filled", () => {
    for (const section of form.querySelectorAll("[data-parts]")) {
      const place = (row) => Number(row.querySelector("input[name$=-ORDER]")?.value);
      const rows = rowsOf(section);
      for (const row of rows) row.hidden = Boolean(row.querySelector("input[name$=-DELETE]")?.checked);
      section.querySelector("[data-rows]").append(...rows.sort((one, other) => place(one) - place(other)));
    }
  });

  for (const section of form.querySelectorAll("[data-parts]")) {
    rowsOf(section).forEach((row) => setUpRow(section, row));
    section.querySelector("button[name=_row]")?.addEventListener("click", (event) => {
      event.preventDefault();
      add(section);
    });
  }
})();
