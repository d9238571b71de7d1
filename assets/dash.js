// What Dash needs around a page, without the rest of its bundles: the address, what the browser
// keeps, the element that pages are drawn in, and the first answer, which stands in the document.
(function () {
  const { createElement, useEffect, useRef } = window.React;
  const MOVED = "_dashprivate_pushstate";
  const PARTS = ["pathname", "search", "href"];
  const first = JSON.parse(document.getElementById("first").textContent);
  const ask = window.fetch;

  function differing(props) {
    const found = PARTS.filter(function (name) {
      return props[name] !== window.location[name];
    });
    return Object.fromEntries(
      found.map(function (name) {
        return [name, window.location[name]];
      })
    );
  }

  // A callback moves the address by its query, a reader by links, back and forward.
  function Location(props) {
    const latest = useRef(props);
    latest.current = props;

    useEffect(function () {
      function tell() {
        const changes = differing(latest.current);
        if (Object.keys(changes).length) {
          latest.current.setProps(changes);
        }
      }
      window.addEventListener("popstate", tell);
      window.addEventListener(MOVED, tell);
      return function () {
        window.removeEventListener("popstate", tell);
        window.removeEventListener(MOVED, tell);
      };
    }, []);

    useEffect(
      function () {
        if (props.search !== window.location.search) {
          const { carrying, isLate } = window.integrationspanelen;
          if (isLate()) {
            props.setProps(differing(props));
            return;
          }
          window.history.pushState({}, "", carrying(props.pathname + props.search));
          window.dispatchEvent(new CustomEvent(MOVED));
        }
      },
      [props.search]
    );
    return null;
  }

  // Of the same path a page is changed in its place, with what is unfolded and scrolled in it.
  function Div({ id, children }) {
    const isLoading = window.dash_component_api.useDashContext().useLoading();
    const shown = useRef({});
    if (shown.current.page !== children) {
      shown.current = { page: children, key: window.location.pathname };
    }
    const isPage = "content" in children;
    const inside = isPage ? createElement(window.integrationspanelen.Page, shown.current) : children;
    return createElement("div", { id: id, "data-dash-is-loading": isLoading || undefined }, inside);
  }

  window.dash_core_components = {
    Location: Location,
    Store: function () {
      return null;
    },
  };
  window.dash_html_components = { Div: Div };

  function located(part) {
    if (part.type === "Location") {
      PARTS.forEach(function (name) {
        part.props[name] = window.location[name];
      });
    }
  }

  first["_dash-layout"].props.children.forEach(located);

  // The pages that came last, by their marks: of the next one only what differs from the one that
  // is shown is sent. What does not differ stays the same object, and is not drawn again.
  const MOST_PAGES = 8;
  const pages = new Map();

  function keep(head, children) {
    pages.delete(head.mark);
    pages.set(head.mark, children);
    if (pages.size > MOST_PAGES) {
      pages.delete(pages.keys().next().value);
    }
  }

  // As `dashboard.server.changes.change` writes it.
  function changed(old, change) {
    if ("=" in change) {
      return change["="];
    }
    const made = Array.isArray(old) ? old.slice() : { ...old };
    if ("+" in change) {
      const [place, count, members] = change["+"];
      made.splice(place, count, ...members);
      return made;
    }
    Object.entries(change["~"]).forEach(function ([key, inner]) {
      made[key] = changed(old[key], inner);
    });
    return made;
  }

  function completed(answer) {
    const { page, head } = answer.response || {};
    if (page && page.children && head) {
      const { base, change } = page.children;
      page.children = change ? changed(pages.get(base), change) : page.children;
      keep(head.data, page.children);
    }
    return answer;
  }

  function properties(id) {
    const parts = first["_dash-layout"].props.children;
    return parts.find(function (part) {
      return part.props.id === id;
    }).props;
  }

  keep(properties("head").data, properties("page").children);

  // A window that is not as wide as was guessed asks for its page, and waits for it.
  function fitting() {
    const { panels, no_update } = window.dash_clientside;
    if (panels.narrow(null, properties("window").data) !== no_update) {
      const words = document.getElementById("react-entry-point").textContent.trim();
      const waiting = { type: "P", props: { className: "wrap", children: words } };
      properties("page").children = { content: [waiting] };
    }
  }

  function reading(response) {
    const read = response.json.bind(response);
    response.json = function () {
      return read().then(completed);
    };
    return response;
  }

  window.fetch = function (resource) {
    const name = String((resource && resource.url) || resource).split("/").pop();
    if (!(name in first)) {
      return ask.apply(this, arguments).then(name === "_dash-update-component" ? reading : undefined);
    }
    if (name === "_dash-layout") {
      fitting();
    }
    const answer = new Response(null, { headers: { "Content-Type": "application/json" } });
    answer.json = function () {
      return Promise.resolve(first[name]);
    };
    return Promise.resolve(answer);
  };
})();
