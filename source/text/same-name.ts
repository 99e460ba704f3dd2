/** Whether two names, roles or ids are the same: people type them, and case does not count. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
