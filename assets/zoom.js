// Draws a map nearer or farther by its buttons; one that is near is moved by the pointer, too.
(function () {
  const STEP = 1.6;
  const MOST = 40;
  const first = new WeakMap(); // where a map stood before it was drawn nearer

  function view(geo) {
    return {
      "geo.projection.scale": geo.projection.scale,
      "geo.projection.rotation.lon": geo.projection.rotation.lon,
      "geo.center.lon": geo.center.lon,
      "geo.center.lat": geo.center.lat,
    };
  }

  function sameRegions(layout, drawn) {
    return ["lonaxis", "lataxis"].every(function (axis) {
      return String(layout.geo[axis].range) === String(drawn.geo[axis].range);
    });
  }

  // The layout of a map's next year, as near as the map is drawn now, if it is of the same regions.
  function near(layout, drawn) {
    if (drawn.geo.projection.scale === 1 || !sameRegions(layout, drawn)) {
      return layout;
    }
    const { projection, center } = drawn.geo;
    const rotation = { ...layout.geo.projection.rotation, lon: projection.rotation.lon };
    const nearer = { ...layout.geo.projection, scale: projection.scale, rotation: rotation };
    return { ...layout, dragmode: "pan", geo: { ...layout.geo, projection: nearer, center: { ...center } } };
  }

  function zoom(chart, way) {
    const geo = chart._fullLayout.geo;
    const now = geo.projection.scale;
    if (now === 1) {
      first.set(chart, view(geo));
    }
    const scale = way === "whole" ? 1 : Math.min(MOST, Math.max(1, way === "in" ? now * STEP : now / STEP));
    const place = scale === 1 ? first.get(chart) : { "geo.projection.scale": scale };
    window.Plotly.relayout(chart, { ...place, dragmode: scale === 1 ? false : "pan" });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button.zoom");
    const chart = button && button.closest(".map").querySelector(".js-plotly-plot");
    if (chart && chart._fullLayout) {
      zoom(chart, button.dataset.zoom);
    }
  });

  window.integrationspanelen.near = near;
})();
