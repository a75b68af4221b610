/* Tags as chips: typed with what is known proposed, ordered, and marked for the card. */
(() => {
  "use strict";

  const form = document.getElementById("entry");
  const tags = form?.elements.tags;
  const chips = form?.elements.chips;
  if (!tags || tags.matches(":disabled")) return;

  const split = (text) => text.split(",").map((name) => name.trim().replace(/\s+/g, " ")).filter(Boolean);
  const options = [...document.querySelectorAll("#vocabulary option")];
  const known = options.map((option) => option.value);
  const same = (one, other) => one.toLowerCase() === other.toLowerCase();
  // Fine-tuning, finetuning and Fine tuning are one and the same to somebody who types.
  const bare = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

  const box = document.createElement("div");
  box.className = "chips";
  const list = document.createElement("ul");
  const input = document.createElement("input");
  input.type = "text";
  input.autocomplete = "off";
  input.id = "tag-box";
  input.setAttribute("list", "vocabulary");
  input.setAttribute("aria-describedby", "id_tags_helptext tag-hint");
  const hint = document.createElement("p");
  hint.className = "help";
  hint.id = "tag-hint";
  hint.setAttribute("role", "status");
  box.append(list, input, hint);

  const write = (names, onCard) => {
    tags.value = names.join(", ");
    chips.value = names.filter((name) => onCard.some((chip) => same(chip, name))).join(", ");
    tags.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const read = () => [split(tags.value), split(chips.value)];

  const button = (words, label, pressed, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", label);
    if (pressed !== null) made.setAttribute("aria-pressed", pressed);
    made.addEventListener("click", act);
    return made;
  };

  const shift = (name, step) => {
    const [names, onCard] = read();
    const from = names.indexOf(name);
    const to = from + step;
    if (to < 0 || to >= names.length) return;
    names.splice(to, 0, ...names.splice(from, 1));
    write(names, onCard);
    list.children[to].querySelector("button").focus();
  };

  const draw = () => {
    const [names, onCard] = read();
    list.replaceChildren(
      ...names.map((name) => {
        const item = document.createElement("li");
        const isOn = onCard.some((chip) => same(chip, name));
        const isNew = !known.some((one) => same(one, name));
        item.draggable = true;
        item.dataset.name = name;
        if (isNew) item.className = "new";
        const mark = button(name, `${name}${isNew ? ", a new tag" : ""}: on the card`, isOn, () =>
          write(names, isOn ? onCard.filter((chip) => !same(chip, name)) : [...onCard, name]),
        );
        mark.title = "Shown on the card or not; Alt and an arrow moves it";
        mark.addEventListener("keydown", (event) => {
          if (!event.altKey || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
          event.preventDefault();
          shift(name, event.key === "ArrowLeft" ? -1 : 1);
        });
        item.append(
          mark,
          button("×", `Remove ${name}`, null, () => {
            write(names.filter((other) => other !== name), onCard);
            input.focus();
          }),
        );
        return item;
      }),
    );
  };

  let dragged;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li")?.dataset.name;
  });
  list.addEventListener("dragover", (event) => dragged && event.preventDefault());
  list.addEventListener("drop", (event) => {
    const target = event.target.closest("li")?.dataset.name;
    if (!dragged || !target) return;
    event.preventDefault();
    const [names, onCard] = read();
    const to = names.indexOf(target);
    names.splice(names.indexOf(dragged), 1);
    names.splice(to, 0, dragged);
    write(names, onCard);
  });

  /* The tag that is meant: by its name or what that stands for, or by how only it begins. */
  const find = (typed) => {
    const fits = (test) => [({ value }) => value, ({ textContent }) => textContent].map((read) => options.filter((one) => test(read(one))));
    const [whole] = fits((words) => bare(typed) && bare(words) === bare(typed)).flat();
    const begun = fits((words) => words.toLowerCase().startsWith(typed.toLowerCase())).find((found) => found.length);
    return (whole ?? (begun?.length === 1 ? begun[0] : undefined))?.value;
  };

  const add = () => {
    const typed = input.value.trim().replace(/\s+/g, " ").replaceAll(",", "");
    if (!typed) return;
    const [names, onCard] = read();
    const name = find(typed) ?? typed;
    input.value = "";
    if (names.some((other) => same(other, name))) return;
    // The first three are what most cards show.
    write([...names, name], onCard.length < 3 ? [...onCard, name] : onCard);
    hint.textContent = known.includes(name) ? "" : `“${name}” is a new tag.`;
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && !input.value) {
      const [names, onCard] = read();
      if (names.length) write(names.slice(0, -1), onCard);
    }
  });
  input.addEventListener("blur", add);
  form.addEventListener("submit", add); // By a key one saves without leaving the box.
  tags.addEventListener("input", draw);

  const field = tags.closest(".field");
  tags.hidden = true;
  chips.closest(".field").hidden = true;
  field.querySelector("label").htmlFor = "tag-box";
  tags.after(box);
  draw();
})();
