/**
 * Colours, each with a role, for light and for dark.
 *
 * Charts are drawn in the light colours; the dark ones replace them by a rule per colour, so that
 * one drawing serves the screen, the night and the printer.
 */

interface Tone {
  readonly light: string;
  readonly dark: string;
}

/** Every colour that a chart may use. */
export const TONES = {
  ink: { light: "#1b2327", dark: "#e7ebed" },
  muted: { light: "#5c6970", dark: "#9dabb3" },
  line: { light: "#d9dfe2", dark: "#2f393f" },
  land: { light: "#e6eaeb", dark: "#2a3338" },
  paper: { light: "#fffffe", dark: "#161c1f" },
  accent: { light: "#0b6e84", dark: "#55bfd3" },
  middle: { light: "#5aa5b5", dark: "#2f8798" },
  pale: { light: "#a9d2da", dark: "#1f5965" },
  faint: { light: "#d4e9ed", dark: "#17424b" },
  contrast: { light: "#c2410c", dark: "#ff9561" },
} as const satisfies Readonly<Record<string, Tone>>;

/** The light colour of a role, as charts use it. */
export const tone = (role: keyof typeof TONES): string => TONES[role].light;

/** Custom properties for one of the two schemes, one a role. */
export const properties = (scheme: "light" | "dark"): string =>
  Object.entries(TONES)
    .map(([role, colour]) => `--${role}:${colour[scheme]}`)
    .join(";");

/** Rules that repaint the drawings inside `scope` for the dark. */
export const repainted = (scope: string): string =>
  Object.values(TONES)
    .map(
      ({ light, dark }) =>
        `${scope} [fill="${light}"]{fill:${dark}}${scope} [stroke="${light}"]{stroke:${dark}}`,
    )
    .join("");

/** The typefaces of the page and its charts: those of the reader's machine. */
export const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';
/** The typefaces of headlines. */
export const SERIF =
  'Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif';
