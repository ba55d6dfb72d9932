// Runs before anything is drawn: what the reader chose before, of colours and of the world.
"use strict";

window.gsmt = {
  // What is kept from page to page; where nothing can be kept, nothing is.
  recall(name) {
    try {
      return localStorage.getItem("gsmt." + name);
    } catch {
      return null;
    }
  },
  keep(name, value) {
    try {
      localStorage.setItem("gsmt." + name, value);
    } catch {
      // Private windows keep nothing.
    }
  },
  // The address is #place?name=value: what stands behind the ? is the view, so that it can be sent.
  address() {
    const [place, view] = location.hash.slice(1).split("?");
    let name = place || "";
    try {
      name = decodeURIComponent(name);
    } catch {
      // Somebody typed a lone %, which is no place.
    }
    return { place: name, view: new URLSearchParams(view || "") };
  },
  setView(values) {
    const { place, view } = gsmt.address();
    for (const [name, value] of Object.entries(values)) {
      if (value === null) view.delete(name);
      else view.set(name, value);
    }
    const text = view.toString();
    history.replaceState(null, "", "#" + encodeURIComponent(place) + (text ? "?" + text : ""));
  },
};

{
  const root = document.documentElement;
  root.classList.add("scripted");
  const theme = gsmt.recall("theme");
  if (theme) root.dataset.theme = theme;
  const worlds = (root.dataset.worlds || "healthy").split(" ");
  const asked = gsmt.address().view.get("world");
  root.dataset.world = worlds.includes(asked) ? asked : worlds[0];
}
