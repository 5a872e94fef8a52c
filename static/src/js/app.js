// What the pages gain when scripts run. Each part stands alone and every page works without them.
import { start as copyLinks } from "./copy-link.js";
import { start as errorSummary } from "./error-summary.js";
import { start as folds } from "./folds.js";
import { start as growingText } from "./growing-text.js";
import { start as localCopy } from "./local-copy.js";
import { start as preview } from "./preview.js";
import { start as results } from "./results.js";
import { start as searchKey } from "./search-key.js";
import { start as suggestions } from "./suggestions.js";
import { start as tables } from "./tables.js";
import { start as tree } from "./tree.js";
import { start as unsaved } from "./unsaved.js";

for (const start of [
  folds, tree, tables, searchKey, suggestions, results, growingText, preview, localCopy, unsaved, copyLinks, errorSummary,
]) {
  start(document);
}
