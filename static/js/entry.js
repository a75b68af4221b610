/* Nothing is lost: what is written is kept here at once and on the site soon after. */
(() => {
  "use strict";

  const form = document.getElementById("entry");
  const fields = form?.elements;
  const kept = document.getElementById("kept");
  if (!kept) return; // The entry can only be read.
  const PAUSE = 1500;
  let stamp = `entry:${form.dataset.entry}`;
  let isDirty = false;
  let hasConflict = false;
  let isLeaving = false;

  const say = (words, isProblem = false) => {
    kept.textContent = words;
    kept.classList.toggle("problem", isProblem);
  };
  const time = (date) => date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  /* The words, without what belongs to one visit. */
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "token"]);
  const words = () => {
    const said = [];
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !LEFT_OUT.has(name)) said.push([name, value]);
    return said;
  };
  const spelled = () => JSON.stringify(words());

  /* A copy in this browser, until the site has the words. */
  const store = (key, value, where = localStorage) => {
    try {
      if (value === null) where.removeItem(key);
      else where.setItem(key, value);
    } catch {} // A browser may forbid it or be full; the site keeps the words too.
  };
  const read = (key, where = localStorage) => {
    try {
      return JSON.parse(where.getItem(key));
    } catch {
      return null;
    }
  };
  const copy = () => store(stamp, JSON.stringify({ at: Date.now(), token: fields.token.value, words: words() }));

  let timer, running, findings;
  const later = (pause = PAUSE) => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  };
  const keep = () => {
    if (hasConflict || isLeaving || !isDirty) return;
    if (running) return later();
    running = send().finally(() => (running = null));
  };
  const send = async () => {
    const said = spelled();
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.set("csrfmiddlewaretoken", window.csrfToken());
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(30_000) });
      if (answer.type === "opaqueredirect" || answer.status === 403) {
        say("You are logged out: log in in another tab. Your words are kept in this browser.", true);
        return later(10_000);
      }
      const told = await answer.json();
      if (!answer.ok) {
        hasConflict = Boolean(told.conflict);
        return say(`Not kept: ${told.problem}`, true);
      }
      fields.token.value = told.token;
      const panel = document.getElementById("findings");
      // A reason that is being written there is not taken away.
      const isWritten = [...panel.querySelectorAll("input")].some((reason) => reason.value || reason === document.activeElement);
      if (findings !== told.findings && !isWritten) panel.innerHTML = findings = told.findings;
      if (form.dataset.entry === "new") begun(told);
      if (said === spelled()) {
        isDirty = false;
        store(stamp, null);
      } else later();
      say(`Kept at ${told.at}`);
    } catch {
      say("The site cannot be reached. Your words are kept in this browser.", true);
      later(10_000);
    }
  };
  const begun = (told) => {
    store(stamp, null);
    form.dataset.entry = told.change.match(/(\d+)\/change/)[1];
    form.dataset.keep = told.keep;
    form.action = told.change;
    stamp = `entry:${form.dataset.entry}`;
    history.replaceState(null, "", told.change);
  };

  form.addEventListener("input", () => {
    isDirty = true;
    copy();
    later();
  });
  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => isDirty && later(0));
  addEventListener("beforeunload", (event) => {
    if (isDirty && !isLeaving) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (isLeaving) return event.preventDefault(); // Pressed twice is meant once.
    copy();
    say("Saving …");
    if (running) {
      // What it brings says which version these words were made from.
      event.preventDefault();
      return running.then(() => form.requestSubmit(event.submitter));
    }
    isLeaving = true;
    store("sent", JSON.stringify({ stamp, token: fields.token.value }), sessionStorage);
    fields.csrfmiddlewaretoken.value = window.csrfToken();
    // What was asked for may not come about: then the words are still to be kept.
    setTimeout(() => (isLeaving = false), 5_000);
  });
  addEventListener("pageshow", () => (isLeaving = false));

  /* What was sent from this tab has arrived if the newest version is ours and another. */
  const forgetArrived = () => {
    const sent = read("sent", sessionStorage);
    store("sent", null, sessionStorage);
    if (!sent || !form.dataset.mine || sent.token === fields.token.value) return;
    const said = new Map(read(sent.stamp)?.words);
    const isThis = ["headline", "summary", "title"].every((name) => said.get(name)?.trim() === fields[name].value.trim());
    if (sent.stamp === stamp || isThis) store(sent.stamp, null);
  };

  /* What this browser has and the site has not is offered again. What is no word of the
     entry is not looked at: the place of a row, the kind of an empty one, a command. */
  const NO_WORD = /_FORMS$|-ORDER$|^(publish_at|reason|review)$/;
  const offer = () => {
    const found = read(stamp);
    if (!found?.words) return;
    const here = new Map(words());
    const isNew = ([name, value]) => (here.has(name) ? here.get(name).trim() !== value.trim() : value.trim() && !/-(kind|status)$/.test(name));
    const differs = found.words.some((pair) => !NO_WORD.test(pair[0]) && isNew(pair));
    if (!differs || document.getElementById("conflict")) return store(stamp, null);
    const bar = document.createElement("p");
    bar.className = "offer";
    bar.setAttribute("role", "alert");
    bar.append(`This browser has words of ${new Date(found.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })} that the site does not have. `);
    const act = (label, run) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.addEventListener("click", () => {
        run();
        bar.remove();
      });
      bar.append(made, " ");
    };
    act("Bring them back", () => bringBack(found.words));
    act("Let them go", () => store(stamp, null));
    form.before(bar);
  };
  const bringBack = (said) => {
    for (const section of form.querySelectorAll("[data-parts]")) {
      const name = `${section.dataset.parts}-TOTAL_FORMS`;
      const wanted = Number(said.find(([field]) => field === name)?.[1] ?? 0);
      const button = section.querySelector("button[name=_row]");
      while (Number(fields[name].value) < wanted) button.click();
    }
    for (const [name, value] of said) {
      const field = fields[name];
      if (!field || /(_FORMS)$/.test(name)) continue;
      if (field.type === "checkbox") field.checked = true;
      else if ("value" in field) field.value = value;
    }
    document.dispatchEvent(new Event("parts:filled"));
    for (const field of form.querySelectorAll("textarea, #id_tags, select")) field.dispatchEvent(new Event("input", { bubbles: true }));
    fields.headline.focus();
  };

  /* The keyboard does it all. */
  const press = (name) => form.querySelector(`button[name=${name}]`)?.click();
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".findings input")) {
      event.preventDefault();
      event.target.closest("details").querySelector("button").click();
    }
    if (!(event.ctrlKey || event.metaKey)) return;
    const name = { s: "_save", Enter: "_publish", p: event.altKey ? "_preview" : "" }[event.key];
    if (!name) return;
    event.preventDefault();
    press(name);
  });

  /* What shows beside the other entries takes all of them to be read: it comes when it is there. */
  const beside = document.getElementById("beside");
  if (beside)
    fetch(beside.querySelector("a").href, { redirect: "error" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject()))
      .then((page) => {
        const found = new DOMParser().parseFromString(page, "text/html").querySelector("#beside-findings");
        if (!found.querySelector("li")) return;
        const heading = document.createElement("h3");
        heading.textContent = "Beside the other entries";
        for (const link of found.querySelectorAll(".findings a")) link.setAttribute("href", link.hash);
        beside.replaceChildren(heading, found);
      })
      .catch(() => {}); // The link to it stays.

  /* A finding leads to its field, also into what is folded. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".findings a");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const box = target.hidden ? target.parentElement.querySelector("input:not([hidden])") : target;
    box.scrollIntoView({ block: "center" });
    box.focus();
    if (document.activeElement === link) box.querySelector("input:not([type=hidden]), textarea, button")?.focus();
  });

  /* A difference that would mend what was found, taken over when the editor says so. */
  document.addEventListener("click", (event) => {
    const { mends, before, after } = event.target.dataset;
    const field = mends && document.getElementById(mends);
    if (!field?.value.includes(before)) return;
    field.value = field.value.replace(before, () => after);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    event.target.disabled = true;
    field.focus();
  });

  /* What the record says, taken over into the form. */
  for (const button of document.querySelectorAll("button[data-use]")) {
    const field = fields[button.dataset.use];
    if (!field) continue;
    button.addEventListener("click", (event) => {
      event.preventDefault(); // Without a script the site does it, and saves.
      field.value = button.dataset.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      button.disabled = true;
      field.focus();
    });
  }

  /* How long a text is. */
  const measure = (box) => {
    const label = form.querySelector(`label[for="${box.id}"]`);
    if (!label) return;
    const number = box.value.trim() ? box.value.trim().split(/\s+/).length : 0;
    const next = label.nextElementSibling;
    const meter = next?.classList.contains("meter") ? next : document.createElement("span");
    meter.className = "meter";
    meter.textContent = `${number} word${number === 1 ? "" : "s"}`;
    if (!meter.isConnected) label.after(meter);
  };
  const measured = (target) => target.matches?.("textarea.markdownx-editor, #id_focus, #id_impact");
  form.addEventListener("input", (event) => measured(event.target) && measure(event.target));
  form.querySelectorAll("textarea").forEach((box) => measured(box) && measure(box));

  forgetArrived();
  offer();
})();
