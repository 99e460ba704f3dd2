/* Gates, triggers, rollback steps and sign-offs of a runbook that is not written for the reader: by what their places are about. */

import {durationText} from '../../text/time.ts';
import {isOutcome, namesToSign} from '../parts/sign-offs/sign-off-rows.ts';
import {limitsIn} from '../parts/timeline/duration.ts';
import {beginsWithWhich, words} from '../words/words.ts';
import {fencedCommands, hasBlank} from './fence-commands.ts';
import {alternativesIn, labelled, saysStop} from './labels.ts';
import {lengthIn, markOf} from './marks.ts';
import type {Place} from './places.ts';
import type {Entry} from './proposal.ts';
import {headsPart} from './step.ts';
import {bracketedOwner, ownerAmong} from './step-owner.ts';
import {rowSays} from './step-tables.ts';
import {above, beginsWith, endsWith, isOnly, saysOf, type Topic, topicAt} from './topics.ts';

export type FoundPart = {readonly place: Place; readonly rest: Entry};
export type FoundParts = Readonly<Record<'gates' | 'triggers' | 'rollback' | 'signOffs', readonly FoundPart[]>>;

type Lines = readonly string[];

/** A line of YAML in a fence: `- query the rate`, `key: value`. */
const isData = ({kind, text}: Place): boolean => kind === 'code' && /^(?:- |[\w.-]+:(?: |$)|[{}[\]"])/.test(text);

/** `… lowered to 60 s (netops)`: brackets hold many things, so they name an owner only where a step or a title does as well. */
const inBrackets = (text: string, owners: ReadonlySet<string>): string | null => {
	const inside = bracketedOwner(text);
	return inside !== null && (owners.has(inside.toLowerCase()) || endsWith(inside, 'roleEnd')) ? inside : null;
};

function gateOf(place: Place, lines: Lines, owners: ReadonlySet<string>): FoundPart {
	const owner = ownerAmong(lines.slice(place.line - 1, place.end));
	const column = place.header.findIndex(text => isOnly(text, 'owner'));
	const named = owner ?? place.cells[column] ?? inBrackets(place.text, owners);
	return {
		place,
		rest: {
			// What a gate of a table or list is answered by the reader knows.
			...(place.kind === 'code' && !hasBlank(place.text) ? {run: 'code'} : {}),
			...(named ? {owner: named} : {}),
			...saysOfRow(place),
		},
	};
}

const saysOfRow = (place: Place): Entry => {
	const says = rowSays(place);
	return says === '' ? {} : {says};
};

/** `of`: the place that the map names, where the trigger is a part of its line. */
function triggerOf(place: Place, of?: Place): FoundPart {
	const length = saysOf(place.text, 'outage') ? lengthIn(place.text) : null;
	const says: Entry = of ? {says: place.text} : saysOfRow(place);
	if (length === null) return {place: of ?? place, rest: says};
	const [limit] = limitsIn(place.text);
	return {
		place: of ?? place,
		rest: {...says, outage: durationText(length), ...(limit && !limit.strict ? {atLimit: true} : {})},
	};
}

/** A place that a person says is one, whatever its words. */
export function takenAs(kind: keyof FoundParts, place: Place): FoundPart {
	if (kind === 'gates') return {place, rest: {}};
	if (kind === 'triggers') return triggerOf(place);
	if (kind === 'rollback') return {place, rest: {by: 'hand'}};
	return {place, rest: {role: (signed.exec(place.text)?.[1] ?? place.text).trim()}};
}

const signed = /^(?:\[.\]\s*)?([^:：_–—|]{2,60}?)\s*(?:[:：_–—|]|$)/u;

/** Who signs at a place; none where it is no line to sign. `closing`: who signs what names nobody. */
function signOffsOf(place: Place, closing: string, owners: ReadonlySet<string>): readonly FoundPart[] {
	const {kind, text, header, cells} = place;
	const blanks = kind === 'line' ? (namesToSign(place.raw) ?? []) : [];
	if (blanks.length > 1) return blanks.map(role => ({place, rest: {role}}));
	const column = header.findIndex(one => isOnly(one, 'role'));
	const role =
		(kind === 'row' ? cells[column] || cells.find(cell => cell !== '') : signed.exec(text)?.[1])?.trim() ?? '';
	const isLine =
		kind === 'row'
			? header.some(one => saysOf(one, 'role') || saysOf(one, 'sign'))
			: kind === 'item' || /_{3,}/.test(place.raw);
	if (!isLine || role === '' || isOnly(role, 'notSign') || (place.isBox && isOutcome(text))) return [];
	// "Head of finance", "Diretora de RH"
	const isRole = [role, role.split(/ (?:of|de|do|da|di|del|du|des|der) /)[0] ?? ''].some(one =>
		endsWith(one, 'roleEnd'),
	);
	const isSaid = kind === 'row' || /[:：_]/.test(text) || isRole || owners.has(role.toLowerCase());
	if (isSaid && isShort(role)) return [{place, rest: {role}}];
	return place.isBox ? [{place, rest: {role: closing}}] : [];
}

/** `Role | Name | Signature`: who signs, whatever the heading says; where it has a column of what is done, the steps are initialled. */
const isSigned = ({kind, header}: Place): boolean =>
	kind === 'row' &&
	header.some(text => isOnly(text, 'role')) &&
	header.some(text => isOnly(text, 'sign')) &&
	!header.some(text => isOnly(text, 'action'));

/** A column of conditions; "When" may be one of times as well. */
const saysWhen = (header: string, cell = ''): boolean =>
	isOnly(header, 'conditions') ||
	isOnly(header, 'symptomColumn') ||
	(isOnly(header, 'whenIf') && cell !== '' && markOf(cell) === null);

const isShort = (role: string): boolean => role.split(' ').length <= 5;

const isLeaf = (place: Place, places: readonly Place[]): boolean => !places.some(({parent}) => parent === place);

/** More lines of a fence than that are a script, which is one step. */
const mostLines = 5;

/** What holds the script that a line of a fence is of: what leads to it, or its heading; the line itself of a short one. */
function scriptOf(place: Place, places: readonly Place[]): Place {
	const fence = place.section.blocks.find(({kind, line}) => kind === 'fence' && line === place.block);
	if (fence?.kind !== 'fence') return place;
	const count = places.filter(({kind, block}) => kind === 'code' && block === place.block).length;
	if (count <= mostLines && fencedCommands([fence]).commands.length >= count) return place;
	const holds = ({section, line, end}: Place): boolean =>
		section === place.section && line <= fence.line && end >= fence.end;
	return places.findLast(one => one.kind !== 'code' && holds(one)) ?? place;
}

/** What is taken as a stage, the line of the one at T0, and who does them. */
export type Stages = {readonly all: readonly Place[]; readonly zero: number; readonly owners: ReadonlySet<string>};

/** The items of a list under "If it goes wrong", as far as they may be reasons for a rollback as well as steps of it. */
function unclear(places: readonly Place[], topicFor: (place: Place) => Topic | null): readonly (readonly Place[])[] {
	const items = places.filter(
		place =>
			place.kind === 'item' &&
			place.parent === null &&
			!place.isOrdered &&
			(above(place)
				.slice(0, 1)
				.some(({text}) => saysOf(text, 'wrong')) ||
				// Bullets beside numbered steps.
				places.some(one => one.kind === 'item' && one.section === place.section && one.isOrdered)) &&
			topicFor(place) === 'rollback',
	);
	return [...Map.groupBy(items, ({block}) => block).values()];
}

const isReason = ({text}: Place): boolean =>
	!beginsWith(text, 'imperative') && (saysOf(text, 'symptom') || saysOf(text, 'outage'));

/** `closing`: the role of the last stage. `areReasons`: whether a list that may hold either holds reasons for a rollback. */
export function partsIn(
	places: readonly Place[],
	{all: stages, zero, owners}: Stages,
	lines: Lines,
	{closing, areReasons}: {closing: string; areReasons: (items: readonly Place[], likely: boolean) => boolean},
): FoundParts {
	const stageLines = new Set(stages.map(({line}) => line));
	const first = Math.min(...stageLines);
	const last = Math.max(...stages.map(({end}) => end));
	const gates: FoundPart[] = [];
	const triggers: FoundPart[] = [];
	const rollback: FoundPart[] = [];
	const signOffs: FoundPart[] = [];
	const prose: Place[] = [];
	const isIn = (place: Place): boolean => stages.some(({line, end}) => place.line >= line && place.line <= end);
	const others = (place: Place, kinds: readonly Place['kind'][]): boolean =>
		places.some(
			one =>
				one.section === place.section && (place.kind === 'line' || one.lead === place.lead) && kinds.includes(one.kind),
		);

	/** Boxes under such a heading are steps, or checks of what was done. */
	const isOther = (text: string): boolean => saysOf(text, 'back') || saysOf(text, 'path') || saysOf(text, 'proof');
	/** "Return to release 11 if a lane stays stopped:", with the steps under it. */
	const saysGoBack = (text: string): boolean =>
		/[:：]\s*$/.test(text) && beginsWith(text, 'backLabel') && saysOf(text, 'whenIf');
	const isGate = (place: Place, topic: Topic | null): boolean => {
		const texts = above(place).map(({text}) => text);
		// What must hold after T0 is no gate before it.
		const isLater = place.line >= zero && isIn(place);
		if (topic === 'goIf') return place.kind === 'item' && !isLater;
		if (isIn(place))
			return !isLater && topic === 'gates' && place.isBox && texts.slice(0, 1).some(text => saysOf(text, 'checks'));
		if (place.line > last && !texts.some(text => saysOf(text, 'strongGate'))) return false;
		if (topic !== 'gates') return topic === null && place.isBox && place.line < first && !texts.some(isOther);
		if (place.kind === 'code') return texts.slice(0, 1).some(text => saysOf(text, 'checks'));
		const [nearest = ''] = texts.filter(text => saysOf(text, 'gate'));
		if (place.kind === 'item') return place.isBox || !saysOf(nearest, 'task');
		return place.kind === 'row' && !saysOf(nearest, 'task');
	};
	/** "Watch", "Call the shop" in the column of what is done, where other rows say to roll back. */
	const isHarmless = ({kind, header, cells, block}: Place): boolean => {
		const column = kind === 'row' ? header.findIndex(text => isOnly(text, 'response')) : -1;
		const said = (cell = ''): boolean => saysOf(cell, 'back') || saysOf(cell, 'undo');
		const isWatched = beginsWithWhich(cells[column] ?? '', words.watches) !== -1 && !said(cells[column]);
		return isWatched && places.some(one => one.block === block && said(one.cells[column]));
	};
	const isTrigger = (place: Place, topic: Topic | null): boolean => {
		// What stops a step before T0 leaves nothing to roll back.
		if (isHarmless(place) || (isIn(place) && place.line < zero)) return false;
		if (saysStop(place.text) && place.kind !== 'row')
			return place.line > zero && topic !== 'none' && isLeaf(place, places);
		// "- If the uplinks stay down, back out" beside the steps says when.
		const saysWhen =
			place.kind === 'item' &&
			!place.isOrdered &&
			beginsWith(place.text, 'if') &&
			(saysOf(place.text, 'back') || /→|[-=]>/.test(place.text));
		if (topic === 'rollback') return saysWhen && isLeaf(place, places);
		if (beginsWith(place.text, 'imperative')) return false;
		if (topic === 'triggers')
			return (
				place.kind === 'row' ||
				(place.kind === 'item' && isLeaf(place, places)) ||
				(place.kind === 'line' && !others(place, ['item', 'row']))
			);
		return (
			place.kind === 'item' &&
			topic !== 'stage' &&
			isLeaf(place, places) &&
			saysOf(place.text, 'back') &&
			saysOf(place.text, 'if') &&
			/[:：]\s*\S/.test(place.text)
		);
	};
	const reasons = new Set(
		unclear(places, place => topicAt(place, stageLines)).flatMap(items =>
			areReasons(items, items.filter(isReason).length * 2 > items.length) ? items : [],
		),
	);
	const addStep = (place: Place): void => {
		if (rollback.every(one => one.place !== place)) rollback.push({place, rest: {by: 'hand'}});
	};
	for (const place of places) {
		if (place.kind === 'heading' || stageLines.has(place.line)) continue;
		const isBehind =
			place.line > last &&
			above(place)
				.slice(0, 1)
				.some(({text}) => isOnly(text, 'backLabel') || saysGoBack(text));
		const about = topicAt(place, stageLines) ?? (isBehind ? 'rollback' : null);
		const isBack = about === 'rollback' || (place.line > last && saysGoBack(place.text));
		const own = isIn(place) ? null : labelled(place, isBack);
		if (own) {
			if (own.topic === 'gates') gates.push(...own.values.map(says => ({place, rest: {says}})));
			if (own.topic === 'triggers') triggers.push(...own.values.map(text => triggerOf({...place, text}, place)));
			if (own.topic === 'rollback') addStep(place);
			// "Approved by: …" at the head of a document says who looked at the text.
			if (own.topic === 'signOffs' && place.line > last)
				signOffs.push(...own.values.filter(isShort).map(role => ({place, rest: {role}})));
			continue;
		}
		const isOfBack = about === 'rollback' || above(place).some(({text}) => saysOf(text, 'back'));
		const isWhen = isOfBack && !isIn(place) && place.header.some((text, at) => saysWhen(text, place.cells[at]));
		const topic = reasons.has(place) || isWhen ? 'triggers' : about;
		const isTop = place.kind !== 'item' || place.parent === null || headsPart(place.parent);
		const either = place.kind === 'row' ? [] : alternativesIn(place.text);
		const addTriggers = (): void => {
			triggers.push(
				...(either.length < 2 ? [triggerOf(place)] : either.map(text => triggerOf({...place, text}, place))),
			);
		};
		if (isTrigger(place, topic)) addTriggers();
		else if (topic === 'rollback' && isTop && !isIn(place)) {
			const isLead = place.kind === 'line' && /[:：]$/.test(place.raw.trim());
			// "If the load fails or the totals differ:" leads to the steps that it calls for.
			if (isLead && beginsWith(place.text, 'whenIf') && place.text.split(' ').length > 4 && !saysOf(place.text, 'back'))
				addTriggers();
			if (isLead) continue;
			if (place.kind === 'line') prose.push(place);
			else if (!isData(place) && !(place.kind === 'code' && others(place, ['item', 'row'])))
				addStep(scriptOf(place, places));
		} else if ((topic === 'signOffs' && isTop) || (!isIn(place) && isSigned(place))) {
			signOffs.push(...signOffsOf(place, closing, owners));
		} else if (isTop && isGate(place, topic)) gates.push(gateOf(place, lines, owners));
	}
	// A strategy or a remark beside the steps is none of them.
	if (rollback.length === 0) prose.forEach(addStep);
	return {gates, triggers, rollback, signOffs};
}
