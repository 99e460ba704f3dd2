/** The record with one of its values changed; a key that is not there stays absent. */
export const change = <V>(
	record: Readonly<Record<string, V>>,
	key: string,
	next: (value: V) => V,
): Readonly<Record<string, V>> => {
	const value = record[key];
	return value === undefined ? record : {...record, [key]: next(value)};
};
