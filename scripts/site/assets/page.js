// What every page has: colours, the switch of worlds, folded answers, and data that comes when asked for.
"use strict";

gsmt.element = (name, attributes = {}, ...children) => {
  const found = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") {
      for (const [event, handler] of Object.entries(value)) found.addEventListener(event, handler);
    } else if (value === true) found.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) found.setAttribute(key, value);
  }
  found.append(...children);
  return found;
};

gsmt.world = () => document.documentElement.dataset.world;

// The address of a page in the world that is seen.
gsmt.inThisWorld = (address) => {
  const [path, place] = address.split("#");
  const view = gsmt.world() === "healthy" ? "" : "?world=" + gsmt.world();
  return path + (place || view ? "#" + (place || "") + view : "");
};

// Data are scripts, since a page from the disk may not read other files.
gsmt.loading = new Map();
gsmt.loaded = new Map();
gsmt.data = (name, content) => gsmt.loaded.set(name, content);
gsmt.load = (name) => {
  if (!gsmt.loading.has(name)) {
    gsmt.loading.set(
      name,
      new Promise((resolve, reject) => {
        const root = document.documentElement.dataset.root;
        const script = gsmt.element("script", { src: `${root}data/${name}.js` });
        script.addEventListener("load", () => resolve(gsmt.loaded.get(name)));
        script.addEventListener("error", () => reject(new Error(`no data: ${name}`)));
        document.head.append(script);
      }),
    );
  }
  return gsmt.loading.get(name);
};

// Calls draw once an element comes near what is seen: at once where it is, for an observer waits for a frame.
gsmt.near = 400;
gsmt.whenSeen = (element, draw) => {
  const { top, bottom } = element.getBoundingClientRect();
  if (element.checkVisibility() && top < innerHeight + gsmt.near && bottom > -gsmt.near) {
    draw();
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        draw();
      }
    },
    { rootMargin: `${gsmt.near}px` },
  );
  observer.observe(element);
};

// Calls draw with the width of an element now and whenever it changes.
gsmt.onWidth = (element, draw) => {
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth);
    // Narrower than any screen is a box that is only being opened.
    if (width >= 200 && width !== drawn) {
      drawn = width;
      draw(width);
    }
  }).observe(element);
};

gsmt.openTo = (element) => {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
};

addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;

  const theme = document.getElementById("theme");
  const isDark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const showTheme = () => theme.setAttribute("aria-pressed", String(isDark()));
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    gsmt.keep("theme", root.dataset.theme);
    showTheme();
  });
  showTheme();

  const world = document.getElementById("world");
  if (world) {
    const show = () => {
      for (const button of world.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.value === gsmt.world()));
      }
      // A link to another page leads into the same world.
      for (const link of document.querySelectorAll("a[data-page]")) {
        link.href = gsmt.inThisWorld(link.dataset.page);
      }
    };
    world.addEventListener("click", (event) => {
      if (!event.target.value) return;
      root.dataset.world = event.target.value;
      gsmt.setView({ world: gsmt.world() === "healthy" ? null : gsmt.world() });
      show();
      dispatchEvent(new CustomEvent("world"));
    });
    show();
  }

  const all = document.getElementById("show-all");
  const steps = [...document.querySelectorAll("details.step")];
  if (all) {
    const show = () => {
      const closed = steps.some((step) => !step.open);
      all.textContent = closed ? "Show the whole answer" : "Fold the answer away";
      all.setAttribute("aria-expanded", String(!closed));
    };
    all.addEventListener("click", () => {
      const open = steps.some((step) => !step.open);
      for (const step of steps) step.open = open;
      show();
    });
    for (const step of steps) step.addEventListener("toggle", show);
  }

  const goTo = (behavior) => {
    const { place, view } = gsmt.address();
    if (view.get("answer") === "open") for (const step of steps) step.open = true;
    // What is shown of one world only has its place in each.
    const element =
      place &&
      (document.getElementById(`${place}-${gsmt.world()}`) || document.getElementById(place));
    if (element) {
      gsmt.openTo(element);
      if (element.matches("details")) element.open = true;
      element.scrollIntoView({ behavior });
    }
  };
  goTo("instant");
  addEventListener("hashchange", () => goTo("auto"));
  addEventListener("beforeprint", () => {
    for (const step of steps) step.open = true;
  });
});
