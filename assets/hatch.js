// The pattern with which assets/map.css hatches what a map cannot compare.
(function () {
  const SVG = "http://www.w3.org/2000/svg";

  function made(name, attributes, inside) {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(function ([key, value]) {
      element.setAttribute(key, value);
    });
    inside.forEach(function (part) {
      element.appendChild(part);
    });
    return element;
  }

  const ground = made("rect", { width: 6, height: 6, class: "hatch-ground" }, []);
  const stroke = made("path", { d: "M-1 7 7 -1M-1 1 1 -1M5 7 7 5", class: "hatch-stroke" }, []);
  const box = { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" };
  const size = { width: 0, height: 0, class: "hatch", "aria-hidden": "true", focusable: "false" };
  document.body.appendChild(made("svg", size, [made("pattern", box, [ground, stroke])]));
})();
