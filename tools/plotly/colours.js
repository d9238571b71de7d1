// In place of the whole of culori: what plotly asks of it, for the colours that a figure or a
// browser names (hex, names, rgb, hsl), without the spaces of colours that no chart has.
import { modeHsl, modeLrgb, modeRgb, useMode } from "./node_modules/culori/src/index-fn.js";

[modeRgb, modeHsl, modeLrgb].forEach((mode) => useMode(mode));

export {
  converter,
  formatHex,
  formatRgb,
  wcagContrast,
  wcagLuminance,
} from "./node_modules/culori/src/index-fn.js";
