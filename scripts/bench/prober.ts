/** `prober.ts URL FOLDER`: asks three endpoints as fast as it may, and says twice a second what its heap holds. */
import process from 'node:process';
import {instantsOf, systemClock} from '../../source/cli/clock.ts';
import type {Endpoint} from '../../source/cutover/model/endpoint.ts';
import {initial} from '../../source/cutover/model/initial.ts';
import {sampling} from '../../source/watch/sampling.ts';
import {runbookOf} from '../../test/attempts/rows.ts';

const [url = '', folder = ''] = process.argv.slice(2);
const endpoints = ['api', 'web', 'auth'].map(
	(name): Endpoint => ({
		name,
		kind: 'http',
		target: url,
		url,
		everySeconds: 0.01,
		timeoutSeconds: 5,
		critical: true,
	}),
);

const {renew} = sampling({
	folder,
	clock: systemClock,
	instant: instantsOf(folder),
	env: {},
	complain: text => process.stderr.write(`${text}\n`),
	noticed: () => {},
});
renew({...initial, workspace: folder, runbook: runbookOf('/none', {endpoints})});
setInterval(() => {
	globalThis.gc?.();
	process.stdout.write(`${process.memoryUsage().heapUsed}\n`);
}, 500);
