/** Tampering in every class of place, many times; clean cutovers, many times; a long journal. */
import assert from 'node:assert/strict';
import {randomInt} from 'node:crypto';
import {rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as wait} from 'node:timers/promises';
import {signatureCheck} from '../../source/evidence/signatures.ts';
import {seal} from '../../source/journal/entry.ts';
import {startWriter} from '../journal/crowd.ts';
import {closedCutover, closes, copyOf, flip, linesOf, sealedPaths, verify, writeLines} from './closed-cutover.ts';
import {referenceCutover} from './reference-cutover.ts';
import {type Forged, linesIn, rewritten} from './rewritten.ts';

const tries = 2000;

type Place = {readonly folder: string; readonly lines: readonly string[]; readonly other: readonly Forged[]};

/** One random change of its class, made in a copy; the copy's folder. */
type Change = (place: Place) => string;

const one = <T>(list: readonly T[]): T => {
	const found = list[randomInt(list.length)];
	if (found === undefined) throw new Error('nothing to choose from');
	return found;
};

const flipped =
	(which: RegExp): Change =>
	({folder}) => {
		const copy = copyOf(folder);
		const path = one(sealedPaths(copy).filter(found => which.test(found) && statSync(join(copy, found)).size > 0));
		flip(copy, path, randomInt(statSync(join(copy, path)).size), randomInt(1, 256));
		return copy;
	};

const relined =
	(change: (lines: readonly string[], at: number) => readonly string[]): Change =>
	({folder, lines}) => {
		const copy = copyOf(folder);
		writeLines(copy, change(lines, randomInt(lines.length)));
		return copy;
	};

const isSigned = ({by}: Forged): boolean => by.signed !== undefined;

/** In a journal that is written anew, so that its chain holds: only the signature can tell. */
const resigned =
	(change: (signed: NonNullable<Forged['by']['signed']>, other: readonly Forged[]) => Forged['by']['signed']): Change =>
	({folder, lines, other}) => {
		const at = one(
			lines.map((line, index) => [JSON.parse(line) as Forged, index] as const).filter(([entry]) => isSigned(entry)),
		)[1];
		return rewritten(folder, all =>
			all.map((entry, index) => {
				const {signed} = entry.by;
				if (index !== at || signed === undefined) return entry;
				return {...entry, by: {...entry.by, signed: change(signed, other) ?? signed}};
			}),
		);
	};

/** Another byte in the base64 of a signature. */
function damaged(signature: string): string {
	const lines = signature.split('\n');
	const row = 1 + randomInt(lines.length - 3);
	const text = lines[row] ?? '';
	const at = randomInt(text.length - 2);
	const other = text.charAt(at) === 'A' ? 'B' : 'A';
	return lines.with(row, text.slice(0, at) + other + text.slice(at + 1)).join('\n');
}

const without = (lines: readonly string[], at: number): readonly string[] => lines.filter((_, index) => index !== at);

const classes: Readonly<Record<string, Change>> = {
	'a byte of the journal': flipped(/^journal\.ndjson$/),
	'a byte of a log': flipped(/^attempts\/.*\/log$/),
	'a byte of an attachment': flipped(/^evidence\//),
	'a byte of an approved file': flipped(/^approved\//),
	'a byte of the runbook': flipped(/^runbook\.md$/),
	'a byte of the settings': flipped(/^runbook\.cutover\.yaml$/),
	'a byte of the evidence': flipped(/^evidence\.json$/),
	'a line cut': relined(without),
	'a line doubled': relined((lines, at) => [...lines.slice(0, at), lines[at] ?? '', ...lines.slice(at)]),
	'a line moved': relined((lines, at) => {
		const rest = without(lines, at);
		const to = (at + 1 + randomInt(rest.length)) % lines.length;
		return [...rest.slice(0, to), lines[at] ?? '', ...rest.slice(to)];
	}),
	'the tail cut': relined((lines, at) => lines.slice(0, at)),
	'a byte of a signature': resigned(({statement, signature}) => ({statement, signature: damaged(signature)})),
	"another act's signature": resigned(
		(signed, other) => one(other.filter(({by}) => by.signed?.signature !== signed.signature)).by.signed,
	),
};

test(`${tries} changes of a closed reference cutover are all seen`, {timeout: 1_200_000}, async t => {
	const folder = await referenceCutover(t, 'DEPLOY-1');
	const lines = linesOf(folder);
	const other = [...linesIn(await referenceCutover(t, 'DEPLOY-2')), ...linesIn(folder)].filter(isSigned);
	// What is seen without a look at the signatures is seen with one, and that takes longer.
	const holds = (copy: string, signatures: boolean) =>
		verify(copy, {closed: true, ...(signatures ? {checkEntry: signatureCheck(copy).check} : {})});
	assert.deepEqual((await holds(folder, true)).problems, []);
	assert.ok(other.length >= 10, `${other.length} signed entries`);
	const unseen: string[] = [];
	const made = Object.fromEntries(Object.keys(classes).map(name => [name, 0]));
	const attempt = async (name: string, copy: string): Promise<void> => {
		if ((await holds(copy, /signature/.test(name))).valid) unseen.push(name);
		made[name] = (made[name] ?? 0) + 1;
		rmSync(dirname(copy), {recursive: true});
	};
	const names = Object.keys(classes);
	for (let number = 0; number < tries; number++) {
		const name = names[number % names.length] ?? '';
		await attempt(name, classes[name]?.({folder, lines, other}) ?? '');
	}
	for (let end = 0; end < lines.length; end++) {
		const copy = copyOf(folder);
		writeLines(copy, lines.slice(0, end));
		await attempt(`the tail cut after entry ${end}`, copy);
	}
	assert.deepEqual(unseen, []);
	t.diagnostic(JSON.stringify(made));
});

test('200 clean cutovers hold', async t => {
	for (let number = 0; number < 200; number++) {
		const folder = await closedCutover(t, {notes: randomInt(1, 30), close: number % 2 === 0});
		const {valid, text} = await verify(folder, {closed: number % 2 === 0});
		assert.ok(valid, text);
	}
});

test('200 cutovers whose writers were killed hold, open and once they are closed', {timeout: 1_200_000}, async t => {
	for (let number = 0; number < 200; number++) {
		const folder = await closedCutover(t, {notes: 1, close: false});
		const stored: string[] = [];
		let begun = (): void => {};
		const first = new Promise<void>(resolve => {
			begun = resolve;
		});
		const {child, ended} = startWriter([folder], `writer ${number}`, line => {
			stored.push(line);
			begun();
		});
		await first;
		await wait(randomInt(0, 40));
		child.kill('SIGKILL');
		await ended;
		const {valid, text, events} = await verify(folder);
		assert.ok(valid, text);
		assert.ok(events >= stored.length);
		await closes(folder);
		const closed = await verify(folder, {closed: true});
		assert.deepEqual(closed.problems, []);
	}
});

test('100,000 entries are verified in under two seconds', async t => {
	const folder = await closedCutover(t, {notes: 1, close: false});
	const first = linesOf(folder);
	const last = JSON.parse(first.at(-1) ?? '');
	const facts = Array.from({length: 100_000}, (_, at) => ({
		type: 'noted' as const,
		data: {text: `note ${at}`, on: null},
		at: last.at,
		by: last.by,
		cause: `n${at}`,
	}));
	let head = {seq: last.seq, hash: last.hash};
	const lines = facts.map(fact => {
		const [entry] = seal(head, [fact]);
		if (entry === undefined) throw new Error('nothing was sealed');
		head = {seq: entry.seq, hash: entry.hash};
		return JSON.stringify(entry);
	});
	writeFileSync(join(folder, 'journal.ndjson'), `${[...first, ...lines].join('\n')}\n`);
	const began = performance.now();
	const {valid, events} = await verify(folder);
	assert.deepEqual([valid, events], [true, first.length + 100_000]);
	assert.ok(performance.now() - began < 2000);
});
