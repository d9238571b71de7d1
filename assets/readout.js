// What a chart says: of lines all values of a period, the highest first; of rows the row. Under the
// pointer, and by the arrow keys in the control behind the chart, whose value screen readers read
// out. The figure brings the words, as `dashboard.charts.readout` writes them.
(function () {
  const panel = window.integrationspanelen;
  const SVG = "http://www.w3.org/2000/svg";
  const NEAR = 7; // pixels between the pointer and a grey line
  const GAP = 14; // pixels between a period and its words
  const PAGE = 10; // rows
  const read = new WeakMap(); // of each figure: its series, its periods, the lines behind
  const spots = new WeakMap(); // of each figure: where its reader is
  const names = new Map(); // of regions, by the address that told them
  let shown = null; // the chart whose words are shown
  let armed = null; // what a finger has pointed at before it chooses it

  function bare(text) {
    return text.replace(/<br>/g, " ").replace(/<[^>]*>/g, "");
  }

  // The series of each small chart by its axis: name, look, and words by period.
  function seriesOf(figure) {
    const axes = new Map();
    figure.data.forEach(function (trace) {
      const axis = trace.xaxis || "x";
      if (trace.type !== "scatter" || !trace.name || !trace.text) {
        return;
      }
      const { color, dash } = trace.line || {};
      const isMissing = trace.mode === "text";
      const all = axes.get(axis) || axes.set(axis, new Map()).get(axis);
      const key = [trace.name, color, dash].join();
      const one = all.get(key) || { name: trace.name, colour: color, dash: dash, at: new Map() };
      all.set(key, one);
      trace.x.forEach(function (place, number) {
        const words = isMissing ? trace.customdata[number] : trace.text[number];
        const value = isMissing ? null : trace.y[number];
        if (value !== null || !one.at.has(place)) {
          one.at.set(place, { value: value, words: words, missing: isMissing });
        }
      });
    });
    return axes;
  }

  // The lines behind: whose each is, and its points as places and values.
  function behind(figure) {
    const [image] = (figure.layout.images || []).filter((one) => one.lines);
    const [digits, letters] = (image && image.lines.owners) || [];
    if (!letters) {
      return [];
    }
    const [wide, high] = image.lines.size;
    const unit = image.sizey / high;
    let code = 0;
    const lines = Array.from(letters, function (letter) {
      code += letter.charCodeAt(0) - 64;
      return { code: String(code).padStart(digits, "0"), points: [], exact: image.lines.exact };
    });
    panel.unpack(image.lines, function (line, begins, across, down) {
      const place = image.x + (across * image.sizex) / wide;
      lines[line].points.push({ begins: begins, place: place, value: image.y - down * unit });
    });
    return lines;
  }

  function about(figure) {
    if (!read.has(figure)) {
      const axes = figure.layout.meta.rows ? new Map() : seriesOf(figure);
      const places = new Map();
      axes.forEach(function (all, axis) {
        const known = new Set(Array.from(all.values()).flatMap((one) => Array.from(one.at.keys())));
        places.set(axis, Array.from(known).sort((a, b) => a - b));
      });
      read.set(figure, { axes: axes, places: places, grey: null });
    }
    return read.get(figure);
  }

  function greyOf(figure) {
    const known = about(figure);
    known.grey = known.grey || behind(figure);
    return known.grey;
  }

  // Names of regions are asked for when the first grey line is pointed at.
  function named(code) {
    const given = new URLSearchParams(window.location.search);
    const kept = ["lang", "version"].filter((key) => given.has(key));
    const config = JSON.parse(document.getElementById("_dash-config").textContent);
    const chosen = kept.map((key) => key + "=" + given.get(key)).join("&");
    const asked = config.requests_pathname_prefix + "regioner.json?" + chosen;
    if (!names.has(asked)) {
      names.set(asked, new Map());
      window
        .fetch(asked)
        .then((answer) => (answer.ok ? answer.json() : { options: [] }))
        .then(function (answer) {
          names.set(asked, new Map(answer.options.map((one) => [one.value, one.label])));
          if (shown && shown.keys) {
            tell(document.activeElement);
          } else if (shown) {
            show(shown);
          }
        })
        .catch(() => names.delete(asked));
    }
    return names.get(asked).get(code) || "";
  }

  function numbered(value, { decimals, sign }) {
    const lang = document.documentElement.lang === "en" ? "en-GB" : "sv-SE";
    const form = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return value.toLocaleString(lang, form).replace("-", "\u2212") + sign;
  }

  function period(meta, place) {
    return meta.periods ? meta.periods.names[place - meta.periods.first] : String(place);
  }

  // Where the reader is at first: the newest period of the first chart, or the first row.
  function spotOf(figure) {
    if (!spots.has(figure)) {
      const { places } = about(figure);
      const [axis] = places.keys();
      spots.set(figure, { axis: axis, place: (places.get(axis) || []).slice(-1)[0], row: 0 });
    }
    return spots.get(figure);
  }

  // What is said at a spot: a head, its unit, lines of words, and what follows.
  function said(figure, spot) {
    const { meta } = figure.layout;
    if (meta.rows) {
      const { tickvals, ticktext } = figure.layout.yaxis;
      const name = meta.names[spot.row] || bare(ticktext[spot.row]);
      const values = figure.data.flatMap(function (trace) {
        const number = trace.y.indexOf(tickvals[spot.row]);
        const words = number >= 0 && trace.text ? bare(trace.text[number]) : "";
        const of = { words: "", beside: meta.beside }[trace.name];
        const whose = of === undefined ? trace.name : of;
        return words ? [whose ? whose + ": " + words : words] : [];
      });
      const notes = values.concat(meta.more[spot.row] || []);
      const lead = meta.rows[spot.row] ? [meta.lead.replace("{name}", name)] : [];
      return { head: name, unit: meta.unit, lines: [], notes: notes, act: lead };
    }
    const all = Array.from(about(figure).axes.get(spot.axis).values());
    const lines = all.map(function (one) {
      const at = one.at.get(spot.place) || { value: null, words: meta.none, missing: true };
      const words = at.missing ? at.words.charAt(0).toLowerCase() + at.words.slice(1) : at.words;
      return { name: one.name, colour: one.colour, dash: one.dash, value: at.value, words: words };
    });
    const grey = spot.grey && named(spot.grey.code);
    if (grey) {
      const point = spot.grey.points.find((one) => one.place === spot.place);
      const value = point && spot.grey.exact ? point.value : null;
      const words = value === null ? "" : numbered(value, meta);
      lines.push({ name: grey, colour: "currentColor", value: value, words: words });
    }
    const worth = (line) => (line.value === null ? -Infinity : line.value);
    lines.sort((a, b) => (worth(a) === worth(b) ? 0 : worth(b) - worth(a)));
    const notes = meta.notes
      .filter(([place, , axis]) => place === spot.place && (!axis || axis === spot.axis))
      .map(([, words]) => words.charAt(0).toUpperCase() + words.slice(1));
    const title = meta.titles ? meta.titles[spot.axis] + ", " : "";
    const head = title + period(meta, spot.place);
    return { head: head, unit: meta.unit, lines: lines, notes: notes, act: grey ? [meta.add] : [] };
  }

  // As one text, for those who hear it.
  function sentence({ head, unit, lines, notes, act }) {
    const values = lines.map((line) => (line.name + " " + line.words).trim()).join("; ");
    const begin = unit ? head + ", " + unit : head;
    return [begin, values, ...notes, ...act].filter(Boolean).join(". ") + ".";
  }

  function valued(figure, spot) {
    const { meta } = figure.layout;
    const places = about(figure).places.get(spot.axis) || [];
    const count = meta.rows ? meta.rows.length : places.length;
    if (!count) {
      return { hidden: true };
    }
    return {
      "aria-valuemin": 1,
      "aria-valuemax": count,
      "aria-valuenow": meta.rows ? spot.row + 1 : places.indexOf(spot.place) + 1,
      "aria-valuetext": sentence(said(figure, spot)),
    };
  }

  panel.reader = function (figure) {
    const { label, keys } = figure.layout.meta;
    const words = { role: "slider", "aria-label": label, "aria-description": keys };
    return { ...words, ...valued(figure, spotOf(figure)) };
  };

  function made(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text || "";
    return element;
  }

  // The words, the rule through the period, and the line that is pointed at lie over the chart.
  function cover(chart) {
    const holder = chart.parentElement;
    const known = holder.querySelector(".readout");
    if (known) {
      return { words: known, rule: holder.querySelector(".readout-rule"), line: holder.querySelector(".readout-line") };
    }
    const line = document.createElementNS(SVG, "svg");
    line.setAttribute("class", "readout-line");
    line.append(document.createElementNS(SVG, "path"));
    const parts = { rule: made("div", "readout-rule"), line: line, words: made("div", "readout") };
    Object.values(parts).forEach((part) => part.setAttribute("aria-hidden", "true"));
    holder.append(parts.rule, line, parts.words);
    return parts;
  }

  function axisOf(chart, letter) {
    return chart._fullLayout[letter.replace(/^([xy])/, "$1axis")];
  }

  function pixel(axis, value) {
    const [low, high] = axis.range;
    const part = (value - low) / (high - low);
    return axis._offset + axis._length * (axis._id[0] === "y" ? 1 - part : part);
  }

  function write(box, figure, spot, keys) {
    const { head, unit, lines, notes, act } = said(figure, spot);
    const title = made("p", "head", head);
    if (unit) {
      title.append(" ", made("small", "", unit));
    }
    const list = lines.map(function (line) {
      const item = made("li", "");
      const sample = made("i", "line " + (line.dash || "none"));
      if (line.colour) {
        sample.style.borderColor = line.colour;
      }
      item.append(sample, made("span", "", line.name), made("b", "", line.words));
      return item;
    });
    const more = notes.map((words) => made("p", "", words));
    const last = act.map((words) => made("p", "act", words));
    const help = keys ? [made("p", "act", figure.layout.meta.keys)] : [];
    const held = document.createElement("ul");
    held.append(...list);
    box.replaceChildren(title, ...(list.length ? [held] : []), ...more, ...(keys ? help : last));
  }

  function show(at) {
    const { chart, spot, keys } = at;
    const { figure } = chart;
    const { words, rule, line } = cover(chart);
    const isRows = Boolean(figure.layout.meta.rows);
    const x = axisOf(chart, isRows ? "x" : spot.axis);
    const y = axisOf(chart, isRows ? "y" : (spot.axis || "x").replace("x", "y"));
    shown = at;
    write(words, figure, spot, keys);
    [words, rule, line].forEach((part) => (part.style.display = ""));
    const room = chart.clientWidth;
    const across = isRows ? at.left || x._offset : pixel(x, spot.place);
    const middle = isRows ? pixel(y, figure.layout.yaxis.tickvals[spot.row]) : at.top;
    rule.classList.toggle("band", isRows);
    Object.assign(
      rule.style,
      isRows
        ? { left: 0, top: middle + "px", height: "" }
        : { left: across + "px", top: y._offset + "px", height: y._length + "px" }
    );
    const path = line.firstChild;
    path.setAttribute("d", "");
    if (spot.grey) {
      const to = spot.grey.points.map(
        (one) => (one.begins ? "M" : "L") + pixel(x, one.place) + " " + pixel(y, one.value)
      );
      path.setAttribute("d", to.join(""));
    }
    const { offsetWidth, offsetHeight } = words;
    const fits = across + GAP + offsetWidth <= room;
    const left = fits ? across + GAP : Math.max(0, Math.min(across - GAP - offsetWidth, room - offsetWidth));
    const wanted = isRows ? middle + GAP : middle === undefined ? y._offset : middle - offsetHeight / 2;
    const lowest = chart.clientHeight - offsetHeight;
    const top = isRows && wanted > lowest ? middle - GAP - offsetHeight : Math.min(wanted, lowest);
    Object.assign(words.style, { left: left + "px", top: Math.max(0, top) + "px" });
    chart.classList.toggle("leads", said(figure, spot).act.length > 0);
  }

  function hide() {
    if (shown) {
      const parts = cover(shown.chart);
      Object.values(parts).forEach((part) => (part.style.display = "none"));
      shown.chart.classList.remove("leads");
      shown = null;
    }
  }

  function nearest(list, wanted) {
    return list.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best));
  }

  // The grey line under the pointer, between its points as they are joined.
  function greyAt(figure, x, y, left, top) {
    const place = x.range[0] + ((left - x._offset) / x._length) * (x.range[1] - x.range[0]);
    let best = null;
    let least = NEAR;
    greyOf(figure).forEach(function (line) {
      line.points.forEach(function (point, number) {
        const before = line.points[number - 1];
        const joined = before && !point.begins && before.place <= place && place <= point.place;
        if (joined) {
          const part = (place - before.place) / (point.place - before.place);
          const far = Math.abs(pixel(y, before.value + part * (point.value - before.value)) - top);
          if (far < least) {
            least = far;
            best = line;
          }
        }
      });
    });
    return best;
  }

  // Where in a chart something is pointed at; null beside its charts and rows.
  function pointed(chart, event) {
    const { figure } = chart;
    const frame = chart.getBoundingClientRect();
    const [left, top] = [event.clientX - frame.left, event.clientY - frame.top];
    const { rows, add } = figure.layout.meta;
    if (rows) {
      const y = axisOf(chart, "y");
      const middles = figure.layout.yaxis.tickvals.map((middle) => pixel(y, middle));
      const inside = middles.length && top >= y._offset && top <= y._offset + y._length;
      const spot = inside && { row: middles.indexOf(nearest(middles, top)) };
      return spot ? { chart: chart, spot: spot, left: left } : null;
    }
    const { places } = about(figure);
    const axis = Array.from(places.keys()).find(function (name) {
      const [x, y] = [axisOf(chart, name), axisOf(chart, name.replace("x", "y"))];
      const inside = left >= x._offset && left <= x._offset + x._length;
      return inside && top >= y._offset && top <= y._offset + y._length;
    });
    if (!axis || !places.get(axis).length) {
      return null;
    }
    const [x, y] = [axisOf(chart, axis), axisOf(chart, axis.replace("x", "y"))];
    const place = x.range[0] + ((left - x._offset) / x._length) * (x.range[1] - x.range[0]);
    const isOpen = add && !document.querySelector(".embedded");
    const grey = isOpen ? greyAt(figure, x, y, left, top) : null;
    const spot = { axis: axis, place: nearest(places.get(axis), place), grey: grey };
    return { chart: chart, spot: spot, top: top };
  }

  function chartOf(target) {
    const chart = target.closest && target.closest(".js-plotly-plot");
    return chart && chart.figure && chart.figure.layout.meta && chart._fullLayout ? chart : null;
  }

  function same(one, other) {
    return one && other && one.chart === other.chart && one.spot.row === other.spot.row && one.spot.grey === other.spot.grey;
  }

  function onPointer(event) {
    const chart = chartOf(event.target);
    const at = chart && pointed(chart, event);
    if (event.type === "pointerdown") {
      armed = event.pointerType === "mouse" || same(shown, at) ? at : null;
    }
    if (at) {
      show(at);
    } else if (shown && !shown.keys) {
      hide();
    }
  }

  // Adds the grey line, or leads to the row.
  function act(figure, spot) {
    const { rows, added } = figure.layout.meta;
    if (rows) {
      const to = rows[spot.row];
      if (to.startsWith("/")) {
        panel.go(to);
      } else if (to) {
        panel.choose({ key: "region" }, to);
      }
    } else if (spot.grey) {
      announce(added.replace("{name}", named(spot.grey.code)));
      panel.choose({ key: "add" }, spot.grey.code);
    } else {
      return;
    }
    hide();
  }

  const status = made("p", "unseen");
  status.setAttribute("role", "status");

  function announce(words) {
    status.textContent = words;
  }

  document.body.append(status);
  document.addEventListener("pointermove", onPointer);
  document.addEventListener("pointerdown", onPointer);
  document.addEventListener("click", function (event) {
    const chart = chartOf(event.target);
    if (chart && armed && armed.chart === chart) {
      act(chart.figure, armed.spot);
    }
  });

  function ofReader(reader) {
    return reader.previousElementSibling.querySelector(".js-plotly-plot");
  }

  function tell(reader) {
    const chart = ofReader(reader);
    if (!chart || !chart.figure || !chart._fullLayout) {
      return;
    }
    const spot = spotOf(chart.figure);
    show({ chart: chart, spot: spot, keys: true });
    Object.entries(valued(chart.figure, spot)).forEach(([key, value]) => reader.setAttribute(key, value));
  }

  // The next grey line above or below, by their values at the period; beyond the last one none.
  function greyBeside(figure, spot, step) {
    const known = greyOf(figure)
      .map((line) => ({ line: line, point: line.points.find((one) => one.place === spot.place) }))
      .filter(({ point }) => point)
      .sort((a, b) => a.point.value - b.point.value);
    const [first] = about(figure).axes.get(spot.axis).values();
    const lead = first.at.get(spot.place);
    const own = lead && lead.value !== null ? lead.value : known.length ? known[0].point.value : 0;
    const now = known.findIndex(({ line }) => line === spot.grey);
    const above = known.findIndex(({ point }) => point.value > own);
    const begin = step > 0 ? (above < 0 ? known.length : above) : (above < 0 ? known.length : above) - 1;
    const next = now < 0 ? begin : now + step;
    return known[next] ? known[next].line : null;
  }

  function moved(figure, spot, key) {
    const { meta } = figure.layout;
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: PAGE, PageDown: -PAGE }[key];
    if (meta.rows) {
      const last = meta.rows.length - 1;
      const down = key === "ArrowUp" || key === "ArrowDown" || key.startsWith("Page") ? -step : step;
      const row = { Home: 0, End: last }[key];
      return { row: row === undefined ? Math.max(0, Math.min(last, spot.row + down)) : row };
    }
    const { places } = about(figure);
    const own = places.get(spot.axis);
    if (key === "ArrowUp" || key === "ArrowDown") {
      const axes = Array.from(places.keys()).filter((name) => places.get(name).length);
      if (axes.length > 1) {
        const axis = axes[Math.max(0, Math.min(axes.length - 1, axes.indexOf(spot.axis) - step))];
        return { axis: axis, place: nearest(places.get(axis), spot.place) };
      }
      const isOpen = meta.add && !document.querySelector(".embedded");
      return { ...spot, grey: isOpen ? greyBeside(figure, spot, step) : null };
    }
    const at = { Home: 0, End: own.length - 1 }[key];
    const number = at === undefined ? own.indexOf(spot.place) + step : at;
    return { ...spot, place: own[Math.max(0, Math.min(own.length - 1, number))] };
  }

  document.addEventListener("keydown", function (event) {
    const reader = event.target.closest && event.target.closest(".reader");
    const chart = reader && ofReader(reader);
    if (event.key === "Escape") {
      hide();
    }
    if (!chart || !chart.figure || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const spot = spotOf(chart.figure);
    if (event.key === "Enter") {
      act(chart.figure, spot);
    } else if (/^(Arrow|Page|Home$|End$)/.test(event.key)) {
      event.preventDefault();
      spots.set(chart.figure, moved(chart.figure, spot, event.key));
      tell(reader);
    }
  });

  document.addEventListener("focusin", function (event) {
    if (event.target.matches(".reader")) {
      const box = event.target.previousElementSibling;
      window.requestAnimationFrame(() => box.scrollIntoView({ block: "nearest" }));
      tell(event.target);
    }
  });

  document.addEventListener("focusout", function (event) {
    if (event.target.matches(".reader")) {
      hide();
    }
  });

  // The words of what was drawn before are not those of what is drawn.
  panel.redrawn = function (chart) {
    const reader = chart.closest(".chart") && chart.closest(".chart").nextElementSibling;
    if (shown && shown.chart === chart) {
      hide();
    }
    if (reader && reader === document.activeElement) {
      tell(reader);
    }
  };
})();
