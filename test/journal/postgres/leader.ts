/**
 * A host that wants to lead: `leader.ts ADDRESS HOST ID NAME` records, whenever it leads, on which lease it acts. With
 * WITHOUT_FENCE set it acts on none: what is wrong with that must be seen.
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

const thinkingMs = 300;
const [address = '', host = '', id = '', name = ''] = process.argv.slice(2);
const open = () =>
	postgresCatalog(address, {
		root: mkdtempSync(join(tmpdir(), 'leader-')),
		clock: systemClock,
		env: {CUTOVER_HOST: host},
	});
const catalog = open();
const hosts = catalog.hosts(id);
if (hosts === null) throw new Error('This store knows no hosts.');
const store = await (process.env['WITHOUT_FENCE'] === undefined ? catalog : open()).journal(id, systemClock);

for (let turn = 1; ; turn++) {
	try {
		const {mine} = await hosts.lead();
		const term = hosts.term();
		// Whoever stops it now finds it between what it decided and what it does.
		await wait(thinkingMs);
		if (!mine || term === 0) continue;
		for (const {seq, hash} of await write(store, `${term} ${name} ${turn}`)) writeSync(1, `stored ${seq} ${hash}\n`);
	} catch (error) {
		if (!(error instanceof StoreFault)) throw error;
		writeSync(1, `fault ${error.code}\n`);
	}
}
