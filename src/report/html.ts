/**
 * HTML as a value: text is escaped unless it was made here.
 */

/** A piece of finished HTML. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | readonly Html[];

/** Finished HTML as it is; the caller vouches for it. */
export const raw = (text: string): Html => ({ html: text });

/** The text with the five characters that HTML reads replaced, fit for content and attributes. */
export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** A template whose values are escaped, unless they are HTML or a list of it. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  let text = strings[0] ?? "";
  values.forEach((value, index) => {
    text += written(value) + (strings[index + 1] ?? "");
  });
  return raw(text);
}

/** A table whose rows begin with what they are of and go on with numbers. */
export const valueTable = (
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): Html => html`
<div class="scroll"><table class="values"><thead><tr>${heads.map(
  (head) => html`<th scope="col">${head}</th>`,
)}</tr></thead><tbody>
${rows.map(
  ([first, ...cells]) => html`<tr><th scope="row">${first ?? ""}</th>${cells.map(
    (cell) => html`<td class="number">${cell}</td>`,
  )}</tr>
`,
)}</tbody></table></div>`;

/** Nothing. */
export const nothing = raw("");

function written(value: Piece): string {
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  if ("html" in value) return value.html;
  return value.map((piece) => piece.html).join("");
}
