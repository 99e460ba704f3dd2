/*
How long an answer took, as people read it.
*/

/** `84 ms`, `12.3 s`. */
export const tookText = (ms: number): string => (ms < 9999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
