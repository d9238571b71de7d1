// The code for another site names this one in full, also where nobody has configured its address.
(function () {
  document.addEventListener(
    "toggle",
    function (event) {
      const field = event.target.querySelector && event.target.querySelector("textarea.embed");
      if (field) {
        field.value = field.value.replace('src="/', 'src="' + window.location.origin + "/");
      }
    },
    true
  );

  // One click selects the whole code.
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("textarea.embed")) {
      event.target.select();
    }
  });
})();
