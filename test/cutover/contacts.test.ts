/** How people are reached, as far as the settings say it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bridgeText} from '../../source/cutover/model/reached.ts';
import {wallIn, zone} from '../../source/text/time.ts';
import {codes, read, runbookOf, sample} from '../runbook/sample.ts';
import {alice, carolOfQa} from '../scenarios/people.ts';
import {begun, unbound, withBook} from './night.ts';

const contacts = {dave: '+49 170 1', carol: '+49 170 2', alice: '+49 170 3'};

test('the contacts are those of whoever NEXT waits for', () => {
	const book = withBook({contacts});
	assert.deepEqual(begun(book).stands('21:00').calls, [{name: 'dave', contact: '+49 170 1'}]);
	const spelt = begun(withBook({contacts: {Dave: '+49 170 1'}, zones: {ALICE: 'Asia/Tokyo'}}));
	assert.deepEqual(spelt.stands('21:00').calls, [{name: 'dave', contact: '+49 170 1'}], 'in whatever case');
	assert.equal(spelt.stands('21:00', alice).yourZone, 'Asia/Tokyo');
	assert.deepEqual(begun().stands('21:00').calls, [], 'nothing where the settings say none');
	assert.deepEqual(begun({...unbound, contacts}).stands('21:00').calls, [], 'nothing of people whom no role names');
});

test("the reader's zone is that of the settings, and its time is shown only where clocks differ", () => {
	const night = begun(withBook({zones: {alice: 'America/New_York'}}));
	assert.equal(night.stands('21:00', alice).yourZone, 'America/New_York');
	assert.equal(night.stands('21:00', carolOfQa).yourZone, null);
	assert.equal(night.stands('21:00').yourZone, null);
	const ms = Date.UTC(2031, 2, 8, 21, 0);
	for (const [name, wall] of [
		['Asia/Kathmandu', '02:45 +05:45'],
		['America/New_York', '16:00 -05:00'],
	] as const)
		assert.equal(wallIn(ms, name), wall.endsWith(zone(ms)) ? null : wall, `seen from ${zone(ms)}`);
});

test('settings name a contact, a zone and a bridge, and none of them binds a name to a login', () => {
	const settings = `cutover: 1
people: {ana: {contact: "+49 170 1", zone: Asia/Tokyo}, bob: {login: bob}}
bridge: {url: "https://meet.example.org/x", phone: "+49 69 1234", pin: 771}
`;
	const {contacts: found, zones, bridge, identities} = runbookOf(sample, {settings});
	assert.deepEqual(found, {ana: '+49 170 1'});
	assert.deepEqual(zones, {ana: 'Asia/Tokyo'});
	assert.deepEqual(Object.keys(identities ?? {}), ['bob']);
	assert.deepEqual(bridge, {url: 'https://meet.example.org/x', phone: '+49 69 1234', pin: '771'});
	assert.equal(bridgeText(bridge ?? {}), '+49 69 1234 pin 771');
	assert.equal(bridgeText({url: 'https://meet.example.org/x'}), 'https://meet.example.org/x');
});

test('a notification is mailed to a name in whatever case the settings spell it', () => {
	const settings = `cutover: 1
people: {ana: {mail: ana@example.org}}
notify: [{on: [go], to: mail, server: S, from: a@b.example, people: [Ana]}]
`;
	assert.ok(!codes(read(sample, {settings}).problems).includes('settings-mail-missing'));
});

test('onCall names a command for a role of the runbook', () => {
	const settings = 'cutover: 1\nonCall: {oncall: "ops/oncall.sh --night"}\n';
	assert.deepEqual(runbookOf(sample, {settings}).onCall, {oncall: 'ops/oncall.sh --night'});
	const spelt = settings.replace('oncall:', 'ONCALL:');
	assert.deepEqual(runbookOf(sample, {settings: spelt}).onCall, {oncall: 'ops/oncall.sh --night'});
	const {problems} = read(sample, {
		settings: 'cutover: 1\nonCall: {pilot: ops/oncall.sh}\n',
		missing: ['ops/oncall.sh'],
	});
	assert.deepEqual(new Set(codes(problems)).has('settings-unknown'), true);
	assert.deepEqual(new Set(codes(problems)).has('settings-path-missing'), true);
});
