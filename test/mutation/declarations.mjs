/**
 * What a mutation run leaves alone, and why: declarations of parameters (`block(...)`), because any
 * change there changes a reference page, which `npm run docs -- --check` notices; and the sentence
 * with which an assertion ends a run, because no rule hangs on it.
 */
/** What only a declaration of a parameter has. */
const MARKS = new Set(["bounds", "quality"]);

/** Whether a node declares parameters, or holds what several declarations have in common. */
const isDeclaration = (node) =>
  (node.type === "CallExpression" && node.callee.name === "block") ||
  (node.type === "ObjectExpression" && node.properties.some(({ key }) => MARKS.has(key?.name)));

/** Whether a node is the sentence of an assertion or of an error. */
function isSentence({ node, parent }) {
  if (!/^(String|Template)Literal$/.test(node.type)) return false;
  if (parent?.type === "NewExpression") return /Error$/.test(parent.callee.name ?? "");
  return parent?.type === "CallExpression" && parent.callee.name === "assert";
}

/** What this plugin leaves alone, with the reason; the rest answers nothing. */
const ignorer = {
  shouldIgnore(path) {
    if (isDeclaration(path.node)) return "the reference pages hold it";
    return isSentence(path) ? "no rule hangs on this sentence" : undefined;
  },
};

/** The plugins that Stryker finds here. */
export const strykerPlugins = [{ kind: "Ignore", name: "declarations", value: ignorer }];
