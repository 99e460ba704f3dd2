/*
The last bytes of a body that may be of any length, in memory of about that size.
*/

export type BodyEnd = {
	add(chunk: Buffer): void;
	/** More came than is kept. */
	isCut(): boolean;
	/** From the beginning of a line on, where something was left out. */
	text(): string;
};

const lineEnd = 0x0a;

export function endOf(most: number): BodyEnd {
	const chunks: Buffer[] = [];
	let held = 0;
	let total = 0;
	return {
		add: chunk => {
			chunks.push(chunk);
			held += chunk.length;
			total += chunk.length;
			while (held - (chunks[0]?.length ?? 0) >= most) held -= chunks.shift()?.length ?? 0;
		},
		isCut: () => total > most,
		text: () => {
			const all = Buffer.concat(chunks);
			const end = all.subarray(Math.max(0, all.length - most));
			return end.toString('utf8', total > most ? end.indexOf(lineEnd) + 1 : 0);
		},
	};
}
