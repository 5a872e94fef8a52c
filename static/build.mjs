// Builds the front end: src/ -> dist/, every file named after its content so that browsers may keep it for ever.
//
//   dist/manifest.json     "app.css" -> "app-3F2A….css" and so on; the server's asset() reads it
//   dist/app-*.css|js      one style sheet, one script
//   dist/icons-*.svg       one sprite with the icons named in src/icons/icons.json and our own in src/icons/*.svg
//   dist/fonts/*.woff2     Inter, Latin and extended Latin (Sámi names)
//   dist/LICENSES.txt      the licences of what is packed in

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const modules = path.join(here, "node_modules");
const packed = [
  "@digdir/designsystemet-css",
  "@digdir/designsystemet-theme",
  "@fontsource-variable/inter",
  "@navikt/aksel-icons",
];

/** Bundles styles and scripts; returns { "app.css": "app-HASH.css", … }. */
async function bundle() {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [
      { in: "src/js/app.js", out: "app" },
      { in: "src/css/app.css", out: "app" },
    ],
    outdir: dist,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome119", "edge119", "firefox128", "safari17"],
    entryNames: "[name]-[hash]",
    assetNames: "fonts/[name]-[hash]",
    loader: { ".woff2": "file" },
    metafile: true,
    logLevel: "warning",
  });
  const names = {};
  for (const [file, output] of Object.entries(result.metafile.outputs)) {
    const built = path.relative("dist", file);
    if (output.entryPoint) names[`app${path.extname(built)}`] = built;
    else names[built.replace(/-[A-Z0-9]{8}(?=\.woff2$)/, "")] = built;
  }
  return names;
}

/** One <symbol> for an icon file: its viewBox and its drawing, without the outer element. */
function symbol(name, svg) {
  const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
  const drawing = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  return `<symbol id="${name}" viewBox="${viewBox}">${drawing}</symbol>`;
}

/** Writes a text under a name that carries its hash; returns that name. */
async function writeHashed(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const { name: stem, ext } = path.parse(name);
  const hashed = `${stem}-${hash}${ext}`;
  await writeFile(path.join(dist, hashed), text);
  return hashed;
}

async function sprite() {
  const chosen = JSON.parse(await readFile(path.join(here, "src/icons/icons.json"), "utf8"));
  const symbols = [];
  for (const [name, source] of Object.entries(chosen)) {
    const file = path.join(modules, "@navikt/aksel-icons/dist/svg", `${source}.svg`);
    symbols.push(symbol(name, await readFile(file, "utf8")));
  }
  for (const file of (await readdir(path.join(here, "src/icons"))).sort()) {
    if (!file.endsWith(".svg")) continue;
    symbols.push(symbol(path.parse(file).name, await readFile(path.join(here, "src/icons", file), "utf8")));
  }
  return writeHashed("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function licences() {
  const parts = [];
  for (const name of packed) {
    const about = JSON.parse(await readFile(path.join(modules, name, "package.json"), "utf8"));
    const files = (await readdir(path.join(modules, name))).filter((file) => /^licen[cs]e/i.test(file));
    const text = files.length ? await readFile(path.join(modules, name, files[0]), "utf8") : "";
    parts.push(`${name} ${about.version} (${about.license})\n\n${text.trim()}\n`);
  }
  await writeFile(path.join(dist, "LICENSES.txt"), parts.join(`\n${"-".repeat(72)}\n\n`));
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const manifest = await bundle();
manifest["icons.svg"] = await sprite();
manifest["favicon.svg"] = await writeHashed(
  "favicon.svg",
  await readFile(path.join(here, "src/favicon.svg"), "utf8"),
);
await licences();
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(path.join(dist, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
console.log(`static/dist: ${Object.keys(sorted).length} files`);
