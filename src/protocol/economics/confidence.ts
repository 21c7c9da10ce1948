/**
 * How sure a dated fact is: `H` read in code or in a dated document of its own, `M` derived, or one
 * document against another, `L` told by one person or by advertising.
 *
 * Source: none, the scale is ours.
 */
export type Confidence = "H" | "M" | "L";
