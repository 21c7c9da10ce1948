/**
 * A scenario to begin with: it runs as it is, and shows each block once.
 */

/** The text of a starter scenario, as `init` writes it. */
export const STARTER = `# A scenario holds only its difference from what it extends.
# What there is to set: gridbench list parameters; what a key means: gridbench explain KEY.
format: 1
extends: baseline.yaml
question: What happens to availability and income if Belgium is without power for a day?
timeline:
  - { at: 60 d, outage: { country: BE, for: 1 d } }
run: { periods: 3, replications: 8, seed: starter }
`;
