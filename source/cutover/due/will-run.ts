/*
What the program runs of a runbook, verbatim: one list for `begin`, for the form of a command and for a terminal. Nothing runs
that was not shown in it.
*/
import {durationText} from '../../text/time.ts';
import {type AttemptTarget, type PathName, pathIn, rowIn} from '../model/attempt-target.ts';
import {notifyTargetText} from '../model/notify.ts';
import type {SignIn} from '../model/page.ts';
import {
	type Digest,
	endpointsOf,
	type Gate,
	type Path,
	type RollbackPath,
	type Runbook,
	type Stage,
} from '../model/runbook.ts';
import {scriptOf, wordsOf} from '../model/script.ts';
import type {State} from '../model/state.ts';
import {nextCommand} from './next-command.ts';

/** `copy`: its approved copy runs. `in place`: it runs where it is and is compared with the approval at its start. */
export type RunFile = {readonly path: Path; readonly digest: Digest | null; readonly how: 'copy' | 'in place'};

/** `of`: what runs it, by name. `files`: the approved files behind it, a playbook itself among them. */
export type WillRun = {
	readonly of: string;
	/** Null for what no attempt runs: probes, notices, the environment. */
	readonly target: AttemptTarget | null;
	readonly verbatim: string;
	readonly files: readonly RunFile[];
};

/** Which files run, by the approved bytes. */
export type RunFiles = {
	ofLine(line: string): readonly RunFile[];
	ofScript(script: Path): readonly RunFile[];
	/** It, and the files that it imports or names. */
	ofPlaybook(playbook: Path): readonly RunFile[];
};

/** What runs it: an attempt, or the program beside them. */
type By = Pick<WillRun, 'of' | 'target'>;
const attempts = (target: AttemptTarget): By => ({of: rowIn(target) ?? pathIn(target) ?? '', target});
const beside = (of: string): By => ({of, target: null});

const plain = (by: By, verbatim: string): WillRun => ({...by, verbatim, files: []});
const line = (by: By, text: string, files: RunFiles, verbatim = text): WillRun => ({
	...by,
	verbatim,
	files: files.ofLine(text),
});
const playbook = (by: By, path: Path, files: RunFiles): WillRun => ({
	...by,
	verbatim: path,
	files: files.ofPlaybook(path),
});

export const ofGate = (gate: Gate, files: RunFiles): readonly WillRun[] => {
	const by = attempts({gate: gate.id});
	if (gate.playbook !== null) return [playbook(by, gate.playbook, files)];
	return [
		...gate.commands.map(text => line(by, text, files)),
		...(gate.looksAt ?? []).map(text => plain(by, `looks at ${text}`)),
	];
};

export function ofStage({id, playbook: path, commands = [], logs = []}: Stage, files: RunFiles): readonly WillRun[] {
	const by = attempts({stage: id});
	return [
		...commands.map(text => line(by, text, files)),
		...(path === null ? [] : [playbook(by, path, files)]),
		...logs.map(({file, errors, max}) => plain(by, `reads ${file}: at most ${max} lines that match ${errors}`)),
	];
}

const pairs = (given: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(given).map(([key, value]) => `${key}=${value}`);

function ofWorkflow(by: By, workflow: Path, {inputs = {}}: RollbackPath, {rollback}: Runbook): readonly WillRun[] {
	const remote = rollback?.remote ?? null;
	if (remote === null) return [];
	return [plain(by, ['dispatch', workflow, `${remote.repository}@${remote.ref}`, ...pairs(inputs)].join(' '))];
}

function ofPath(name: PathName, path: RollbackPath | null, runbook: Runbook, files: RunFiles): readonly WillRun[] {
	if (path === null) return [];
	const by = attempts({path: name});
	if (path.workflow !== undefined) return ofWorkflow(by, path.workflow, path, runbook);
	const environment = pairs(runbook.rollback?.environment ?? {});
	const call = scriptOf(path);
	return [
		...(call === null
			? []
			: [{...plain(by, [...environment, ...wordsOf(call)].join(' ')), files: files.ofScript(call.script)}]),
		...(path.commands ?? []).map(text => line(by, text, files, [...environment, text].join(' '))),
	];
}

const probes = (runbook: Runbook, files: RunFiles): readonly WillRun[] =>
	endpointsOf(runbook).flatMap(({name, run, everySeconds}) => {
		if (run === undefined) return [];
		const words = `${wordsOf({script: run}).join(' ')}, every ${durationText(everySeconds)}`;
		return [{...plain(beside(`probe ${name}`), words), files: files.ofScript(run)}];
	});

const notices = ({notify = []}: Runbook, files: RunFiles): readonly WillRun[] =>
	notify.flatMap(target => {
		const by = beside(`notify on ${target.on.join(', ')}`);
		return target.commands.length === 0
			? [plain(by, notifyTargetText(target))]
			: target.commands.map(text => line(by, text, files));
	});

const onCall = ({onCall: lines = {}}: Runbook, files: RunFiles): readonly WillRun[] =>
	Object.entries(lines).map(([role, text]) => line(beside(`on call ${role}`), text, files));

const signer = (by: SignIn): string =>
	'oidc' in by ? `; ${by.oidc} signs people in` : `; its proxy says by ${by.header} who is signed in`;

/** The page, wherever it goes. */
function pages({serve, publish, identity}: Runbook, files: RunFiles): readonly WillRun[] {
	const [serves, publishes] = [beside('serve'), beside('publish')];
	return [
		...(serve === undefined
			? []
			: [
					plain(
						serves,
						`serves the page on ${serve.listen}${serve.open ? ', for whoever reaches it' : ''}${identity === undefined ? '' : signer(identity)}`,
					),
				]),
		...(publish?.file === undefined ? [] : [plain(publishes, `writes the page to ${publish.file}`)]),
		...(publish?.command === undefined ? [] : [line(publishes, publish.command, files)]),
	];
}

/** In order of time; commands run with bash in the workspace. */
export const willRun = (runbook: Runbook, files: RunFiles): readonly WillRun[] => [
	...runbook.gates.flatMap(gate => ofGate(gate, files)),
	...runbook.stages.flatMap(stage => ofStage(stage, files)),
	...ofPath('preferred', runbook.rollback?.preferred ?? null, runbook, files),
	...ofPath('fallback', runbook.rollback?.fallback ?? null, runbook, files),
	...probes(runbook, files),
	...notices(runbook, files),
	...onCall(runbook, files),
	...pages(runbook, files),
];

/** What a run of this row runs: the gates of a stage with it, and of its commands the one that is next. */
export function runsOf(state: State, row: string, all: readonly WillRun[]): readonly WillRun[] {
	const stage = state.runbook?.stages.find(({id}) => id === row);
	const next = stage && nextCommand(state, stage);
	const rows = [...(stage?.gates ?? []), row];
	return all.filter(({of, target, verbatim}) => {
		if (target === null || !rows.includes(rowIn(target) ?? '')) return false;
		return of !== row || !next || verbatim === next.text;
	});
}

/** What a rollback may run; `path` null: either. */
export const runsOfRollback = (path: PathName | null, all: readonly WillRun[]): readonly WillRun[] =>
	all.filter(({target}) => {
		const its = target === null ? null : pathIn(target);
		return its !== null && (path ?? its) === its;
	});

const shortDigest = 23;

/** A file, which bytes of it were approved, and how it runs. */
function fileText({path, digest, how}: RunFile, isShort: boolean): string {
	const known = isShort && digest !== null ? `${digest.slice(0, shortDigest)}…` : (digest ?? 'missing');
	return `${path}  ${known}  ${how === 'copy' ? 'approved copy' : 'in place, compared at its start'}`;
}

const changeText = ({path, how}: RunFile): string =>
	`! ${path} CHANGED since the approval${how === 'copy' ? ': the approved version runs' : ''}`;

/** A line. `of`: what runs it, in the first row of each. */
export type RunRow = {readonly of: string; readonly text: string; readonly isFile: boolean};

/** `short`: digests are cut, for a screen. `changed`: paths that are not as they were approved. */
export type RunDrawing = {readonly short?: boolean; readonly changed?: readonly Path[]};

/** What runs, and below it the files behind it. */
export function runRows(run: WillRun, {short = false, changed = []}: RunDrawing = {}): readonly RunRow[] {
	const files = run.files.flatMap(file => [
		fileText(file, short),
		...(changed.includes(file.path) ? [changeText(file)] : []),
	]);
	return [
		...run.verbatim.split('\n').map((text, at) => ({of: at === 0 ? run.of : '', text, isFile: false})),
		...files.map(text => ({of: '', text, isFile: true})),
	];
}

/** The rows as text. */
export const runText = (run: WillRun, drawing?: RunDrawing): readonly string[] =>
	runRows(run, drawing).map(({of, text}) => (of === '' ? `  ${text}` : `${of}  ${text}`));

/** What a gate looks at and asks for, beside what it runs. */
export const lookedFor = ({files, groups, need}: Gate): readonly string[] => [
	...files.map(file => `looks for ${file}`),
	...(groups.length === 0 ? [] : [`answers of ${groups.join(', ')}${groups.length > 1 ? `: ${need} of them` : ''}`]),
];
