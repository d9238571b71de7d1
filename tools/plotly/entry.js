// What the panel draws with: lines (part of the core), bars and maps, in Swedish and English.

// A map would fetch outlines of the world from another host, and draw nothing without them.
// The panel brings its own boundaries, so the outlines are known and empty.
window.PlotlyGeoAssets = {
  topojson: { world_110m: { type: "Topology", objects: {}, arcs: [] } },
};

const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/locales/sv"),
]);

module.exports = Plotly;
