// The menu that shares a view: it copies the page's address, to follow the figures or to keep those
// of one version, and shows a chart on the whole screen. Pictures are saved by picture.js.
(function () {
  function address(version) {
    const { origin, pathname, search } = window.location;
    const kept = search.slice(1).split("&").filter((part) => part && !part.startsWith("version="));
    const query = kept.concat(version ? "version=" + version : []).join("&");
    return origin + pathname + (query ? "?" + query : "");
  }

  // Where nothing may be copied the link is there to be copied by hand.
  function offer(menu, link) {
    const field = document.createElement("input");
    field.type = "text";
    field.readOnly = true;
    field.value = link;
    field.setAttribute("aria-label", menu.dataset.refused);
    menu.querySelector(".made").textContent = menu.dataset.refused;
    menu.append(field);
    field.select();
  }

  function copy(button, menu) {
    const link = address(button.dataset.version);
    const said = menu.querySelector(".made");
    said.textContent = "";
    menu.querySelectorAll("input").forEach((field) => field.remove());
    const copied = navigator.clipboard ? navigator.clipboard.writeText(link) : Promise.reject();
    copied.then(
      () => (said.textContent = button.dataset.copied),
      () => offer(menu, link)
    );
  }

  function fill(menu) {
    let part = menu.parentElement;
    while (!part.querySelector(".chart")) {
      part = part.parentElement;
    }
    return document.fullscreenElement ? document.exitFullscreen() : part.requestFullscreen();
  }

  function close(details) {
    details.open = false;
    details.querySelector("summary").focus();
  }

  document.documentElement.toggleAttribute("data-fullscreen", document.fullscreenEnabled);

  document.addEventListener("click", function (event) {
    const menu = event.target.closest(".takeaway");
    const button = menu && event.target.closest("button");
    document.querySelectorAll(".share[open]").forEach(function (details) {
      if (button && details.contains(button)) {
        close(details);
      } else if (!details.contains(event.target)) {
        details.open = false;
      }
    });
    if (button && button.matches(".link")) {
      copy(button, menu);
    } else if (button && button.matches(".full")) {
      fill(menu);
    }
  });

  document.addEventListener("keydown", function (event) {
    const details = event.target.closest && event.target.closest(".share[open]");
    if (!details) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      close(details);
    } else if (step) {
      event.preventDefault();
      const all = [details.querySelector("summary"), ...details.querySelectorAll("button")];
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    }
  });
})();
