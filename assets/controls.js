// The controls that a reader chooses with, under the names of Dash's Bootstrap components, whose own
// script is as long as Dash itself. `assets/draw.js` gives each its value and is told of another.
(function () {
  const { createElement, memo, useEffect, useRef } = window.React;

  // The options of a menu. The same list is not looked through again.
  const Options = memo(function ({ listed }) {
    return listed.map(function ({ label, ...option }) {
      return createElement("option", { ...option, key: option.value }, label);
    });
  });

  function Select({ id, value, options, placeholder, disabled, setProps }) {
    return createElement(
      "select",
      {
        id: id,
        className: "form-select",
        value: value || "",
        disabled: disabled,
        onChange: (event) => setProps({ value: event.target.value }),
      },
      createElement("option", { value: "", disabled: true, hidden: true }, placeholder),
      createElement(Options, { listed: options })
    );
  }

  function boxes({ id, options, inline }, type, made) {
    const inside = options.map(function ({ value, label, disabled }) {
      const named = id + " " + value;
      const look = { id: named, className: "form-check-input", type: type, value: value };
      return createElement(
        "div",
        { key: value, className: inline ? "form-check form-check-inline" : "form-check" },
        createElement("input", { ...look, disabled: Boolean(disabled), ...made(value) }),
        createElement("label", { className: "form-check-label", htmlFor: named }, label)
      );
    });
    return createElement("div", { id: id }, inside);
  }

  function RadioItems(props) {
    return boxes(props, "radio", function (value) {
      return {
        name: props.name,
        checked: value === props.value,
        onChange: () => props.setProps({ value: value }),
      };
    });
  }

  // What is chosen stays in the order in which it was.
  function Checklist(props) {
    return boxes(props, "checkbox", function (value) {
      const isChosen = props.value.includes(value);
      const others = props.value.filter((one) => one !== value);
      return {
        checked: isChosen,
        onChange: () => props.setProps({ value: isChosen ? others : [...others, value] }),
      };
    });
  }

  // Tells what was written by Enter or when the field is left.
  function Input({ id, type, value, maxlength, autocomplete, setProps }) {
    const field = useRef(null);

    useEffect(
      function () {
        if (field.current.value !== value) {
          field.current.value = value;
        }
      },
      [value]
    );

    function tell() {
      setProps({ value: field.current.value });
    }

    return createElement("input", {
      ref: field,
      id: id,
      type: type,
      className: "form-control",
      maxLength: maxlength,
      autoComplete: autocomplete,
      onBlur: tell,
      onKeyUp: (event) => event.key === "Enter" && tell(),
    });
  }

  window.dash_bootstrap_components = { Checklist, Input, RadioItems, Select };
})();
