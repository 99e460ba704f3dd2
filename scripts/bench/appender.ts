/** `appender.ts FOLDER NAME`, or `appender.ts ADDRESS ID NAME` of a database: one of several processes that act on a cutover as fast as they may, until it is killed. */
import {writeSync} from 'node:fs';
import process from 'node:process';
import {systemClock} from '../../source/cli/clock.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {command, dana, untouched} from '../../test/journal/cutover.ts';
import {catalogOn} from '../../test/journal/postgres/database.ts';

const [name = '', ...place] = process.argv.slice(2).reverse();
const [id, address] = place;
const store =
	address === undefined
		? fileStore(id ?? '', systemClock)
		: await catalogOn(address, 'bastion-9').journal(id ?? '', systemClock);
const journal = await openJournal({store, clock: systemClock, look: () => untouched});
for (let turn = 1; ; turn++) {
	await journal.decide(command('note', {text: `${name} ${turn}`, on: null}, `${name} ${turn}`), dana);
	writeSync(1, `stored ${turn}\n`);
}
