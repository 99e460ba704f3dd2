import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {machineZone} from '../../source/cli/zone.ts';
import {desk} from './desk.ts';

const zoneOf = (TZ: string | undefined) => machineZone({TZ}).zone;

test('the zone of a machine is read as the system writes it', () => {
	assert.equal(zoneOf(undefined), null);
	assert.equal(zoneOf('Europe/Berlin'), 'Europe/Berlin');
	assert.equal(zoneOf(':Europe/Berlin'), 'Europe/Berlin');
	assert.deepEqual([zoneOf(''), zoneOf(':')], ['UTC', 'UTC']);
	assert.equal(zoneOf('UTC0'), '-00:00');
	assert.equal(zoneOf('CET-1'), '+01:00');
	assert.equal(zoneOf('<+0545>-5:45'), '+05:45');
});

test('a rule with summer time is calculated, also where it leaves out when that begins', async t => {
	for (const TZ of ['EST5EDT,M3.2.0,M11.1.0', 'CET-1CEST'])
		assert.deepEqual(machineZone({TZ}), {zone: TZ, doubt: null});
	const {cli} = desk(t, {TZ: 'CET-1CEST,M3.5.0,M10.5.0/3'});
	const begun = await cli('begin', 'runbook.md', '--t0', '2031-07-08T22:00:00Z', '--as', 'alice', '--confirm', 'BEGIN');
	assert.equal(begun.code, 0, begun.stderr);
	assert.match((await cli('status')).stdout, /T0 .*\b00:00:00/);
	assert.match((await cli('status')).stdout, /\+02:00/);
});

test('a zone that nobody knows is said, and times are then in UTC', () => {
	for (const TZ of ['Mars/Phobos', '/nowhere/zoneinfo', 'CET-1CEST,M3.5']) {
		const {zone, doubt} = machineZone({TZ});
		assert.equal(zone, 'UTC');
		assert.equal(doubt, `TZ=${TZ} is not a time zone that is known here, so times are shown in UTC`);
	}
});

test('T0 without an offset is refused where the zone is a guess, and doctor names it', async t => {
	const {cli} = desk(t, {TZ: 'Mars/Phobos'});
	const begun = await cli('begin', 'runbook.md', '--t0', '22:00', '--as', 'alice');
	assert.equal(begun.code, 2);
	assert.match(begun.stderr, /TZ=Mars\/Phobos is not a time zone/);
	assert.match((await cli('doctor')).stdout, /^WARNING {2}zone: TZ=Mars\/Phobos is not a time zone/m);
});

test('a time of day is read, and every cutover is listed, in the zone of its runbook', async t => {
	const {cli, answers, write, folder} = desk(t, {TZ: 'UTC'});
	const text = readFileSync(join(folder, 'runbook.md'), 'utf8');
	// Some hours ahead on the clocks of both zones.
	const hour = (ahead: number): string => `${String((new Date().getUTCHours() + ahead) % 24).padStart(2, '0')}:00`;
	const [t0, before] = [hour(19), hour(18)];
	const begins = async (zone: string, offset: string): Promise<RegExp> => {
		const name = zone.slice('Pacific/'.length);
		write(`${name}.md`, text);
		write(`${name}.cutover.yaml`, `cutover: 1\nzone: ${zone}\n`);
		const planned = new RegExp(`  T0 +\\S+T${t0}:00\\${offset},`);
		assert.match((await answers('check', `${name}.md`, '--t0', t0)).stdout, planned);
		const begun = await cli('begin', `${name}.md`, '--t0', t0, '--as', 'alice');
		assert.match(begun.stdout, planned);
		const id = begun.stdout.trim().split('\n').at(-1);
		return new RegExp(`^${id}  .* T0 \\S+T${t0}:00\\${offset}  .*NEXT .* at (?:\\S+ )?${before}$`, 'm');
	};
	const lines = [await begins('Pacific/Kiritimati', '+14:00'), await begins('Pacific/Pago_Pago', '-11:00')];
	const {stdout} = await cli('list');
	for (const line of lines) assert.match(stdout, line);
});
