/** Keys that the reference cutover takes one person, typed words included. */
import {site} from '../../test/e2e/operator.ts';
import {referenceWalk} from '../../test/e2e/reference-walk.ts';
import type {Row} from './figure.ts';

export async function keystrokeRows(): Promise<readonly Row[]> {
	const ends: (() => unknown)[] = [];
	const place = site({after: end => void ends.push(end as () => unknown)});
	try {
		await place.cli('begin', 'runbook.md', '--t0', '+1m', '--ticket', 'CHG-7', '--environment', 'staging');
		const operator = place.open();
		await operator.shows('PREPARING');
		const count = await referenceWalk(operator);
		operator.terminal.press('q');
		await operator.terminal.exited;
		return [['reference cutover, T-60 to CLOSED', `${count} keystrokes`, 'at most 60 by one person']];
	} finally {
		for (const end of ends) await end();
	}
}
