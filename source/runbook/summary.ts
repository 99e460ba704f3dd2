/* What was read of a runbook, as a person reads it in ten seconds. */

import {
	criticalOf,
	endpointsOf,
	type Gate,
	type Rollback,
	type RollbackPath,
	type Runbook,
	type SignOff,
	type Stage,
	type Trigger,
} from '../cutover/model/runbook.ts';
import {rollbackScripts} from '../cutover/model/script.ts';
import {isFilled} from '../cutover/snapshot/evidence-fields.ts';
import {kindOf} from '../gates/gate-kinds.ts';
import {counted} from '../text/counted.ts';
import {cells, pad} from '../text/fit.ts';
import {durationText, local, wallShortOn, zone, zoneShown} from '../text/time.ts';
import {requirementText} from './as-json.ts';
import type {Unused} from './unused.ts';

type SummaryOptions = {
	/** ms; null: clock times are not known. */
	readonly t0?: number | null;
	/** What was assumed, from the reader. */
	readonly notes?: readonly string[];
	/** What no part took. */
	readonly unused?: readonly Unused[];
	/** Where commands run. */
	readonly workspace?: string | null;
};

type Line = readonly string[];

const anyone = (roles: readonly string[]): string => (roles.length === 0 ? 'anyone' : roles.join(' + '));
const some = <T>(list: readonly T[], lines: readonly string[], none: string): readonly string[] =>
	list.length > 0 ? lines : [none];

const widest = 44;

/** Columns as wide as their widest cell; the last of a row is as it is. */
function aligned(rows: readonly Line[]): readonly string[] {
	const count = Math.max(0, ...rows.map(row => row.length));
	const widths = Array.from({length: count}, (_, at) =>
		Math.min(widest, Math.max(0, ...rows.filter(row => at < row.length - 1).map(row => cells(row[at] ?? '')))),
	);
	return rows.map(row =>
		`  ${row.map((cell, at) => (at === row.length - 1 ? cell : pad(cell, widths[at] ?? 0))).join('  ')}`.trimEnd(),
	);
}

const extra = (more: Readonly<Record<string, string>>): readonly string[] =>
	Object.entries(more).map(([name, value]) => `${name}: ${value}`);

const gateLines = (gates: readonly Gate[]): readonly string[] =>
	aligned(
		gates.map(gate => [
			gate.id,
			gate.kind,
			gate.title,
			anyone(gate.owners),
			[kindOf(gate).summary(gate), ...extra(gate.more)].join(' · '),
		]),
	);

function stageDetail(stage: Stage): string {
	const {gates, items, playbook, commands = [], logs = [], start, action, more} = stage;
	return [
		playbook ?? '',
		...commands.map((text, index) => `$${index + 1} ${text.replaceAll('\n', '; ')}`),
		...logs.map(({file}) => `scans ${file}`),
		gates.length > 0 ? `runs ${gates.join(', ')}` : '',
		items.length > 0 ? `asks ${items.join(', ')}` : '',
		start === 'auto' ? 'starts by itself' : '',
		action,
		...extra(more),
	]
		.filter(part => part !== '')
		.join(' · ');
}

/** A time with another offset than T0's says its own. */
const timesOf = (stages: readonly Stage[], t0: number): string =>
	stages.every(({offsetSeconds}) => zone(t0 + offsetSeconds * 1000) === zone(t0))
		? `times are ${zone(t0)} (${zoneShown()})`
		: `each time with its own offset (${zoneShown()})`;

const stageLines = (stages: readonly Stage[], t0: number | null): readonly string[] =>
	aligned(
		stages.map(stage => [
			stage.id,
			...(t0 === null ? [] : [wallShortOn(t0 + stage.offsetSeconds * 1000, t0)]),
			stage.kind,
			anyone(stage.owners),
			stageDetail(stage),
		]),
	);

const endpointLines = (runbook: Runbook): readonly string[] =>
	aligned(
		endpointsOf(runbook).map(({name, critical, everySeconds, target, thresholdSeconds: own}) => [
			name,
			critical ? 'critical' : 'watched',
			`every ${durationText(everySeconds)}`,
			`${target}${own === undefined ? '' : ` · threshold ${durationText(own)} of its own`}`,
		]),
	);

const byItself = ({automatic}: Trigger): string => (automatic ? ' · begins the rollback by itself' : '');

function triggerLine(trigger: Trigger): Line {
	if (trigger.kind === 'outage')
		return [
			trigger.id,
			`outage ${trigger.strict ? 'above' : 'of'} ${durationText(trigger.thresholdSeconds)}`,
			`${trigger.text}${byItself(trigger)}`,
		];
	const who =
		trigger.roles.length > 1
			? `${trigger.need === 'all' ? 'all' : 'any'} of ${trigger.roles.join(', ')}`
			: anyone(trigger.roles);
	return [
		trigger.id,
		'confirmed',
		`${who}: ${trigger.facts.map(fact => `"${fact}"`).join(' and ')}${byItself(trigger)}`,
	];
}

function wayText(way: RollbackPath | null): string {
	if (way === null) return 'none: by hand';
	const {workflow, inputs = {}, script, args = [], commands = [], reference} = way;
	const pairs = Object.entries(inputs).map(([name, value]) => `${name}=${value}`);
	const words = [
		...(workflow === undefined ? [] : [workflow, ...pairs]),
		...(script === undefined ? [] : [script, ...args]),
	];
	return `${[...words, ...commands].join(' ')}${reference ? ` (see ${reference})` : ''}`;
}

/** Without an endpoint people prove it by name alone. */
const proofText = (runbook: Runbook, {settleSeconds, proveSeconds}: Rollback): string => {
	const critical = criticalOf(runbook).map(({name}) => name);
	const up = critical.length === 0 ? '' : `${critical.join(', ')} up for ${durationText(settleSeconds)}, `;
	return `${up}within ${durationText(proveSeconds)} of the end of a path`;
};

function rollbackLines(runbook: Runbook): readonly string[] {
	const {rollback, rollbackSteps = []} = runbook;
	const byHand = rollbackSteps.map((step, index) => `  by hand ${index + 1}  ${step}`);
	if (!rollback) return byHand.length > 0 ? byHand : ['  none: it could only be recorded by hand'];
	const {remote} = rollback;
	const environment = Object.entries(rollback.environment).map(([name, value]) => `${name}=${value}`);
	const scripted = rollbackScripts(runbook).length > 0;
	const paths = aligned([
		['preferred', wayText(rollback.preferred)],
		['fallback', wayText(rollback.fallback)],
		...(scripted && environment.length > 0 ? [['with', environment.join(' ')]] : []),
		...(remote
			? [['dispatch', `${remote.repository} at ${remote.ref}, token from ${remote.token}, ${remote.api}`]]
			: []),
		['proof', proofText(runbook, rollback)],
	]);
	return [...paths, ...byHand];
}

const signOffLine = ({id, role, text, requires}: SignOff): Line => [
	id,
	role,
	requires.length === 0
		? `nothing is asked for${text === '' ? '' : ` · ${text}`}`
		: `needs ${requires.map(requirementText).join(', ')}`,
];

const firstOf = (texts: readonly string[], most: number): string =>
	[...texts.slice(0, most), ...(texts.length > most ? [`and ${texts.length - most} more`] : [])].join(' · ');

/** A field that nothing fills is found now, and not when the evidence is due. */
function evidenceLines(runbook: Runbook, fields: readonly string[]): readonly string[] {
	const {filled = [], asked = []} = Object.groupBy(fields, field => (isFilled(runbook, field) ? 'filled' : 'asked'));
	return aligned([
		...(filled.length > 0 ? [['filled by the program:', firstOf(filled, 30)]] : []),
		...(asked.length > 0 ? [['to fill in:', asked.join(' · ')]] : []),
	]);
}

const section = (title: string, lines: readonly string[]): readonly string[] => ['', title, ...lines];

/** Where it is: a heading, or what is said in the place of one. */
export const headingText = ({heading}: Pick<Unused, 'heading'>): string =>
	heading === '' ? 'before the first heading' : (heading ?? 'in several sections');

const unusedLine = ({line, end, heading, what}: Unused): Line => [
	line === end ? `line ${line}` : `lines ${line}-${end}`,
	what,
	headingText({heading}),
];

const people = ({people: bound}: Runbook): readonly string[] =>
	bound === null
		? []
		: section('People', aligned(Object.entries(bound).map(([role, names]) => [role, names.join(', ')])));

/** Lines of plain text, unwrapped; texts of the runbook are in them as they are, so print them as SafeText. */
export function summary(
	runbook: Runbook,
	{t0 = null, notes = [], unused = [], workspace = null}: SummaryOptions = {},
): readonly string[] {
	const {gates, stages, triggers, signOffs, evidence} = runbook;
	const fields = evidence.flatMap(({field}) => field ?? []);
	const endpoints = endpointsOf(runbook).length;
	const about = [
		...(runbook.environment === null ? [] : [['environment', runbook.environment]]),
		...(runbook.ticket === null ? [] : [['ticket', runbook.ticket]]),
		...(t0 === null ? [] : [['T0', `${local(t0)}, ${timesOf(stages, t0)}`]]),
		...(workspace === null ? [] : [['workspace', workspace]]),
		...(runbook.settings === null ? [] : [['settings', runbook.settings]]),
	];
	return [
		runbook.title,
		...aligned(about),
		...section(`Gates (${gates.length})`, some(gates, gateLines(gates), '  none')),
		...section('Timeline', stageLines(stages, t0)),
		...(endpoints === 0 ? [] : section(`Health (${counted(endpoints, 'endpoint')})`, endpointLines(runbook))),
		...section(`Rollback triggers (${triggers.length})`, some(triggers, aligned(triggers.map(triggerLine)), '  none')),
		...section('Rollback', rollbackLines(runbook)),
		...section(`Sign-offs (${signOffs.length})`, some(signOffs, aligned(signOffs.map(signOffLine)), '  none')),
		...section(`Evidence (${counted(fields.length, 'field')})`, evidenceLines(runbook, fields)),
		...people(runbook),
		...(unused.length > 0 ? section('Not used', aligned(unused.map(unusedLine))) : []),
		...(notes.length > 0 ? section('Assumed', aligned(notes.map(note => [note]))) : []),
	];
}
