// node mermaid.mjs FILE...: parse every Mermaid block of the Markdown files; exit 1 for a bad one,
// and when there is none at all. Needs the packages mermaid and jsdom beside it.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

const files = process.argv.slice(2);
let blocks = 0;
let bad = 0;
for (const file of files) {
  const text = readFileSync(file, "utf8");
  for (const match of text.matchAll(/^```mermaid\n(.*?)^```$/gms)) {
    blocks += 1;
    const line = text.slice(0, match.index).split("\n").length;
    try {
      await mermaid.parse(match[1]);
    } catch (error) {
      bad += 1;
      console.error(`${file}:${line}: ${error.message}`);
    }
  }
}
console.log(`${blocks} diagrams in ${files.length} files, ${bad} bad`);
process.exit(bad || !blocks ? 1 : 0);
