// The map that can be moved, in place of the server's drawing; and drawing on it, in place of typing coordinates.
(() => {
  "use strict";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const fetchJson = async (path) => {
    const answer = await fetch(path, { credentials: "same-origin" });
    return answer.status === 200 ? answer.json() : null;
  };
  const text = (tag, words, href) => {
    const element = document.createElement(tag);
    element.textContent = words;
    if (href) element.href = href;
    return element;
  };
  const popup = (title, href, lines) => {
    const box = document.createElement("div");
    const head = document.createElement("p");
    head.append(href ? text("a", title, href) : text("b", title));
    box.append(head, ...lines.filter(Boolean).map((line) => text("p", line)));
    return box;
  };

  const begin = async (figure) => {
    const box = figure.querySelector(".map-box");
    const shown = await fetchJson(figure.dataset.map);
    if (!shown) return;
    const words = JSON.parse(figure.dataset.words);
    const ground = await fetchJson(figure.dataset.ground).catch(() => null);
    box.replaceChildren();
    const map = L.map(box, { preferCanvas: true, zoomSnap: 0.5, maxZoom: 20, attributionControl: !!ground, zoomControl: false, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());

    const flip = (line) => line.map(([lon, lat]) => [lat, lon]);
    if (ground) {
      const canvas = L.canvas({ padding: 0.3 });
      const under = { renderer: canvas, interactive: false };
      L.polygon(ground.water.map(flip), { ...under, stroke: false, fillColor: colour("--map-water"), fillOpacity: 1, attribution: ground.attribution }).addTo(map);
      L.polyline(ground.streets.filter((s) => !s[0]).map((s) => flip(s[1])), { ...under, color: colour("--map-street"), weight: 2 }).addTo(map);
      L.polyline(ground.streets.filter((s) => s[0]).map((s) => flip(s[1])), { ...under, color: colour("--map-street"), weight: 6 }).addTo(map);
      L.polygon(ground.houses.map(flip), { ...under, stroke: false, fillColor: colour("--map-house"), fillOpacity: 1 }).addTo(map);
    }
    const streets = figure.dataset.streets && await fetchJson(figure.dataset.streets).catch(() => null);
    if (streets) {
      const under = { renderer: L.canvas({ padding: 0.3 }), interactive: false };
      L.polyline(streets.lines.map((s) => s.p), { ...under, color: colour("--line"), weight: 5 }).addTo(map);
      L.polyline(streets.lines.map((s) => s.p), { ...under, color: colour("--map-street"), weight: 3 }).addTo(map);
    }
    const focus = figure.dataset.focus;
    const draw = figure.dataset.draw && document.getElementById(figure.dataset.draw);
    const pick = figure.dataset.pick && document.getElementById(figure.dataset.pick);
    // What is pointed at on this map is in its own system; what was read from another map isn't shown here before it is saved.
    const datum = (draw || pick) && (draw || pick).form && (draw || pick).form.querySelector("select[name$='.Datum']");
    const ours = () => !datum || datum.selectedIndex === 0;
    const pointed = () => { if (datum) datum.selectedIndex = 0; };
    const bounds = L.latLngBounds([]);
    const svg = L.svg({ padding: 0.3 });
    for (const grid of shown.grids) {
      if (draw && grid.code === focus) continue;
      const ring = flip(grid.ring);
      const shape = L.polygon(ring, { renderer: svg, color: colour("--brick"), weight: grid.code === focus ? 4 : 2, fillOpacity: grid.code === focus ? 0.14 : 0.05, interactive: !draw && !pick }).addTo(map);
      shape.bindTooltip(grid.name, { permanent: true, direction: "center", className: "map-label", interactive: false });
      if (!draw && !pick) shape.bindPopup(() => popup(grid.name, grid.href, [grid.phone && words.phone.replace("#", grid.phone), words.buildings.replace("#", grid.buildings)]));
      if (!focus || grid.code === focus) bounds.extend(ring);
    }
    for (const ring of shown.overlaps) L.polygon(flip(ring), { renderer: svg, color: colour("--late-ink"), weight: 1, fillOpacity: 0.35, interactive: false }).addTo(map);
    for (const building of shown.buildings) {
      const here = building.code === focus;
      const dot = L.circleMarker([building.at[1], building.at[0]], { renderer: svg, radius: here ? 9 : 6, weight: 2, color: colour("--surface"), fillColor: building.wrong ? colour("--late-ink") : colour("--progress-ink"), fillOpacity: 1, interactive: !draw && !pick }).addTo(map);
      if (!draw && !pick) dot.bindPopup(() => popup(building.name, building.href, [building.grid || words.noGrid]));
      if (here || shown.grids.length === 0 || (building.grid === undefined && !focus)) bounds.extend(dot.getLatLng());
    }
    map.fitBounds(bounds.isValid() ? bounds.pad(0.08) : L.latLngBounds(figure.dataset.bounds.split(" ").map((p) => p.split(",").map(Number).reverse())), { maxZoom: 18 });

    // Names that would lie on each other wait until the map is closer.
    const crowd = () => box.classList.toggle("far", map.getZoom() < 14.5 && shown.grids.length > 3);
    map.on("zoomend", crowd);
    crowd();

    if (pick) {
      let marker = null;
      const place = (at) => {
        if (marker) marker.setLatLng(at); else marker = L.circleMarker(at, { renderer: svg, radius: 10, weight: 3, color: colour("--brick"), fillColor: colour("--surface"), fillOpacity: 1 }).addTo(map);
      };
      const typed = () => {
        const numbers = pick.value.trim().split(/[\s,，]+/).map(Number);
        if (ours() && numbers.length === 2 && numbers.every(Number.isFinite)) place([numbers[1], numbers[0]]);
        else if (marker) marker = void marker.remove();
      };
      typed();
      pick.addEventListener("input", typed);
      if (datum) datum.addEventListener("change", typed);
      const choice = figure.dataset.pickBuilding && document.getElementById(figure.dataset.pickBuilding);
      map.on("click", (event) => {
        if (choice) {
          const near = shown.buildings.map((b) => ({ code: b.code, metres: map.distance(event.latlng, [b.at[1], b.at[0]]) })).sort((a, b) => a.metres - b.metres)[0];
          choice.value = near && near.metres < 30 ? near.code : "";
          choice.dispatchEvent(new Event("input", { bubbles: true }));
        }
        pointed();
        pick.value = `${event.latlng.lng.toFixed(7)} ${event.latlng.lat.toFixed(7)}`;
        pick.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    if (draw) {
      let points = [];
      const line = figure.dataset.drawLine !== undefined;
      const shape = (line ? L.polyline : L.polygon)([], { fill: !line, renderer: svg, color: colour("--brick"), weight: 3, dashArray: "6 4", fillOpacity: 0.12, interactive: false }).addTo(map);
      const corners = L.layerGroup().addTo(map);
      const show = () => {
        shape.setLatLngs(points);
        corners.clearLayers();
        for (const [i, at] of points.entries()) {
          const corner = L.marker(at, { draggable: true, keyboard: false, icon: L.divIcon({ className: "map-corner", iconSize: [22, 22] }) }).addTo(corners);
          corner.on("drag", () => { points[i] = corner.getLatLng(); shape.setLatLngs(points); });
          corner.on("dragend", write);
          corner.on("click", () => { points.splice(i, 1); write(); show(); });
        }
      };
      const write = () => {
        pointed();
        draw.value = points.map((p) => `${p.lng.toFixed(7)} ${p.lat.toFixed(7)}`).join("; ");
        draw.dispatchEvent(new Event("input", { bubbles: true }));
      };
      const read = () => {
        const numbers = draw.value.replace(/polygon|[()]/gi, " ").trim().split(/[\s,;，；]+/).filter(Boolean).map(Number);
        if (numbers.length % 2 || numbers.some((n) => !Number.isFinite(n))) return;
        points = [];
        if (!ours()) return show();
        for (let i = 0; i < numbers.length; i += 2) points.push(L.latLng(numbers[i + 1], numbers[i]));
        if (!line && points.length > 3 && points[0].equals(points[points.length - 1])) points.pop();
        show();
      };
      read();
      if (points.length > 1) map.fitBounds(shape.getBounds().pad(0.4));
      draw.addEventListener("change", read);
      if (datum) datum.addEventListener("change", read);
      map.on("click", (event) => { points.push(event.latlng); write(); show(); });
      const undo = figure.querySelector("[data-undo]");
      const clear = figure.querySelector("[data-clear]");
      figure.querySelector(".map-tools").hidden = false;
      undo.addEventListener("click", () => { points.pop(); write(); show(); });
      clear.addEventListener("click", () => { points = []; write(); show(); });
    }
    figure.dataset.ready = "1";
  };
  for (const figure of document.querySelectorAll("figure.map[data-map]")) begin(figure);
})();
