// The grid planner: a map on which a building is dragged into another grid; what comes of it is asked of the server at once. The address says what was tried.
(() => {
  "use strict";
  const colours = ["#e3a08c", "#9fc3d8", "#b7d09a", "#e6c87e", "#c3afd6", "#8fc9bb", "#e0b0c4", "#c9b48f", "#93a5d6", "#d9d77f", "#b98e74", "#a9d8e2"];
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const fetchJson = async (path) => {
    const answer = await fetch(path, { credentials: "same-origin" });
    return answer.status === 200 ? answer.json() : null;
  };
  const element = (tag, words, more) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const inside = ([lat, lon], ring) => {
    let within = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]];
      if ((a[0] > lat) !== (b[0] > lat) && lon < ((b[1] - a[1]) * (lat - a[0])) / (b[0] - a[0]) + a[1]) within = !within;
    }
    return within;
  };

  const begin = async (figure) => {
    let shown = await fetchJson(figure.dataset.plan);
    if (!shown) return;
    const words = JSON.parse(figure.dataset.words);
    const moves = !!figure.dataset.move;
    const ground = await fetchJson(figure.dataset.ground).catch(() => null);
    const box = figure.querySelector(".map-box");
    box.replaceChildren();
    const map = L.map(box, { preferCanvas: true, zoomSnap: 0.25, maxZoom: 20, attributionControl: !!ground, zoomControl: false, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    const [south, west, north, east] = figure.dataset.bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { maxZoom: 18, padding: [4, 4] });
    if (ground) {
      const flip = (line) => line.map(([lon, lat]) => [lat, lon]);
      const under = { renderer: L.canvas({ padding: 0.3 }), interactive: false };
      L.polygon(ground.water.map(flip), { ...under, stroke: false, fillColor: colour("--map-water"), fillOpacity: 1, attribution: ground.attribution }).addTo(map);
      L.polyline(ground.streets.filter((s) => !s[0]).map((s) => flip(s[1])), { ...under, color: colour("--map-street"), weight: 2 }).addTo(map);
      L.polyline(ground.streets.filter((s) => s[0]).map((s) => flip(s[1])), { ...under, color: colour("--map-street"), weight: 6 }).addTo(map);
      L.polygon(ground.houses.map(flip), { ...under, stroke: false, fillColor: colour("--map-house"), fillOpacity: 1 }).addTo(map);
    }
    const svg = L.svg({ padding: 0.3 });
    // Names lie under the houses, which are small and meant to be hit.
    map.createPane("names").style.zIndex = 450;
    const [areas, houses] = [L.layerGroup().addTo(map), L.layerGroup().addTo(map)];
    const path = location.pathname;

    // Where houses stand close on the screen their pins are smaller, so that they lie beside each other: the size at which most of them do.
    const pin = () => {
      const at = shown.houses.map((house) => map.latLngToContainerPoint(house.at));
      const gaps = at.map((one, i) => Math.min(...at.map((other, j) => (i === j ? Infinity : one.distanceTo(other))))).sort((a, b) => a - b);
      return Math.round(Math.min(14, Math.max(8, gaps[Math.floor(gaps.length / 4)] ?? 14)));
    };
    let [size, pins] = [0, []];
    // A finger is wider than a pin: what is meant is the one whose middle is nearest, whichever lies on top.
    const pick = (event) => {
      const point = map.mouseEventToContainerPoint(event.originalEvent);
      let [nearest, least] = [null, 24];
      for (const one of pins) {
        const away = map.latLngToContainerPoint(one.house.at).distanceTo(point);
        if (away < least) [nearest, least] = [one, away];
      }
      if (nearest) L.popup({ offset: [0, -size / 4] }).setLatLng(nearest.house.at).setContent(nearest.card()).openOn(map);
    };
    map.on("click", pick);

    const draw = () => {
      size = pin();
      pins = [];
      map.closePopup();
      areas.clearLayers();
      houses.clearLayers();
      for (const grid of shown.grids) {
        if (!grid.ring) continue;
        L.polygon(grid.ring, { renderer: svg, color: colour("--ink"), weight: 1.5, fillColor: colours[grid.colour], fillOpacity: 0.5, interactive: false }).addTo(areas)
          .bindTooltip(grid.name, { permanent: true, direction: "center", pane: "names", className: "map-label", interactive: false });
      }
      for (const house of shown.houses) {
        const wide = house.from ? size + 4 : size;
        const marker = L.marker(house.at, { icon: L.divIcon({ className: `plan-house${house.from ? " moved" : ""}`, iconSize: [wide, wide] }), draggable: moves, keyboard: false, title: house.name, alt: house.name, autoPan: true }).addTo(houses);
        marker.on("click", pick);
        const card = () => {
          const card = element("div", "", { className: "plan-popup" });
          const head = document.createElement("p");
          head.append(element("a", house.name, { href: house.href }));
          card.append(head, element("p", shown.grids.find((g) => g.key === house.grid)?.name ?? ""), element("p", house.note));
          if (house.from) card.append(element("p", house.from));
          if (moves) {
            const choice = Object.assign(document.createElement("select"), { ariaLabel: words.to });
            for (const option of document.querySelectorAll("#move-grid option")) choice.append(option.cloneNode(true));
            choice.value = house.grid;
            const go = element("button", words.move, { type: "button", className: "button quiet" });
            go.addEventListener("click", () => { if (choice.value && choice.value !== house.grid) move(house.code, choice.value); });
            card.append(choice, go);
          }
          return card;
        };
        pins.push({ house, card });
        marker.on("dragend", () => {
          const to = marker.getLatLng();
          const grid = shown.grids.find((g) => g.ring && inside([to.lat, to.lng], g.ring));
          marker.setLatLng(house.at);
          if (grid && grid.key !== house.grid) move(house.code, grid.key);
        });
      }
    };

    // The tables say the same as the map: they come from the page of the address that was just asked.
    const refresh = async () => {
      const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
      if (!answer || answer.status !== 200) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["plan-moves", "figures", "flows", "split", "buildings"]) {
        const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
        if (old && fresh) old.replaceWith(fresh);
        else if (old) old.replaceChildren();
        else if (fresh) document.getElementById("flows")?.after(fresh);
      }
      figure.dataset.fresh = String(Number(figure.dataset.fresh ?? 0) + 1);
    };
    const ask = async (query, push) => {
      const summary = document.querySelector("[data-plan-sum] ul");
      const answer = await fetchJson(figure.dataset.plan.split("?")[0] + query).catch(() => null);
      if (!answer) {
        summary?.replaceChildren(element("li", words.failed, { className: "late" }));
        return;
      }
      shown = answer;
      if (push) history.pushState(null, "", path + query + "#plan");
      draw();
      summary?.replaceChildren(...answer.lines.map((line) => {
        const item = element("li", line.href ? "" : line.text, { className: line.kind });
        if (line.href) item.append(element("a", line.text, { href: line.href }));
        return item;
      }));
      for (const [id, value] of [["Input.Cut", answer.cut], ["Input.Wish", answer.wish]]) for (const field of document.getElementsByName(id)) field.value = value;
      for (const file of document.querySelectorAll("[data-plan-file]")) file.href = file.getAttribute("href").split("?")[0] + query;
      await refresh();
    };
    const move = (building, grid) => {
      const query = new URLSearchParams(shown.wish);
      query.set("move", [query.get("move"), `${building}~${grid}`].filter(Boolean).join("."));
      query.delete("undone");
      ask("?" + query.toString(), true);
    };
    draw();
    map.on("zoomend", () => { if (pin() !== size) draw(); });
    if (moves) {
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-plan-go]");
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        ask(new URL(link.href).search, true);
      });
      document.addEventListener("submit", (event) => {
        if (!event.target.matches("[data-plan-move]")) return;
        const { building, to } = event.target.elements;
        if (!building.value || !to.value) return;
        event.preventDefault();
        move(building.value, to.value);
      });
      window.addEventListener("popstate", () => ask(location.search, false));
    }
    figure.dataset.ready = "1";
  };
  for (const figure of document.querySelectorAll("figure.plan[data-plan]")) begin(figure);
})();
