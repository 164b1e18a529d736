import { h, suppress, uid } from "./dom.js";

// A picture of the course's data as a figure: title, drawing, reading, source, and the figures themselves as a table.
// Used by the chart card, by questions with a plot and by the explorers.

function table({ headers, rows }, name) {
  return h("table", { class: "ct-table" },
    h("caption", { class: "cc-sr" }, name),
    h("thead", {}, h("tr", {}, headers.map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, n) => h(n ? "td" : "th", n ? {} : { scope: "row" }, cell))))));
}

/** The drawing alone, with ids that no other picture on the page has. `chart`: {svg, width, own}. */
export function drawing({ svg, width, own }) {
  const box = h("div", { class: own ? "ct-picture" : "ct-picture ct-foreign" });
  box.style.setProperty("--ct-width", `${width}px`);
  box.innerHTML = svg.replaceAll("cp0-", `${uid("plot")}-`);
  // Where the page is narrower than the picture it scrolls, by keyboard too.
  new ResizeObserver(() => {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Chart, scrolls sideways"]]) {
      if (scrolls) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
    suppress(box);
  }).observe(box);
  return box;
}

/** `chart`: what Drawing.view() gives, and `reading_html`. */
export function figure(chart) {
  const title = uid("chart-title");
  return h("figure", { class: "ct-figure", "aria-labelledby": title },
    h("p", { class: "ct-title", id: title }, h("strong", {}, chart.title)),
    drawing(chart),
    chart.reading_html ? h("div", { class: "ct-reading cc-prose", html: chart.reading_html }) : null,
    h("p", { class: "ct-source" }, `Source: ${chart.source}`),
    chart.rows.length ? h("details", { class: "ct-data" },
      h("summary", {}, "The figures of this chart"),
      h("div", { class: "ct-scroll", tabindex: "0", role: "region", "aria-label": "The figures of this chart" }, table(chart, chart.title))) : null);
}
