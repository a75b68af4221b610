/* The board: an entry is dragged, or moved by Alt and an arrow, to another month or place. */
(() => {
  "use strict";

  const box = document.getElementById("paper");
  box?.addEventListener("keydown", (event) => {
    // Enter begins the entry, unless BibTeX is being written.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || box.value.trim().startsWith("@")) return;
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  });
  box?.addEventListener("input", () => {
    box.rows = Math.min(12, box.value.split("\n").length);
  });

  const board = document.querySelector(".board");
  if (!board) return;
  const said = document.getElementById("board-said");
  const months = [...board.querySelectorAll(".board-month")];
  const listOf = (month) => month.querySelector(".cards");

  const store = async (card, undo) => {
    const month = card.closest(".board-month");
    const body = new FormData();
    body.append("csrfmiddlewaretoken", board.dataset.token);
    body.append("paper", card.dataset.paper);
    body.append("month", month.dataset.month);
    body.append("place", [...listOf(month).children].indexOf(card) + 1);
    try {
      const answer = await fetch(board.dataset.move, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      card.querySelector("select[name=month]").value = month.dataset.month;
      said.textContent = `${card.querySelector("a").textContent}: ${month.querySelector("h2").textContent}, place ${[...listOf(month).children].indexOf(card) + 1}`;
    } catch {
      undo();
      said.textContent = "Not moved: the site did not take it. It is where it was.";
    }
  };
  // One after the other, so that the last move is the last that the site hears of.
  let storing = Promise.resolve();
  const put = (card, act) => {
    const [parent, next] = [card.parentElement, card.nextElementSibling];
    act();
    if (card.parentElement === parent && card.nextElementSibling === next) return;
    storing = storing.then(() => store(card, () => parent.insertBefore(card, next)));
  };

  let dragged;
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(".board-card");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  board.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    for (const month of months) month.classList.toggle("over", month.contains(event.target));
  });
  board.addEventListener("drop", (event) => {
    const month = event.target.closest(".board-month");
    if (!dragged || !month) return;
    event.preventDefault();
    const card = dragged;
    const before = [...listOf(month).children].find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return other !== card && event.clientY < top + height / 2;
    });
    put(card, () => listOf(month).insertBefore(card, before ?? null));
  });
  board.addEventListener("dragend", () => {
    dragged = undefined;
    for (const month of months) month.classList.remove("over");
  });

  /* Alt and up or down: the place; past the first or last, and left or right: the month. */
  board.addEventListener("keydown", (event) => {
    const card = event.target.closest(".board-card");
    if (!card || !event.altKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const at = months.indexOf(card.closest(".board-month"));
    const month = { ArrowLeft: months[at - 1], ArrowRight: months[at + 1] }[event.key];
    const other = { ArrowUp: card.previousElementSibling, ArrowDown: card.nextElementSibling }[event.key];
    const focused = event.target;
    put(card, () => {
      if (month) listOf(month).append(card);
      else if (other && event.key === "ArrowUp") other.before(card);
      else if (other) other.after(card);
      else if (event.key === "ArrowUp" && months[at - 1]) listOf(months[at - 1]).append(card);
      else if (event.key === "ArrowDown" && months[at + 1]) listOf(months[at + 1]).prepend(card);
    });
    focused.focus();
  });
})();
