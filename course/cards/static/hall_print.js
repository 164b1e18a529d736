import { h } from "./dom.js";

// Print a part of the card alone: a page of its own in a frame that nobody sees, light whatever the theme, with everything
// that is shown unfolded. The browser's print would take the whole of JupyterLab.

const SHEET = "body { margin: 0; background: #fff; } .cc-card { border: 0; max-width: none; } button.cc-button, .hall-filters, .hall-report-end, .hall-off-paper { display: none !important; }";

/** The page that is printed, as HTML. `shown`: the filter in words, "" for none. */
export function page(node, shown) {
  const copy = node.cloneNode(true);
  for (const button of copy.querySelectorAll("button.cc-linklike")) button.replaceWith(button.textContent);
  for (const box of copy.querySelectorAll("[hidden]")) box.remove();
  for (const box of copy.querySelectorAll("details")) box.setAttribute("open", "");
  if (shown) copy.querySelector(".hall-questions").before(h("p", { class: "hall-quiet" }, `Printed: ${shown}`));
  const sheets = [...document.querySelectorAll("style[id^=course-]")].map((one) => one.textContent).join("\n");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Score report</title><style>${sheets}\n${SHEET}</style></head>` +
    `<body><div class="cc-host"><article class="cc-card hall-card">${copy.outerHTML}</article></div></body></html>`;
}

/** Print `node`; `list.all()` unfolds what is made only when it is opened. */
export function print(node, list) {
  list.all();
  const frame = h("iframe", { title: "Score report for print", class: "hall-print", "aria-hidden": "true", tabindex: "-1", srcdoc: page(node, list.shown), onload: () => {
    frame.contentWindow.onafterprint = () => frame.remove();
    frame.contentWindow.focus();
    frame.contentWindow.print();
  } });
  document.body.append(frame);
}
