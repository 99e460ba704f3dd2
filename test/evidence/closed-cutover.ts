/*
A closed cutover on disk, made by the program's own journal, with a log, an attachment, approved files and settings; and what
somebody may do to it.
*/
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import type {TestContext} from 'node:test';
import {systemClock} from '../../source/cli/clock.ts';
import type {Command} from '../../source/cutover/model/command.ts';
import type {Person} from '../../source/cutover/model/person.ts';
import {digestOf} from '../../source/disk/digest.ts';
import {keep} from '../../source/evidence/attach.ts';
import {evidenceFile, sealedFiles} from '../../source/evidence/sealed.ts';
import {type Demands, type Verified, verifyFolder} from '../../source/evidence/verify.ts';
import {follows, origin, read} from '../../source/journal/entry.ts';
import {fileStore} from '../../source/journal/file-store.ts';
import {openJournal} from '../../source/journal/journal.ts';
import {stamp} from '../../source/text/time.ts';
import {gate, runbookOf, stage} from '../attempts/rows.ts';

const ana: Person = {name: 'ana', login: 'ana', role: null, tty: null, ssh: null, strength: 'system login'};

export const verify = (folder: string, demands: Partial<Demands> = {}): Promise<Verified> =>
	verifyFolder(folder, {origin, read, follows}, {closed: false, head: null, ...demands});

/** Its journal, for commands of this `name`. */
async function opened(folder: string, name: string) {
	const journal = await openJournal({
		store: fileStore(folder, systemClock),
		clock: systemClock,
		look: () => ({heads: {}, files: {}, approved: {}}),
		async filesToSeal() {
			writeFileSync(join(folder, evidenceFile), '{}\n', {mode: 0o600});
			return sealedFiles(folder);
		},
	});
	let number = 0;
	return {
		async does(command: Omit<Command, 'id'>): Promise<void> {
			const answer = await journal.decide({...command, id: `${name}${++number}`} as Command, ana);
			if (answer.refused) throw new Error(`${answer.rule}: ${answer.why}`);
		},
		end: () => journal.close(),
	};
}

export async function closes(folder: string): Promise<void> {
	const {does, end} = await opened(folder, 'end');
	await does({type: 'abandon', data: {reason: 'a test'}, confirm: ['ABANDON']});
	await does({type: 'close', data: {reason: 'a test'}, confirm: ['CLOSE']});
	await end();
}

/** Answers with its folder. `notes`: how many entries it has beside the others. */
export async function closedCutover(t: TestContext, {notes = 2, close = true} = {}): Promise<string> {
	const root = mkdtempSync(join(tmpdir(), 'closed-'));
	t.after(() => rmSync(root, {recursive: true, force: true}));
	const folder = join(root, 'ledger');
	mkdirSync(join(folder, 'approved'), {recursive: true, mode: 0o700});
	mkdirSync(join(folder, 'attempts', 'G1-1'), {recursive: true, mode: 0o700});
	const runbook = Buffer.from('# Ledger\n');
	const files = {'runbook.md': runbook, 'runbook.cutover.yaml': 'cutover: 1\n', 'attempts/G1-1/log': 'preflight ok\n'};
	for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text, {mode: 0o600});
	for (const text of [runbook, 'cutover: 1\n', '#!/bin/sh\necho ok\n'])
		writeFileSync(join(folder, 'approved', digestOf(text).slice(7)), text, {mode: 0o600});
	const {does, end} = await opened(folder, 'c');
	const gates = [gate('G1', {kind: 'command', commands: ['true']})];
	const stages = [stage('T-30', -30, {gates: ['G1']}), stage('T0', 0, {kind: 'act'})];
	await does({
		type: 'begin',
		confirm: ['BEGIN'],
		data: {
			id: 'ledger',
			runbook: {...runbookOf('/w/ledger.md', {gates, stages}), digest: digestOf(runbook)},
			t0: stamp(systemClock.now() + 3_600_000),
			ticket: 'CHG-1',
			environment: 'test',
			workspace: '/w',
			approved: {'ledger.md': digestOf(runbook), 'ledger.cutover.yaml': digestOf('cutover: 1\n')},
			rehearsal: null,
		},
	});
	const source = join(root, 'seen.txt');
	writeFileSync(source, 'seen\n');
	const {name, path, sha256, bytes} = keep(folder, source, null);
	await does({type: 'attach', data: {of: 'T-30', name, path, sha256, bytes}});
	for (let note = 1; note <= notes; note++) await does({type: 'note', data: {text: `note ${note}`, on: null}});
	await end();
	if (close) await closes(folder);
	return folder;
}

/** A copy of it, for one try. */
export function copyOf(folder: string): string {
	const copy = join(mkdtempSync(join(tmpdir(), 'copy-')), basename(folder));
	cpSync(folder, copy, {recursive: true});
	return copy;
}

/** Files that are sealed, and the journal. */
export const sealedPaths = (folder: string): readonly string[] =>
	(readdirSync(folder, {recursive: true}) as string[])
		.filter(path => statSync(join(folder, path)).isFile())
		.filter(path => path === 'journal.ndjson' || /^(?:runbook|evidence|approved|attempts)/.test(path))
		.sort();

/** Changes one byte, to another one. */
export function flip(folder: string, path: string, at: number, by = 1): void {
	const bytes = readFileSync(join(folder, path));
	bytes[at] = ((bytes[at] ?? 0) + by) & 0xff;
	writeFileSync(join(folder, path), bytes);
}

export const linesOf = (folder: string): readonly string[] =>
	readFileSync(join(folder, 'journal.ndjson'), 'utf8').trimEnd().split('\n');

export const writeLines = (folder: string, lines: readonly string[]): void =>
	writeFileSync(join(folder, 'journal.ndjson'), `${lines.join('\n')}\n`);
