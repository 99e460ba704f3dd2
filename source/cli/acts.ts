/*
The verbs that touch files and processes, as the screen calls them by name (port Acts).
*/
import {existsSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {randomUUID} from 'node:crypto';
import type {Acts, Clock, Journal} from '../cutover/ports.ts';
import {discard, keep, NotAttached} from '../evidence/attach.ts';
import {writeWhole} from '../evidence/write.ts';
import {digestOf} from '../run/approved.ts';
import {safeLines} from '../text/clean.ts';
import {approval} from './approval.ts';
import {evidenceOf} from './evidence.ts';
import type {Io} from './io.ts';

/** Longest text that OSC 52 carries in common terminals, in bytes of base64. */
const clipboard = 74_994;

export type ActsWorld = {readonly io: Io; readonly folder: string; readonly journal: Journal; readonly clock: Clock; reconcile(): Promise<void>};

/** Puts text on the clipboard of the terminal, also through SSH. What is too long for a terminal is cut off. */
const toClipboard = (text: string): string => `\u001b]52;c;${Buffer.from(text).toString('base64').slice(0, clipboard - (clipboard % 4))}\u0007`;

export function actsOf(world: ActsWorld): Acts {
	const {io, folder, journal, reconcile} = world;
	return {
		reconcile,
		async attach(of, file, by) {
			try {
				const copy = keep(folder, resolve(io.cwd, file), null);
				const {name, path, sha256, bytes} = copy;
				const answer = await journal.decide({id: randomUUID(), type: 'attach', data: {of, name, path, sha256, bytes}}, by);
				if (answer.refused) discard(folder, copy);
				return answer;
			} catch (error) {
				if (error instanceof NotAttached) return {refused: true, why: error.message};
				throw error;
			}
		},
		evidence: () => evidenceOf(world, 'text'),
		async export(format, file) {
			const target = resolve(io.cwd, file);
			writeWhole(target, evidenceOf(world, format));
			return target;
		},
		copy: text => void io.stdout.write(toClipboard(text)),
		changes: () => approval(io, journal.state(), journal.seen()).lines,
		async approve(by) {
			const {command} = approval(io, journal.state(), journal.seen());
			return journal.decide({id: randomUUID(), ...command}, by);
		},
		what(path) {
			const file = resolve(journal.state().workspace, path);
			if (!existsSync(file)) return null;
			const bytes = readFileSync(file);
			return {lines: safeLines(bytes.toString('utf8')), digest: digestOf(bytes)};
		},
	};
}
