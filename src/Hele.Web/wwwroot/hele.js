// Help on top of pages that work without it: no double submission, counters, a warning before typed text is lost.
(() => {
  "use strict";
  const dirty = new Set();

  // One press sends once. The buttons are disabled after the browser has collected the form, so that a button's own value is sent.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    dirty.delete(form);
    if (form.method !== "post") return;
    form.dataset.sent = "1";
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) {
        if (button.disabled) continue;
        button.disabled = true;
        button.dataset.held = "1";
      }
    });
  });

  // Back to a form that was sent: the browser fetches the page anew and puts what was typed into it. With the operation it had then, sending it
  // again is the same act and not a second one. The browser keeps this beside the entry of its history, so a form opened anew is a new one.
  for (const form of document.querySelectorAll("form[data-once]")) {
    const op = form.elements.namedItem("op");
    if (!op) continue;
    const kept = history.state && history.state.op;
    if (kept && !document.querySelector(".summary, .notice")) op.value = kept;
    else history.replaceState({ op: op.value }, "");
  }

  // Back from the next page (or a stopped load): the form can be used again.
  const release = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[data-held]")) {
      button.disabled = false;
      delete button.dataset.held;
    }
  };
  window.addEventListener("pageshow", release);
  // An answer that is a download, or no answer at all, leaves this page standing.
  document.addEventListener("visibilitychange", () => { if (!document.hidden) setTimeout(release, 15000); });

  // Leaving with something typed asks first (the browser's own words).
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && "guard" in form.dataset) dirty.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size > 0) event.preventDefault();
  });

  // Counters count characters as people do: a line break is one, a rare character is one.
  for (const counter of document.querySelectorAll("[data-counts]")) {
    const box = document.getElementById(counter.dataset.counts);
    const max = Number(counter.dataset.max);
    const show = () => {
      const left = max - [...box.value].length;
      counter.textContent = (left < 0 ? counter.dataset.over : counter.dataset.left).replace("#", Math.abs(left));
      counter.classList.toggle("over", left < 0);
    };
    box.addEventListener("input", show);
    show();
  }

  // What was refused is read out and scrolled to.
  const summary = document.querySelector(".summary");
  if (summary) summary.focus();

  // Printing needs the script, so its button shows only with it.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Open menus close on Escape and on a press elsewhere.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();
