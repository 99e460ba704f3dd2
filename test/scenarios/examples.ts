/** One entry at least of nearly every kind, from nights that the rules let happen; for the page of the events. */
import type {Entry} from '../../source/cutover/ports.ts';
import {
	abandon,
	asksAbout,
	close,
	down,
	end,
	marks,
	note,
	run,
	says,
	skip,
	standsDown,
	up,
	vote,
} from '../cutover/commands.ts';
import {begun, kept, type Night, observing, played, rollingBack, verified} from '../cutover/night.ts';
import {calm, given} from '../given.ts';
import {adoptedNight, blindNight, workflowNight} from './measured-night.ts';
import {backNight, failedNight, keptNight, noGoNight} from './night.ts';
import {alice, ben, bob, carolOfOps, dave, daveOnCall, lena, omar, runner} from './people.ts';
import {approved, runbook} from './runbook.ts';

const stood = (): Night => {
	const night = observing();
	night.does('22:03', daveOnCall, skip('T+10', 'nobody is on call'));
	night.does('22:04', daveOnCall, down());
	night.waits('22:14:01');
	night.does('22:15', daveOnCall, up());
	night.does('22:16', bob, standsDown('1'));
	night.does('22:17', alice, standsDown('1'));
	return night;
};

const asked = (): Night => {
	const night = verified();
	night.does('22:13', alice, {type: 'extend', data: {until: '2031-01-14T21:45:00.000Z', reason: 'the queue is long'}});
	night.does('22:14', alice, asksAbout('2'));
	night.does('22:20', alice, {type: 'dismissTrigger', data: {trigger: '2', reason: 'no impact seen'}});
	night.does('22:44', alice, vote('keep'));
	night.does('22:45', daveOnCall, down());
	return night;
};

const left = (): Night => {
	const night = begun(played);
	night.does('21:00', dave, run('T-60'));
	night.does('21:01', runner, end('T-60', 1, 'lost'));
	night.does('21:02', dave, marks('T-60', 'checked by hand'));
	night.does('21:03', omar, {
		type: 'attach',
		data: {of: 'T-60', name: 'tools.txt', path: 'attachments/1-tools.txt', sha256: 'ab'.repeat(32), bytes: 812},
	});
	night.does('21:04', omar, {type: 'setField', data: {field: 'Operator', value: 'alice and dave'}});
	const changed = {...approved, 'docs/switch.md': 'sha256:00'};
	night.does('21:05', alice, {type: 'approve', data: {runbook, approved: changed}}, {...calm, approved: changed});
	night.does('21:06', runner, {type: 'recordWatcherLost', data: {since: '2031-01-14T20:05:30.000Z'}});
	night.does('21:07', alice, {type: 'handRole', data: {role: 'release-manager', to: 'bob'}});
	night.does('21:08', {...lena, role: null}, note('who is in command?'));
	night.does('21:09', dave, {type: 'takeRole', data: {role: 'project-owner', reason: 'bob leads now'}});
	night.does(
		'21:10',
		{...carolOfOps, role: null},
		{type: 'takeRole', data: {role: 'project-owner', reason: 'he does'}},
	);
	night.does('21:11', ben, says('G4', 'L1'));
	night.does('21:12', {...bob, role: 'release-manager'}, abandon('the vendor is not ready'));
	night.does('21:13', {...bob, role: 'release-manager'}, close(null));
	return night;
};

const cancelled = (): Night => {
	const night = rollingBack();
	night.does('22:11', alice, {type: 'cancelRollback', data: {reason: 'the wrong stack'}});
	night.does('22:12', runner, end('fallback', 1, 'stopped'));
	night.does('22:13', alice, {type: 'rollbackByHand', data: {path: 'console', result: 'pass', reference: 'OPS-7'}});
	return night;
};

/** Entries of several nights, each in its order. */
export const examples = (): readonly Entry[] => [
	...[backNight, keptNight, failedNight, noGoNight].flatMap(acts => given(acts, '23:59').entries),
	...[workflowNight, adoptedNight, blindNight].flatMap(acts => given(acts, '23:10').entries),
	...[kept, stood, asked, left, cancelled].flatMap(night => night().entries()),
];
