/** What something costs, for tests that compare two costs: a busy machine changes none of them. */
import process from 'node:process';

/** Milliseconds of the processor that `work` took. */
export function cost(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}
