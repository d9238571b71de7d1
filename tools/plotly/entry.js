// What the panel draws with: lines, bars and maps, in Swedish and English. As plotly.js's own
// core, without what no chart has: menus, sliders and buttons in a chart, error bars, grids and
// the notes of three dimensions.

// A map would fetch outlines of the world from another host, and draw nothing without them.
// The panel brings its own boundaries, so the outlines are known and empty.
window.PlotlyGeoAssets = {
  topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } },
};

require("plotly.js/build/plotcss");
const annotations = require("plotly.js/src/components/annotations");
const { list } = require("plotly.js/src/plots/cartesian/axes");
const { register } = require("plotly.js/src/registry");
const methods = require("plotly.js/src/plot_api");
const { resize } = require("plotly.js/src/plots/plots");

// Plotly calls these by their names, too.
Object.entries(methods).forEach(function ([name, fn]) {
  register({ moduleType: "apiMethod", name: name, fn: fn });
});

// Words are drawn to find out how far an axis must go for them, and then once more: where every
// axis has its ends, once is enough.
function calcAutorange(chart) {
  return list(chart).some((axis) => axis.autorange) ? annotations.calcAutorange(chart) : undefined;
}

register([
  require("plotly.js/src/traces/scatter"),
  { ...annotations, calcAutorange },
  require("plotly.js/src/components/selections"),
  require("plotly.js/src/components/shapes"),
  require("plotly.js/src/components/images"),
  require("plotly.js/src/components/colorscale"),
  require("plotly.js/src/components/colorbar"),
  require("plotly.js/src/components/legend"), // its defaults follow those of shapes
  require("plotly.js/src/components/fx"), // its defaults follow those of the legend
  require("plotly.js/src/components/modebar"),
  require("plotly.js/src/locale-en"),
  require("plotly.js/src/locale-en-us"),
  require("plotly.js/lib/locales/sv"),
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/choropleth"),
]);

module.exports = { ...methods, Plots: { resize: resize } };
