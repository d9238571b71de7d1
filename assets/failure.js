// What the reader is told when an answer does not come: the server failed, or cannot be reached.
// Dash itself says nothing, and the page would stand as it was, or load for ever.
(function () {
  const CALLBACK = "_dash-update-component";
  const ask = window.fetch;
  const newest = new Map(); // of what is asked for: the newest question that has been answered
  const PAGE = "page.children";
  const failed = new Map(); // what was not answered, and which question that was
  let asked = 0;

  function tell(place) {
    const lang = document.documentElement.lang === "en" ? "en" : "sv";
    const words = document.createElement("p");
    const again = document.createElement("button");
    words.className = "wrap";
    words.textContent = place.getAttribute("data-words-" + lang) + " ";
    again.textContent = place.getAttribute("data-again-" + lang);
    again.type = "button";
    again.className = "btn lead";
    again.addEventListener("click", function () {
      window.location.reload();
    });
    words.append(again);
    place.replaceChildren(words);
  }

  // A late answer to an old question says nothing of what is shown now.
  function note(output, number, isFailed) {
    const place = document.getElementById("unanswered");
    if (number < (newest.get(output) || 0)) {
      return;
    }
    newest.set(output, number);
    failed.delete(output);
    if (isFailed) {
      failed.set(output, number);
    } else if (output.includes(PAGE)) {
      // A page that came since is what was asked for last.
      failed.forEach((older, one) => older < number && failed.delete(one));
    }
    if (failed.size && !place.hasChildNodes()) {
      tell(place);
    } else if (!failed.size) {
      place.replaceChildren();
    }
  }

  window.fetch = function (resource, options) {
    const answer = ask.apply(this, arguments);
    if (!String((resource && resource.url) || resource).includes(CALLBACK)) {
      return answer;
    }
    const number = (asked += 1);
    const output = JSON.parse(options.body).output;
    return answer.then(
      function (response) {
        note(output, number, !response.ok);
        return response;
      },
      function (failure) {
        if (failure.name !== "AbortError") {
          note(output, number, true);
        }
        throw failure;
      }
    );
  };
})();
