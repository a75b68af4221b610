/* A press on a column's name sorts a figure's table; the third brings its order back. */
(() => {
  "use strict";

  const said = window.spokenLine();

  const key = (row, place) => {
    const { dataset, textContent } = row.cells[place];
    const text = (dataset.value ?? textContent).trim();
    return /^(n\/a|na|[-–—])?$/i.test(text) ? null : isNaN(text) ? text : Number(text);
  };
  // Whatever is empty stays last, in either direction.
  const compare = (one, other, step) => {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one === typeof other && typeof one === "number") return step * (one - other);
    return step * String(one).localeCompare(String(other), document.documentElement.lang, { numeric: true });
  };

  const setUp = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    table.dataset.sorts = "";
    if (rows.length < 2) return;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      if (head.tagName !== "TH") return;
      const button = document.createElement("button");
      button.type = "button";
      // A link cannot be in a button: the marks of notes stay beside it.
      const words = [...head.childNodes].filter((node) => node.nodeType === 3 || !(node.matches("a, [tabindex]") || node.querySelector("a, [tabindex]")));
      const name = head.textContent;
      button.append(...words);
      if (!button.textContent.trim()) button.setAttribute("aria-label", `Sort by ${name}`);
      const line = document.createElement("span");
      line.append(button, ...head.childNodes);
      head.append(line);
      button.addEventListener("click", () => {
        const now = { ascending: "descending", descending: "" }[head.ariaSort] ?? "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        if (now) head.setAttribute("aria-sort", now);
        const step = now === "descending" ? -1 : 1;
        body.append(...(now ? rows.toSorted((a, b) => compare(key(a, place), key(b, place), step)) : rows));
        said.textContent = now ? `Sorted by ${button.textContent || name}, ${now}.` : "In the order it came in.";
      });
    });
  };

  window.whenArrived(() => document.querySelectorAll("figure table:not([data-sorts])").forEach(setUp));
})();
