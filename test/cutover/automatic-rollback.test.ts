/** The rollback that starts automatically: one minute to object, one minute after a gap without a watcher, and a refusal that is reported. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {wall} from '../../source/text/time.ts';
import {at} from '../given.ts';
import {endpoint, measured, type Story, sees} from '../scenarios/health.ts';
import {alice, bob} from '../scenarios/people.ts';
import {standsDown} from './commands.ts';
import {type Night, observing, typesOf, withBook} from './night.ts';

type Stories = Readonly<Record<string, Story>>;

const observed = (night: Night, time: string, stories: Stories = {}) => sees(night.state(), time, stories);

const waits = (night: Night, time: string, stories: Stories) => night.waits(time, observed(night, time, stories));

const apiDown: Stories = {api: {down: [['22:04', null]]}};

const automatic = withBook({
	endpoints: [endpoint('api')],
	triggers: measured().triggers.map(trigger => (trigger.id === '1' ? {...trigger, automatic: true} : trigger)),
});

const watcher = {...alice, name: 'watcher', role: null, strength: 'process'} as const;
/** As the watcher begins it once it has waited until then. */
const byItself = (waited: string) =>
	({type: 'rollback', data: {path: null, reason: 'it fired', waited: at(waited)}}) as const;

test('T2 The rollback starts automatically one minute after the trigger fires if the settings allow it, unless somebody objects', () => {
	const night = observing(automatic);
	waits(night, '22:14:15', apiDown);
	const {headline} = night.stands('22:14:30', null, observed(night, '22:14:30', apiDown));
	assert.match(headline.text, /rolls back in 00:45/);
	assert.match(
		night.refuses('22:14:50', watcher, byItself('22:14:50'), {observed: observed(night, '22:14:50', apiDown)}).why,
		/automatically at/,
	);
	assert.equal(
		typesOf(night.does('22:15:20', watcher, byItself('22:15:15'), observed(night, '22:15:20', apiDown)))[0],
		'rollbackBegun',
	);

	const objected = observing(automatic);
	waits(objected, '22:14:15', apiDown);
	objected.does('22:14:40', alice, standsDown('1'), observed(objected, '22:14:40', apiDown));
	const later = observed(objected, '22:15:20', apiDown);
	assert.match(objected.refuses('22:15:20', watcher, byItself('22:15:15'), {observed: later}).why, /No fired trigger/);
	assert.match(
		objected.refuses('22:15:30', bob, standsDown('1'), {observed: later}).why,
		/api is down/,
		'it stays fired until all is up',
	);
});

test('T2 The automatic rollback reports a gap without a watcher and starts one minute after a watcher runs again', () => {
	const night = observing(automatic);
	waits(night, '22:14:15', apiDown);
	const {headline} = night.stands('22:16:00', null, observed(night, '22:16:00', apiDown));
	assert.match(
		headline.text,
		new RegExp(`did NOT start automatically at ${wall(at('22:15:15'))}: no watcher ran, or this clock was set`),
	);
	const since = new Date(at('22:14:30')).toISOString();
	night.does('22:17:00', watcher, {type: 'recordWatcherLost', data: {since}}, observed(night, '22:17:00', apiDown));
	assert.match(
		night.refuses('22:17:30', watcher, byItself('22:15:15'), {observed: observed(night, '22:17:30', apiDown)}).why,
		/automatically at/,
	);
	night.does('22:18:00', watcher, byItself('22:18:00'), observed(night, '22:18:00', apiDown));
});

test('T2 A refused automatic rollback is reported loudly, once, and left to people', () => {
	const missed = (waited: string) =>
		({type: 'recordAutoRollbackSkipped', data: {reason: 'no path can run here.', waited: at(waited)}}) as const;
	const night = observing(automatic);
	waits(night, '22:14:15', apiDown);
	night.refuses('22:14:50', watcher, missed('22:14:50'), {observed: observed(night, '22:14:50', apiDown)});
	night.does('22:15:20', watcher, missed('22:15:15'), observed(night, '22:15:20', apiDown));
	const {headline, triggers, rings} = night.stands('22:15:30', null, observed(night, '22:15:30', apiDown));
	assert.match(headline.text, /could NOT start automatically: no path can run here/);
	assert.deepEqual([triggers[0]?.state, triggers[0]?.automaticAt], ['fired', null]);
	assert.ok(rings.includes(`FIRED ${at('22:15:20')}`), 'it rings once more');
	night.refuses('22:15:40', watcher, missed('22:15:15'), {observed: observed(night, '22:15:40', apiDown)});
});
