// The document as lines of text, for tools.answers.pages: one line an element, indented by depth,
// with its attributes sorted. Ids are left out; what refers to an id gets the text of its target.
// A Plotly chart is a line that numbers it; its data and layout are returned beside the lines.
() => {
  const REFERRING = new Set([
    ...["for", "form", "headers", "list", "aria-activedescendant", "aria-controls"],
    ...["aria-describedby", "aria-details", "aria-errormessage", "aria-flowto"],
    ...["aria-labelledby", "aria-owns"],
  ]);
  const SKIPPED = new Set(["SCRIPT", "STYLE"]);
  const LONGEST = 80;
  const lines = [];
  const charts = [];

  function words(text) {
    return text.replace(/\s+/g, " ");
  }

  function target(id) {
    const element = document.getElementById(id);
    if (element === null) {
      return "(nothing)";
    }
    const text = words(element.textContent).trim().slice(0, LONGEST);
    return text || "(" + element.tagName.toLowerCase() + ")";
  }

  function value(name, text) {
    if (REFERRING.has(name)) {
      return text.split(/\s+/).filter(Boolean).map(target).join(" | ");
    }
    if (name === "class") {
      return text.split(/\s+/).filter(Boolean).sort().join(" ");
    }
    if ((name === "href" || name === "xlink:href") && text.startsWith("#")) {
      return "#" + target(decodeURIComponent(text.slice(1)));
    }
    if (name === "href" || name === "src") {
      return text.replace(/([?&])m=[\w.]+/, "$1m=").replace(/\.v[\d_]+m\d+/, "");
    }
    return text.replace(/url\(["']?#[^)]*\)/g, "url(#)");
  }

  // A control has a state that no attribute tells.
  function state(element) {
    const tag = element.tagName;
    if (tag === "DETAILS") {
      return { open: String(element.openAtFirst ?? element.open) };
    }
    if (tag === "OPTION") {
      return { selected: String(element.selected) };
    }
    if (tag === "TEXTAREA" || tag === "SELECT") {
      return { value: element.value };
    }
    if (tag === "INPUT") {
      return { checked: String(element.checked), value: element.value };
    }
    return {};
  }

  function attributes(element) {
    const given = {};
    for (const { name, value: text } of element.attributes) {
      if (name !== "id" && !name.startsWith("data-dash")) {
        given[name] = value(name, text);
      }
    }
    const all = Object.assign(given, state(element));
    return Object.keys(all)
      .sort()
      .map((name) => " " + name + "=" + JSON.stringify(all[name]))
      .join("");
  }

  function plain(key, held) {
    if (key === "uid" || (key.startsWith("_") && key !== "")) {
      return undefined;
    }
    return ArrayBuffer.isView(held) ? Array.from(held) : held;
  }

  function chart(element, indent) {
    const figure = { data: element.data, layout: element.layout };
    charts.push(JSON.parse(JSON.stringify(figure, plain)));
    lines.push(indent + "chart " + charts.length);
  }

  // Neighbouring texts are one text to a reader.
  function children(element) {
    const parts = [];
    for (const node of element.childNodes) {
      const last = parts.length - 1;
      if (node.nodeType === Node.TEXT_NODE && typeof parts[last] === "string") {
        parts[last] += node.data;
      } else if (node.nodeType === Node.TEXT_NODE) {
        parts.push(node.data);
      } else if (node.nodeType === Node.ELEMENT_NODE && !SKIPPED.has(node.tagName)) {
        parts.push(node);
      }
    }
    return parts.filter((part) => typeof part !== "string" || words(part) !== " ");
  }

  function walk(element, depth) {
    const indent = " ".repeat(depth);
    const start = indent + element.tagName.toLowerCase() + attributes(element);
    if (element.classList.contains("js-plotly-plot")) {
      lines.push(start);
      chart(element, indent + " ");
      return;
    }
    const parts = children(element);
    if (parts.length === 1 && typeof parts[0] === "string") {
      lines.push(start + " " + JSON.stringify(words(parts[0])));
      return;
    }
    lines.push(start);
    for (const part of parts) {
      if (typeof part === "string") {
        lines.push(indent + " " + JSON.stringify(words(part)));
      } else {
        walk(part, depth + 1);
      }
    }
  }

  lines.push("html lang=" + JSON.stringify(document.documentElement.lang));
  lines.push(" title " + JSON.stringify(document.title));
  const metas = Array.from(document.head.querySelectorAll("meta, link[rel~=icon]"));
  lines.push(...metas.map((meta) => " " + meta.tagName.toLowerCase() + attributes(meta)).sort());
  const sheets = Array.from(document.head.querySelectorAll("link[rel=stylesheet]"));
  lines.push(...sheets.map((sheet) => " stylesheet " + value("href", sheet.getAttribute("href"))));
  walk(document.body, 1);
  return { lines: lines, charts: charts };
}
