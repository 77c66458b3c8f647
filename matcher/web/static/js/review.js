/* Reviewing candidates from the keyboard: each key presses a button that is on the page anyway.
   `data-press` lists the keys of a button. P arms the reasons for setting aside, a digit picks one,
   Escape disarms; ? opens the list of keys. The switch is the one of app.js. */
(() => {
  "use strict";
  const on = () => localStorage.getItem("oreum-keys") !== "off";
  const typing = (target) => target.closest("input:not([type=checkbox]), select, textarea");
  const pass = () => document.querySelector("[data-pass]");
  // With a Korean keyboard the key that says S says ㄴ: then its place on the keyboard counts.
  const keyOf = (event) => {
    const place = /^Key([A-Z])$/.exec(event.code);
    return (place && !/^[!-~]$/.test(event.key) ? place[1] : event.key).toLowerCase();
  };
  const arm = (armed) => {
    const form = pass();
    if (!form) return false;
    form.toggleAttribute("data-armed", armed);
    if (armed) form.querySelector("[data-reason]").focus();
    return true;
  };
  const help = () => {
    const box = document.querySelector("[data-help]");
    if (!box) return false;
    box.open = !box.open;
    if (box.open) box.querySelector("summary").focus();
    return true;
  };
  const reason = (key) => {
    const form = pass();
    if (!form || !form.hasAttribute("data-armed")) return null;
    return form.querySelector(`[data-reason="${CSS.escape(key)}"]`);
  };
  const press = (target) => {
    if (!target) return false;
    target.click();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (!on() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.repeat || typing(event.target)) return;
    const key = keyOf(event);
    let done = false;
    if (key === "?") done = help();
    else if (key === "p") done = arm(true);
    else if (key === "escape") arm(false);
    else if (/^[0-9]$/.test(key)) done = press(reason(key));
    else if (/^[a-z]$/.test(key)) done = press(document.querySelector(`[data-press~="${key}"]`));
    if (done) event.preventDefault();
  });
})();
