/** Twenty secrets, in every spelling, through every text that a screen shows. */
import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import type {TerminalOptions} from '../harness/terminal.ts';
import {pieces, secretEnvironment, secretNames, secrets, spelt, telling} from '../secrets.ts';
import {type Operator, type Site, site} from './operator.ts';

const all = secrets.flatMap(spelt);

/** Without what a screen puts between two parts of a line that it breaks. */
const joined = (text: string): string => text.replaceAll(/[\s│>·]+/g, '');

const traces = [...pieces, ...secrets.flatMap(telling)].map(text => ({text, sought: joined(text)}));

const secret = (index: number): string => secrets[index] ?? '';

function prepared(t: TestContext): Site {
	const place = site(t, secretEnvironment);
	place.write('runbook.cutover.yaml', `cutover: 1\nsecrets: [${secretNames.join(', ')}]\n`);
	place.write('said.txt', all.join('\n'));
	place.write('ops/preflight.sh', 'cat said.txt\necho "refused: $(head -1 said.txt)" >&2\nexit 1\n');
	place.write('docs/handover.md', `Who answers at night.\n\n${all.join('\n')}\n`);
	place.commit('all of it');
	return place;
}

type Watched = {readonly operator: Operator; readonly shown: ReadonlySet<string>; frames(): number};

function watched(place: Site, size: Pick<TerminalOptions, 'cols' | 'rows'>): Watched {
	const operator = place.open({...size, args: ['runbook.md', '--as', 'rita']});
	const shown = new Set<string>();
	let frames = 0;
	operator.terminal.watch(screen => {
		frames++;
		const text = joined(screen);
		for (const trace of traces) if (text.includes(trace.sought)) shown.add(`${trace.text}\n${screen}`);
	});
	return {operator, shown, frames: () => frames};
}

/** As a person who pastes; the field shows that there is a secret, and not which. */
async function pastes({terminal}: Operator, text: string): Promise<void> {
	terminal.type(`\u001b[200~${text}\u001b[201~`);
	await terminal.shows(/\[redacted\](?:\.txt)?_/);
}

/** What a page shows, without the clocks. */
const page = (screen: string): string => screen.split('\n').slice(7, -2).join('\n');

/** Key after key, until the screen shows the sign. */
async function pages({terminal}: Operator, key: string, sign: RegExp): Promise<void> {
	while (!sign.test(terminal.screen())) {
		const before = page(terminal.screen());
		terminal.press(key);
		await terminal.until(screen => page(screen) !== before, `another page towards ${sign}`);
	}
}

async function begins(operator: Operator): Promise<void> {
	await operator.shows('NOT BEGUN  Ledger move');
	await operator.press('enter', 'BEGIN THE CUTOVER');
	await operator.fill('+2h');
	await operator.press('tab', '>  ticket');
	await pastes(operator, secret(0));
	await operator.press('tab', '>  environment');
	await pastes(operator, secret(1));
	await operator.confirm('type BEGIN to confirm');
	await operator.word('BEGIN', 'PREPARING  0 of 5 gates pass');
	await operator.shows('[redacted] · [redacted]');
}

async function speaks(operator: Operator): Promise<void> {
	await operator.press('n', '>  note');
	await pastes(operator, secret(2));
	await operator.confirm('rita: "[redacted]"');
	await operator.press('!', '>  reason');
	await pastes(operator, `because of ${secret(3)}`);
	await operator.confirm('HOLD  because of [redacted]');
}

async function seeks(operator: Operator): Promise<void> {
	await operator.press('l', 'JOURNAL');
	operator.terminal.press('/');
	operator.terminal.type(secret(4));
	await operator.shows('entries hold "[redacted]"');
	await operator.press('esc', /JOURNAL {2}\d+ entries/);
	await operator.press('esc', 'GATES');
	operator.terminal.press(':');
	operator.terminal.type(secret(5));
	await operator.shows(':[redacted]_');
	operator.terminal.press('esc');
	await operator.terminal.hides(':[redacted]_');
}

/** A file that is called so and one that is not there: the answer names both. */
async function attaches(operator: Operator, place: Site): Promise<void> {
	place.write(`${secret(6)}.txt`, all.join('\n'));
	const attaching = async (name: string, answer: RegExp): Promise<void> => {
		await operator.press('m', 'ATTACH A FILE');
		await operator.press('enter', '>  file');
		await pastes(operator, name);
		await operator.confirm(answer);
	};
	await operator.press('e', 'EVIDENCE');
	await attaching(`${secret(6)}.txt`, /attached \[redacted\]\.txt/);
	await attaching(`${secret(7)}.txt`, /No such file or folder: \S*\[redacted\]\.txt/);
	await operator.press('esc', 'Nothing was recorded');
	await operator.press('esc', 'TIMELINE');
}

async function reads(operator: Operator): Promise<void> {
	await operator.press('b', 'READ A DOCUMENT');
	operator.terminal.press('/');
	operator.terminal.type('handover');
	await operator.shows('docs/handover.md');
	await operator.press('enter', /docs\/handover\.md [\s\S]*\[redacted\]/);
	await pages(operator, 'page-down', new RegExp(`line ${all.length + 2} of`));
	await operator.press('esc', 'TIMELINE');
}

async function runs(operator: Operator): Promise<void> {
	await operator.press('r', 'RUN T-60');
	await operator.press('y', /T-60 FAILED/);
	await operator.press('enter', 'refused: [redacted]');
	await pages(operator, 'page-up', /line 1 of \d+/);
	operator.terminal.press('z');
	await pages(operator, 'page-down', /The log ends here/);
	await operator.press('esc', 'TIMELINE');
}

/** A script that now holds them: the difference is shown before it is approved. */
async function approves(operator: Operator, place: Site): Promise<void> {
	place.write('ops/lint.sh', `echo lint\n# ${all.join('\n# ')}\n`);
	await operator.shows(/ops\/lint\.sh/);
	operator.terminal.press(':');
	operator.terminal.type('Approve what');
	await operator.shows('Approve what changed');
	await operator.press('enter', 'ops/lint.sh: was');
	await operator.shows('# [redacted]');
	await operator.press('esc', 'TIMELINE');
}

/** None in any frame of a screen of that size. */
export const showsNone = ({cols, rows}: Required<Pick<TerminalOptions, 'cols' | 'rows'>>): void =>
	void test(`no frame of ${cols}x${rows} shows a secret, whatever is typed, read or run`, {
		timeout: 300_000,
	}, async t => {
		const place = prepared(t);
		const {operator, shown, frames} = watched(place, {cols, rows});
		await begins(operator);
		await speaks(operator);
		await seeks(operator);
		await attaches(operator, place);
		await reads(operator);
		await runs(operator);
		await approves(operator, place);
		operator.terminal.press('q');
		await operator.terminal.exited;
		assert.deepEqual([...shown], []);
		assert.ok(frames() > 60, `${frames()} frames`);
	});
