/**
 * What a mutation run leaves alone, and why: declarations of parameters (`block(...)`), because any
 * change there changes a reference page, which `test/docs.test.ts` notices; and the sentence
 * with which an assertion ends a run, because no rule hangs on it.
 */
/** What only a declaration of a parameter has. */
const MARKS = new Set(["bounds", "quality"]);

/**
 * Whether a node declares parameters, holds what several declarations have in common, or makes a
 * declaration of its arguments.
 */
const isDeclaration = (node) =>
  (node.type === "CallExpression" && node.callee.name === "block") ||
  (node.type === "ObjectExpression" && node.properties.some(({ key }) => MARKS.has(key?.name))) ||
  (node.type === "TSAsExpression" && isDeclaration(node.expression)) ||
  (node.type === "ArrowFunctionExpression" && isDeclaration(node.body));

/** Whether a node is the sentence of an assertion or of what is thrown. */
function isSentence({ node, parent, parentPath }) {
  if (!/^(String|Template)Literal$/.test(node.type)) return false;
  if (parent?.type === "NewExpression") return parentPath.parent?.type === "ThrowStatement";
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
