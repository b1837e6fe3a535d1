/** The version of every schema until the first is released. */
export const DRAFT = 1 as const;
