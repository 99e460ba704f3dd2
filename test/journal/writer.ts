/*
A writer process for the journal's tests: `writer.ts FOLDER once TEXT` appends one remark; `writer.ts FOLDER NAME` appends
remarks until it is killed and says each number once it is stored.
*/
import {writeSync} from 'node:fs';
import process from 'node:process';
import {systemClock} from '../../source/cli/clock.ts';
import {StoreFault} from '../../source/cutover/ports.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {write} from '../store-contract.ts';

const [folder = '', name = '', text] = process.argv.slice(2);
const store = fileStore(folder, systemClock);
const say = (line: string): number => writeSync(1, `${line}\n`);

// Without a handler the kernel ends a process that reaches its file size limit.
process.on('SIGXFSZ', () => {});

try {
	for (let turn = 1; ; turn++) {
		const entries = await write(
			store,
			text ?? `${name} ${turn}`,
			...(turn % 4 === 0 ? [`${name} ${turn} and more`] : []),
		);
		for (const entry of entries) say(`stored ${entry.seq} ${entry.hash}`);
		if (text !== undefined) break;
	}
} catch (error) {
	if (!(error instanceof StoreFault)) throw error;
	say(`fault ${error.code} ${error.message}`);
}
await store.close();
