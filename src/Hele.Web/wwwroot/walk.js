// The walking map that can be moved, in place of the server's drawing; whoever may try drags a point and sees at once what comes of it.
(() => {
  "use strict";
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const fetchJson = async (path) => {
    const answer = await fetch(path, { credentials: "same-origin" });
    return answer.status === 200 ? answer.json() : null;
  };
  const element = (tag, words, more) => Object.assign(document.createElement(tag), { textContent: words }, more);
  const popup = (title, href, notes) => {
    const box = document.createElement("div");
    const head = document.createElement("p");
    head.append(href ? element("a", title, { href }) : element("b", title));
    box.append(head, ...notes.filter(Boolean).map((note) => element("p", note)));
    return box;
  };

  const begin = async (figure) => {
    const near = figure.dataset.near && JSON.parse(figure.dataset.near);
    const shown = near ? null : await fetchJson(figure.dataset.walk);
    if (!near && !shown) return;
    const words = JSON.parse(figure.dataset.words);
    const [streets, ground] = await Promise.all([fetchJson(figure.dataset.streets).catch(() => null), fetchJson(figure.dataset.ground).catch(() => null)]);
    const box = figure.querySelector(".map-box");
    box.replaceChildren();
    const map = L.map(box, { preferCanvas: true, zoomSnap: 0.5, maxZoom: 20, attributionControl: !!ground, zoomControl: false, scrollWheelZoom: false });
    L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map);
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    const [south, west, north, east] = figure.dataset.bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { maxZoom: 18, padding: near ? [28, 28] : [12, 12] });

    const canvas = L.canvas({ padding: 0.3 });
    const svg = L.svg({ padding: 0.3 });
    const under = { renderer: canvas, interactive: false };
    const flip = (line) => line.map(([lon, lat]) => [lat, lon]);
    if (ground) {
      L.polygon(ground.water.map(flip), { ...under, stroke: false, fillColor: colour("--map-water"), fillOpacity: 1, attribution: ground.attribution }).addTo(map);
      L.polygon(ground.houses.map(flip), { ...under, stroke: false, fillColor: colour("--map-house"), fillOpacity: 1 }).addTo(map);
    }
    if (streets) {
      L.polyline(streets.lines.map((s) => s.p), { ...under, color: colour("--line"), weight: 5 }).addTo(map);
      L.polyline(streets.lines.filter((s) => !(s.k & 2)).map((s) => s.p), { ...under, color: colour("--map-street"), weight: 3 }).addTo(map);
      L.polyline(streets.lines.filter((s) => s.k & 2).map((s) => s.p), { ...under, color: colour("--map-street"), weight: 3, dashArray: "2 4" }).addTo(map);
      for (const bar of streets.bars) {
        const shape = bar.gate ? L.circleMarker(bar.p[0], { renderer: svg, radius: 5, weight: 2, color: colour("--ink"), fillColor: colour("--surface"), fillOpacity: 1 }) : L.polyline(bar.p, { renderer: svg, color: colour("--ink"), weight: 4, dashArray: "6 4" });
        shape.bindPopup(() => popup(bar.name, null, [])).addTo(map);
      }
    }
    const pin = (css) => L.divIcon({ className: `walk-pin ${css}`, iconSize: [26, 26] });
    if (near) {
      if (near.way.length) L.polyline(near.way, { renderer: svg, color: colour("--progress-ink"), weight: 5, opacity: 0.85, interactive: false }).addTo(map);
      L.circleMarker(near.home.at, { renderer: svg, radius: 9, weight: 3, color: colour("--surface"), fillColor: colour("--progress-ink"), fillOpacity: 1 }).bindPopup(() => popup(near.home.name, null, [])).addTo(map);
      for (const point of near.points) L.marker(point.at, { icon: pin(point.first ? "" : "shut"), title: point.name, alt: point.name }).bindPopup(() => popup(point.name, null, [point.note])).addTo(map);
      figure.dataset.ready = "1";
      return;
    }

    const layers = { zone: L.layerGroup().addTo(map), houses: L.layerGroup().addTo(map), points: L.layerGroup().addTo(map) };
    // Reached is a full dot, not reached a ring, and what a trial changes says + or −: nobody needs the colours to tell them apart.
    const ink = { yes: "--done-ink", help: "--progress-ink", no: "--late-ink" };
    const edge = { yes: "--surface", help: "--ink", no: "--late-ink" };
    const drawZone = (zone) => {
      layers.zone.clearLayers();
      L.polygon(zone, { renderer: svg, color: colour("--done-ink"), weight: 1, fillOpacity: 0.1, interactive: false }).addTo(layers.zone);
    };
    const drawHouses = (houses) => {
      layers.houses.clearLayers();
      for (const house of houses) {
        L.circleMarker(house.at, { renderer: svg, radius: house.change ? 8 : 5, weight: house.state === "no" ? 3 : 1, color: colour(edge[house.state]), fillColor: colour(house.state === "no" ? "--surface" : ink[house.state]), fillOpacity: 1 })
          .bindPopup(() => popup(house.name, house.href, [house.note])).addTo(layers.houses);
        if (house.change) L.marker(house.at, { icon: L.divIcon({ className: `walk-change ${house.change > 0 ? "gained" : "lost"}`, html: house.change > 0 ? "+" : "−", iconSize: [16, 16] }), interactive: false, keyboard: false }).addTo(layers.houses);
      }
    };
    const summary = document.querySelector("[data-walk-sum]");
    // What is said above the map grows and shrinks: the map stays where it is, under the hand that drags.
    let dragging = false;
    const still = (change) => {
      const top = figure.getBoundingClientRect().top;
      change();
      if (dragging) summary.style.minHeight = `${summary.offsetHeight}px`;
      window.scrollBy({ top: figure.getBoundingClientRect().top - top, behavior: "instant" });
    };
    const say = (answer) => {
      if (!summary) return;
      const reset = summary.querySelector("[data-walk-reset]");
      if (reset) reset.hidden = !answer.trial;
      summary.querySelector(".walk-basis").textContent = answer.basis;
      summary.querySelector("ul").replaceChildren(...answer.lines.map((line) => {
        const item = element("li", line.href ? "" : line.text, { className: line.kind });
        if (line.href) item.append(element("a", line.text, { href: line.href }));
        return item;
      }));
    };
    // One question at a time, and the last one always: what lies between is passed over while the point moves.
    let asking = false;
    let next = null;
    const ask = async (query) => {
      next = query;
      if (asking) return;
      asking = true;
      while (next) {
        const now = next;
        next = null;
        const answer = await fetchJson(figure.dataset.walk.split("?")[0] + "?" + now).catch(() => null);
        if (!answer) { if (summary) summary.querySelector(".walk-basis").textContent = words.failed; continue; }
        still(() => say(answer));
        for (const point of answer.points) mark(pins[point.code || point.number], point);
        drawHouses(answer.houses);
        drawZone(answer.zone);
      }
      asking = false;
    };
    // What stands below says the same as the map: it comes from the page of the address that was just asked. An answer that was overtaken is dropped.
    let pages = 0;
    const refresh = async () => {
      const number = ++pages;
      const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
      if (!answer || answer.status !== 200) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (number !== pages) return;
      for (const id of ["service-points", "try", "buildings", "geojson"]) {
        const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
        if (!old || !fresh) continue;
        for (const fold of old.querySelectorAll("details[id]")) fresh.querySelector(`#${fold.id}`)?.toggleAttribute("open", fold.open);
        old.replaceWith(fresh);
      }
    };
    // A form writes its fields' names in capitals, the page's links don't.
    const asked = () => new URLSearchParams([...new URLSearchParams(location.search)].map(([name, value]) => [name.toLowerCase(), value]));
    const carry = (query) => document.querySelector("[data-walk-tried]")?.replaceChildren(...["move", "to", "close", "open", "add"].flatMap((name) => query.getAll(name).map((value) => element("input", "", { type: "hidden", name, value }))));
    const pins = {};
    const mark = (marker, point) => {
      for (const css of ["shut", "cut", "tried"]) marker?.getElement()?.classList.toggle(css, point.state.split(" ").includes(css));
      marker?.setPopupContent(popup(point.name, null, [point.note, point.phone]));
    };
    const drawPoints = (points, helpers) => {
      for (const helper of helpers) L.marker(helper.at, { icon: pin(helper.open ? "help" : "help shut"), title: helper.name, alt: helper.name }).bindPopup(() => popup(helper.name, null, [helper.note])).addTo(layers.points);
      for (const point of points) {
        const marker = L.marker(point.at, { icon: pin(point.state), title: point.name, alt: point.name, draggable: !!figure.dataset.try, zIndexOffset: 500 }).addTo(layers.points);
        marker.bindPopup(popup(point.name, null, [point.note, point.phone]));
        pins[point.code || point.number] = marker;
        const moved = (keep) => {
          const at = marker.getLatLng();
          const query = asked();
          query.delete("datum");
          const to = `${at.lng.toFixed(7)} ${at.lat.toFixed(7)}`;
          const form = document.querySelector("[data-walk-try]");
          if (point.code) {
            query.set("move", point.code);
            query.set("to", to);
            if (form) { form.elements.Move.value = point.code; form.elements.To.value = to; form.elements.Datum.selectedIndex = 0; }
          } else {
            const adds = query.getAll("add");
            adds[point.number] = to;
            query.delete("add");
            for (const add of adds) query.append("add", add);
            for (const [i, field] of form ? [...form.querySelectorAll("[name=add]")].entries() : []) field.value = adds[i];
          }
          // The address says what is tried: the page can be printed, sent on, opened again.
          if (keep) {
            history.replaceState(null, "", `${location.pathname}?${query}`);
            carry(query);
          }
          ask(query.toString());
          if (keep) refresh();
        };
        marker.on("dragstart", () => { dragging = true; });
        marker.on("drag", () => moved(false));
        // Only one registered point is moved at a time: the others stand where they are registered.
        marker.on("dragend", () => { dragging = false; still(() => { summary.style.minHeight = ""; }); moved(true); if (point.code) for (const other of layers.points.getLayers()) if (other !== marker && other.home) other.setLatLng(other.home); });
        marker.home = !point.code || point.code === asked().get("move") ? null : point.at;
      }
    };
    drawZone(shown.zone);
    drawHouses(shown.houses);
    drawPoints(shown.points, shown.helpers);
    figure.dataset.ready = "1";
  };
  for (const figure of document.querySelectorAll("figure.walk")) begin(figure);
})();
