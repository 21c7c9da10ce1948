/** Ages since boot at which the fleet is compared with the grid that was measured. */
export const AGE_POINTS = [
  { name: "7 d", seconds: 7 * 86_400 },
  { name: "30.4 d", seconds: 30.4 * 86_400 },
  { name: "91.3 d", seconds: 91.3 * 86_400 },
  { name: "182.6 d", seconds: 182.6 * 86_400 },
  { name: "273.9 d", seconds: 273.9 * 86_400 },
  { name: "365.25 d", seconds: 365.25 * 86_400 },
] as const;
