import { h } from "./dom.js";

// A link to a lesson: JupyterLab opens it beside this notebook, by its own way of opening links; elsewhere it is an
// ordinary link to the file.

/** `lesson`: {number, title, file}. */
export function link(lesson, manager) {
  const words = `${lesson.number} ${lesson.title}`;
  if (!lesson.file) return h("span", {}, words);
  const here = manager && manager.context && manager.context.path;
  const folder = here ? here.split("/").slice(0, -1) : [];
  const path = [...folder, lesson.file].join("/");
  const node = h("a", { href: lesson.file }, words);
  const opener = manager && manager.rendermime && manager.rendermime.linkHandler;
  if (here && opener) { opener.handleLink(node, path, ""); return node; }
  return node;
}
