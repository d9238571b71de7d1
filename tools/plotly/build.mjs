// node build.mjs FOLDER: writes plotly.min.js, .br and .gz there. `make plotly` runs it in a
// temporary folder where npm has installed what package.json names.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const { version } = JSON.parse(readFileSync("node_modules/plotly.js/package.json", "utf8"));

const { outputFiles } = await build({
  entryPoints: ["entry.js"],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  globalName: "Plotly",
  target: "es2020",
  define: { global: "window", "define.amd": "false" },
  // the style sheet of tile maps, which are not part of this build
  loader: { ".css": "empty" },
  alias: {
    "country-iso-search": "./countries.js",
    culori: "./colours.js",
    "d3-geo-projection": "./projections.js",
  },
  // The first line has it compiled whole while it arrives, and not function by function when a
  // chart waits for each; browsers that do not know it take it for a remark.
  banner: {
    js: `//# allFunctionsCalledOnLoad
/**
* plotly.js v${version} (lines, bars, maps; Swedish)
* Copyright 2012-2026, Plotly, Inc.
* All rights reserved.
* Licensed under the MIT license
*/`,
  },
  footer: { js: "window.Plotly=Plotly;" },
});

const script = Buffer.from(outputFiles[0].contents);
const brotli = brotliCompressSync(script, {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
  },
});

for (const [suffix, bytes] of [
  ["", script],
  [".br", brotli],
  [".gz", gzipSync(script, { level: 9 })],
]) {
  const name = `plotly.min.js${suffix}`;
  writeFileSync(join(folder, name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
