// <smaabornsviden-soeg label="..." emne="..." lang="en"></smaabornsviden-soeg>: a search field for the pages of others. It asks
// nothing and stores nothing; the search opens on the site that this file comes from.
(() => {
  "use strict";
  const script = document.currentScript.src;
  const filters = ["emne", "alder", "type", "sektor", "kilde", "sprog", "forfatter"];
  customElements.define("smaabornsviden-soeg", class extends HTMLElement {
    connectedCallback() {
      if (this.firstElementChild) return;
      const form = document.createElement("form");
      const english = this.lang === "en";
      form.action = new URL(english ? "/en/soeg" : "/soeg", script).href;
      form.method = "get";
      form.setAttribute("role", "search");
      const label = document.createElement("label");
      label.textContent = (this.getAttribute("label") || (english ? "Find knowledge about children aged 0-6" : "Find viden om de 0-6-årige")) + " ";
      const field = document.createElement("input");
      field.type = "search";
      field.name = "q";
      label.append(field);
      const button = document.createElement("button");
      button.textContent = english ? "Search" : "Søg";
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
