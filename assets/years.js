// A slider of years, and a button that shows them one after another. A year that is passed on the
// way is not asked for; the next one is when the one before it has come. The years stop at a break,
// at the last one, at Escape, and never move by themselves for readers who want no motion.
(function () {
  const { createElement, useContext, useEffect, useId, useRef, useState } = window.React;
  const panel = window.integrationspanelen;
  const PACE = 1200; // milliseconds that each year is shown
  const REST = 300; // after the last movement
  const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
  let playing = null; // the view whose years are shown one after another: it may be built anew

  function view() {
    const { pathname, search } = window.location;
    return pathname + " " + new URLSearchParams(search).get("vy");
  }

  function YearSlider({ part }) {
    const { id, value, options, stops, label, words } = part.props;
    const turn = useContext(panel.Turn);
    const field = useId();
    const waiting = useRef(0);
    const asked = useRef({}); // what was asked for last, until its page comes
    const shown = options.findIndex(function (one) {
      return one.value === value;
    });
    const [place, point] = useState(shown);
    const [said, say] = useState("");
    const [isPlaying, play] = useState(playing === view());
    const [isCalm, calm] = useState(CALM.matches);

    function ask(next) {
      point(next);
      if (next !== (asked.current.place ?? shown)) {
        asked.current = { place: next, step: panel.choose(id, options[next].value) };
      }
    }

    function pause(why) {
      playing = null;
      play(false);
      say(why || "");
    }

    function start() {
      const atEnd = shown === options.length - 1;
      const begins = options.slice(0, shown + 1).findLastIndex(function (one) {
        return one.value in stops;
      });
      playing = view();
      say("");
      play(true);
      ask(atEnd ? Math.max(0, begins) : shown + 1);
    }

    function moved(event) {
      const next = Number(event.target.value);
      pause();
      point(next);
      window.clearTimeout(waiting.current);
      waiting.current = window.setTimeout(rested, REST, next);
    }

    function rested(next) {
      waiting.current = 0;
      ask(next);
    }

    useEffect(
      function () {
        if (!waiting.current && !panel.awaits(asked.current.step)) {
          asked.current = {};
          point(shown);
        }
      },
      [turn, shown]
    );

    useEffect(
      function () {
        const next = options[shown + 1];
        if (!isPlaying) {
          return undefined;
        }
        if (!next || next.value in stops) {
          pause(next && stops[next.value]);
          return undefined;
        }
        const step = window.setTimeout(ask, PACE, shown + 1);
        return function () {
          window.clearTimeout(step);
        };
      },
      [turn, isPlaying]
    );

    useEffect(function () {
      function escape(event) {
        if (event.key === "Escape" && playing) {
          pause();
        }
      }
      function turned() {
        calm(CALM.matches);
        pause();
      }
      document.addEventListener("keydown", escape);
      CALM.addEventListener("change", turned);
      return function () {
        document.removeEventListener("keydown", escape);
        CALM.removeEventListener("change", turned);
        window.clearTimeout(waiting.current);
        if (playing !== view()) {
          playing = null; // who comes back finds them at rest
        }
      };
    }, []);

    const last = options.length - 1;
    const slider = createElement("input", {
      id: field,
      type: "range",
      min: 0,
      max: last,
      value: place,
      "aria-valuetext": options[place].label,
      onChange: moved,
    });
    const button = createElement(
      "button",
      { type: "button", className: "play", onClick: isPlaying ? () => pause() : start },
      isPlaying ? words.pause : words.play
    );
    return createElement(
      "div",
      { id: panel.named(id), className: "years" },
      createElement("label", { htmlFor: field }, label + " ", createElement("b", null, options[place].label)),
      createElement("span", { "aria-hidden": true }, options[0].label),
      slider,
      createElement("span", { "aria-hidden": true }, options[last].label),
      isCalm ? null : button,
      createElement("p", { role: "status" }, said)
    );
  }

  panel.YearSlider = YearSlider;
})();
