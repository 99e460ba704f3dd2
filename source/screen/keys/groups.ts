/** Acts that share a key: the one that fits what is selected is opened, or a menu of those that do. */
export const runs = ['run', 'report', 'resume', 'done'] as const;
export const answers = ['acknowledge', 'confirmRelay'] as const;
