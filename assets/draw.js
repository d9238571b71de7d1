// Draws a page from its parts. Dash would keep an account of every part, which for the hundreds
// of cells of a table takes longer than the table, and bring scripts for components that no page
// has; it is told only what the reader chooses. A part that has not changed is not drawn again.
(function () {
  const { createElement, createContext, useContext, useEffect, useLayoutEffect } = window.React;
  const { Fragment, memo, useRef, useState } = window.React;
  const CONTROLS = "dash_bootstrap_components";
  const MOVED = "_dashprivate_pushstate"; // tells of a new address, as Dash does
  const OWN = ["Combobox", "YearSlider"]; // which scripts of their own draw
  const PLOTLY = document.currentScript.dataset.plotly;
  const Turn = createContext(null); // changes with every answer, which decides what controls say
  const made = new WeakMap(); // the elements of parts
  let waiting = []; // what was chosen since the address moved last, in its order
  let left = 0; // how often the reader has gone elsewhere,
  let chosen = 0; // and how often when something was chosen last

  // Another page of the panel without loading it anew.
  function follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const { id, pathname } = event.currentTarget;
    if (id && pathname !== window.location.pathname) {
      move(window.location.search, "#" + id); // where the reader was on the page that is left
    }
    go(carrying(event.currentTarget.getAttribute("href")));
  }

  function go(href) {
    document.querySelectorAll("details.menu[open] > summary").forEach(function (button) {
      // Folded again where it can be folded.
      button.parentElement.open = !button.getClientRects().length;
    });
    window.history.pushState({}, "", href);
    left += 1;
    window.dispatchEvent(new CustomEvent(MOVED));
    window.scrollTo(0, 0);
  }

  // A query with a part such as "urval=oppet", or without it.
  function queried(search, part, has) {
    const key = part.split("=")[0] + "=";
    const given = search.replace("?", "").split("&");
    if (given.includes(part) === has) {
      return search;
    }
    const parts = given.filter(function (one) {
      return one && !one.startsWith(key);
    });
    const query = has ? [...parts, part] : parts;
    return query.length ? "?" + query.join("&") : "";
  }

  function move(search, hash) {
    const { pathname } = window.location;
    window.history.replaceState(window.history.state, "", pathname + search + hash);
  }

  // What is unfolded is written into the address, and asks for nothing.
  function folded(event) {
    const { dataset, open } = event.currentTarget;
    const { search, hash } = window.location;
    const next = queried(search, dataset.address, open);
    if (next !== search) {
      move(next, hash);
    }
  }

  // Another view of the same page leaves what is unfolded as it is.
  function carrying(href) {
    const to = new URL(href, window.location.href);
    const fold = document.querySelector("details[data-address]");
    if (!fold || to.pathname !== window.location.pathname) {
      return href;
    }
    return to.pathname + queried(to.search, fold.dataset.address, fold.open) + to.hash;
  }

  // The address says whether it is unfolded, and between two pages the reader.
  function Fold({ part }) {
    const { children, ...props } = part.props;
    const turn = useContext(Turn);
    const box = useRef(null);
    useLayoutEffect(
      function () {
        const parts = window.location.search.replace("?", "").split("&");
        box.current.open = parts.includes(part.props["data-address"]);
      },
      [turn]
    );
    return createElement("details", { ...props, ref: box, onToggle: folded }, ...drawn(children));
  }

  function named(id) {
    return id && typeof id === "object" ? JSON.stringify(id, Object.keys(id).sort()) : id;
  }

  // Who chooses again before the address has moved asks for both: Dash gives up the first question
  // for the second.
  function choose(id, value, before) {
    const step = { key: id.key, value: value, before: before };
    waiting = [...waiting, step];
    chosen = left;
    const data = { search: window.location.search, steps: waiting };
    window.dash_clientside.set_props("choice", { data: data });
    return step;
  }

  // Whether a choice is still to come into the address, and so is not in the page that came last.
  function awaits(step) {
    return waiting.includes(step);
  }

  // Whether the answer to what was chosen last comes to a reader who has gone elsewhere.
  function isLate() {
    return chosen !== left;
  }

  window.addEventListener("popstate", function () {
    left += 1;
  });

  for (const moved of ["popstate", MOVED]) {
    window.addEventListener(moved, function () {
      waiting = [];
    });
  }

  function Control({ part }) {
    const { id, value, ...props } = part.props;
    const turn = useContext(Turn);
    const [held, hold] = useState({ turn: null });
    const says = held.turn === turn || awaits(held.step) ? held.value : value;

    function setProps(change) {
      if ("value" in change && JSON.stringify(change.value) !== JSON.stringify(says)) {
        hold({ turn: turn, value: change.value, step: choose(id, change.value, says) });
      }
    }

    const component = window[CONTROLS][part.type];
    return createElement(component, { ...props, id: named(id), value: says, setProps: setProps });
  }

  let asked = null;

  function plotly() {
    asked =
      asked ||
      new Promise(function (done, failed) {
        const early = document.querySelector('script[src="' + PLOTLY + '"]');
        const script = early || document.createElement("script");
        script.addEventListener("load", done);
        script.addEventListener("error", failed);
        if (!early) {
          script.src = PLOTLY;
          document.head.append(script);
        }
      });
    return asked;
  }

  // Every point of many lines; `dashboard.charts.packed` says how they are written.
  function unpack({ ways, of, steps, letters }, tell) {
    let read = 0;
    of.forEach(function (number, line) {
      let down = 500;
      let last = null;
      ways[number].forEach(function ([across, begins]) {
        const told = letters.charCodeAt(read) - 64;
        read += 1;
        down += (last === null ? 0 : steps[last + " " + across]) + (told % 2 ? -(told + 1) : told) / 2;
        tell(line, begins, across, down);
        last = across;
      });
    });
  }

  // Many lines as one picture.
  function picture(lines) {
    const { size, colour, width } = lines;
    let path = "";
    unpack(lines, function (_, begins, across, down) {
      path += (begins ? "M" : "L") + across + " " + down;
    });
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ' +
      size.join(" ") +
      '" preserveAspectRatio="none"><path d="' +
      path +
      '" fill="none" stroke="' +
      colour +
      '" stroke-width="' +
      width +
      '" vector-effect="non-scaling-stroke"/></svg>';
    return "data:image/svg+xml," + svg.replaceAll("#", "%23");
  }

  function placed({ lines, ...image }) {
    return lines ? { ...image, source: picture(lines) } : image;
  }

  // Plotly writes into the layout that it is given.
  function paint(box, figure, config) {
    const sent = { ...structuredClone(figure.layout), autosize: true };
    const drawn = box._fullLayout;
    const layout = sent.geo && drawn && drawn.geo ? window.integrationspanelen.near(sent, drawn) : sent;
    layout.images = (layout.images || []).map(placed);
    delete layout.width;
    delete layout.height;
    box.figure = figure;
    return window.Plotly.react(box, { data: figure.data, layout: layout, config: { ...config, responsive: true } });
  }

  function clicked(event) {
    return {
      points: event.points.map(function (point) {
        return { curveNumber: point.curveNumber, location: point.location };
      }),
    };
  }

  function Graph({ part }) {
    const { id, figure, config, style } = part.props;
    const box = useRef(null);
    const painted = useRef(null); // settles when Plotly has drawn what it was asked for

    useLayoutEffect(
      function () {
        let wanted = true;
        function ready() {
          if (wanted) {
            painted.current = Promise.all([painted.current, paint(box.current, figure, config)]);
            panel.redrawn(box.current);
            if (id && id.key) {
              box.current.removeAllListeners("plotly_click");
              box.current.on("plotly_click", function (event) {
                choose(id, clicked(event));
              });
            }
          }
        }
        if (window.Plotly) {
          ready();
        } else {
          plotly().then(ready);
        }
        return function () {
          wanted = false;
        };
      },
      [figure, config]
    );

    useEffect(function () {
      const drawn = box.current;
      const sized = new ResizeObserver(function () {
        const layout = drawn._fullLayout;
        const same = layout && layout.width === drawn.clientWidth && layout.height === drawn.clientHeight;
        if (layout && !same && drawn.clientWidth) {
          window.Plotly.Plots.resize(drawn);
        }
      });
      sized.observe(drawn);
      return function () {
        sized.disconnect();
        // Plotly goes on drawing after it has answered, and fails on a box emptied meanwhile.
        Promise.resolve(painted.current).finally(function () {
          if (drawn._fullLayout) {
            window.Plotly.purge(drawn);
          }
        });
      };
    }, []);

    const inside = createElement("div", { ref: box, style: { height: "100%", width: "100%" } });
    const size = { height: "100%", ...style };
    return createElement("div", { id: named(id), className: "dash-graph", style: size }, inside);
  }

  // A chart with words of its own for every point: beside it the control that reads them by keys.
  function Picture({ part }) {
    const { children, ...props } = part.props;
    const { figure } = children.props;
    return createElement(
      Fragment,
      null,
      createElement("div", props, drawn(children)),
      createElement("div", { className: "reader unseen", tabIndex: 0, ...panel.reader(figure) })
    );
  }

  function element(part, key) {
    const held = part.props.role === "img" && part.props.children;
    if (held && held.type === "Graph" && held.props.figure.layout.meta) {
      return createElement(Picture, { part: part, key: key });
    }
    if (part.type === "Graph") {
      return createElement(Graph, { part: part, key: key });
    }
    if (part.type === "Details" && part.props["data-address"]) {
      return createElement(Fold, { part: part, key: key });
    }
    if (OWN.includes(part.type)) {
      return createElement(window.integrationspanelen[part.type], { part: part, key: key });
    }
    if (part.namespace === CONTROLS) {
      return createElement(Control, { part: part, key: key });
    }
    const { children, ...props } = part.props;
    const link = part.type === "Link";
    const inside = children === undefined ? [] : [].concat(drawn(children));
    return createElement(
      link ? "a" : part.type.toLowerCase(),
      { ...props, ...(link ? { onClick: follow } : {}), key: key },
      ...inside
    );
  }

  function drawn(part, place) {
    if (part === null || typeof part !== "object") {
      return part;
    }
    if (Array.isArray(part)) {
      return part.map(drawn);
    }
    const key = String(named(part.props.id) || place || 0);
    const known = made.get(part);
    if (known && known.key === key) {
      return known;
    }
    const fresh = element(part, key);
    made.set(part, fresh);
    return fresh;
  }

  const panel = {
    Turn: Turn,
    awaits: awaits,
    carrying: carrying,
    choose: choose,
    follow: follow,
    go: go,
    isLate: isLate,
    named: named,
    Page: memo(function ({ page }) {
      return createElement(Turn.Provider, { value: page }, ...drawn(page.content));
    }),
    unpack: unpack,
  };
  window.integrationspanelen = panel;
})();
