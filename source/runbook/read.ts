/* From the bytes of a runbook and its settings to what was read, or to everything that is wrong with them. */

import type {Problem} from '../cutover/model/problem.ts';
import type {Digest, Path, Runbook} from '../cutover/model/runbook.ts';
import {rollbackScripts} from '../cutover/model/script.ts';
import {digestOf} from '../disk/digest.ts';
import {sameName} from '../text/same-name.ts';
import {readMapped} from './adopt/map.ts';
import {type Document, documentOf, type Section, withPart} from './document.ts';
import {textsOf} from './items.ts';
import {decode} from './markdown/decode.ts';
import {plain} from './markdown/inline.ts';
import type {Brought} from './open.ts';
import {learnOwners} from './owners.ts';
import {readEvidence, usualEvidence} from './parts/evidence/evidence.ts';
import {gatesOf} from './parts/gates/gate-kind.ts';
import {readGates} from './parts/gates/gates.ts';
import {noteEnvironment, readRollback} from './parts/rollback/rollback.ts';
import {readSignOffs} from './parts/sign-offs/sign-off-rows.ts';
import {bindSignOffs} from './parts/sign-offs/sign-offs.ts';
import {zeroSaid} from './parts/timeline/clock.ts';
import {stagesOf} from './parts/timeline/stages.ts';
import {chooseTimeline} from './parts/timeline/timeline.ts';
import {readTriggers} from './parts/triggers/triggers.ts';
import {type Complain, collector, start} from './problems/complain.ts';
import type {Reading} from './reading.ts';
import {createRoles, type Roles} from './roles.ts';
import {checkBound, checkVotes, deputiesOf, namesOf, onCallOf} from './settings/bound.ts';
import {settingsReader} from './settings/load.ts';
import type {Read} from './settings/read.ts';
import type {ReadingMap} from './settings/reading.ts';
import type {Draft} from './settings/setting.ts';
import {frontMatter, type Source, settingsFile} from './settings/source.ts';
import {type Unused, unusedOf} from './unused.ts';
import {isOneOf, type Topic, words} from './words/words.ts';
import {noteLacking, type Workspace} from './workspace.ts';

export type Input = Brought & {
	readonly workspace: Workspace;
	/** Of the runbook, relative to the workspace, for its links; the workspace itself unless given. */
	readonly folder?: Path;
};

export type ReadResult = {
	/** Null where there is an error. */
	readonly runbook: Runbook | null;
	/** Errors first, each by line. */
	readonly problems: readonly Problem[];
	/** What was assumed, and why: a sentence each. */
	readonly notes: readonly string[];
	/** What was read, errors or not, to be shown; null of a file without text. */
	readonly seen: Runbook | null;
	/** What no part took. */
	readonly unused: readonly Unused[];
	/** Lines of the runbook, for showing a problem in its place. */
	readonly source: readonly string[];
};

type Parts = Draft & Pick<Runbook, 'signOffs' | 'evidence' | 'roles'>;

const rolesOf = (parts: Omit<Parts, 'roles'>, roles: Roles, people: Runbook['people']): readonly string[] => {
	const named = [
		...Object.keys(people ?? {}),
		...parts.stages.flatMap(({owners}) => owners),
		...parts.gates.flatMap(({owners, groups}) => [...owners, ...groups]),
		...parts.triggers.flatMap(trigger => trigger.roles),
		...parts.signOffs.map(({role}) => role),
	];
	return [...new Set(named.map(name => roles.spell(name)))];
};

const withSections = (reading: Reading, sections: readonly Section[], topic: Topic): Reading =>
	sections.length === 0 ? reading : {...reading, document: withPart(reading.document, sections, topic)};

/** What was read. `others`: what is bound to the gates and stages as they are once the settings are in force. */
type Drafted = {
	readonly said: Draft;
	readonly rollbackSteps: readonly string[];
	readonly others: (draft: Draft) => Pick<Runbook, 'signOffs' | 'evidence'>;
	/** Of a map; else what no part marked as used. */
	readonly unused?: readonly Unused[];
};

function readByMap(map: ReadingMap, read: Read, lines: readonly string[], reading: Reading): Drafted {
	const {unused, signOffs, rollbackSteps, ...said} = readMapped(map, read, lines, reading);
	const others: Drafted['others'] = draft => ({signOffs, evidence: usualEvidence(draft)});
	return {said, rollbackSteps, others, unused};
}

/** The first of each before any part begins; a blank to fill in is none. */
function changeIn({sections}: Document): Pick<Runbook, 'ticket' | 'environment'> {
	const first = sections.findIndex(({topics}) => topics.size > 0);
	const said = sections
		.slice(0, first === -1 ? 1 : first)
		.flatMap(({blocks}) => blocks.flatMap(textsOf))
		.flatMap(text => plain(text).split(/\s+[·|]\s+/))
		.map(text => /^([^:：]{2,30})[:：]\s*([^:：<[{_]{2,60})$/u.exec(text) ?? []);
	const of = (labels: readonly string[], shape: RegExp): string | null =>
		said.find(([, label = '', value = '']) => isOneOf(label, labels) && shape.test(value.trim()))?.[2]?.trim() ?? null;
	return {ticket: of(words.ticket, /^\S*\d\S*$/), environment: of(words.environment, /\p{L}/u)};
}

function readParts(given: Reading, read: Read | null): Drafted {
	// A stage may be called "Final sign-off": its boxes are its own.
	const timeline = chooseTimeline(given);
	const timed = withSections(given, timeline.stages, 'timeline');
	// Roles that sign tell who is meant in the other parts.
	const signOffRows = readSignOffs(timed);
	learnOwners(timed);
	const rows = timeline.rows();
	const {rows: gateRows, sections} = readGates(timed);
	const reading = withSections(timed, sections, 'gates');
	const {rollback, byHand} = readRollback(reading);
	const rollbackFiles = new Set(rollbackScripts({rollback}));
	const settled = new Set(
		Object.entries(read?.values.gates ?? {}).flatMap(([id, set]) =>
			set.expect || set.playbook ? [id.toLowerCase()] : [],
		),
	);
	const inferred = gatesOf(gateRows, rollbackFiles, settled, reading);
	const stages = stagesOf({rows, isWhole: timeline.isWhole}, inferred, reading);
	for (const gate of gateRows)
		if (stages.some(({id}) => sameName(id, gate.id))) reading.complain('gate-stage', gate, {id: gate.id});
	const closers = stages.find(({kind}) => kind === 'closing')?.owners ?? [];
	const triggers = readTriggers(reading, closers, read?.values.triggers ?? {});
	noteEnvironment(rollback, reading);
	const about = changeIn(given.document);
	for (const [what, name] of Object.entries(about))
		if (name !== null) reading.note(`The head says the ${what}: ${name}.`);
	return {
		said: {...about, gates: inferred, stages, triggers, rollback},
		rollbackSteps: byHand,
		others: ({gates}) => ({
			signOffs: bindSignOffs(signOffRows, {gates, stages, rollback, closers}, reading),
			evidence: readEvidence({gates, stages}, reading),
		}),
	};
}

const nameOf = (path: Path): string => (path.split('/').at(-1) ?? path).replace(/\.(?:md|markdown)$/i, '');

function runbookOf(
	{path, bytes, settings}: Input,
	parts: Parts,
	about: Pick<Runbook, 'people' | 'deputies' | 'warnings' | 'unreviewed'>,
): Runbook {
	let known: Digest | null = null;
	return {
		id: null,
		environment: null,
		ticket: null,
		t0: null,
		secrets: [],
		pass: [],
		...parts,
		title: parts.title ?? nameOf(path),
		path,
		/** Made when it is first asked for: what hashes takes as long to load as the reading itself. */
		get digest() {
			known ??= digestOf(bytes);
			return known;
		},
		settings: settings?.path ?? null,
		...about,
	};
}

/** The one source of settings; two are an error, but the front matter of another tool is none. */
function sourceOf(input: Input, front: Source | null, complain: Complain, inFile: Complain): Source | null {
	if (!input.settings) return front;
	if (front && !settingsReader().isAnothers(front))
		complain('settings-two', {line: 1, column: 1}, {first: 'the front matter', second: input.settings.path});
	return settingsFile(input.settings.path, input.settings.bytes, inFile);
}

/** Reads a runbook with its settings. Reports everything that is wrong at once, and guesses nothing that could hurt. */
export function readRunbook(input: Input): ReadResult {
	const {complain, elsewhere, problems} = collector();
	const notes: string[] = [];
	const inFile = elsewhere(input.settings?.path ?? null);
	const lines = decode(input.bytes, complain);
	// Of a file without text there is nothing else to say.
	if (!lines || lines.every(line => line.trim() === ''))
		return {runbook: null, seen: null, unused: [], problems: problems(), notes, source: lines ?? []};
	const front = frontMatter(lines, complain);
	const source = sourceOf(input, front.source, complain, inFile);
	const read = source && settingsReader().readSettings(source, source.file === null ? complain : inFile);
	const roles = createRoles();
	const people = read ? namesOf(read, 'roles', roles) : null;
	const document = documentOf(lines, front.next, complain);
	const reading: Reading = {
		document,
		complain,
		note: sentence => notes.push(sentence),
		roles,
		folder: input.folder ?? '',
		columns: read?.values.columns ?? {},
		t0: read?.values.t0 ?? zeroSaid(document),
	};
	const map = read?.values.reading;
	const marked = map ? -1 : lines.findIndex(line => /^\s*<!--\s*cutover:\s*adopted\s*-->\s*$/i.test(line));
	if (marked !== -1)
		complain('reading-lost', {line: marked + 1, column: 1}, {file: `${nameOf(input.path)}.cutover.yaml`});
	const drafted = read && map ? readByMap(map, read, lines, reading) : readParts(reading, read);
	const draft = read ? read.inForce(drafted.said) : drafted.said;
	const known = {
		...(document.title === null ? {} : {title: document.title}),
		...draft,
		...(drafted.rollbackSteps.length === 0 ? {} : {rollbackSteps: drafted.rollbackSteps}),
		...drafted.others(draft),
	};
	const named = rolesOf(known, roles, people);
	const onCall = read ? onCallOf(read, roles, named) : undefined;
	const parts: Parts = {...known, roles: named, ...(onCall === undefined ? {} : {onCall})};
	const isUnreviewed = map !== undefined && map.reviewed?.by === undefined;
	if (isUnreviewed) complain('reading-unreviewed', start, {});
	read?.check(parts, input.workspace);
	noteLacking(parts, input.workspace, reading);
	if (people) checkBound(parts, people, complain);
	const deputies = read ? deputiesOf(read, roles, parts.roles) : undefined;
	if (read && people) checkVotes(read, parts, people, deputies);
	const found = problems();
	const seen = runbookOf(input, parts, {
		people,
		...(deputies === undefined ? {} : {deputies}),
		...(found.length === 0 ? {} : {warnings: found.length}),
		...(isUnreviewed ? {unreviewed: true as const} : {}),
	});
	return {
		runbook: found.some(({severity}) => severity === 'error') ? null : seen,
		seen,
		unused: drafted.unused ?? unusedOf(document),
		problems: found,
		notes,
		source: lines,
	};
}
