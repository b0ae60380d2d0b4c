/** @param share 0 to 1 @returns whole per cent, such as "95%" */
export const percent = (share: number): string => `${Math.round(100 * share)}%`;
