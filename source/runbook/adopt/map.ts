/*
A runbook read by its map, `reading:` of the settings: which place is taken as what. Nothing is inferred: what the map does not say is not read.
*/
import type {Gate, Runbook, SignOff, Stage, StageKind, Trigger} from '../../cutover/model/runbook.ts';
import {filesOfCommand, isPath, pathOf} from '../../text/code.ts';
import {sameName} from '../../text/same-name.ts';
import {secondsIn} from '../../text/time.ts';
import {usualGate} from '../parts/gates/gate-kind.ts';
import {mostCommands} from '../parts/rollback/rollback-steps.ts';
import {clockAt} from '../parts/timeline/clock.ts';
import {offsetOf, offsetOfSeconds} from '../parts/timeline/offset.ts';
import {lengthOf} from '../parts/timeline/row.ts';
import {answerSeconds} from '../parts/triggers/triggers.ts';
import type {Reading} from '../reading.ts';
import {expectIn} from '../settings/apply.ts';
import type {Read} from '../settings/read.ts';
import type {ReadingMap} from '../settings/reading.ts';
import type {Unused} from '../unused.ts';
import {codesAt} from './anchors.ts';
import {fencedCommands, fencesIn} from './fence-commands.ts';
import {located} from './located.ts';
import {rollbackOf} from './map-rollback.ts';
import {withoutMark} from './marks.ts';
import {type Place, placesOf} from './places.ts';
import {type Planned, schedule} from './schedule.ts';
import {unusedBeside} from './unused-beside.ts';

/** What an entry says that makes it more than a statement. */
const gateKinds = [
	['run', 'command'],
	['acknowledge', 'acknowledgement'],
	['files', 'files'],
] as const;

/** White space, line ends and the marks of a table aside. */
const squeezed = (text: string): string =>
	text.replaceAll('\\|', '|').replace(/\\\n/g, ' ').replace(/\s+/g, ' ').trim();

/** What other columns say than those of what is done, by whom, when and how long. */
function besides({header, cells}: Place, says: string | undefined, owners: readonly string[]): Record<string, string> {
	const isOwner = (cell: string): boolean =>
		cell.split(/\s*[,/&+]\s*/).every(name => owners.some(owner => sameName(owner, name.replaceAll(' ', '-'))));
	const isWhen = (cell: string): boolean =>
		(clockAt(cell) ?? offsetOf(cell) ?? lengthOf(cell)) !== null || /^[\d.]*$|^[-–—]$/.test(cell);
	const left = says === undefined ? [] : header.map((name, at) => [name, cells[at] ?? ''] as const);
	return Object.fromEntries(
		left.filter(([name, cell]) => name !== '' && cell !== says && !isWhen(cell) && !isOwner(cell)),
	);
}

export type Mapped = Pick<Runbook, 'gates' | 'stages' | 'triggers' | 'rollback' | 'signOffs'> & {
	/** What people do of the rollback. */
	readonly rollbackSteps: readonly string[];
	/** What no entry takes. */
	readonly unused: readonly Unused[];
};

/** Reads by the map. `lines`: of the file. */
export function readMapped(map: ReadingMap, read: Read, lines: readonly string[], reading: Reading): Mapped {
	const {parsed} = read;
	const inFile = read.complain;
	const {document, complain, roles} = reading;
	const places = placesOf(document, lines.length);
	const {rows, taken, covered} = located(map, places, lines, read, complain);
	const spelt = (names: string | readonly string[] | undefined): readonly string[] =>
		(names === undefined ? (map.owner === undefined ? [] : [map.owner].flat()) : [names].flat()).map(name =>
			roles.spell(name),
		);

	const {stages: staged} = rows;
	const planned = staged.map(({entry, index}, turn): Planned => {
		const at = entry.at === undefined ? null : offsetOf(entry.at);
		if (entry.at !== undefined && !at)
			inFile('reading-time', parsed.at(['reading', 'stages', index, 'at']), {text: entry.at});
		return {
			id: entry.id ?? `stage-${turn + 1}`,
			at: at?.seconds ?? null,
			takes: secondsIn(entry.takes),
			with: entry.with ?? null,
			after: entry.after === undefined ? [] : [entry.after].flat(),
		};
	});
	const ids = planned.map(({id}) => id);
	// A place that is not found is named where it is said: the stages that would be there are not missed as well.
	const isWhole = (map.stages ?? []).every((_, turn) => staged.some(({index}) => index === turn));
	const complainOfUnknown = (at: ReturnType<typeof parsed.at>, what: string, name: string): void => {
		if (isWhole) inFile('settings-unknown', at, {what, name, names: ids.join(', ')});
	};
	const named = (key: 'zero' | 'decision' | 'closing'): string | null => {
		const id = map[key];
		if (id !== undefined && !ids.includes(id)) complainOfUnknown(parsed.at(['reading', key]), 'stage', id);
		return id ?? null;
	};
	const zero = named('zero') ?? planned.find(({at}) => at === 0)?.id ?? null;
	const decision = named('decision');
	const closing = named('closing');
	const top = () => parsed.keyAt(['reading']);
	if (zero === null) inFile('reading-missing', top(), {what: 'zero', why: 'which stage begins at T0'});
	if (decision === null) inFile('reading-missing', top(), {what: 'decision', why: 'which stage is the go/no-go'});
	const {begins, after, faults} = schedule(planned, zero);
	for (const fault of faults) {
		const index = planned.findIndex(({id}) => id === fault.id);
		const at = parsed.at(['reading', 'stages', staged[index]?.index ?? 0]);
		if (fault.kind === 'takes') inFile('reading-takes', at, {id: fault.id});
		else if (fault.kind === 'unknown') complainOfUnknown(at, 'earlier stage', fault.other);
		else inFile('reading-late', at, {id: fault.id, other: fault.other, minutes: Math.ceil(fault.seconds / 60)});
	}
	const stageAt = (place: Place): string | null => {
		const inside = staged.findIndex(({place: stage}) => stage.line <= place.line && stage.end >= place.line);
		return inside === -1 ? null : (ids[inside] ?? null);
	};

	const within = (place: Place, text: string): boolean => {
		const body = squeezed(lines.slice(place.line - 1, place.end).join('\n'));
		return text.split(' && ').every(piece => body.includes(squeezed(piece)));
	};
	const gateRows = rows.gates.map(({entry, place, index}, turn) => {
		const commands = entry.run === undefined ? [] : entry.run === 'code' ? codesAt(place) : [entry.run].flat();
		if (entry.run !== undefined && (commands.length === 0 || !commands.every(one => within(place, one))))
			inFile('reading-code', parsed.at(['reading', 'gates', index, 'run']), {words: entry.from});
		const files = entry.files === undefined ? [] : codesAt(place).filter(isPath).map(pathOf);
		const owners = spelt(entry.owner);
		const groups = entry.acknowledge === undefined ? owners : spelt(entry.acknowledge);
		const said = gateKinds.find(([key]) => entry[key] !== undefined);
		const kind: Gate['kind'] = said?.[1] ?? 'statement';
		const gate: Gate = {
			id: entry.id ?? `gate-${turn + 1}`,
			title: entry.says ?? place.text,
			kind,
			commands,
			files: [...new Set([...files, ...(entry.cites ?? []), ...commands.flatMap(filesOfCommand)])],
			...(entry.expect === undefined ? {} : {expect: expectIn(entry.expect)}),
			passWhen: '',
			owners,
			groups: kind === 'command' || kind === 'files' ? [] : groups,
			need: entry.need ?? 'all',
			...usualGate,
			line: place.line,
			more: {},
		};
		return {gate, stage: entry.before ?? stageAt(place) ?? decision};
	});
	const gates = gateRows.map(({gate}) => gate);
	const complainOfTwins = (all: readonly {readonly id: string; readonly line: number}[]): void => {
		const lineOf = new Map<string, number>();
		for (const {id, line} of all) {
			const other = lineOf.get(id.toLowerCase());
			if (other === undefined) lineOf.set(id.toLowerCase(), line);
			else complain('reading-double', {line, column: 1}, {id, other});
		}
	};
	complainOfTwins(gates);

	const boxed = places.filter(({isBox}) => isBox);
	const boxes = (place: Place): readonly string[] =>
		boxed.filter(one => !taken.has(one) && one.line > place.line && one.line <= place.end).map(({text}) => text);
	/** With what is below it and is taken as nothing else; the parts of an item are its own. */
	const whole = (place: Place, text = place.text): string =>
		[
			text,
			...places
				.filter(one => one.line > place.line && one.line <= place.end && one.kind !== 'code' && !taken.has(one))
				.map(one => one.text),
		].join('; ');
	const body = (place: Place): string =>
		place.kind === 'heading' ? whole(place, withoutMark(place.text)) : withoutMark(place.text);
	/** Commands of a stage that its entry says may be run; each is asked for by itself. */
	const commandsOf = ({entry, place, index}: (typeof staged)[number]): readonly string[] => {
		if (entry.run === undefined) return [];
		const inside = places.filter(one => one.line >= place.line && one.line <= place.end && one.kind === 'item');
		const {commands, faults} =
			entry.run === 'fence'
				? fencedCommands(fencesIn(document.sections, place))
				: {commands: inside.flatMap(one => codesAt(one).map(text => ({text, line: one.line}))), faults: []};
		for (const fault of faults) complain('reading-fill', {line: fault.line, column: 1}, {text: fault.text});
		if (commands.length === 0)
			inFile('reading-code', parsed.at(['reading', 'stages', index, 'run']), {words: entry.from});
		return commands.map(({text}) => text);
	};
	const last = planned.length - 1;
	const hasLengths = planned.some(({takes}) => takes !== null);
	const stages = staged.map((one, index): Stage => {
		const {entry, place} = one;
		const commands = commandsOf(one);
		const {id = ''} = planned[index] ?? {};
		const offsetSeconds = begins.get(id) ?? 0;
		const own = gateRows.filter(({stage}) => stage === id).map(({gate}) => gate.id);
		const items = entry.asks ?? boxes(place);
		const kindOf = (): StageKind => {
			if (id === zero) return 'act';
			if (id === decision) return 'decision';
			if (id === closing || (closing === null && index === last && offsetSeconds > 0)) return 'closing';
			if (offsetSeconds < 0) return own.length > 0 && commands.length === 0 ? 'checks' : 'manual';
			return items.length > 0 || entry.asks !== undefined ? 'verification' : 'manual';
		};
		const kind = kindOf();
		return {
			id,
			kind,
			offsetSeconds,
			owners: spelt(entry.owner),
			action: entry.says ?? body(place),
			evidence: '',
			items: kind === 'verification' ? items : [],
			gates: own,
			playbook: null,
			...(commands.length === 0 ? {} : {commands}),
			...(hasLengths ? {plan: {takesSeconds: planned[index]?.takes ?? null, after: after.get(id) ?? []}} : {}),
			timeoutSeconds: null,
			start: 'person',
			line: place.line,
			more: {time: offsetOfSeconds(offsetSeconds).id, ...besides(place, entry.says, spelt(entry.owner))},
		};
	});
	complainOfTwins(stages);
	for (const {id, kind, commands, line} of stages)
		if (commands && (kind === 'decision' || kind === 'closing'))
			complain('reading-run', {line, column: 1}, {id, kind: kind === 'decision' ? 'go/no-go' : 'last decision'});
	const ordered = stages.toSorted((a, b) => a.offsetSeconds - b.offsetSeconds);
	const before = stages.find(({id}) => id === decision);
	if (before && zero !== null && before.offsetSeconds >= 0) inFile('reading-order', top(), {id: before.id});

	const closers = stages.find(({kind}) => kind === 'closing')?.owners ?? [];
	const triggers = rows.triggers.map(({entry, place}, index): Trigger => {
		const id = String(index + 1);
		const about = {id, text: entry.says ?? place.text, line: place.line};
		if (entry.outage !== undefined)
			return {
				...about,
				kind: 'outage',
				thresholdSeconds: secondsIn(entry.outage) ?? 0,
				strict: entry.atLimit !== true,
				roles: entry.ask === undefined ? [] : spelt(entry.ask),
			};
		const asked = entry.ask === undefined ? closers : spelt(entry.ask);
		return {...about, kind: 'confirmation', roles: asked, need: 'any', facts: [about.text], answerSeconds};
	});

	const rollback = rollbackOf(within, rows.rollback, inFile, index => parsed.at(['reading', 'rollback', index]));
	/** With the commands that are under it: they are one step. */
	const handText = (place: Place): string => {
		const text = place.kind === 'line' ? whole(place) : place.text;
		const {commands} = fencedCommands(fencesIn(document.sections, place));
		const [first] = commands;
		if (!first) return text;
		const shown = commands.map(one => one.text.replace(/\s*\\\n\s*/g, ' ').replaceAll('\n', '; '));
		return [text, ...(commands.length > mostCommands ? [`the commands from line ${first.line} on`] : shown)].join('; ');
	};
	const byHand = rows.rollback.filter(({entry}) => entry.by === 'hand').map(({place}) => handText(place));
	const signOffs = rows.signOffs.map(
		({entry, place}, index): SignOff => ({
			id: `S${index + 1}`,
			role: roles.spell(entry.role ?? ''),
			text: place.text,
			requires: [],
			line: place.line,
		}),
	);
	return {
		gates,
		stages: ordered,
		triggers,
		rollback,
		rollbackSteps: byHand,
		signOffs,
		unused: unusedBeside(document, line => covered.has(line)),
	};
}
