/* Everything here is a convenience: each page works without this file. */
(() => {
  "use strict";
  document.documentElement.setAttribute("data-js", "");

  /* Menus: one open at a time; Escape or a click elsewhere closes. */
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  /* Tabs wider than a phone begin where the reader is. */
  for (const tabs of document.querySelectorAll(".tabs")) {
    const here = tabs.querySelector("[aria-current]");
    if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - 48;
  }

  /* After a refused form the list of mistakes is read first. */
  const errors = document.getElementById("errors");
  if (errors) errors.focus();

  /* htmx swaps a refused form (422, 409, 413) too: the answer holds the words that say why. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 413, 422, 429].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });

  /* A live region says what changes in it: what came with the page is put in once more. */
  const toasts = document.getElementById("toasts");
  if (toasts && toasts.firstElementChild) {
    const told = [...toasts.children];
    toasts.replaceChildren();
    setTimeout(() => toasts.append(...told), 150);
  }

  /* A toast stays until it is closed. */
  document.addEventListener("click", (event) => {
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest(".toast").remove();
  });

  /* A pressed button says it is busy and cannot be pressed twice for a moment. */
  const release = () => {
    for (const busy of document.querySelectorAll(".btn.is-busy[aria-busy]")) {
      busy.classList.remove("is-busy");
      busy.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!pressed || !pressed.classList.contains("btn")) return;
    if (pressed.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    setTimeout(() => {
      pressed.classList.add("is-busy");
      pressed.setAttribute("aria-busy", "true");
    });
    setTimeout(release, 8000);
  });
  addEventListener("pageshow", release);
  document.addEventListener("htmx:afterRequest", release);

  /* Single keys press what carries data-key, unless the reader turned them off. */
  const STORE = "oreum-keys";
  const on = () => localStorage.getItem(STORE) !== "off";
  const show = () => {
    for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = on();
    document.documentElement.toggleAttribute("data-keys-off", !on());
  };
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-switch]")) return;
    localStorage.setItem(STORE, event.target.checked ? "on" : "off");
    show();
  });
  // With a Korean keyboard the key that says A says ㅁ: then its place on the keyboard counts.
  const keyOf = (event) => {
    const place = /^Key([A-Z])$/.exec(event.code);
    return (place && !/^[!-~]$/.test(event.key) ? place[1] : event.key).toLowerCase();
  };
  document.addEventListener("keydown", (event) => {
    if (!on() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(keyOf(event))}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
  show();
})();
