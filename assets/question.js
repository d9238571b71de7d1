// A field whose answers are chosen among while one writes: the question box, and every choice of
// a region. ARIA's combobox with a list: arrows and Enter choose, Escape leaves it, nothing that is
// only passed is loaded. Without answers Enter leads to the page of answers, as a plain form does.
(function () {
  const { createElement, useContext, useEffect, useId, useLayoutEffect, useRef, useState } = window.React;
  const panel = window.integrationspanelen;
  const PAUSE = 120; // milliseconds between the last letter and the question
  const RECENT = "integrationspanelen.recent";
  const MOST_RECENT = 5;
  const [LEAST_ROOM, MOST_ROOM, EDGE] = [200, 560, 12]; // pixels of a list, and below it
  const COUNTRY = "00";

  // What only this browser knows: the regions that were chosen last. Where it may keep nothing,
  // there are none.
  function recent() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(RECENT) || "[]");
      return kept.filter(function (one) {
        return one && typeof one.value === "string" && typeof one.label === "string";
      });
    } catch (_) {
      return [];
    }
  }

  function remember(value, label) {
    if (!value || !label || value === COUNTRY) {
      return;
    }
    const others = recent().filter(function (one) {
      return one.value !== value;
    });
    const kept = [{ value: value, label: label }].concat(others).slice(0, MOST_RECENT);
    try {
      window.localStorage.setItem(RECENT, JSON.stringify(kept));
    } catch (_) {
      // A browser that keeps nothing offers nothing.
    }
  }

  function home(props, code) {
    return props.home.replace("REGION", encodeURIComponent(code));
  }

  function folded(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  }

  // The recent ones after those of the own county, each once.
  function withRecent(props, found) {
    const near = found.options.slice(0, found.near);
    const rest = found.options.slice(found.near);
    const last = recent().filter(function (one) {
      return !near.some(function (other) {
        return other.value === one.value;
      });
    });
    const marked = last.map(function (one) {
      return { ...one, detail: props.recent };
    });
    const left = rest.filter(function (one) {
      return !last.some(function (other) {
        return other.value === one.value;
      });
    });
    return near.concat(marked, left);
  }

  function Option({ option, id, isActive, onChoose }) {
    const line = useRef(null);
    useLayoutEffect(
      function () {
        if (isActive) {
          // In the list alone: the page stays where it is.
          const box = line.current.closest("[role=listbox]");
          const { offsetTop, offsetHeight } = line.current;
          const lowest = offsetTop + offsetHeight - box.clientHeight;
          box.scrollTop = Math.max(lowest, Math.min(box.scrollTop, offsetTop));
        }
      },
      [isActive]
    );
    const parts = [createElement("span", { key: "label", className: "named" }, option.label)];
    const beside = option.kind || (option.value !== undefined && option.detail);
    if (beside) {
      parts.push(createElement("small", { key: "kind", className: "sort" }, beside));
    }
    if (option.kind && option.detail) {
      parts.push(createElement("small", { key: "detail" }, option.detail));
    }
    (option.told || []).forEach(function (sentence, place) {
      parts.push(createElement("small", { key: "told" + place, className: "differs" }, sentence));
    });
    const props = {
      id: id,
      ref: line,
      role: "option",
      "aria-selected": isActive,
      onMouseDown: function (event) {
        event.preventDefault(); // the field keeps the focus
      },
      onClick: onChoose,
    };
    return createElement("li", props, ...parts);
  }

  function Combobox({ part }) {
    const props = part.props;
    const isRegion = Boolean(props.id);
    const turn = useContext(panel.Turn);
    const base = useId();
    const field = useRef(null);
    const form = useRef(null);
    const chosen = useRef(null); // until the page of it comes
    const asked = useRef({ number: 0 }); // of the newest question: what it waits for
    const [text, write] = useState(props.text);
    const [found, show] = useState(null); // the answers to `found.text`
    const [isOpen, open] = useState(false);
    const [active, activate] = useState(-1);
    const options = (found && found.options) || [];

    // What is being written when a page comes stays.
    useEffect(
      function () {
        const isBusy = asked.current.chooses && !asked.current.isAnswered;
        const isLeft = document.activeElement !== field.current && !isBusy;
        if (chosen.current ? !panel.awaits(chosen.current) : isLeft) {
          chosen.current = null;
          write(props.text);
          open(false);
        }
        if (isRegion && props.id.key === "region") {
          remember(props.value, props.text);
        }
      },
      [turn, props.text]
    );

    function stop() {
      window.clearTimeout(asked.current.timer);
      if (asked.current.ending) {
        asked.current.ending.abort();
      }
      asked.current = { number: asked.current.number + 1 };
    }

    useEffect(function () {
      return stop;
    }, []);

    // The answers to a text, of which those to the newest one are shown and the others dropped.
    function answer(words) {
      if (props.options) {
        const sought = folded(words);
        const listed = props.options.filter(function (one) {
          return folded(one.label).includes(sought);
        });
        return Promise.resolve({ options: listed, near: listed.length, said: String(listed.length) });
      }
      asked.current.ending = new AbortController();
      return window
        .fetch(props.ask + encodeURIComponent(words), { signal: asked.current.ending.signal })
        .then(function (response) {
          if (!response.ok) {
            throw new Error(response.statusText);
          }
          return response.json();
        });
    }

    function shown(words, answered) {
      const listed = isRegion && !words && !props.options ? withRecent(props, answered) : answered.options;
      const left = listed.filter(function (one) {
        return !(props.without || []).includes(one.value);
      });
      const said = left.length || !isRegion ? answered.said : props.none;
      return { ...answered, options: left, said: said, text: words };
    }

    function begin(words, chooses) {
      const mine = asked.current;
      return answer(words).then(
        function (answered) {
          if (mine !== asked.current) {
            return;
          }
          const listed = shown(words, answered);
          // Of all regions the list begins where the reader is, if that is among its first.
          const now = listed.options.slice(0, answered.near || 0).findIndex(function (one) {
            return isRegion && !words && one.value === props.value;
          });
          mine.isAnswered = true;
          show(listed);
          activate(words && listed.options.length ? 0 : now);
          if (mine.chooses || chooses) {
            if (listed.options.length) {
              choose(listed.options[0]);
            } else {
              open(true);
            }
          } else {
            open(true);
          }
        },
        function (failure) {
          if (mine !== asked.current || failure.name === "AbortError") {
            return;
          }
          mine.isAnswered = true;
          show(null);
          if (mine.chooses || chooses) {
            form.current.submit();
          }
        }
      );
    }

    function ask(words, pause) {
      stop();
      asked.current.words = words;
      asked.current.timer = window.setTimeout(begin, pause, words);
    }

    function askOf(words) {
      if (isRegion || words.trim()) {
        ask(words, words ? PAUSE : 0);
      } else {
        stop();
        offerRecent();
      }
    }

    // An empty question is answered with the places that this browser was at last.
    function offerRecent() {
      const last = recent().map(function (one) {
        return { label: one.label, href: home(props, one.value), kind: props.recent };
      });
      show({ options: last, text: "", said: "" });
      activate(-1);
      open(last.length > 0);
    }

    function close() {
      stop();
      open(false);
      activate(-1);
    }

    function choose(option) {
      close();
      if (isRegion) {
        write(option.label);
        remember(option.value, option.label);
        chosen.current = panel.choose(props.id, option.value);
      } else {
        write("");
        panel.go(option.href);
        document.getElementById("main").focus({ preventScroll: true });
      }
    }

    function typed(event) {
      write(event.target.value);
      show(null);
      askOf(event.target.value);
    }

    function move(step) {
      if (!isOpen) {
        askOf(isRegion && text === props.text ? "" : text);
        return;
      }
      const count = options.length;
      if (count) {
        activate(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
      }
    }

    function entered(event) {
      event.preventDefault();
      const isWritten = isRegion ? text && text !== props.text : text.trim();
      if (isOpen && active >= 0 && found && (found.text === text || !isWritten)) {
        choose(options[active]);
      } else if (isWritten && !(found && found.text === text)) {
        stop();
        asked.current.chooses = true;
        begin(text, true);
      } else if (!isWritten) {
        move(1);
      }
    }

    function pressed(event) {
      if (event.nativeEvent.isComposing) {
        return;
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter") {
        entered(event);
      } else if (event.key === "Escape" && (isOpen || text !== props.text)) {
        event.preventDefault();
        close();
        write(isRegion || isOpen ? (isRegion ? props.text : text) : "");
      }
    }

    // Enter waits for its answer, wherever the reader is by then.
    function left() {
      if (asked.current.chooses && !asked.current.isAnswered) {
        return;
      }
      close();
      if (isRegion) {
        write(props.text);
      }
    }

    const list = base + "list";
    const fieldId = isRegion ? panel.named(props.id) : base + "field";
    const isListed = isOpen && options.length > 0;
    const says = found && isOpen ? found.said : "";
    const input = createElement("input", {
      ref: field,
      type: isRegion ? "text" : "search",
      role: "combobox",
      id: fieldId,
      name: props.name,
      value: text,
      placeholder: props.hint,
      maxLength: props.most || 80,
      disabled: props.disabled,
      autoComplete: "off",
      autoCapitalize: "none",
      spellCheck: false,
      "aria-autocomplete": "list",
      "aria-expanded": isListed,
      "aria-controls": list,
      "aria-activedescendant": isListed && active >= 0 ? base + active : undefined,
      onChange: typed,
      onKeyDown: pressed,
      onFocus: function (event) {
        if (isRegion) {
          event.target.select();
        }
      },
      onClick: function () {
        if (!isOpen) {
          askOf(isRegion && text === props.text ? "" : text);
        }
      },
      onBlur: left,
    });
    const label = createElement(
      "label",
      { htmlFor: fieldId, className: isRegion ? undefined : "unseen" },
      props.label
    );
    const given = props.given.map(function ([name, value]) {
      return createElement("input", { key: name, type: "hidden", name: name, value: value });
    });
    const lines = options.map(function (option, place) {
      return createElement(Option, {
        key: place + (option.value || option.href),
        id: base + place,
        option: option,
        isActive: place === active,
        onChoose: function () {
          choose(option);
        },
      });
    });
    const isEmpty = isOpen && found && found.text && !options.length;
    const sentences = isEmpty ? [found.said] : (isListed && found.told) || [];
    const told = sentences.map(function (sentence) {
      return createElement("p", { key: sentence, className: "differs" }, sentence);
    });
    const room = isListed && window.innerHeight - field.current.getBoundingClientRect().bottom;
    const listed = {
      id: list,
      role: "listbox",
      "aria-label": props.label,
      style: { maxHeight: Math.max(LEAST_ROOM, Math.min(MOST_ROOM, room - 2 * EDGE)) },
    };
    const answers =
      (isListed || isEmpty) &&
      createElement(
        "div",
        { className: "found" },
        ...told,
        isListed && createElement("ul", listed, ...lines)
      );
    const last = props.resume && recent()[0];
    const resume =
      last &&
      createElement(
        "a",
        { className: "resume", href: home(props, last.value), onClick: panel.follow },
        props.resume.replace("{name}", last.label)
      );
    const settings = {
      ref: form,
      className: isRegion ? "choosing" : "asking",
      role: isRegion ? undefined : "search",
      action: props.action,
      onSubmit: function (event) {
        event.preventDefault();
      },
    };
    return createElement(
      "form",
      settings,
      label,
      createElement("div", { className: "written" }, input, answers),
      ...given,
      createElement("p", { role: "status", className: "unseen" }, says),
      resume
    );
  }

  panel.Combobox = Combobox;
})();
