// Copies the table that stands with the button: a row a line, a tab between cells. What came of
// it is said in the field beside the button. The counts behind shares get columns of their own.
(function () {
  function text(cell) {
    const shown = cell.cloneNode(true);
    shown.querySelectorAll(".unseen, small").forEach(function (part) {
      part.remove();
    });
    // "sep 2026" would become a date in a sheet; the source's own code stays text.
    shown.querySelectorAll("[data-code]").forEach(function (part) {
      part.textContent = part.dataset.code;
    });
    const words = shown.textContent.replace(/\s+/g, " ").trim();
    // Numbers as a sheet reads them: no space between thousands, an ordinary minus.
    return /^[−+]?[\d ]+(,\d+|\.\d+)?$/.test(words) && !cell.classList.contains("code")
      ? words.replace(/ /g, "").replace("−", "-")
      : words;
  }

  function lines(table, heads) {
    const rows = Array.from(table.rows).filter(function (row) {
      return row.cells.length > 1;
    });
    const counted = new Set();
    table.querySelectorAll("td small.counts").forEach(function (counts) {
      counted.add(counts.closest("td").cellIndex);
    });
    return rows.map(function (row) {
      return Array.from(row.cells)
        .flatMap(function (cell, place) {
          const words = text(cell);
          if (!counted.has(place)) {
            return [words];
          }
          if (row.closest("thead")) {
            return [words, words + " " + heads.numerator, words + " " + heads.denominator];
          }
          const counts = cell.querySelector("small.counts");
          const copied = counts ? counts.dataset : { numerator: "", denominator: "" };
          return [words, copied.numerator, copied.denominator];
        })
        .join("\t");
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button.copy");
    if (!button) {
      return;
    }
    const part = button.closest("section");
    const said = part.querySelector(".copied");
    const rows = lines(part.querySelector("table"), button.dataset);
    const done = function () {
      said.textContent = button.dataset.copied.replace("#", rows.length - 1);
    };
    const failed = function () {
      said.textContent = button.dataset.failed;
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(rows.join("\n")).then(done, failed);
    } else {
      failed();
    }
  });
})();
