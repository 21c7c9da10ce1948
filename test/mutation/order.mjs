/**
 * The order in which a mutant meets the tests: that of the table, quick ones first. The runner's
 * own order is the opposite, the longest first, and a mutant dies at the first test that fails.
 */

/** A sequencer of the test runner that takes files in the order in which `tests` names them. */
export const inOrder = (tests) =>
  class {
    /** Nothing is divided among machines. */
    shard(files) {
      return files;
    }

    sort(files) {
      const place = ({ moduleId }) => tests.findIndex((test) => moduleId.endsWith(test));
      return [...files].sort((a, b) => place(a) - place(b));
    }
  };
