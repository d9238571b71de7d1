// In place of d3-geo-projection: the projections of d3-geo are enough (transverse mercator,
// mercator, the conic ones, equirectangular, natural earth).
module.exports = {};
