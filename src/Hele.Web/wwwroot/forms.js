// Help on top of long forms that work without it: one step at a time, parts that belong to a choice, a map that is fetched when it is asked for.
(() => {
  "use strict";
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
        // Where no building is registered none is asked for.
        if (!from) continue;
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
})();
