export { markdownTable } from "./markdown-table.ts";
export { filled, textBetween } from "./markers.ts";
export { publish, readResults, type Sections, writeReadme } from "./publish.ts";
export { caption, type RunDetails, runDetails } from "./run-details.ts";
