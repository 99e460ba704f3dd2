import assert from 'node:assert/strict';
import {test} from 'node:test';
import {catalogue} from '../../source/commands/catalogue.ts';
import {ruling, type Situation} from '../../source/commands/situation.ts';
import {refuse, usageError} from '../../source/cutover/decide/refusal.ts';
import {initial, nothingSeen} from '../../source/cutover/model/initial.ts';
import type {Refusal} from '../../source/cutover/model/refusal.ts';
import {signOffText} from '../../source/cutover/snapshot/sign-offs.ts';
import {snapshotOf} from '../../source/cutover/snapshot/snapshot-of.ts';
import {dana, runbook} from '../journal/cutover.ts';

const closed = refuse('poll-closed', 'This vote is closed.', 'Open another one.');

type Situated = Situation & {readonly asked: (string | null)[]; readonly roleNeeded: Refusal};

/** What the rules say in each role that they ask for; `asked`: the roles that were asked. */
function situated(rules: Readonly<Record<string, Refusal | null>>): Situated {
	const asked: (string | null)[] = [];
	const state = {...initial, runbook: {...runbook, roles: [...Object.keys(rules), 'somebody-else']}};
	const roleNeeded = usageError('role-needed', 'Several may.', 'Say in which role you act.', {
		roles: Object.keys(rules),
	});
	return {
		state,
		snapshot: snapshotOf(initial, 0, nothingSeen, null),
		person: dana,
		chosen: null,
		asked,
		roleNeeded,
		would(_, as) {
			asked.push(as);
			return as === null ? roleNeeded : (rules[as] ?? null);
		},
	};
}

const draft = {type: 'note', data: {text: 'x', on: null}} as const;

test('an act that one of its owners may give is not forbidden by what another one may not', () => {
	const at = situated({a: closed, b: null});
	assert.equal(ruling(at, draft), at.roleNeeded);
	assert.equal(ruling(situated({a: closed, b: closed}), draft), closed);
});

test('no role is asked after one that may, nor one that the rules do not name', () => {
	const at = situated({a: closed, b: null, c: null});
	ruling(at, draft);
	assert.deepEqual(at.asked, [null, 'a', 'b']);
	const none = situated({a: closed});
	ruling(none, draft);
	assert.deepEqual(none.asked, [null, 'a']);
});

test('what a runbook does not say has no line or colon of its own in a form', () => {
	const about = (passWhen: string): readonly string[] => {
		const at = situated({});
		const gates = runbook.gates.slice(0, 1).map(gate => ({...gate, id: 'G1', title: 'Handover', files: [], passWhen}));
		return catalogue.acknowledge.about?.({...at, state: {...at.state, runbook: {...runbook, gates}}}, 'G1') ?? [];
	};
	assert.deepEqual(about('shift is briefed'), ['G1 Handover', 'pass when: shift is briefed']);
	assert.deepEqual(about(''), ['G1 Handover']);
	assert.equal(signOffText({id: 'S1', role: 'dba', text: ''}), 'S1 dba');
});

test('an answer for a gate is offered for the group of the person, not for the first one that is awaited', () => {
	const gates = runbook.gates.slice(0, 1).map(gate => ({...gate, id: 'G1', groups: ['L1', 'L2']}));
	const at = situated({L1: refuse('not-bound', 'L1 is ben.', 'Ask ben.'), L2: null});
	const situation = {...at, state: {...at.state, runbook: {...runbook, gates}}};
	const draft = catalogue.acknowledge.probe(situation, 'G1');
	assert.equal(draft?.type === 'acknowledge' && draft.data.group, 'L2');
});

/** Of a stage of this kind with these commands, once T0 began or before. */
const ofCommands = (kind: 'manual' | 'act', commands: readonly string[], t0Started: number | null = null) => {
	const at = situated({});
	const stages = runbook.stages.map(stage => ({...stage, id: 'freeze', kind, commands}));
	return {...at, state: {...at.state, t0Started, runbook: {...runbook, stages}}};
};

test('a stage that people answer for is run where it has commands of its own, and else not', () => {
	const fits = (commands: readonly string[]) => catalogue.run.fits?.(ofCommands('manual', commands), 'freeze');
	assert.deepEqual([fits(['make freeze']), fits([])], [true, false]);
});

test('the reference of T0 is asked when it begins, and not for each of its commands', () => {
	const asked = (t0Started: number | null) =>
		catalogue.run.fields
			.filter(({name}) => name === 'reference' || name === 'ticket')
			.map(({askedWhen}) => askedWhen?.({}, ofCommands('act', ['make a', 'make b'], t0Started), 'freeze'));
	assert.deepEqual(
		[asked(null), asked(1)],
		[
			[true, true],
			[false, false],
		],
	);
});
