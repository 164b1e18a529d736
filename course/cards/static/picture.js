import { h, uid } from "./dom.js";

// A drawing of the body: its parts are groups with `data-part`, the letters are drawn over it. Colors: diagram.css.

const NS = "http://www.w3.org/2000/svg";
const RADIUS = 13;

/** An SVG element: s("line", { x1: 1 }, child). */
export function s(tag, attrs = {}, ...children) {
  const node = document.createElementNS(NS, tag);
  for (const [key, value] of Object.entries(attrs)) if (value !== null && value !== undefined) node.setAttribute(key, value);
  node.append(...children.flat(9).filter(Boolean));
  return node;
}

/** The shapes of a drawing from their markup (of the course's own files). */
function shapes(markup) {
  const box = document.createElement("template");
  box.innerHTML = `<svg xmlns="${NS}">${markup}</svg>`;
  return [...box.content.firstChild.childNodes];
}

function letter({ id, letter: text, label: [x, y], point: [px, py] }) {
  const line = { x1: x, y1: y, x2: px, y2: py };
  return s("g", { class: "dg-mark", "data-of": id },
    s("line", { class: "dg-halo", ...line }), s("line", { class: "dg-leader", ...line }),
    s("circle", { class: "dg-end", cx: px, cy: py, r: 3 }),
    s("circle", { class: "dg-ring", cx: x, cy: y, r: RADIUS }),
    s("text", { x, y, dy: "0.36em" }, text));
}

/** `figure`: {svg, width, height}; `marks`: [{id, letter, label, point}]; `attrs` of the svg element. */
export function picture(figure, marks, attrs) {
  const hatch = uid("hatch");
  const lines = s("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("line", { class: "dg-hatch", x1: 0, y1: 0, x2: 0, y2: 7 }));
  const body = s("g", { class: "dg-body" }, shapes(figure.svg));
  const letters = new Map(marks.map((one) => [one.id, letter(one)]));
  const node = s("svg", { class: "dg", viewBox: `0 0 ${figure.width} ${figure.height}`, focusable: "false", ...attrs },
    s("defs", {}, lines), body, s("g", { class: "dg-marks" }, [...letters.values()]));
  const groups = new Map([...body.querySelectorAll("[data-part]")].map((group) => [group.dataset.part, group]));
  let lit = null; // {group, over}

  /** Which part an event of the pointer is about; null for none. */
  const at = (target) => {
    const hit = target.closest ? target.closest("[data-part], [data-of]") : null;
    return hit && node.contains(hit) ? hit.dataset.part || hit.dataset.of : null;
  };

  /** Outline and hatch one part, and no other. */
  function light(id) {
    if (lit) {
      lit.group.removeAttribute("data-lit");
      lit.over.remove();
      lit = null;
    }
    for (const [name, mark] of letters) mark.toggleAttribute("data-lit", name === id);
    const group = groups.get(id);
    if (!group) return;
    const over = group.cloneNode(true);
    for (const name of [...over.getAttributeNames()]) if (name !== "transform") over.removeAttribute(name);
    for (const shape of over.querySelectorAll(".ink, .fine")) shape.remove();
    for (const shape of over.querySelectorAll("[class]")) {
      shape.removeAttribute("class");
      shape.setAttribute("fill", `url(#${hatch})`);
    }
    over.setAttribute("class", "dg-over");
    group.after(over);
    group.setAttribute("data-lit", "");
    lit = { group, over };
  }

  /** What became of a part: "right", "wrong" or nothing. */
  function judge(id, mark) {
    for (const [name, group] of groups) {
      for (const one of [group, letters.get(name)]) {
        if (!one) continue;
        if (name === id && mark) one.setAttribute("data-mark", mark);
        else one.removeAttribute("data-mark");
      }
    }
  }

  return { node, frame: h("div", { class: "dg-frame" }, node), groups, letters, at, light, judge };
}

/** The picture in words, folded away: for who cannot see it, and for who wants to be sure. */
export function inWords(figure, rows) {
  return h("details", { class: "dg-words" }, h("summary", {}, "The picture in words"),
    h("p", {}, figure.alt), h("p", {}, figure.view),
    rows.length ? h("ul", {}, rows.map((row) => h("li", {}, row))) : null);
}
