/** What `list` can list. */
export const LISTS = ["scenarios", "parameters", "metrics", "models"] as const;

/** One of them. */
export type ListName = (typeof LISTS)[number];
