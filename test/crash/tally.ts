/** Points that were tried, and what went wrong at them. */

export class Tally {
	points = 0;
	failures = 0;
	readonly #first = new Map<string, {count: number; where: string}>();

	/** `wrong`: null where all is well; `where`: the call. */
	add(wrong: string | null, where: string): void {
		this.points++;
		if (wrong === null) return;
		this.failures++;
		const kind = wrong.replaceAll(/\d+/g, 'N').slice(0, 160);
		const known = this.#first.get(kind);
		if (known) known.count++;
		else this.#first.set(kind, {count: 1, where});
	}

	toString(): string {
		const lines = [...this.#first].map(
			([kind, {count, where}]) => `\n  ${count} x ${kind}\n    first at ${where.slice(0, 200)}`,
		);
		return `${this.points} points, ${this.failures} failures${lines.join('')}`;
	}
}
