/*
Waiting, and work with a time limit. When the time is up, or a signal aborts it, the promise rejects at that instant, whatever the work
still waits for (a resolver cannot be interrupted), and everything the work opened is closed.
*/

/** What the network needs of a clock: the time, ms that never go backwards, and a timer that can be stopped. */
export type Timer = {now(): number; steady(): number; after(ms: number, run: () => void): () => void};

export type Limits = {readonly clock: Timer; readonly signal: AbortSignal | null};

export type Limit = {
	/** Calls `undo` at the end, or at once where the end has come already. */
	atEnd(undo: () => void): void;
	over(): boolean;
	/** Until `work` settles, a time-out has this code and message. */
	lateAs<T>(code: string, work: () => Promise<T>, message?: string): Promise<T>;
};

/** Ends early where a signal is given meanwhile; one that is given already does not end it. */
export const pause = (
	clock: Pick<Timer, 'after'>,
	ms: number,
	signals: readonly (AbortSignal | undefined)[] = [],
): Promise<void> =>
	new Promise(resolve => {
		const done = (): void => {
			stop();
			for (const signal of signals) signal?.removeEventListener('abort', done);
			resolve();
		};
		const stop = clock.after(ms, done);
		for (const signal of signals) signal?.addEventListener('abort', done);
	});

/** An error that its code, and its message where there is one, describe completely. */
export const coded = (code: string, message = code): Error => Object.assign(new Error(message), {code});

type Cut = {readonly promise: Promise<never>; readonly limit: Limit; end(): void};

function cutAfter(ms: number, {clock, signal}: Limits): Cut {
	const {promise, reject} = Promise.withResolvers<never>();
	const undos: (() => void)[] = [];
	const usual = {code: 'ETIMEDOUT', message: 'ETIMEDOUT'};
	let late = usual;
	let over = false;
	const limit: Limit = {
		atEnd(undo) {
			if (over) undo();
			else undos.push(undo);
		},
		over: () => over,
		async lateAs(code, work, message = code) {
			const before = late;
			// What encloses it says more: the proxy whose name is looked up.
			if (late === usual) late = {code, message};
			try {
				return await work();
			} finally {
				late = before;
			}
		},
	};
	const abort = (): void => reject(coded('ABORT_ERR', 'given up'));
	signal?.addEventListener('abort', abort);
	limit.atEnd(() => signal?.removeEventListener('abort', abort));
	limit.atEnd(clock.after(ms, () => reject(coded(late.code, late.message))));
	return {
		promise,
		limit,
		end() {
			over = true;
			for (const undo of undos) undo();
		},
	};
}

/** What `work` answers within `ms`. Rejects with the codes ETIMEDOUT and ABORT_ERR, or as the work does. */
export async function within<T>(ms: number, limits: Limits, work: (limit: Limit) => Promise<T>): Promise<T> {
	if (limits.signal?.aborted) throw coded('ABORT_ERR', 'given up');
	const {promise, limit, end} = cutAfter(ms, limits);
	try {
		return await Promise.race([promise, work(limit)]);
	} finally {
		end();
	}
}
