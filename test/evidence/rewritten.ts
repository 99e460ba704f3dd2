/* What a forger makes of a cutover's folder who writes its whole journal anew, and what an auditor finds by hand. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {seal} from '../../source/journal/entry.ts';
import {copyCutover} from '../cli/walks.ts';

/** An entry as a forger takes it: its place in the chain is made anew. */
export type Forged = {
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
	readonly by: {
		readonly signed?: {readonly statement: string; readonly signature: string};
		readonly key?: string;
		readonly strength?: string;
	};
	readonly seq?: number;
	readonly previous?: string;
	readonly hash?: string;
	readonly batch?: unknown;
};

export const linesIn = (folder: string): readonly Forged[] =>
	readFileSync(join(folder, 'journal.ndjson'), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));

/** A copy whose journal was written anew: its chain holds, and its closing entry closes it. */
export function rewritten(folder: string, change: (all: readonly Forged[]) => readonly Forged[]): string {
	const copy = join(mkdtempSync(join(tmpdir(), 'forged-')), 'copy');
	copyCutover(folder, copy);
	rmSync(join(copy, 'progress.json'), {force: true});
	let head = {seq: 0, hash: ''};
	const lines = change(structuredClone(linesIn(folder))).map(
		({seq: _seq, previous: _previous, hash: _hash, batch: _batch, ...fact}) => {
			const [entry] = seal(head, [fact as unknown as Parameters<typeof seal>[1][number]], (sealed, {seq, hash}) =>
				sealed.type === 'closed' && sealed.data.seal !== null
					? {...sealed, data: {...sealed.data, seal: {...sealed.data.seal, entries: seq, head: hash}}}
					: sealed,
			);
			if (entry === undefined) throw new Error('nothing was sealed');
			head = {seq: entry.seq, hash: entry.hash};
			return JSON.stringify(entry);
		},
	);
	writeFileSync(join(copy, 'journal.ndjson'), `${lines.join('\n')}\n`);
	return copy;
}

export const hasJq = spawnSync('jq', ['--version']).status === 0;

/** The shell of docs/verify.md: its exit code, null without the tools that it calls. */
export function byHand(folder: string): number | null {
	if (!hasJq) return null;
	const page = readFileSync(new URL('../../docs/verify.md', import.meta.url), 'utf8');
	const place = mkdtempSync(join(tmpdir(), 'by-hand-'));
	try {
		writeFileSync(join(place, 'verify.sh'), /```sh\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
		return spawnSync('sh', [join(place, 'verify.sh'), folder], {env: {...process.env, TMPDIR: place}}).status;
	} finally {
		rmSync(place, {recursive: true});
	}
}
