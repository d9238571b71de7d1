// Saves the chart above a button as a picture, 16:9, with heading, how to read it, sources and
// date in it. All is made here in the browser; nothing is sent anywhere.
(function () {
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 1280;
  const HEIGHT = 720;
  const SCALE = 1.25; // 1600 × 900 points
  const EDGE = 32;
  const MOST = 900; // a chart higher than this would be too small to read in 16:9
  const FONT = "'Source Sans 3', 'Segoe UI', system-ui, sans-serif";
  const HEADING = { size: 26, weight: 600, colour: "#1b1f24", step: 32 };
  const SUBLINE = { size: 16, weight: 400, colour: "#4d545d", step: 21 };
  const SOURCE = { size: 13, weight: 400, colour: "#4d545d", step: 17 };
  const KEY = { size: 15, weight: 400, colour: "#1b1f24", step: 24 };
  const SWATCH = 16;

  function made(name, attributes, parent) {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(function ([key, value]) {
      element.setAttribute(key, value);
    });
    parent.appendChild(element);
    return element;
  }

  function measure(style) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = style.weight + " " + style.size + "px " + FONT;
    return function (text) {
      return pen.measureText(text).width;
    };
  }

  function wrapped(text, style, width) {
    const long = measure(style);
    return text.split("\n").flatMap(function (line) {
      const rows = [""];
      line.split(" ").forEach(function (word) {
        const last = rows[rows.length - 1];
        const longer = last ? last + " " + word : word;
        if (last && long(longer) > width) {
          rows.push(word);
        } else {
          rows[rows.length - 1] = longer;
        }
      });
      return rows.filter(Boolean);
    });
  }

  function write(rows, style, x, top, parent) {
    rows.forEach(function (row, place) {
      const words = made(
        "text",
        {
          x: x,
          y: top + place * style.step + style.size,
          fill: style.colour,
          "font-family": FONT,
          "font-size": style.size,
          "font-weight": style.weight,
        },
        parent
      );
      words.textContent = row;
    });
    return top + rows.length * style.step;
  }

  // Colours and what they stand for, on rows as wide as the picture.
  function keyed(entries, width) {
    const long = measure(KEY);
    const rows = [[]];
    let used = 0;
    entries.forEach(function ([colour, words]) {
      const size = SWATCH + 8 + long(words) + 24;
      if (used && used + size > width) {
        rows.push([]);
        used = 0;
      }
      rows[rows.length - 1].push({ colour: colour, words: words, left: used });
      used += size;
    });
    return entries.length ? rows : [];
  }

  function drawKey(rows, top, parent) {
    rows.forEach(function (row, place) {
      const y = top + place * KEY.step;
      row.forEach(function (one) {
        const patch = { x: EDGE + one.left, y: y, width: SWATCH, height: SWATCH, fill: one.colour };
        made("rect", Object.assign(patch, { stroke: "#8a9099" }), parent);
        write([one.words], KEY, EDGE + one.left + SWATCH + 8, y - 1, parent);
      });
    });
    return top + rows.length * KEY.step;
  }

  // The last chart before the button, in the order of reading.
  function chartOf(button) {
    const before = Array.from(document.querySelectorAll(".js-plotly-plot")).filter(function (one) {
      return one.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING;
    });
    return before[before.length - 1];
  }

  function drawing(chart, width, height) {
    const layout = Object.assign({}, chart.layout, {
      width: width,
      height: height,
      autosize: false,
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
    });
    const options = { format: "svg", width: width, height: height, imageDataOnly: true };
    return window.Plotly.toImage({ data: chart.data, layout: layout }, options).then(function (text) {
      return new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    });
  }

  function composed(chart, words) {
    const inner = WIDTH - 2 * EDGE;
    const heading = wrapped(words.heading, HEADING, inner);
    const subline = wrapped(words.subline, SUBLINE, inner);
    const sources = wrapped(words.sources, SOURCE, inner);
    const key = keyed(JSON.parse(words.key), inner);
    const above = EDGE + heading.length * HEADING.step + subline.length * SUBLINE.step + 12;
    const below = key.length * KEY.step + sources.length * SOURCE.step + EDGE + 16;
    const box = chart.closest(".chart");
    const high = [box, box.querySelector(".dash-graph") || box].map(function (one) {
      return /px$/.test(one.style.height) ? parseFloat(one.style.height) : 0;
    });
    const rows = Math.max.apply(null, high);
    const wanted = Math.max(rows, HEIGHT - above - below);
    // A long list is made smaller until it fits; a very long one makes the picture higher.
    const tall = wanted > MOST;
    const room = tall ? wanted : HEIGHT - above - below;
    const total = above + room + below;
    return drawing(chart, tall ? inner : Math.round((inner * wanted) / room), wanted).then(
      function (drawn) {
        const whole = document.createElementNS(SVG, "svg");
        const frame = { width: WIDTH * SCALE, height: total * SCALE };
        const box = { xmlns: SVG, viewBox: "0 0 " + WIDTH + " " + total };
        Object.entries(Object.assign(frame, box)).forEach(function ([name, value]) {
          whole.setAttribute(name, value);
        });
        made("title", {}, whole).textContent = words.heading;
        made("rect", { width: WIDTH, height: total, fill: "#ffffff" }, whole);
        let top = write(heading, HEADING, EDGE, EDGE - 6, whole);
        write(subline, SUBLINE, EDGE, top + 2, whole);
        drawn.setAttribute("viewBox", "0 0 " + drawn.getAttribute("width").replace("px", "") + " " + wanted);
        const place = { x: EDGE, y: above, width: inner, height: room };
        Object.entries(place).forEach(function ([name, value]) {
          drawn.setAttribute(name, value);
        });
        whole.appendChild(document.importNode(drawn, true));
        top = drawKey(key, above + room + 8, whole);
        write(sources, SOURCE, EDGE, top + 4, whole);
        return new XMLSerializer().serializeToString(whole);
      }
    );
  }

  function painted(svg) {
    return new Promise(function (done, failed) {
      const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
      const image = new Image();
      image.onload = function () {
        const canvas = document.createElement("canvas");
        canvas.width = image.width;
        canvas.height = image.height;
        canvas.getContext("2d").drawImage(image, 0, 0);
        URL.revokeObjectURL(address);
        canvas.toBlob(function (blob) {
          return blob ? done(blob) : failed(new Error("no picture"));
        }, "image/png");
      };
      image.onerror = failed;
      image.src = address;
    });
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    window.setTimeout(function () {
      URL.revokeObjectURL(link.href);
    }, 1000);
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button.picture");
    const chart = button && chartOf(button);
    if (!chart || button.getAttribute("aria-busy") === "true") {
      return;
    }
    const words = button.closest(".takeaway");
    const said = words.querySelector(".made");
    said.textContent = "";
    button.setAttribute("aria-busy", "true");
    composed(chart, words.dataset)
      .then(function (svg) {
        return button.dataset.form === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : painted(svg);
      })
      .then(
        function (blob) {
          save(blob, button.dataset.name);
          said.textContent = words.dataset.saved;
        },
        function () {
          said.textContent = words.dataset.failed;
        }
      )
      .then(function () {
        button.removeAttribute("aria-busy");
      });
  });
})();
