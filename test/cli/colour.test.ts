/** Lines of the command line on a terminal: the state is coloured as on the screen, and nothing that somebody wrote is. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {coloured} from '../../source/cli/colour.ts';

const csi = String.fromCharCode(27);
const red = (word: string) => `${csi}[31;1m${word}${csi}[m`;
const green = (word: string) => `${csi}[32;1m${word}${csi}[m`;
const yellow = (word: string) => `${csi}[33;1m${word}${csi}[m`;
const bold = (word: string) => `${csi}[1;1m${word}${csi}[m`;
const entry = '  14  2031-01-14 21:46:07+01:00  ';

test('status, list, log, check and doctor show the state in colour', () => {
	const lines = [
		['HOLD', red('HOLD'), '  G5 failed: blocker ACC-12 is open'],
		['PREPARING', bold('PREPARING'), '  3 of 5 gates pass'],
		['  G1 PASS', `  G1 ${green('PASS')}`, '  Tools are there'],
	] as const;
	for (const [plain, shown, rest] of lines) assert.equal(coloured(plain + rest), shown + rest);
	const id = 'move-service-to-its-new-and-larger-home-2026-11-29';
	assert.equal(coloured(`${id}  HOLD  clock stopped`), `${id}  ${red('HOLD')}  clock stopped`);
	assert.equal(coloured(`${id}  CLOSED kept  T0`), `${id}  ${bold('CLOSED')} kept  T0`);
	assert.equal(coloured(`${entry}T-30 DONE, recorded by alice`), `${entry}T-30 ${green('DONE')}, recorded by alice`);
	assert.equal(coloured(`${entry}T-30-1 ended fail, exit code 1`), `${entry}T-30-1 ended ${red('fail')}, exit code 1`);
	assert.equal(coloured(`${entry}HOLD: G5 failed`), `${entry}${red('HOLD')}: G5 failed`);
	const place = '/srv/orders/docs/a-long-way-down/runbook.md:16:50  ';
	assert.equal(
		coloured(`${place}error  settings-unknown  no role qa`),
		`${place}${red('error')}  settings-unknown  no role qa`,
	);
	assert.equal(coloured(`${place}warning  stage-late  T-30`), `${place}${yellow('warning')}  stage-late  T-30`);
	assert.equal(coloured('OK       node: 26.10.0'), `${green('OK')}       node: 26.10.0`);
});

test('words of people and programs stay as they are', () => {
	for (const line of [
		`${entry}alice on G2: "the FAIL is known"`,
		`${entry}alice: DOWN again, says carol`,
		'2031-01-14T21:41:02.120Z FAIL refund: expected 200',
		`${entry}dave began it although an error came`,
	])
		assert.equal(coloured(line), line);
});
