// What only the browser can do: its window's width, the document's title and language, and
// where the focus goes when a page is drawn or drawn again.
(function () {
  const NARROW = window.matchMedia("(max-width: 700px)");
  let path = null;
  let focused = null;

  NARROW.addEventListener("change", function (event) {
    window.dash_clientside.set_props("window", { data: event.matches });
  });

  // Charts are drawn for the window: on paper they are drawn again for the sheet, and back.
  // Plotly's own resizing waits for a tenth of a second, which is after the sheet is made.
  window.matchMedia("print").addEventListener("change", function () {
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      window.Plotly.relayout(chart, { autosize: true });
    }
  });

  // Dash builds every element of a redrawn page anew: remember which one had the focus, and
  // whether the reader has written in it since it was last sent.
  document.addEventListener("focusin", function (event) {
    const element = event.target;
    focused = { element, id: element.id, name: element.name, value: element.value, typed: false };
  });

  document.addEventListener("input", function (event) {
    if (focused && focused.element === event.target) {
      focused.typed = event.target.matches("input[type=search], input[type=text]");
    }
  });

  document.addEventListener("keydown", function (event) {
    if (focused && event.key === "Enter") {
      focused.typed = false;
    }
  });

  // What the reader was writing when an answer came late stays, and so does the caret.
  function rewrite(target, written) {
    target.value = written.value;
    target.setSelectionRange(written.selectionStart, written.selectionEnd);
    focused.typed = true;
  }

  function same(element) {
    return element.name === focused.name && element.value === focused.value;
  }

  function again() {
    if (!focused) {
      return null;
    }
    const named = focused.name ? document.getElementsByName(focused.name) : [];
    return Array.from(named).find(same) || document.getElementById(focused.id);
  }

  // The part of the page that the address names, as the row that a reader comes back to.
  function anchored() {
    return document.getElementById(window.location.hash.slice(1));
  }

  function refocus(isNewPage) {
    const main = document.getElementById("main");
    const place = isNewPage && anchored();
    if (place) {
      place.scrollIntoView({ block: place.matches("a") ? "center" : "start" });
      main.focus({ preventScroll: true }); // where the place takes no focus
      place.focus({ preventScroll: true });
      return;
    }
    if (isNewPage) {
      window.scrollTo(0, 0);
    }
    if (!isNewPage && document.activeElement !== document.body) {
      return;
    }
    const target = isNewPage ? main : again() || main;
    const written = focused && focused.typed && target && target.id === focused.id && focused.element;
    if (target) {
      target.focus({ preventScroll: true });
    }
    if (written && !isNewPage) {
      rewrite(target, written);
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    panels: {
      narrow: function (_, guessed) {
        return NARROW.matches === guessed ? window.dash_clientside.no_update : NARROW.matches;
      },
      head: function (head) {
        if (head) {
          const isFirst = path === null;
          const isNewPage = path !== window.location.pathname;
          path = window.location.pathname;
          document.title = head.title;
          // Browsers style the whole document anew, also for the language that it has.
          if (document.documentElement.lang !== head.lang) {
            document.documentElement.lang = head.lang;
          }
          if (!isFirst || anchored()) {
            window.requestAnimationFrame(function () {
              refocus(isNewPage);
            });
          }
        }
        return head ? head.mark : window.dash_clientside.no_update;
      },
    },
  });
})();
