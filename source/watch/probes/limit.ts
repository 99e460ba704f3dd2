/*
Work with an end: when its time is up, or the watcher stops, the answer comes at that instant, whatever the work still
waits for (a resolver cannot be interrupted), and everything that it opened is closed.
*/
import type {ProbeContext} from './found.ts';

export type Limit = {
	/** Called at the end; at once where the end has come already. */
	atEnd(undo: () => void): void;
	over(): boolean;
	/** While `waiting` is not settled, a time-out is told by this code. */
	lateAs<T>(code: string, waiting: Promise<T>): Promise<T>;
};

/** An error that its code tells entirely. */
export const coded = (code: string): Error => Object.assign(new Error(code), {code});

type Cut = {readonly promise: Promise<never>; readonly limit: Limit; end(): void};

function cutAfter(ms: number, {clock, signal}: Pick<ProbeContext, 'clock' | 'signal'>): Cut {
	const {promise, reject} = Promise.withResolvers<never>();
	const undos: (() => void)[] = [];
	let late = 'ETIMEDOUT';
	let over = false;
	const limit: Limit = {
		atEnd(undo) {
			if (over) undo();
			else undos.push(undo);
		},
		over: () => over,
		async lateAs(code, waiting) {
			late = code;
			try {
				return await waiting;
			} finally {
				late = 'ETIMEDOUT';
			}
		},
	};
	const abort = (): void => reject(coded('ABORT_ERR'));
	signal.addEventListener('abort', abort);
	limit.atEnd(() => signal.removeEventListener('abort', abort));
	limit.atEnd(clock.after(ms, () => reject(coded(late))));
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
export async function within<T>(
	ms: number,
	context: Pick<ProbeContext, 'clock' | 'signal'>,
	work: (limit: Limit) => Promise<T>,
): Promise<T> {
	if (context.signal.aborted) throw coded('ABORT_ERR');
	const {promise, limit, end} = cutAfter(ms, context);
	try {
		return await Promise.race([promise, work(limit)]);
	} finally {
		end();
	}
}
