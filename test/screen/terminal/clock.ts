// A clock that stands still until a test moves it.

/** `pass(ms)` moves time on and runs what falls due, in order. */
export function testClock() {
	let now = 0;
	let due: Array<{at: number; run: () => void}> = [];
	return {
		steady: () => now,
		after(ms: number, run: () => void): () => void {
			const timer = {at: now + ms, run};
			due.push(timer);
			return () => {
				due = due.filter(other => other !== timer);
			};
		},
		pass(ms: number): void {
			const end = now + ms;
			for (;;) {
				const next = due.filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
				if (!next) break;
				due = due.filter(other => other !== next);
				now = next.at;
				next.run();
			}
			now = end;
		},
	};
}
