/** What can measure an item of a checklist, by its own words; everything else a person looks at. */

export type Measure = 'health' | 'logs' | 'baseline';

const words: readonly (readonly [Measure, RegExp])[] = [
	['baseline', /\bbaselines?\b|基线/i],
	['logs', /\blogs?\b|日志/i],
	['health', /\bhealth|\bendpoints?\b|\bprobes?\b|健康|端点|探针/i],
];

export const measureOf = (item: string): Measure | null => words.find(([, pattern]) => pattern.test(item))?.[0] ?? null;
