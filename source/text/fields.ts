/* Reading JSON and YAML that others wrote: what has not the shape that is asked for counts as not being there. */

export type Fields = Readonly<Record<string, unknown>>;

type Defined<T> = {[K in keyof T as undefined extends T[K] ? never : K]: T[K]} & {
	[K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Without the fields that are undefined. */
export const defined = <T extends object>(of: T): Defined<T> =>
	Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Defined<T>;

export const fieldsOf = (value: unknown): Fields | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : null;

/** The objects of a list. */
export const listOf = (value: unknown): readonly Fields[] =>
	Array.isArray(value) ? value.flatMap((item): Fields | readonly Fields[] => fieldsOf(item) ?? []) : [];

export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const numberOf = (value: unknown): number | null => (Number.isSafeInteger(value) ? Number(value) : null);

/** Null where it is no JSON. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
