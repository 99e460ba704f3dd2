/** Reads what a client of PostgreSQL sends, as far as to count its queries. */

const execute = 'E'.charCodeAt(0);
const simple = 'Q'.charCodeAt(0);

/** Of one connection without TLS; takes its bytes in order, and answers with how many queries they complete the head of. */
export function queryCounter(): (bytes: Buffer) => number {
	let kept = Buffer.alloc(0);
	let isStarted = false;
	return bytes => {
		kept = Buffer.concat([kept, bytes]);
		let count = 0;
		for (;;) {
			// The first message has no kind.
			const at = isStarted ? 1 : 0;
			if (kept.length < at + 4) return count;
			const end = at + kept.readUInt32BE(at);
			if (kept.length < end) return count;
			if (isStarted && (kept[0] === execute || kept[0] === simple)) count++;
			isStarted = true;
			kept = kept.subarray(end);
		}
	};
}
