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

  // A long form in steps: one at a time, the browser's back button goes a step back. Without script all of it stands on one page.
  for (const form of document.querySelectorAll("form[data-steps]")) {
    const steps = [...form.querySelectorAll("[data-step]")];
    const bar = form.querySelector("[data-step-bar]");
    const [back, next, send] = ["back", "next", "send"].map((name) => bar.querySelector(`[data-step-${name}]`));
    const count = bar.querySelector("[data-step-count]");
    const wrong = steps.findIndex((step) => step.querySelector(".has-problem"));
    // Refused for something that stands in no step: the last one, where it is sent from.
    let at = wrong >= 0 ? wrong : document.querySelector(".summary") ? steps.length - 1 : Math.min(history.state?.step ?? 0, steps.length - 1);
    const show = (focus) => {
      steps.forEach((step, i) => { step.hidden = i !== at; });
      back.hidden = at === 0;
      next.hidden = at === steps.length - 1;
      send.hidden = at !== steps.length - 1;
      count.hidden = false;
      count.textContent = count.dataset.of.replace("#", at + 1);
      for (const copy of steps[at].querySelectorAll("[data-copy]")) {
        const from = form.elements.namedItem(copy.dataset.copy);
        copy.textContent = from.selectedOptions ? (from.value && from.selectedOptions[0].text) : from.value && from.length ? form.querySelector(`[name="${copy.dataset.copy}"]:checked`)?.closest("label").textContent.trim() ?? "" : from.value ?? "";
      }
      document.dispatchEvent(new CustomEvent("hele:step", { detail: steps[at] }));
      if (focus) { steps[at].querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true }); form.scrollIntoView(); }
    };
    const lacks = () => {
      let first = null;
      for (const need of steps[at].querySelectorAll("[data-need]")) {
        const values = [...need.querySelectorAll("input, select, textarea")].filter((f) => (f.type !== "radio" && f.type !== "checkbox") || f.checked).map((f) => f.value.trim());
        const missing = !values.some(Boolean);
        let said = need.querySelector("[data-said]");
        if (missing && !said) {
          said = document.createElement("p");
          said.className = "problem";
          said.dataset.said = "";
          said.setAttribute("role", "alert");
          said.textContent = need.dataset.need;
          need.append(said);
        } else if (!missing && said) said.remove();
        if (missing) first ??= need;
      }
      first?.querySelector("input, select, textarea").focus();
      return first;
    };
    const go = (to, push) => {
      at = to;
      if (push) history.pushState({ ...history.state, step: at }, "");
      show(true);
    };
    next.addEventListener("click", () => { if (!lacks()) go(at + 1, true); });
    back.addEventListener("click", () => (history.state?.step ? history.back() : go(at - 1, false)));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input") && !next.hidden) { event.preventDefault(); next.click(); }
    });
    window.addEventListener("popstate", (event) => { at = Math.min(event.state?.step ?? 0, steps.length - 1); show(true); });
    const recap = form.querySelector("[data-recap]");
    if (recap) recap.hidden = false;
    show(false);
    // Coming back, the browser puts what was typed into the fields after this.
    window.addEventListener("pageshow", () => show(false));
  }

  // What needs more script (a map) stands folded, and fetches it when it is opened.
  for (const fold of document.querySelectorAll("details[data-load]")) {
    fold.hidden = false;
    fold.addEventListener("toggle", () => {
      for (const href of fold.dataset.loadCss.split(" ")) document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
      for (const src of fold.dataset.load.split(" ")) document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
    }, { once: true });
  }

  // Parts of a form that are asked for only with one choice; without script they all stand there.
  for (const part of document.querySelectorAll("[data-when]")) {
    const [name, wanted] = part.dataset.when.split("=");
    const form = part.closest("form");
    const show = () => { part.hidden = form.querySelector(`[name="${name}"]:checked`)?.value !== wanted; };
    form.addEventListener("change", show);
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
