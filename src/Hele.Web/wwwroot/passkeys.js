// Passkeys need the browser's own dialogue, which only a script can open. Loaded on the pages that offer them, and only there.
(() => {
  "use strict";
  const able = window.PublicKeyCredential && navigator.credentials;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user ? { user: { ...options.user, id: bytes(options.user.id) } } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: named(options.excludeCredentials) } : {}),
    ...(options.allowCredentials ? { allowCredentials: named(options.allowCredentials) } : {}),
  });

  const written = (credential) => {
    const said = credential.response;
    const response = { clientDataJSON: text(said.clientDataJSON) };
    if (said.attestationObject) {
      response.attestationObject = text(said.attestationObject);
      response.transports = said.getTransports ? said.getTransports() : [];
    } else {
      response.authenticatorData = text(said.authenticatorData);
      response.signature = text(said.signature);
      if (said.userHandle) response.userHandle = text(said.userHandle);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {}, response });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button");
    const trouble = form.querySelector("[data-trouble]");
    for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = Boolean(able);
    if (!able) continue;
    form.hidden = false;
    let answered = false;
    form.addEventListener("submit", async (event) => {
      if (answered) return;
      event.preventDefault();
      trouble.hidden = true;
      button.disabled = true;
      try {
        const asked = await fetch(form.dataset.passkey, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
        if (!asked.ok) throw new Error(String(asked.status));
        const question = await asked.json();
        const publicKey = read(question.options);
        const credential = publicKey.user ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey });
        form.elements.namedItem("Passkey.Question").value = question.id;
        form.elements.namedItem("Passkey.Answer").value = written(credential);
        answered = true;
        button.disabled = false;
        form.requestSubmit(button);
      } catch {
        // Declined, timed out, or not possible here: the reader tries again or takes another way.
        trouble.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
