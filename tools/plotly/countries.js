// In place of country-iso-search: maps find their areas by the ids of their own GeoJSON,
// never by the names of the world's countries.
exports.COUNTRIES = [];
exports.createLookup = function () {
  return {
    lookupAlpha3: function () {
      return undefined;
    },
  };
};
