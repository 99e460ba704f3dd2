/**
 * A writer process: `writer.ts ADDRESS ID NAME` appends remarks until it is killed, and says each entry once it is stored.
 * While no host is writable it keeps trying, as a person would.
 */
import {mkdtempSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {systemClock} from '../../../source/cli/clock.ts';
import {StoreFault} from '../../../source/cutover/ports.ts';
import {postgresCatalog} from '../../../source/journal/postgres/catalog.ts';
import {write} from '../../store-contract.ts';

const [address = '', id = '', name = ''] = process.argv.slice(2);
const catalog = postgresCatalog(address, {
	root: mkdtempSync(join(tmpdir(), 'writer-')),
	clock: systemClock,
	env: {CUTOVER_HOST: 'bastion-1'},
});
const store = await catalog.journal(id, systemClock);

for (let turn = 1; ; turn++) {
	try {
		const entries = await write(store, `${name} ${turn}`, ...(turn % 4 === 0 ? [`${name} ${turn} and more`] : []));
		for (const {seq, hash} of entries) writeSync(1, `stored ${seq} ${hash}\n`);
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		writeSync(1, `fault ${error.code} ${error.message}\n`);
		if (error.code !== 'unreachable' && error.code !== 'uncertain') process.exit(3);
		await wait(100);
	}
}
