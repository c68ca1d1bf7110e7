// <smaabornsviden-soeg label="..." emne="..."></smaabornsviden-soeg>: a search field for the pages of others. It asks
// nothing and stores nothing; the search opens on the site that this file comes from.
(() => {
  "use strict";
  const base = new URL("/soeg", document.currentScript.src);
  const filters = ["emne", "alder", "type", "sektor", "kilde", "sprog"];
  customElements.define("smaabornsviden-soeg", class extends HTMLElement {
    connectedCallback() {
      if (this.firstElementChild) return;
      const form = document.createElement("form");
      form.action = base.href;
      form.method = "get";
      form.setAttribute("role", "search");
      const label = document.createElement("label");
      label.textContent = (this.getAttribute("label") || "Find viden om de 0-6-årige") + " ";
      const field = document.createElement("input");
      field.type = "search";
      field.name = "q";
      label.append(field);
      const button = document.createElement("button");
      button.textContent = "Søg";
      form.append(label, " ", button);
      for (const name of filters) {
        for (const value of (this.getAttribute(name) || "").split(",").filter(Boolean)) {
          const hidden = document.createElement("input");
          hidden.type = "hidden";
          hidden.name = name;
          hidden.value = value.trim();
          form.append(hidden);
        }
      }
      this.append(form);
    }
  });
})();
