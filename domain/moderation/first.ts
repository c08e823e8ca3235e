/** Who registers first has set this Filmroll up, and sees the operator's pages. */
export const isFirst = (userId: number): boolean => userId === 1;
