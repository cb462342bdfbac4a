// Help on top of a file field that works without it: the photos are shown, and made smaller before they are sent. What is drawn anew carries no place.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-photos]")) {
    const input = field.querySelector("input[type=file]");
    if (!window.DataTransfer || !window.createImageBitmap) break;
    const kept = () => field.querySelectorAll("[name=leave-out]:not(:checked)").length;
    const most = Number(field.dataset.most), side = Number(field.dataset.side);
    const list = Object.assign(document.createElement("ul"), { className: "photo-list" });
    const said = Object.assign(document.createElement("p"), { className: "problem" });
    said.setAttribute("role", "alert");
    input.before(list);
    let chosen = [];
    const give = () => {
      const box = new DataTransfer();
      for (const photo of chosen) box.items.add(photo.file);
      input.files = box.files;
      list.replaceChildren(...chosen.map((photo) => photo.item));
    };
    const show = (photo) => {
      photo.from = `${photo.file.name}/${photo.file.size}/${photo.file.lastModified}`;
      const remove = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: field.dataset.remove });
      remove.addEventListener("click", () => {
        chosen = chosen.filter((other) => other !== photo);
        said.remove();
        give();
        input.focus();
      });
      // Read aloud, each says which photo it is for.
      remove.setAttribute("aria-label", `${field.dataset.remove} ${photo.file.name}`);
      photo.item.append(Object.assign(document.createElement("small"), { textContent: photo.file.name }), remove);
      return photo;
    };
    // A file the browser can't draw goes as it is: the program says what is wrong with it.
    const shrink = async (photo) => {
      try {
        const bitmap = await createImageBitmap(photo.file, { imageOrientation: "from-image" });
        const draw = (longest) => {
          const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
          const canvas = Object.assign(document.createElement("canvas"), { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
          const pen = canvas.getContext("2d");
          pen.fillStyle = "#fff";
          pen.fillRect(0, 0, canvas.width, canvas.height);
          pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
          return canvas;
        };
        const small = draw(400);
        small.setAttribute("role", "img");
        small.setAttribute("aria-label", photo.file.name);
        photo.item.prepend(small);
        if (photo.file.type !== "image/gif") {
          const blob = await new Promise((done) => draw(side).toBlob(done, "image/jpeg", 0.88));
          if (blob && blob.size < photo.file.size) photo.file = new File([blob], photo.file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
        }
        bitmap.close();
      } catch {
        // It stands there by its name.
      }
    };
    input.addEventListener("change", async () => {
      const known = (file) => chosen.some((photo) => photo.file === file || photo.from === `${file.name}/${file.size}/${file.lastModified}`);
      const fresh = [...input.files].filter((file) => !known(file));
      const room = Math.max(0, most - kept() - chosen.length);
      said.textContent = field.dataset.tooMany;
      if (fresh.length > room) list.after(said);
      else said.remove();
      const added = fresh.slice(0, room).map((file) => show({ file, item: document.createElement("li") }));
      chosen.push(...added);
      // As they are, until they are smaller: whoever is quick sends them so.
      give();
      for (const photo of added) await shrink(photo);
      give();
    });
    input.form.addEventListener("submit", (event) => {
      if (chosen.length > 0 && event.submitter && !event.defaultPrevented) event.submitter.textContent = field.dataset.sending;
    });
  }
})();
