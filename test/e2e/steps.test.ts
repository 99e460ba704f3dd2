/**
 * A playbook whose runner is killed again and again, on the built program: resumed, it goes on at its first step not done,
 * and no step that does not say it may is begun a second time.
 */
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {linesOf} from '../harness/files.ts';
import {observed} from '../harness/observed.ts';
import {numbersFrom} from '../screen/terminal/random.ts';
import {marked, ours, send} from './kills/ours.ts';
import {type Ended, endOf, entriesOf} from './kills/record.ts';
import {type Site, site} from './operator.ts';

/** Checked steps look for their own effect, free ones may run again, the careful one says nothing. */
const playbook = `import {$, fs} from 'zx';
export default async ({step, values}) => {
	const effects = values.workspace + '/effects';
	const has = name => fs.existsSync(effects) && fs.readFileSync(effects, 'utf8').split('\\n').includes(name);
	for (const name of ['one', 'two', 'three']) {
		await step(name, () => $\`sleep 0.2; echo \${name} >> effects\`, {done: () => has(name)});
		await step('free ' + name, () => $\`sleep 0.2\`, {again: true});
	}
	if (fs.existsSync(values.workspace + '/careful')) await step('careful', () => $\`echo careful >> effects; sleep 300\`);
};
`;

async function staged(t: TestContext): Promise<{place: Site; cutover: string}> {
	const place = site(t);
	place.write('runbook.cutover.yaml', 'cutover: 1\nstages:\n  T-30: { playbook: ops/night.ts }\n');
	place.write('ops/night.ts', playbook);
	const begun = await place.cli('begin', 'runbook.md', '--t0', '+10h', '--as', 'ana');
	assert.equal(begun.code, 0, begun.stderr);
	return {place, cutover: String((await place.status())['folder'])};
}

const effects = ({folder}: Site): readonly string[] => linesOf(join(folder, 'effects'));

/** One attempt to its end; `kill` answers when its runner is to be killed, null for never. */
async function attempt(
	{place, cutover}: {place: Site; cutover: string},
	number: number,
	kill: (() => Promise<unknown>) | null,
): Promise<Ended['data']> {
	const {code, stderr} = await place.cli(
		...['run', 'T-30', '--detach', '--as', 'ana', '--role', 'qa-owner', ...(number > 1 ? ['--resume'] : [])],
	);
	assert.equal(code, 0, stderr);
	await kill?.();
	if (kill !== null) for (const pid of ours('runner', cutover)) send(pid, 'SIGKILL');
	const {data} = await observed(`the end of T-30-${number}`, () => endOf(cutover, 'T-30', number));
	return data;
}

test('a playbook killed at random and resumed does each step once that looks for its own effect', {
	timeout: 400_000,
}, async t => {
	const here = await staged(t);
	const next = numbersFrom(Date.now() % 1_000_000);
	const outcomes: string[] = [];
	while (outcomes.at(-1) !== 'pass') {
		const kill = outcomes.length < 4 ? () => pause(next() * 1200) : null;
		const number = outcomes.push((await attempt(here, outcomes.length + 1, kill)).outcome);
		// Who resumes looks first at what still runs of it.
		await observed('the end of what was left', () => marked(here.cutover, `T-30-${number}`).length === 0);
	}
	assert.deepEqual(effects(here.place), ['one', 'two', 'three'], outcomes.join());
	const begun = entriesOf(here.cutover).filter(({type}) => type === 'stepBegun').length;
	assert.ok(begun >= 6);
});

test('a careful step is never begun again by itself: the resumed attempt says so and leaves it to people', {
	timeout: 300_000,
}, async t => {
	const here = await staged(t);
	here.place.write('careful', '');
	const lost = await attempt(here, 1, () =>
		observed('the careful step', () => effects(here.place).includes('careful')),
	);
	assert.equal(lost.outcome, 'lost');
	assert.ok(
		lost.still.some(name => name.startsWith('sleep 300 (pid ')),
		lost.still.join(),
	);
	const resumed = await attempt(here, 2, null);
	assert.equal(resumed.outcome, 'fail');
	assert.match(resumed.reason ?? '', /Step "careful" was begun in attempt 1 and nobody knows how it ended/);
	assert.deepEqual(effects(here.place), ['one', 'two', 'three', 'careful']);
	const stages = (await here.place.status())['stages'] as readonly {id: string; state: string}[];
	assert.equal(stages.find(({id}) => id === 'T-30')?.state, 'failed');
});
