/**
 * What makes the charts answer the pointer: the runtime of Vega-Lite, inlined, and a few lines.
 *
 * Without a script, or on paper, the drawings that are in the page already stay.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Html, raw } from "./html.ts";

const RUNTIME = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js"] as const;

/** The three libraries as scripts that ask nothing of the network. */
export function runtime(): Html {
  const scripts = RUNTIME.map((file) => {
    const text = readFileSync(pathOf(file), "utf8")
      .replaceAll(/\/\/# sourceMappingURL=\S*/g, "")
      .replaceAll(/<\/(script)/gi, "<\\/$1")
      .replaceAll("<!--", "<\\!--");
    return `<script>${text}</script>`;
  });
  return raw(scripts.join("\n"));
}

function pathOf(file: string): string {
  const require = createRequire(import.meta.url);
  const name = file.replace(".min.js", "");
  return join(dirname(require.resolve(name)), file);
}

/** A specification inside the page, to be read by the few lines. */
export const specification = (id: string, spec: object): Html =>
  raw(
    `<script type="application/json" id="spec-${id}">` +
      `${JSON.stringify(spec).replaceAll("<", "\\u003c")}</script>\n`,
  );

/** The few lines: each plot comes alive when it nears the window, at the width it has there. */
export const LIVELY = `
(function () {
  var dark = matchMedia("(prefers-color-scheme: dark)").matches;
  function enliven(box) {
    var spec = JSON.parse(document.getElementById("spec-" + box.dataset.plot).textContent);
    spec.width = Math.floor(box.clientWidth);
    var live = document.createElement("div");
    live.hidden = true;
    box.appendChild(live);
    return vegaEmbed(live, spec, {
      mode: "vega-lite", renderer: "svg",
      tooltip: { theme: dark ? "dark" : "light" },
      actions: { export: true, source: false, compiled: false, editor: false }
    }).then(function () {
      while (box.firstChild !== live) box.removeChild(box.firstChild);
      live.hidden = false;
    });
  }
  var boxes = document.querySelectorAll("[data-plot]");
  var watch = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      watch.unobserve(entry.target);
      enliven(entry.target);
    });
  }, { rootMargin: "400px" });
  boxes.forEach(function (box) { watch.observe(box); });
})();
`;
