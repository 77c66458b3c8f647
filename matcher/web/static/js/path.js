/* The path page: the slider says its hours while it moves, and a redrawn result is announced.
   Without this file the form is sent with its button. */
(() => {
  "use strict";
  document.addEventListener("input", (event) => {
    const name = event.target.dataset.shows;
    if (!name) return;
    const output = document.getElementById(name);
    output.textContent = output.dataset.says.replace("{n}", event.target.value);
  });
  document.addEventListener("htmx:afterSwap", () => {
    const result = document.getElementById("result");
    const said = document.getElementById("result-said");
    if (result && said) said.textContent = result.dataset.said;
  });
})();
