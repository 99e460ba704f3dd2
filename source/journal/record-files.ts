/*
Which files of a cutover's folder are part of its record, beside the journal. Some only grow: their bytes up to any offset stay what
they are. All others are written whole; where one is replaced, it is another version of it.
*/
import {readdirSync, statSync} from 'node:fs';
import {join, relative} from 'node:path';
import {ifExists} from '../disk/fault.ts';

/** The samples that count; written by the host that leads. */
export const samplesPath = 'probes/samples.ndjson';

const growing = /^(?:attempts\/[^./][^/]*\/log|probes\/samples\.ndjson)$/;

const whole: readonly RegExp[] = [
	/^(?:runbook\.md|runbook\.cutover\.yaml|evidence\.json|log-marks\.json|notified\.json)$/,
	/^(?:approved|evidence)\/[^.]/,
	/^probes\/apart-\d+\.ndjson$/,
	/^attempts\/[^./][^/]*\/(?:owner\.json|result\.json|playbook\/[^.].*)$/,
];

/** `path`: relative to the folder. Null where it is no part of the record; never of what leads out of the folder. */
export function kindOf(path: string): 'growing' | 'whole' | null {
	if (path.split('/').some(name => name === '..' || name === '.' || name === '')) return null;
	if (growing.test(path)) return 'growing';
	return whole.some(pattern => pattern.test(path)) ? 'whole' : null;
}

function* filesBelow(folder: string): Generator<string> {
	for (const entry of ifExists(() => readdirSync(folder, {withFileTypes: true})) ?? []) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) yield* filesBelow(path);
		else if (entry.isFile()) yield path;
	}
}

/** `trace`: changes when the file is replaced or written. */
export type RecordFile = {
	readonly path: string;
	readonly kind: 'growing' | 'whole';
	readonly size: number;
	readonly trace: string;
};

/** Of a cutover's folder; a file that is taken away meanwhile is left out. */
export function recordFiles(folder: string): readonly RecordFile[] {
	return [...filesBelow(folder)].flatMap(file => {
		const path = relative(folder, file);
		const kind = kindOf(path);
		const found = kind === null ? null : ifExists(() => statSync(file));
		if (kind === null || found === null) return [];
		return [{path, kind, size: found.size, trace: `${found.ino} ${found.size} ${found.mtimeMs}`}];
	});
}
