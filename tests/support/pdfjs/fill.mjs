// SPDX-License-Identifier: MIT
// Fills in a form with pdf.js: node fill.mjs PDFJS IN VALUES.json OUT
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [library, from, values, to] = process.argv.slice(2);
const { getDocument, VerbosityLevel } = await import(pathToFileURL(library).href);
const asked = JSON.parse(fs.readFileSync(values, "utf8"));
const data = new Uint8Array(fs.readFileSync(from));
const pdf = await getDocument({ data, verbosity: VerbosityLevel.ERRORS, isEvalSupported: false }).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  for (const one of await page.getAnnotations()) {
    if (!(one.fieldName in asked)) continue;
    const value = asked[one.fieldName];
    const told = one.radioButton ? one.buttonValue === value : one.checkBox ? true : value;
    pdf.annotationStorage.setValue(one.id, { value: told });
  }
}
fs.writeFileSync(to, await pdf.saveDocument());
process.exit(0);
