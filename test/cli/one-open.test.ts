/** One open cutover of a runbook, whoever begins it and whatever became of its journal. */
import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {type Desk, desk} from './desk.ts';

const begin = ['begin', 'runbook.md', '--t0', '+61m'] as const;

/** Cutovers below the state folder, by their folders. */
const foldersIn = ({state}: Desk): readonly string[] => readdirSync(state).filter(name => name !== 'begin.lock');

async function begun(context: TestContext): Promise<{night: Desk; journal: string}> {
	const night = desk(context);
	await night.must('rita', ...begin);
	const [id = ''] = foldersIn(night);
	return {night, journal: join(night.state, id, 'journal.ndjson')};
}

test('two begins at once leave one open cutover', async context => {
	const night = desk(context);
	const ended = await Promise.all([night.as('rita', ...begin), night.as('dana', ...begin)]);
	assert.deepEqual(ended.map(({code}) => code).toSorted(), [0, 1]);
	assert.match(
		ended.map(({stderr}) => stderr).join(''),
		/A runbook has one open cutover: \S+ of this file is PREPARING/,
	);
	assert.equal(foldersIn(night).length, 1);
});

test('beside an abandoned cutover, which nobody can continue, it is advised to close that', async context => {
	const {night} = await begun(context);
	await night.must('rita', 'abandon', '--role', 'release-manager', '--reason', 'postponed', '--confirm', 'ABANDON');
	const {code, stderr} = await night.as('rita', ...begin);
	assert.equal(code, 1);
	assert.match(stderr, /is ABANDONED\. Close it, or begin another one \(--new\)/);
});

test('the same command id begins once, also where both are asked at once', async context => {
	const night = desk(context);
	const ended = await Promise.all([1, 2].map(() => night.as('rita', ...begin, '--command-id', 'c-begin')));
	const ids = ended.map(({stdout}) => stdout.trim().split('\n').at(-1));
	assert.deepEqual(
		ended.map(({code}) => code),
		[0, 0],
	);
	assert.equal(ids[0], ids[1]);
	assert.equal(foldersIn(night).length, 1);
});

const damages = {
	empty: journal => writeFileSync(journal, ''),
	zeroed: journal => writeFileSync(journal, Buffer.alloc(2000)),
	removed: journal => rmSync(journal),
	'a folder': journal => {
		rmSync(journal);
		mkdirSync(journal);
	},
	unreadable: journal => chmodSync(journal, 0o000),
} satisfies Record<string, (journal: string) => void>;

for (const [what, damage] of Object.entries(damages))
	test(`a journal that is ${what} is a fault of the store, and no second cutover begins over it`, {
		skip: what === 'unreadable' && process.getuid?.() === 0 && 'root reads everything',
	}, async context => {
		const {night, journal} = await begun(context);
		damage(journal);
		const id = foldersIn(night)[0] ?? '';
		for (const argv of [['status'], ['status', '--cutover', id], ['note', 'x', '--as', 'rita']]) {
			const {code, stderr} = await night.cli(...argv);
			assert.equal(code, 3, stderr);
			assert.match(stderr, /journal/);
		}
		assert.match((await night.cli('list')).stdout, new RegExp(`^${id}  unreadable`));
		const again = await night.as('rita', ...begin);
		assert.equal(again.code, 3);
		assert.match(again.stderr, /use begin --new/);
		assert.equal(foldersIn(night).length, 1);
		await night.must('rita', ...begin, '--new');
	});

test('a folder left by a killed begin is not a cutover', async context => {
	const night = desk(context);
	mkdirSync(join(night.state, 'ledger-2031'), {recursive: true, mode: 0o700});
	writeFileSync(join(night.state, 'ledger-2031', 'journal.ndjson'), '', {mode: 0o600});
	assert.match((await night.cli('status')).stderr, /There is no cutover yet/);
	await night.must('rita', ...begin);
});
