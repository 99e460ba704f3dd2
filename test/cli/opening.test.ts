/** The first opening of a runbook on the screen: what the command line says of it is in the form. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Args} from '../../source/cli/args.ts';
import {opening} from '../../source/cli/opening-port.ts';
import {desk} from './desk.ts';

function opened(context: TestContext, given: Readonly<Record<string, string>>) {
	const {folder, write} = desk(context);
	write('runbook.cutover.yaml', 'cutover: 1\nticket: CHG-1\nt0: 2041-03-08T22:00:00Z\n');
	const io = {env: {TZ: 'UTC'}, cwd: folder} as unknown as Args['io'];
	return opening(new Args(io, ['runbook.md'], given), 'runbook.md', () => {});
}

test('the options of the screen take precedence over the settings in the form that begins', context => {
	const {runbook, summary} = opened(context, {t0: '2041-03-09T21:00:00Z', environment: 'production'});
	assert.deepEqual(
		[runbook?.t0, runbook?.ticket, runbook?.environment],
		['2041-03-09T21:00:00+00:00', 'CHG-1', 'production'],
	);
	assert.match(summary.join('\n'), /T-60 {2}.*20:00/);
});

test('a T0 in the past, or one that is not a time, is refused before the screen opens', context => {
	assert.throws(() => opened(context, {t0: '2001-01-01T00:00:00Z'}), /is in the past/);
	assert.throws(() => opened(context, {t0: '25:99'}), /"25:99" is not a time/);
});
