import assert from 'node:assert/strict';
import {test} from 'node:test';
import {time} from '../../../source/cli/doctor/time.ts';
import {machine, now} from './machine.ts';

const rtc = (ms: number) => ({'sys/class/rtc/rtc0/since_epoch': `${Math.round(ms / 1000)}\n`});
const normal = {chronyc: 'Stratum         : 3\nLeap status     : Normal'};

test('chrony, timedatectl or the mark of systemd-timesyncd say that the clock is kept', t => {
	assert.match(time(machine(t, {}, normal)).text, /^synchronized \(chrony\)/);
	assert.equal(time(machine(t, {}, {timedatectl: 'yes'})).holds, 'yes');
	assert.equal(time(machine(t, {'run/systemd/timesync/synchronized': ''})).holds, 'yes');
});

test('an unsynchronised clock is reported, and an undetermined one is unknown', t => {
	assert.equal(time(machine(t, {}, {chronyc: 'Leap status     : Not synchronised'})).holds, 'beware');
	assert.equal(time(machine(t, {}, {timedatectl: 'no'})).holds, 'beware');
	assert.equal(time(machine(t, {})).holds, 'unknown');
});

test('a clock far from the hardware clock is reported even when synchronised', t => {
	const {holds, text} = time(machine(t, rtc(now - 3_600_000), normal));
	assert.equal(holds, 'beware');
	assert.match(text, /1h.* ahead of the hardware clock/);
	assert.match(time(machine(t, rtc(now + 600_000), normal)).text, /10m.* behind the hardware clock/);
	assert.equal(time(machine(t, rtc(now - 2000), normal)).holds, 'yes');
});

test('a hardware clock in local time says nothing', t => {
	assert.equal(
		time(machine(t, {...rtc(now - 3_600_000), 'etc/adjtime': '0.0 0 0.0\n0\nLOCAL\n'}, normal)).holds,
		'yes',
	);
});

test('a clock before the build date of this program is an error', t => {
	const past = {...machine(t, {}, normal), clock: {now: () => 0, steady: () => 0}};
	assert.match(time(past).text, /^The clock shows 1970-01-01/);
});
