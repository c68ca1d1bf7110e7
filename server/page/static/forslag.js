// Suggestions while typing, after the combobox pattern of the ARIA Authoring Practices: list with manual selection.
// Without this file the field is a plain search field, and everything works.
(() => {
  "use strict";
  const field = document.getElementById("q");
  if (!field || !window.fetch || !window.AbortController) return;

  // The page says in its own language what stands here.
  const words = field.dataset;
  const list = document.createElement("ul");
  list.id = "forslag";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.list);
  list.hidden = true;
  const said = document.createElement("div");
  said.className = "unseen";
  said.setAttribute("role", "status");
  field.closest(".box-row").append(list, said);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", "forslag");

  let options = [];
  let active = -1;
  let timer = 0;
  let running = null;

  // What was asked for before the list was closed must not open it again.
  const close = () => {
    clearTimeout(timer);
    if (running) running.abort();
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const mark = (n) => {
    active = n;
    [...list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === n)));
    if (n < 0) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    field.setAttribute("aria-activedescendant", list.children[n].id);
    list.children[n].scrollIntoView({ block: "nearest" });
  };

  // The same words again are no change to a screen reader, so every other time they end in a no-break space.
  const say = (text) => {
    said.textContent = text !== "" && said.textContent === text ? text + "\u00a0" : text;
  };

  const choose = (n) => {
    const option = options[n];
    close();
    if (option.kind === "ord") {
      field.value = option.text;
      field.form.requestSubmit();
      return;
    }
    location.assign((words.begin === "/" ? "" : words.begin) + option.url);
  };

  const show = (found) => {
    options = found;
    list.replaceChildren(...found.map((option, i) => {
      const li = document.createElement("li");
      li.id = "forslag-" + i;
      li.setAttribute("role", "option");
      li.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = option.text;
      // A title is read out in its own language.
      if (option.lang && option.lang !== "und") text.lang = option.lang;
      const kind = document.createElement("span");
      kind.className = "suggestion-kind";
      kind.textContent = words[option.kind] || option.label;
      li.append(text, " ", kind);
      // The field keeps the focus, or leaving it would close the list before the click arrives.
      li.addEventListener("mousedown", (e) => e.preventDefault());
      li.addEventListener("click", () => choose(i));
      return li;
    }));
    if (found.length === 0 || document.activeElement !== field) {
      close();
      say("");
      return;
    }
    list.hidden = false;
    active = -1;
    field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", "true");
    say(found.length === 1 ? words.single : words.several.replace("#", found.length));
  };

  const ask = async () => {
    if (running) running.abort();
    const typed = field.value;
    if (typed.trim().length < 2) {
      show([]);
      return;
    }
    running = new AbortController();
    try {
      const answer = await fetch("/api/v1/suggest?" + (words.begin === "/" ? "" : "lang=en&") + "q=" + encodeURIComponent(typed), { signal: running.signal, credentials: "omit" });
      show(answer.ok ? (await answer.json()).suggestions : []);
    } catch (e) {
      // Cut off by the next letter, or no network: the field still searches.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    mark(-1); // what was marked belongs to the letters before
    timer = setTimeout(ask, 150);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (e) => {
    if (e.isComposing || e.ctrlKey || e.metaKey) return;
    const n = options.length;
    switch (e.key) {
      case "ArrowDown":
      case "ArrowUp":
        if (list.hidden || n === 0) return;
        e.preventDefault();
        mark(e.key === "ArrowDown" ? (active + 2) % (n + 1) - 1 : (active + n + 1) % (n + 1) - 1);
        return;
      case "Enter":
        if (active >= 0 && !list.hidden) {
          e.preventDefault();
          choose(active);
        }
        return;
      case "Escape":
        if (!list.hidden) e.preventDefault(); // a second Escape clears the field
        close();
        return;
      case "Tab":
        close(); // leaves without choosing
    }
  });
})();
