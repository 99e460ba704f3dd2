/*
Makes a command line or a script ready to run as it was approved: scripts that are alone are called by their approved
copies, all others are compared with what was approved when they start.
*/
import {resolve} from 'node:path';
import type {RunFile, RunFiles} from '../cutover/due/will-run.ts';
import {type Digests, digestText, type Path} from '../cutover/model/runbook.ts';
import {type ScriptCall, wordsOf} from '../cutover/model/script.ts';
import type {State} from '../cutover/model/state.ts';
import {ifPossible} from '../disk/fault.ts';
import {quoted} from '../text/shell.ts';
import {approvedBytes, approvedCopy, digestAt} from './approved.ts';
import {type Looking, type Plan, planLine, planScript, runners, scriptsOfPlaybook} from './scripts.ts';

export type Approval = Pick<State, 'approved' | 'workspace' | 'runbook'>;

export type Ready<T> = {
	readonly run: T;
	/** What is not as it was approved, in a sentence; null where all is. `inPlace`: of what does not run from a copy. */
	changed(which: 'any' | 'inPlace'): string | null;
};

/** How a file differs, for people. */
const changeText = (path: Path, was: string | null, is: string | null): string =>
	`${path} changed since the approval (approved ${digestText(was)}, now ${digestText(is)})`;

function changedAmong({approved, workspace}: Approval, paths: readonly Path[]): string | null {
	for (const path of paths) {
		const now = digestAt(resolve(workspace, path));
		if (Object.hasOwn(approved, path)) {
			if (now !== approved[path]) return changeText(path, approved[path] ?? null, now);
		} else if (now !== null) return `${path} was not approved with the runbook`;
	}
	return null;
}

/** As files are approved: without `./`. */
const plainPath = (script: Path): Path => script.replace(/^(?:\.\/)+/, '');

/** Which files run, by what `looking` reads; `digests`: of what is approved. */
export function runFilesOf(looking: Looking, digests: Digests): RunFiles {
	const withDigests = (files: Plan['files']): readonly RunFile[] =>
		files.map(({path, how}) => ({path, digest: digests[path] ?? null, how}));
	return {
		ofLine: line => withDigests(planLine(looking, line).files),
		ofScript: script => withDigests(planScript(looking, plainPath(script)).files),
		ofPlaybook(path) {
			const {imports, named} = scriptsOfPlaybook(looking, path);
			const copied = [path, ...imports.filter(file => file !== path)];
			return withDigests([
				...copied.map(file => ({path: file, how: 'copy' as const})),
				...named.map(file => ({path: file, how: 'in place' as const})),
			]);
		},
	};
}

/** Reads what is approved, for planning how it runs. */
export function lookingAt(folder: Path, approval: Approval): Looking {
	const {approved, workspace, runbook} = approval;
	const documents = [runbook?.path ?? '', runbook?.settings ?? ''].map(path => resolve(workspace, path));
	return {
		workspace,
		textOf: path => ifPossible(() => Buffer.from(approvedBytes(folder, approval, path)).toString('utf8')),
		known: path => Object.hasOwn(approved, path) && !documents.includes(resolve(workspace, path)),
	};
}

const ready = <T>(approval: Approval, run: T, files: Plan['files']): Ready<T> => ({
	run,
	changed: which =>
		changedAmong(
			approval,
			files.filter(({how}) => which === 'any' || how === 'in place').map(({path}) => path),
		),
});

/** A command line for bash. Throws a sentence where an approved copy cannot be made. */
export function readyLine(folder: Path, approval: Approval, line: string): Ready<string> {
	const looking = lookingAt(folder, approval);
	const {files, calls} = planLine(looking, line);
	const run = calls.reduceRight((text, {path, start, end, first}) => {
		const copy = quoted(approvedCopy(folder, approval, path));
		const words = first ? [...runners(looking.textOf(path) ?? '').map(quoted), copy].join(' ') : copy;
		return text.slice(0, start) + words + text.slice(end);
	}, line);
	return ready(approval, run, files);
}

/** A script that the program calls by itself. Throws a sentence where its approved copy cannot be made. */
export function readyScript(folder: Path, approval: Approval, call: ScriptCall): Ready<readonly [string, ...string[]]> {
	const words = wordsOf(call);
	const path = plainPath(call.script);
	const looking = lookingAt(folder, approval);
	const {files, copied} = planScript(looking, path);
	if (!copied) return ready(approval, words, files);
	const [first = 'bash', ...others] = words[0] === 'bash' ? ['bash'] : runners(looking.textOf(path) ?? '');
	return ready(approval, [first, ...others, approvedCopy(folder, approval, path), ...(call.args ?? [])], files);
}

/** What a playbook runs in the workspace and is not as it was approved, in a sentence; null where all is. */
export const changedUnder = (folder: Path, approval: Approval, playbook: Path): string | null =>
	changedAmong(approval, scriptsOfPlaybook(lookingAt(folder, approval), playbook).named);
