/* A grid over the text of a table: what is typed into it is written back as CSV, so the
   text stays the only thing that is sent. */
(() => {
  "use strict";

  const form = document.getElementById("entry");
  const MOST_CELLS = 2_000; // Each is a field, and more of them are slow.
  const KINDS = ["table", "chart"];

  const make = (tag, text = "", attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const button = (words, act, label) => {
    const made = make("button", words, { type: "button", ...(label && { "aria-label": label }) });
    made.addEventListener("click", act);
    return made;
  };

  /* CSV (RFC 4180): its rows, or null where the quotation marks do not fit. */
  const parse = (text) => {
    const rows = [];
    let row = [];
    const PIECE = /(?:"((?:[^"]|"")*)"|([^",\r\n][^,\r\n]*|))(,|\r?\n|$)/y;
    while (PIECE.lastIndex < text.length || row.length) {
      const found = PIECE.exec(text);
      if (!found) return null;
      row.push(found[1]?.replaceAll('""', '"') ?? found[2]);
      if (found[3] === ",") continue;
      if (row.length > 1 || row[0]) rows.push(row);
      row = [];
    }
    return rows;
  };
  const quote = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const toText = (rows) => rows.map((row) => (row.length === 1 && !row[0] ? '""' : row.map(quote).join(","))).join("\n");
  const even = (rows) => {
    const width = Math.max(2, ...rows.map((row) => row.length));
    return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
  };

  /* What the site makes of a text: its rows. Throws in words where it is no table. */
  const ask = async (text, how) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", window.csrfToken());
    body.append("text", text);
    body.append("how", how);
    const answer = await fetch(form.dataset.table, { method: "POST", body, redirect: "error" });
    if (answer.status === 403) throw new Error("Please log in again in another tab.");
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.problem);
    return said;
  };

  const setUp = (text) => {
    if (text.name.includes("__prefix__") || text.dataset.grid) return;
    text.dataset.grid = "yes";
    const row = text.closest("[data-part]");
    const kind = row.querySelector("[name$=-kind]");
    const box = make("div", "", { class: "grid", role: "group", "aria-label": "Grid of the table" });
    const tools = make("p", "", { class: "grid-tools" });
    const said = make("span", "", { role: "status" });
    let table, isOurs;

    const cells = () => [...table.rows].map((line) => [...line.querySelectorAll("textarea")]);
    const write = () => {
      isOurs = true;
      text.value = toText(cells().map((line) => line.map((cell) => cell.value)));
      text.dispatchEvent(new Event("input", { bubbles: true }));
      isOurs = false;
    };

    const cell = (value, place, line) => {
      const field = make("textarea", "", { rows: 1, "aria-label": line ? `Row ${line}, column ${place + 1}` : `Header of column ${place + 1}` });
      field.value = value;
      const holder = make(line ? "td" : "th");
      holder.append(field);
      return holder;
    };
    const draw = (rows) => {
      table = make("table");
      for (const [number, values] of even(rows).entries()) {
        const line = table.insertRow();
        line.append(...values.map((value, place) => cell(value, place, number)));
      }
      box.replaceChildren(table);
    };
    const all = () => cells().map((line) => line.map((field) => field.value));
    const change = (rows, line, place) => {
      draw(rows);
      write();
      const lines = cells();
      const fields = lines[Math.min(line, lines.length - 1)];
      fields[Math.min(place, fields.length - 1)].focus();
    };
    const where = (field) => {
      const line = cells().findIndex((fields) => fields.includes(field));
      return [line, line < 0 ? -1 : cells()[line].indexOf(field)];
    };
    let at = [0, 0];
    box.addEventListener("focusin", (event) => (at = where(event.target)));

    /* The keys of a spreadsheet. */
    const go = (line, place) => {
      const field = cells()[line]?.[place];
      field?.focus();
      field?.select();
      return Boolean(field);
    };
    box.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const [line, place] = where(event.target);
      const { selectionStart, selectionEnd, value } = event.target;
      const atStart = !selectionEnd || (!selectionStart && selectionEnd === value.length);
      const atEnd = selectionStart === value.length || (!selectionStart && selectionEnd === value.length);
      const step = {
        Enter: event.shiftKey ? null : [line + 1, place],
        ArrowUp: atStart || !value.includes("\n") ? [line - 1, place] : null,
        ArrowDown: atEnd || !value.includes("\n") ? [line + 1, place] : null,
        ArrowLeft: atStart && !event.shiftKey ? [line, place - 1] : null,
        ArrowRight: atEnd && !event.shiftKey ? [line, place + 1] : null,
      }[event.key];
      if (!step) return;
      const isBelowLast = event.key === "Enter" && step[0] === table.rows.length;
      if (isBelowLast) change([...all(), all()[0].map(() => "")], ...step);
      else go(...step);
      event.preventDefault();
    });
    box.addEventListener("input", (event) => {
      event.stopPropagation(); // The text says it for all cells.
      write();
    });
    box.addEventListener("paste", async (event) => {
      const pasted = event.clipboardData.getData("text/plain");
      if (!/\t|\n./.test(pasted.trim())) return;
      event.preventDefault();
      const field = event.target;
      try {
        const { rows } = await ask(pasted, "read");
        const [line, place] = where(field);
        const now = all();
        rows.forEach((values, down) => {
          now[line + down] ??= [];
          values.forEach((value, right) => (now[line + down][place + right] = value));
        });
        change(now.map((values) => Array.from(values, (value) => value ?? "")), line, place);
      } catch (error) {
        field.setRangeText(pasted, field.selectionStart, field.selectionEnd, "end");
        write();
        said.textContent = `Pasted as it is. ${error.message}`;
      }
    });

    /* The grid, or the text. */
    const show = (isGrid) => {
      said.textContent = "";
      if (isGrid) {
        const rows = text.value.trim() ? parse(text.value) : [["", ""], ["", ""]];
        if (!rows || rows.length * (rows[0]?.length ?? 0) > MOST_CELLS) {
          said.textContent = rows ? "This table is too large for a grid." : "The quotation marks in this text do not fit together: mend it as text.";
          return;
        }
        draw(rows);
      }
      box.hidden = !isGrid;
      text.hidden = isGrid;
      toggle.textContent = isGrid ? "Edit as text" : "Edit as a grid";
      for (const tool of own) tool.hidden = !isGrid;
      if (isGrid) go(0, 0);
      else if (document.activeElement === toggle || document.activeElement === document.body) text.focus();
    };
    const toggle = button("Edit as a grid", () => show(box.hidden));
    const own = [
      button("Add a row", () => change(all().toSpliced(at[0] + 1, 0, all()[0].map(() => "")), at[0] + 1, at[1])),
      button("Add a column", () => change(all().map((line) => line.toSpliced(at[1] + 1, 0, "")), at[0], at[1] + 1)),
      button("Remove the row", () => table.rows.length > 1 && change(all().toSpliced(at[0], 1), at[0], at[1])),
      button("Remove the column", () => all()[0].length > 1 && change(all().map((line) => line.toSpliced(at[1], 1)), at[0], at[1])),
    ];

    /* A table that lost its columns: a proposal, and nothing is stored before it is used. */
    const repair = () => {
      const dialog = make("dialog", "", { class: "repair", "aria-label": "Repair a flattened table" });
      const given = make("textarea", "", { rows: 10, "aria-label": "The text of the table" });
      const proposal = make("div", "", { role: "status" });
      let rows;
      const use = button("Use this table", () => {
        text.value = toText(rows);
        text.dispatchEvent(new Event("input", { bubbles: true }));
        dialog.close();
      });
      use.hidden = true;
      const propose = button("Propose a table", async () => {
        use.hidden = true;
        try {
          const read = await ask(given.value, "repair");
          rows = read.rows;
          const shown = make("table");
          for (const [number, values] of rows.entries()) shown.insertRow().append(...values.map((value) => make(number && "td" || "th", value)));
          proposal.replaceChildren(shown);
          if (rows[0].every((name) => !name)) proposal.append(make("p", "The text names no columns: name them in the grid."));
          if (read.left_out.length) proposal.append(make("p", `Not in the table: ${read.left_out.map((line) => `“${line.trim()}”`).join(", ")}`));
          use.hidden = false;
        } catch (error) {
          proposal.replaceChildren(make("p", error.message));
        }
      });
      const buttons = make("p");
      buttons.append(propose, " ", use, " ", button("Cancel", () => dialog.close()));
      dialog.append(make("p", "Paste the text of a table that has lost its columns."), given, proposal, buttons);
      // What is typed here is no word of the entry.
      dialog.addEventListener("input", (event) => event.stopPropagation());
      dialog.addEventListener("close", () => dialog.remove());
      row.append(dialog);
      dialog.showModal();
    };

    text.addEventListener("paste", async (event) => {
      const pasted = event.clipboardData.getData("text/plain");
      if (!KINDS.includes(kind.value) || !/\t|^\s*\|.*\|/m.test(pasted)) return;
      event.preventDefault();
      text.setRangeText(pasted, text.selectionStart, text.selectionEnd, "end");
      const start = text.selectionEnd - pasted.replaceAll("\r\n", "\n").length;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      const before = text.value;
      try {
        const { rows } = await ask(pasted, "read");
        if (text.value !== before) return;
        text.setRangeText(toText(rows), start, start + pasted.replaceAll("\r\n", "\n").length, "end");
        text.dispatchEvent(new Event("input", { bubbles: true }));
      } catch (error) {
        said.textContent = `Pasted as it is. ${error.message}`;
      }
    });
    text.addEventListener("input", () => {
      if (isOurs || box.hidden) return;
      const rows = parse(text.value);
      if (rows?.length) draw(rows);
      else show(false);
    });

    const choose = () => {
      const isTable = KINDS.includes(kind.value);
      tools.hidden = !isTable;
      if (!isTable && !box.hidden) show(false);
    };
    kind.addEventListener("input", choose);
    tools.append(toggle, ...own, button("Repair a flattened table…", repair), said);
    box.hidden = true;
    for (const tool of own) tool.hidden = true;
    text.after(box, tools);
    choose();
  };

  const setUpAll = (root) => root.querySelectorAll("[data-parts=figures] [data-part] textarea[name$=-content]").forEach(setUp);
  setUpAll(document);
  document.addEventListener("formset:added", () => setUpAll(document));
})();
