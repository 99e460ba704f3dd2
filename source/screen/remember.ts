/**
 * Remembers what `make` gave for the object and key asked last: each second asks the same of the same state, and each row of a
 * list the same of that list.
 */
export const rememberLast = <T>(): ((of: object, key: string, make: () => T) => T) => {
	let last: {readonly of: object; readonly key: string; readonly value: T} | null = null;
	return (of, key, make) => {
		if (last?.of !== of || last.key !== key) last = {of, key, value: make()};
		return last.value;
	};
};
