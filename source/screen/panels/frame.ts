/*
Rows 1 to 6 of every screen: the problem, the clocks, who is here, Next and You. One glance tells where we are, what is
wrong and what to do next; where there is little room the problem, the clocks and Next remain.
*/

import {identityText} from '../../cutover/model/person.ts';
import type {ReplayPosition} from '../../cutover/model/replay.ts';
import {isOver, type Status} from '../../cutover/model/state.ts';
import type {Entry} from '../../cutover/ports.ts';
import {byLinkText} from '../../cutover/snapshot/links.ts';
import {type Next, nextTexts, type Waiting} from '../../cutover/snapshot/next-step.ts';
import {firedReason} from '../../cutover/snapshot/triggers.ts';
import {counted} from '../../text/counted.ts';
import {day, minutes, wall, wallOn, wallShort, zone} from '../../text/time.ts';
import {bindings, keyForNext, labelFor} from '../keys/keys.ts';
import type {PanelProps} from '../panel.ts';
import {type Fault, faultWord} from '../state/view.ts';
import type {Colour, Theme} from '../theme.ts';
import {isNarrow} from './board/bars.ts';
import {clocksLine, movedText} from './board/clocks.ts';
import {bold, inset, keyLook, type Line, type Look, plain, span, widthOf, widthOfText} from './line.ts';
import {rule} from './section.ts';

/** `REPLAY 21:47:19 12/188 x60`: the replayed time, the newest event of all, how fast. */
const replayText = ({state, size}: PanelProps, {at, event, events, speed, playing}: ReplayPosition): string => {
	const time = size.columns < 110 ? wall(at) : `${day(at)} ${wallOn(at, at)}`;
	const rehearsal = state.rehearsal === null ? '' : 'REHEARSAL ';
	return ` ${rehearsal}REPLAY ${time} ${event}/${events} ${playing ? `x${speed}` : 'paused'} `;
};

const badge = (background: Colour, {colour}: Theme): Look =>
	colour ? {colour: 'black', background, bold: true} : {inverse: true, bold: true};

/** Ticket and environment, else the id; a rehearsal says so at the right, and a replay, each in a colour of its own. `isBrief`: no ticket, no id. */
const where = (props: PanelProps, look: Look, isBrief: boolean): Line => {
	const {snapshot, state, theme, replay} = props;
	const {ticket, environment} = snapshot;
	const named = isBrief ? [environment] : [ticket, environment];
	const names = named.filter(name => name !== null);
	if (names.length === 0 && !isBrief) names.push(snapshot.id);
	const text = span(names.join(' · '), look);
	if (replay !== null) {
		const shown = span(replayText(props, replay), badge('cyan', theme));
		return props.size.columns < 110 ? [shown] : [text, span(' ', look), shown];
	}
	if (state.rehearsal === null) return [text];
	return [text, span(' ', look), span(` REHEARSAL x${state.rehearsal.speed} `, badge('magenta', theme))];
};

const good: readonly Status[] = ['go', 'kept', 'rolled-back'];

/** Of row 1: an alarm white on red, a rollback that runs black on yellow, a good end black on green. */
export const toneOf = (status: Status, loud: boolean, {colour}: Theme): Look => {
	if (!colour) return loud ? {inverse: true, bold: true} : plain;
	if (loud)
		return status === 'rolling-back'
			? {colour: 'black', background: 'yellow', bold: true}
			: {colour: 'white', background: 'red', bold: true};
	return good.includes(status) ? {colour: 'black', background: 'green'} : plain;
};

type Problem = {readonly word: string; readonly text: string; readonly loud: boolean};

const range = (lost: readonly Entry[]): string =>
	lost.length === 1 ? `${lost[0]?.seq}` : `${lost[0]?.seq} to ${lost.at(-1)?.seq}`;

/** Since when the store is away, and how much waits for it here; of any other fault what it says. */
const faultText = ({away, lost = [], message}: Fault, now: number): string =>
	away == null
		? lost.length > 0
			? `${range(lost)} ${lost.length === 1 ? 'was read here and is' : 'were read here and are'} gone`
			: message
		: `since ${wall(away.since)}, for ${minutes(now - away.since)} · ${counted(away.kept, 'result')} kept here`;

const problem = ({snapshot, view}: PanelProps): Problem => {
	if (view.fault !== null) return {word: faultWord(view.fault), text: faultText(view.fault, snapshot.now), loud: true};
	const {headline, t0, status} = snapshot;
	if (view.screen !== 'poll' || headline.loud || isOver(status) || snapshot.poll === null) return headline;
	if (snapshot.poll.kind === 'keep') return {word: 'KEEP / ROLL BACK', text: snapshot.poll.stage, loud: false};
	const moved = movedText(snapshot);
	const text = `T0 ${wall(t0)} ${zone(t0)}${moved === null ? '' : `, ${moved}`}`;
	return {word: status === 'go' ? 'GO given' : 'GO / NO-GO', text, loud: false};
};

const headlineLine = (props: PanelProps): Line => {
	const {word, text, loud} = problem(props);
	const look = toneOf(props.snapshot.status, loud, props.theme);
	const {columns} = props.size;
	const whole = where(props, look, false);
	const room = columns - widthOfText(`${word}  ${text}`) - 4;
	// The problem comes first: the ticket gives way to it.
	const place = widthOf(whole) <= room ? whole : where(props, look, true);
	const said = [span(word, {...look, bold: true}), span(`  ${text}`, look)];
	const line = inset(columns, said, place);
	return line.map(piece => (piece.look === plain ? span(piece.text, look) : piece));
};

/**
A clock that is behind, so that time stands still; channels at which nothing arrives, where people who look at no screen know
nothing; or what the loss of a server may lose. Null where none of it is so: what the settings attest is beside the identity.
*/
function alarmOf({snapshot: {clockBehind, now, notNotified, durability}}: PanelProps): string | null {
	if (clockBehind !== null) return `CLOCK ${minutes(clockBehind)} BEHIND, time stands still until ${wall(now)}`;
	if (notNotified.length > 0) {
		const names = [...new Set(notNotified.map(({channel}) => channel.toUpperCase()))].join(', ');
		return `${names} NOT NOTIFIED since ${wallShort(Math.min(...notNotified.map(({since}) => since)))}`;
	}
	return durability === null || durability.kind === 'attested' ? null : durability.text;
}

function alarmSpan(props: PanelProps): Line | null {
	const text = alarmOf(props);
	return text === null ? null : [span(text, {colour: 'yellow', bold: true})];
}

const attested = ({snapshot: {durability}, size}: PanelProps): string =>
	durability?.kind === 'attested' && size.columns >= 110 ? `${durability.text} · ` : '';

/** Who has a screen open, you first. */
const present = ({snapshot, person}: PanelProps): string => [...new Set([person.name, ...snapshot.here])].join(' ');

const rollbackWhy = (
	props: PanelProps,
	begun: {readonly by: {readonly name: string}; readonly at: number; readonly reason: string | null},
): Line => {
	const {state, snapshot, size} = props;
	const triggers = state.rollback?.triggers ?? [];
	// The reason that is offered names the trigger itself.
	const isNamed = triggers.length === 0 || snapshot.triggers.some(each => firedReason(each) === begun.reason);
	const cause = isNamed ? '' : `trigger ${triggers.join(', ')}: `;
	return inset(
		size.columns,
		[span(`why ${cause}${begun.reason ?? ''}`)],
		alarmSpan(props) ?? [span(`by ${begun.by.name} ${wall(begun.at)}   online ${present(props)}`)],
	);
};

const peopleLine = (props: PanelProps): Line => {
	const {person, state, view, size, snapshot} = props;
	if (view.screen === 'rollback' && state.rollback !== null) return rollbackWhy(props, state.rollback.begun);
	const command = snapshot.command === person.name ? ', in command' : '';
	const you = `you ${person.name}${person.role === null ? '' : ` ${person.role}`}${command}`;
	const left = [span(`${you}      online ${present(props)}`)];
	const alarm = alarmSpan(props);
	if (alarm !== null) return inset(size.columns, left, alarm);
	// Who is there comes first where there is little room.
	const whole = [span(`${attested(props)}identity: ${identityText(person)}`)];
	const fits = widthOf(left) + 1 + widthOf(whole) <= size.columns - 2;
	const brief = isNarrow(size.columns) ? [] : [span(identityText(person))];
	return inset(size.columns, left, fits ? whole : brief);
};

/** `[r] run`: the key and what it does, as the footer says it. */
const keyOf = (
	{hints, theme, replay, view}: PanelProps,
	item: Next | null,
): {readonly short: string; readonly long: string} => {
	const key = item === null || replay !== null ? null : keyForNext(item, view.screen);
	// In a dialog Enter is the dialog's.
	if (key === null || (key === '⏎' && view.dialog !== null)) return {short: '', long: ''};
	const isShown = ({keys}: {readonly keys: string}) => keys === key;
	const hint = hints.find(isShown) ?? bindings.find(({shown}) => shown === key);
	const short = `[${key === '⏎' ? theme.glyph.enter : key}]`;
	// A path that runs is only watched: its key opens it, and rolls back nothing.
	const isOpened = item?.act === null && item.target?.kind === 'path';
	const named = item?.act == null ? undefined : labelFor(item.act, key);
	const label = isOpened ? 'open' : (named ?? hint?.label);
	return {short, long: label === undefined ? short : `${short} ${label}`};
};

const dueText = ({snapshot}: PanelProps, {due, saysDue, act, target}: Next): string =>
	(act !== null || target !== null) && due !== null && due > snapshot.now && !saysDue ? `, by ${wallShort(due)}` : '';

/** ` · since 21:46 · then release the hold`, from the longest on: where there is room. */
const waitTexts = ({snapshot}: PanelProps, {since, saysSince, after}: Next): readonly string[] => {
	const from = since === null || since >= snapshot.now || saysSince ? '' : ` · since ${wallShort(since)}`;
	const next = after === null ? '' : ` · then ${after}`;
	return [`${from}${next}`, next, from].filter(each => each !== '');
};

/** ` · call carol +49 170 1234567`: how whoever NEXT names is reached, or can answer by a link; empty for who reads it. */
const callText = ({snapshot, person, state}: PanelProps): string => {
	const [first] = snapshot.waits;
	if (first === undefined || snapshot.calls.some(({name}) => name === person.name)) return '';
	const calls = snapshot.calls.map(({name, contact}) =>
		name === null ? `on call ${contact}` : `call ${name} ${contact}`,
	);
	const links = first.mine ? [] : byLinkText(snapshot, state, first.roles);
	return [...(calls.length === 0 ? [] : [calls.join(', ')]), ...links].map(each => ` · ${each}`).join('');
};

/** The key says what it does where there is room for that beside the whole text. */
const dutyLine = (props: PanelProps, word: string, item: Next | null, otherwise: string, call = ''): Line => {
	const {columns} = props.size;
	const room = columns - 9;
	const texts = item === null ? [otherwise] : nextTexts(item).map(each => `${each}${dueText(props, item)}`);
	const waits = item === null ? [] : waitTexts(props, item);
	const {short, long} = keyOf(props, item);
	const fits = (text: string, key: string): boolean => widthOfText(text) + widthOfText(key) <= room;
	const text =
		waits.map(each => `${texts[0]}${each}${call}`).find(each => fits(each, long)) ??
		[...texts.map(each => `${each}${call}`), ...texts].find(each => fits(each, short)) ??
		texts.at(-1) ??
		'';
	const key = fits(text, long) ? long : short;
	return inset(columns, [span(word.padEnd(6), bold), span(text)], [span(key, keyLook)]);
};

const nextLine = (props: PanelProps): Line => {
	const {fault} = props.view;
	if (fault !== null) {
		const isLost = (fault.lost ?? []).length > 0;
		const key = isLost && props.view.screen !== 'journal' ? [span('[l] log', keyLook)] : [];
		return inset(props.size.columns, [span('FIX   ', bold), span(fault.fix)], key);
	}
	return dutyLine(props, 'NEXT', props.snapshot.next, 'nothing: this cutover is closed', callText(props));
};

/** That it is for the reader goes without saying. */
const otherwise = ({mine, ...next}: Waiting): Next => (mine ? {...next, who: null} : next);

/** On the rollback screen the other way on, unless something else waits for whoever looks. */
const lastLine = (props: PanelProps): Line => {
	const {view, snapshot} = props;
	const [first, second, ...others] = snapshot.waits;
	const isTheirs = first?.mine === true || second?.mine === true || !others.some(({mine}) => mine);
	if (view.screen === 'rollback' && snapshot.status === 'rolling-back' && second !== undefined && isTheirs)
		return dutyLine(props, 'ELSE', otherwise(second), '');
	return dutyLine(props, 'YOU', snapshot.you, 'nothing is waiting for you');
};

/** As many lines as `size.rows` allows: 3, or 6. */
export const frameLines = (props: PanelProps): readonly Line[] => {
	const {size, theme} = props;
	if (size.rows < 6) return [headlineLine(props), clocksLine(props), nextLine(props)].slice(0, size.rows);
	return [
		headlineLine(props),
		clocksLine(props),
		peopleLine(props),
		rule(theme, size.columns),
		nextLine(props),
		lastLine(props),
	];
};
