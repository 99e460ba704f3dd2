/* Texts for services that refuse what is too long: shortened, and seen to be. */

const whole = (text: string): string => text.replace(/[\ud800-\udbff]$/, '');

/** At most so many UTF-16 units. */
export const cut = (text: string, most: number): string =>
	text.length <= most ? text : `${whole(text.slice(0, Math.max(0, most - 1)))}…`;

/** As a service spells it: what it is written as has at most so many UTF-16 units. */
export function cutAs(text: string, most: number, say: (text: string) => string): string {
	for (let length = Math.min(text.length, most); ; length = Math.floor(length * 0.8)) {
		const said = say(cut(text, length));
		if (said.length <= most || length === 0) return said;
	}
}

/** Lines joined, as many as fit into so many UTF-16 units; the last says how many are missing. */
export function cutLines(lines: readonly string[], most: number): string {
	const text = lines.join('\n');
	if (text.length <= most) return text;
	const room = most - `\n… ${lines.length} more lines`.length;
	let count = 0;
	for (let length = 0; count < lines.length; count++) {
		length += (lines[count]?.length ?? 0) + 1;
		if (length > room) break;
	}
	if (count === 0) return cut(lines[0] ?? '', most);
	return [...lines.slice(0, count), `… ${lines.length - count} more lines`].join('\n');
}

/** The most of what `make` makes of fewer and fewer lines that takes at most so many bytes as JSON. */
export function withinBytes<T>(lines: readonly string[], most: number, make: (lines: readonly string[]) => T): T {
	for (let count = lines.length; count > 0; count = Math.min(count - 1, Math.floor(count * 0.8))) {
		const left = lines.length - count;
		const made = make(left === 0 ? lines : [...lines.slice(0, count), `… ${left} more lines`]);
		if (Buffer.byteLength(JSON.stringify(made)) <= most) return made;
	}
	return make([]);
}
