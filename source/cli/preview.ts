/*
All that will run, verbatim, with the digest of what is approved: shown before anything begins, because nothing runs that
was not shown. What it gets of the environment stands at the end.
*/

import {hostname} from 'node:os';
import type {Draft} from '../commands/situation.ts';
import {nextCommand} from '../cutover/due/next-command.ts';
import {type AttemptTarget, type PathName, pathIn, rowIn} from '../cutover/model/attempt-target.ts';
import {notifyTargetText} from '../cutover/model/notify.ts';
import {
	type Digests,
	endpointsOf,
	type Gate,
	type Path,
	type RollbackPath,
	type Runbook,
} from '../cutover/model/runbook.ts';
import {scriptOf, wordsOf} from '../cutover/model/script.ts';
import type {WillRun} from '../cutover/ports.ts';
import {alwaysPassed, secretNames} from '../processes/environment.ts';
import {type SafeText, safe} from '../text/clean.ts';
import {durationText} from '../text/time.ts';
import {lookingAt} from '../workspace/approved-run.ts';
import {planLine, scriptsOfPlaybook, scriptsOfScript, standsAlone} from '../workspace/scripts.ts';
import {accountName} from './account.ts';
import type {ApprovedFiles} from './approved-files.ts';
import type {Opened} from './compose.ts';

type Files = WillRun['files'];
type By = Pick<WillRun, 'of' | 'target'>;
type Planner = {
	readonly digests: Digests;
	line(by: By, verbatim: string, said?: string): WillRun;
	script(by: By, script: Path, verbatim: string): WillRun;
	playbook(by: By, playbook: Path): WillRun;
};

/** What runs it: an attempt, or something that the program does beside them. */
const attempts = (target: AttemptTarget): By => ({of: rowIn(target) ?? pathIn(target) ?? '', target});
const beside = (of: string): By => ({of, target: null});

const plain = (by: By, verbatim: string): WillRun => ({...by, verbatim, digest: null, files: []});

function planner({digests, looking}: Pick<ApprovedFiles, 'digests' | 'looking'>): Planner {
	const withDigests = (files: readonly Omit<Files[number], 'digest'>[]): Files =>
		files.map(({path, how}) => ({path, digest: digests[path] ?? null, how}));
	return {
		digests,
		line: (by, line, said = line) => ({
			...by,
			verbatim: said,
			digest: null,
			files: withDigests(planLine(looking, line).files),
		}),
		script(by, script, verbatim) {
			const path = script.replace(/^(?:\.\/)+/, '');
			const text = looking.textOf(path);
			const copied = text !== null && standsAlone(looking.workspace, path, text);
			const files = scriptsOfScript(looking, path).map(used => ({
				path: used,
				how: copied && used === path ? ('copy' as const) : ('in place' as const),
			}));
			return {...by, verbatim, digest: null, files: withDigests(files)};
		},
		playbook(by, path) {
			const {imports, named} = scriptsOfPlaybook(looking, path);
			const others = [
				...imports.filter(file => file !== path).map(file => ({path: file, how: 'copy' as const})),
				...named.map(file => ({path: file, how: 'in place' as const})),
			];
			return {...by, verbatim: path, digest: digests[path] ?? null, files: withDigests(others)};
		},
	};
}

const ofGate = (gate: Gate, plan: Planner): readonly WillRun[] =>
	gate.playbook === null
		? [
				...gate.commands.map(line => plan.line(attempts({gate: gate.id}), line)),
				...(gate.looksAt ?? []).map(text => plain(attempts({gate: gate.id}), text)),
			]
		: [plan.playbook(attempts({gate: gate.id}), gate.playbook)];

const pairs = (given: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(given).map(([key, value]) => `${key}=${value}`);

function ofWorkflow(by: By, workflow: Path, {inputs = {}}: RollbackPath, {rollback}: Runbook): readonly WillRun[] {
	const remote = rollback?.remote ?? null;
	if (remote === null) return [];
	return [plain(by, ['dispatch', workflow, `${remote.repository}@${remote.ref}`, ...pairs(inputs)].join(' '))];
}

function ofPath(name: PathName, path: RollbackPath | null, runbook: Runbook, plan: Planner): readonly WillRun[] {
	if (path === null) return [];
	const by = attempts({path: name});
	if (path.workflow !== undefined) return ofWorkflow(by, path.workflow, path, runbook);
	const environment = pairs(runbook.rollback?.environment ?? {});
	const call = scriptOf(path);
	return [
		...(call === null ? [] : [plan.script(by, call.script, [...environment, ...wordsOf(call)].join(' '))]),
		...(path.commands ?? []).map(line => plan.line(by, line, [...environment, line].join(' '))),
	];
}

const probes = (runbook: Runbook, plan: Planner): readonly WillRun[] =>
	endpointsOf(runbook).flatMap(endpoint => {
		if (endpoint.kind !== 'script') return [];
		const words = `${wordsOf({script: endpoint.run}).join(' ')}, every ${durationText(endpoint.everySeconds)}`;
		return [plan.script(beside(`probe ${endpoint.name}`), endpoint.run, words)];
	});

const notices = ({notify = []}: Runbook, plan: Planner): readonly WillRun[] =>
	notify.flatMap(target => {
		const by = beside(`notify on ${target.on.join(', ')}`);
		return target.commands.length === 0
			? [plain(by, notifyTargetText(target))]
			: target.commands.map(line => plan.line(by, line));
	});

/** The page, wherever it goes. */
function pages({serve, publish}: Runbook, plan: Planner): readonly WillRun[] {
	const [serves, publishes] = [beside('serve'), beside('publish')];
	return [
		...(serve === undefined
			? []
			: [plain(serves, `serves the page on ${serve.listen}${serve.open ? ', for whoever reaches it' : ''}`)]),
		...(publish?.file === undefined ? [] : [plain(publishes, `writes the page to ${publish.file}`)]),
		...(publish?.command === undefined ? [] : [plan.line(publishes, publish.command)]),
	];
}

const logs = ({stages}: Runbook): readonly WillRun[] =>
	stages.flatMap(({id, logs: scanned = []}) =>
		scanned.map(({file, errors, max}) =>
			plain(attempts({stage: id}), `reads ${file}: at most ${max} lines that match ${errors}`),
		),
	);

/** Names only: values are nobody's to read. */
function environment(runbook: Runbook): readonly WillRun[] {
	const secrets = secretNames(runbook);
	return [
		plain(beside('environment'), alwaysPassed),
		...(runbook.pass.length === 0 ? [] : [plain(beside('pass'), runbook.pass.join(' '))]),
		...(secrets.length === 0
			? []
			: [plain(beside('secrets'), `${secrets.join(' ')} (redacted; given to nothing unless passed)`)]),
	];
}

/** In order of time; commands run with bash in the workspace. */
export function willRun(runbook: Runbook, files: Pick<ApprovedFiles, 'digests' | 'looking'>): readonly WillRun[] {
	const plan = planner(files);
	const runs = [
		...runbook.gates.flatMap(gate => ofGate(gate, plan)),
		...runbook.stages.flatMap(({id, playbook, commands = []}) => [
			...commands.map(line => plan.line(attempts({stage: id}), line)),
			...(playbook === null ? [] : [plan.playbook(attempts({stage: id}), playbook)]),
		]),
		...logs(runbook),
		...ofPath('preferred', runbook.rollback?.preferred ?? null, runbook, plan),
		...ofPath('fallback', runbook.rollback?.fallback ?? null, runbook, plan),
		...probes(runbook, plan),
		...notices(runbook, plan),
		...pages(runbook, plan),
	];
	return runs.length === 0 ? [] : [...runs, ...environment(runbook)];
}

/** A file of it, its digest, and which copy runs. */
export const fileText = ({path, digest, how}: WillRun['files'][number]): string =>
	`${path}  ${digest ?? 'missing'}  ${how === 'copy' ? 'runs from its approved copy' : 'runs in place, compared at its start'}`;

/** Of which rows of the runbook it runs something. */
function concerns({type, data}: Draft, {target}: WillRun): boolean {
	if (target === null) return false;
	const path = pathIn(target);
	if (type === 'rollback') return path !== null && (data.path === null || data.path === path);
	return type === 'run' && data.target === rowIn(target);
}

/** What this command would run, for whoever has to type its word: as whom, where, and whether the files changed since. */
export function previewOf(
	{folder, journal}: Pick<Opened, 'folder' | 'journal'>,
	runbook: Runbook,
	draft: Draft,
): readonly SafeText[] {
	const state = journal.state();
	const {workspace, approved} = state;
	const changed = Object.entries(journal.observed().approved)
		.filter(([path, digest]) => approved[path] !== digest)
		.map(([path]) => path);
	const stage = draft.type === 'run' ? runbook.stages.find(({id}) => id === draft.data.target) : undefined;
	const next = stage && nextCommand(state, stage);
	const lines = willRun(runbook, {digests: approved, looking: lookingAt(folder, state)})
		.filter(each => concerns(draft, each))
		.filter(({verbatim}) => !next || verbatim === next.text);
	if (lines.length === 0) return [];
	return [
		safe(`It would run, as ${accountName()}@${hostname()} in ${workspace}:`),
		...lines.flatMap(({verbatim, digest, files}) => [
			safe(`  ${verbatim}${digest === null ? '' : `  ${digest}`}`),
			...files.map(file => safe(`    ${fileText(file)}`)),
		]),
		...changed.map(path => safe(`  ${path} CHANGED since it was approved`)),
	];
}
