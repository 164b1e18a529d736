import { h } from "./dom.js";

// A link to a lesson: in JupyterLab it opens beside this notebook; elsewhere it is an ordinary link to the file.

/** `lesson`: {number, title, file}. */
export function link(lesson, manager) {
  const words = `${lesson.number} ${lesson.title}`;
  if (!lesson.file) return h("span", {}, words);
  const here = manager && manager.context && manager.context.path;
  const folder = here ? here.split("/").slice(0, -1) : [];
  const path = [...folder, lesson.file].join("/");
  const node = h("a", { href: lesson.file }, words);
  const base = here && /^(.*?\/)(?:lab|notebooks|doc)(?:\/|$)/.exec(window.location.pathname);
  if (base) {
    node.href = `${base[1]}lab/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
    node.target = "_blank";
    node.rel = "noopener";
  }
  return node;
}
