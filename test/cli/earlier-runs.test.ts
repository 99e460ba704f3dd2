/** What other cutovers of the same runbook tell of how long things take. */
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {Args} from '../../source/cli/args.ts';
import {systemClock} from '../../source/cli/clock.ts';
import {type EarlierRuns, earlierRuns} from '../../source/cli/earlier-runs.ts';
import type {State} from '../../source/cutover/model/state.ts';
import type {Catalog} from '../../source/cutover/store.ts';
import {fileCatalog} from '../../source/journal/file-catalog.ts';
import {foldOn, nothing} from '../../source/journal/fold.ts';
import {rehearsalRoot} from '../../source/rehearsal/stage.ts';
import {type Desk, desk} from './desk.ts';
import {copyCutover} from './walks.ts';

type Night = {readonly night: Desk; readonly id: string; readonly catalog: Catalog};

/** An open cutover in which G1 succeeded once. */
async function once(context: TestContext): Promise<Night> {
	const night = desk(context);
	const begun = await night.must('rita', 'begin', 'runbook.md', '--t0', '+61m');
	await night.must('rita', 'run', 'G1', '--role', 'release-operator');
	return {night, id: basename(begun.trim().split('\n').at(-1) ?? ''), catalog: fileCatalog(night.state, systemClock)};
}

async function stateOf(catalog: Catalog, id: string): Promise<State> {
	const store = await catalog.journal(id, systemClock);
	const {state} = foldOn(nothing(), await store.pull(nothing().head));
	await store.close();
	return state;
}

const looked = async (runs: EarlierRuns, state: State): Promise<readonly number[]> => {
	await runs.look(state);
	return Object.values(runs.observed() ?? {}).flat();
};

const copyOf = ({night, id}: Night, to: string): void => copyCutover(join(night.state, id), to);

test('earlier cutovers and rehearsals of the runbook tell how long things took, and its own is not among them', async context => {
	const one = await once(context);
	const {night, id, catalog} = one;
	const state = await stateOf(catalog, id);
	const own = (): EarlierRuns => earlierRuns(catalog, catalog.folder(id));
	assert.deepEqual(await looked(own(), state), []);
	copyOf(one, join(night.state, 'earlier'));
	assert.equal((await looked(own(), state)).length, 1);
	const io = {env: {XDG_STATE_HOME: join(night.state, '..')}, cwd: night.folder} as unknown as Args['io'];
	copyOf(one, join(rehearsalRoot(new Args(io, [], {})), 'rehearsed'));
	assert.equal((await looked(own(), state)).length, 2);
});

test('a cutover of another runbook, and one that cannot be read, tell nothing', async context => {
	const one = await once(context);
	const {night, id, catalog} = one;
	const state = await stateOf(catalog, id);
	copyOf(one, join(night.state, 'damaged'));
	const journal = join(night.state, 'damaged', 'journal.ndjson');
	writeFileSync(journal, readFileSync(journal, 'utf8').replace('"started"', '"stopped"'));
	assert.deepEqual(await looked(earlierRuns(catalog, catalog.folder(id)), state), []);
	copyOf(one, join(night.state, 'earlier'));
	const other = {...state, runbook: state.runbook && {...state.runbook, title: 'Another move'}};
	assert.deepEqual(await looked(earlierRuns(catalog, catalog.folder(id)), other), []);
});
