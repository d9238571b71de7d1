// Draws the parts of a page that hold no control. Dash keeps an account of every part that it
// draws, which for the hundreds of cells of a table takes longer than the table.
(function () {
  const LINK = "Link";

  // As Dash's own link: another page of the panel without loading it anew.
  function follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    event.preventDefault();
    window.history.pushState({}, "", event.currentTarget.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  function drawn(part, key) {
    if (part === null || typeof part !== "object") {
      return part;
    }
    if (Array.isArray(part)) {
      return part.map(drawn);
    }
    const { children, ...props } = part.props;
    const link = part.type === LINK;
    const inside = children === undefined ? [] : [].concat(drawn(children));
    return window.React.createElement(
      link ? "a" : part.type.toLowerCase(),
      { ...props, ...(link ? { onClick: follow } : {}), key: key },
      ...inside
    );
  }

  window.integrationspanelen = {
    Still: function (props) {
      return drawn(props.content);
    },
  };
})();
