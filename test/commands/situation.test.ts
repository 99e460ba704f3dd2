import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ruling, type Situation} from '../../source/commands/situation.ts';
import {refuse, usageError} from '../../source/cutover/decide/refusal.ts';
import {initial, nothingSeen} from '../../source/cutover/model/initial.ts';
import type {Refusal} from '../../source/cutover/model/refusal.ts';
import {snapshotOf} from '../../source/cutover/snapshot/snapshot-of.ts';
import {dana, runbook} from '../journal/cutover.ts';

const roleNeeded = usageError('role-needed', 'This is for a or b.', 'Say in which role you act.');
const closed = refuse('poll-closed', 'This vote is closed.', 'Open another one.');
const notOwner = refuse('not-owner', 'This is for others.', 'Ask them.');

/** What the rules say in each role; `asked`: the roles that were asked. */
function situated(rules: Readonly<Record<string, Refusal | null>>): Situation & {readonly asked: (string | null)[]} {
	const asked: (string | null)[] = [];
	const state = {...initial, runbook: {...runbook, roles: Object.keys(rules)}};
	return {
		state,
		snapshot: snapshotOf(initial, 0, nothingSeen, null),
		person: dana,
		chosen: null,
		asked,
		would(_, as) {
			asked.push(as);
			return as === null ? roleNeeded : (rules[as] ?? null);
		},
	};
}

const draft = {type: 'note', data: {text: 'x', on: null}} as const;

test('an act that one of its owners may give is not forbidden by what another one may not', () => {
	assert.equal(ruling(situated({a: closed, b: null}), draft), roleNeeded);
	assert.equal(ruling(situated({a: notOwner, b: closed, c: notOwner}), draft), closed);
});

test('no role is asked after one that may', () => {
	const at = situated({a: notOwner, b: null, c: null, d: null});
	ruling(at, draft);
	assert.deepEqual(at.asked, [null, 'a', 'b']);
});
