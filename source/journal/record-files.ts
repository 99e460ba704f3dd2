/*
Which files of a cutover's folder are part of its record, beside the journal. Each only grows, or never changes: its bytes up to
any offset stay what they are.
*/
import {readdirSync, statSync} from 'node:fs';
import {join, relative} from 'node:path';
import {digestOf} from '../disk/digest.ts';
import {ifExists} from '../disk/fault.ts';

const kept: readonly RegExp[] = [
	/^approved\/[0-9a-f]{64}$/,
	/^evidence\/[0-9a-f]{12}-[^/]+$/,
	/^attempts\/[^./][^/]*\/(?:log|owner\.json|result\.json)$/,
	/^probes\/samples\.ndjson$/,
	/^log-marks\.json$/,
];

/** Relative to the folder. */
export const isRecordFile = (path: string): boolean => kept.some(pattern => pattern.test(path));

function* filesBelow(folder: string): Generator<string> {
	for (const entry of ifExists(() => readdirSync(folder, {withFileTypes: true})) ?? []) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) yield* filesBelow(path);
		else if (entry.isFile()) yield path;
	}
}

/** Paths relative to the folder, with their sizes in bytes; a file that is taken back meanwhile is left out. */
export function recordFiles(folder: string): readonly {readonly path: string; readonly size: number}[] {
	return [...filesBelow(folder)].flatMap(file => {
		const path = relative(folder, file);
		const found = isRecordFile(path) ? ifExists(() => statSync(file)) : null;
		return found === null ? [] : [{path, size: found.size}];
	});
}

/** Whether bytes have the digest that their name says; true where a name says none. */
export function fitsName(path: string, bytes: Uint8Array): boolean {
	const [, digits] = /^(?:approved|evidence)\/([0-9a-f]{12,64})(?:-|$)/.exec(path) ?? [];
	return digits === undefined || digestOf(bytes).startsWith(`sha256:${digits}`);
}
