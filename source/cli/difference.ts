/*
Two texts line by line: what went and what came, each with its place. People approve what they read here.
*/

export type Change = {readonly sign: '-' | '+'; readonly line: number; readonly text: string};

/** Beyond this many comparisons the changed middle is shown as gone and come, not matched line by line. */
const most = 4_000_000;

function middle(before: readonly string[], after: readonly string[]): readonly ('-' | '+' | '=')[] {
	const width = after.length + 1;
	if (before.length * after.length > most) return [...before.map(() => '-' as const), ...after.map(() => '+' as const)];
	const common = new Uint32Array((before.length + 1) * width);
	for (let i = before.length - 1; i >= 0; i--) {
		for (let j = after.length - 1; j >= 0; j--) {
			const same = before[i] === after[j];
			common[i * width + j] = same
				? 1 + (common[(i + 1) * width + j + 1] ?? 0)
				: Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
		}
	}
	const signs: ('-' | '+' | '=')[] = [];
	let [i, j] = [0, 0];
	while (i < before.length && j < after.length) {
		if (before[i] === after[j]) {
			signs.push('=');
			[i, j] = [i + 1, j + 1];
		} else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
			signs.push('-');
			i++;
		} else {
			signs.push('+');
			j++;
		}
	}
	return [...signs, ...before.slice(i).map(() => '-' as const), ...after.slice(j).map(() => '+' as const)];
}

const commonStart = (a: readonly string[], b: readonly string[]): number => {
	const end = Math.min(a.length, b.length);
	let at = 0;
	while (at < end && a[at] === b[at]) at++;
	return at;
};

/** Changed lines with their numbers: of the new text, of the old one for what went. */
export function difference(before: string, after: string): readonly Change[] {
	const [old, fresh] = [before.split('\n'), after.split('\n')];
	const start = commonStart(old, fresh);
	const end = commonStart(old.slice(start).reverse(), fresh.slice(start).reverse());
	const changes: Change[] = [];
	let [i, j] = [start, start];
	for (const sign of middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end))) {
		if (sign === '-') changes.push({sign, line: i + 1, text: old[i] ?? ''});
		if (sign === '+') changes.push({sign, line: j + 1, text: fresh[j] ?? ''});
		if (sign !== '+') i++;
		if (sign !== '-') j++;
	}
	return changes;
}
