// What the reader is told when an answer does not come: the server failed, or cannot be reached.
// Dash itself says nothing, and the page would stand as it was, or load for ever.
(function () {
  const CALLBACK = "_dash-update-component";
  const ask = window.fetch;

  function clear(place) {
    place.replaceChildren();
  }

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

  window.fetch = function (resource) {
    const address = String((resource && resource.url) || resource);
    const answer = ask.apply(this, arguments);
    if (!address.includes(CALLBACK)) {
      return answer;
    }
    const place = document.getElementById("unanswered");
    return answer.then(
      function (response) {
        (response.ok ? clear : tell)(place);
        return response;
      },
      function (failure) {
        if (failure.name !== "AbortError") {
          tell(place);
        }
        throw failure;
      }
    );
  };
})();
