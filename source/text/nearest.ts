/** Letters to change between two words; two that are swapped count as one. */
function distance(a: string, b: string): number {
	let row = Array.from({length: b.length + 1}, (_, index) => index);
	let before: readonly number[] = [];
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			const changed = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
			const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : changed;
			next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed, swapped));
		}
		[before, row] = [row, next];
	}
	return row[b.length] ?? 0;
}

/** The known name that a mistyped one means. Case does not count; null where none is close enough to have been meant. */
export function nearest(name: string, names: readonly string[]): string | null {
	const [best] = names
		.map(other => ({other, far: distance(name.slice(0, 40).toLowerCase(), other.toLowerCase())}))
		.toSorted((a, b) => a.far - b.far);
	return best && best.far <= Math.max(1, Math.floor(name.length / 3)) ? best.other : null;
}
