/*
`status` for people: the problem first, what to do next, then the lists. Every state is a word, so that it reads aloud.
*/

import {comparisonReason} from '../cutover/health/baseline/compare.ts';
import {bridgeText} from '../cutover/model/reached.ts';
import {isOver, type MeasuredOutage} from '../cutover/model/state.ts';
import {type Next, nextText} from '../cutover/snapshot/next-step.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {againText} from '../cutover/snapshot/stages.ts';
import {times} from '../text/counted.ts';
import {clock, durationText, local, minutes, slip, wall, wallAndZone, wallOn} from '../text/time.ts';
import {type Line, type Stated, stated} from './colour.ts';
import type {Opened} from './compose.ts';

const list = (names: readonly string[]): string => names.join(', ');
const cells = (parts: readonly (string | null)[]): string =>
	parts.filter(part => part !== null && part !== '').join('  ');

/** It stops at the close; without T0 nothing is counted once it is over. */
export function countdown({now, t0, t0Started, heldSince, closedAt, status}: Snapshot): string {
	if (t0Started !== null) return `T+${clock((closedAt ?? now) - t0Started)}`;
	if (isOver(status)) return 'T0 was not started';
	if (heldSince !== null) return `clock stopped, on hold for ${clock(now - heldSince)}`;
	return t0 >= now ? `T-${clock(t0 - now)}` : `T0 LATE by ${clock(now - t0)}`;
}

/** `NEXT  bob (project-owner): answer G5 (since 21:46:07, by 21:50:00)  then go or no-go at 21:50`. */
export function nextLine(label: string, next: Next | null, now: number): string | null {
	if (next === null) return null;
	const times = [
		...(next.since === null || next.since === next.due || next.saysSince ? [] : [`since ${wallOn(next.since, now)}`]),
		...(next.due === null ? [] : [`${next.due <= now ? 'due' : 'by'} ${wallOn(next.due, now)}`]),
	];
	return cells([
		`${label}  ${nextText(next)}${times.length === 0 ? '' : ` (${list(times)})`}`,
		next.after === null ? null : `then ${next.after}`,
	]);
}

/** `word` and the rest of the line, if there is any. */
const headed = (before: string, word: string, rest: string): Stated =>
	stated(before, word, rest === '' ? '' : `  ${rest}`);

/** A row of a list: its id, its state, and what is to be said of it. */
const row = (id: string, word: string, parts: readonly (string | null)[]): Stated =>
	headed(`  ${id} `, word, cells(parts));

const gate = (each: Snapshot['gates'][number], now: number): Stated =>
	row(each.id, each.unheard ? 'UNKNOWN' : each.verdict.toUpperCase(), [
		each.title,
		each.judging && each.verdict !== 'running' ? 'running again' : null,
		each.since === null ? null : wallOn(each.since, now),
		each.until === null ? null : `valid until ${wallOn(each.until, now)}`,
		each.by,
		each.reason,
		each.awaits.length === 0 ? null : `waits for ${list(each.awaits)}`,
	]);

const stage = (each: Snapshot['stages'][number], now: number): Stated =>
	row(each.id, each.unheard ? 'UNKNOWN' : each.state.toUpperCase(), [
		each.long ? 'OVERDUE' : null,
		`planned ${wallOn(each.planned, now)}`,
		each.started === null ? null : `started ${wallOn(each.started, now)}`,
		each.slippageSeconds === null ? null : slip(each.slippageSeconds * 1000),
		each.expected === null ? null : `expected ${wallOn(each.expected, now)}`,
		each.critical ? 'critical' : null,
		each.beside === null || each.beside === 'first' ? null : 'beside the one above',
		each.remark,
		againText(each),
		each.by,
		each.awaits.length === 0 ? null : `waits for ${list(each.awaits)}`,
	]);

/** When it will end, and which stage decides that; nothing where the runbook says no lengths. */
function forecastLines({forecast, now}: Snapshot): readonly string[] {
	if (forecast === null) return [];
	const late =
		forecast.lateSeconds < 60 ? 'as planned' : `${Math.round(forecast.lateSeconds / 60)} min later than planned`;
	const decides = forecast.deciding === null ? '' : `; ${forecast.deciding} decides it`;
	return [`  ends ${wallOn(forecast.end, now)}, ${late}${decides}`];
}

/** The change window, and until when it is safe to go on. */
function windowLines({window, now}: Snapshot): readonly string[] {
	if (window === null) return [];
	const {start, end, rollback, latestGo, latestRollback} = window;
	const time = (name: string, at: number | null): string | null => (at === null ? null : `${name} ${wallOn(at, now)}`);
	const takes =
		rollback === null
			? 'how long a rollback takes is unknown: set window.rollback, or rehearse it'
			: `a rollback takes ${durationText(rollback.seconds)} (${rollback.from === 'settings' ? 'from the settings' : 'as it did before'})`;
	return [
		`  ${cells([time('begins', start), time('ends', end), takes])}`,
		...(latestGo === null
			? []
			: [`  ${cells([time('latest go', latestGo), time('latest rollback', latestRollback)])}`]),
	];
}

const trigger = (each: Snapshot['triggers'][number]): Stated =>
	row(each.id, each.state.toUpperCase(), [
		each.text,
		each.outageSeconds === null || each.thresholdSeconds === null
			? null
			: `${each.down === null ? '' : `${each.down.endpoint} `}down ${durationText(Math.round(each.outageSeconds))} of ${durationText(each.thresholdSeconds)}`,
		each.blind.length === 0 ? null : `no samples of ${list(each.blind)}`,
		each.outages === 0 ? null : `${each.outages} since T0, ${durationText(each.downSeconds)} down in all`,
		each.automaticAt === null ? null : `starts the rollback automatically at ${wall(each.automaticAt)}`,
		each.autoRollbackSkipped === null
			? null
			: `the rollback could not start automatically: ${each.autoRollbackSkipped}`,
		...(each.answerBy === null && each.firedAt === null ? [] : each.facts).map(fact =>
			`${fact.text}: ${fact.yes.length > 0 ? `yes ${list(fact.yes)}` : ''}${fact.no.length > 0 ? ` no ${list(fact.no)}` : ''}${fact.awaits.length > 0 ? ` asked of ${list(fact.awaits)}` : ''}`.trim(),
		),
	]);

const endpoint = (each: Snapshot['endpoints'][number], now: number): Stated =>
	row(each.name, each.state.toUpperCase(), [
		each.since === null ? null : `since ${wallOn(each.since, now)}`,
		each.state === 'up' && each.lastLatencyMs !== null ? `${Math.round(each.lastLatencyMs)} ms` : each.reason,
		each.answered === null ? null : `two people say ${each.answered}`,
		each.proxy === null || each.state === 'down' ? null : `by proxy ${each.proxy}`,
		each.insecure ? 'TLS not verified' : null,
		each.critical ? null : 'not critical',
		each.compared === null ? null : `against before T0: ${each.compared.decision}, ${comparisonReason(each.compared)}`,
	]);

const rollbackLines = ({rollback}: Snapshot): readonly Line[] => {
	if (rollback === null) return [];
	const {path, state, reason, url, unseen, still, approvals, settling} = rollback;
	return [
		row(path, state.toUpperCase(), [reason]),
		...(url === null ? [] : [`  ${url}`]),
		...(unseen === null ? [] : [`  not seen since ${wall(unseen.since)}: ${unseen.why}`]),
		...(still.length === 0 ? [] : [`  ${list(still)} may still run: nothing begins`]),
		...approvals.map(
			({environment, reviewers}) => `  "${environment}" waits for ${reviewers.join(' or ') || 'its timer'}`,
		),
		...settling.map(({name, proved, why}) => (proved ? row(name, 'PROVED', []) : `  ${name} ${why ?? ''}`)),
	];
};

const signedWord = ({signed, notRecorded, notApplicable}: Snapshot['signOffs'][number]): string => {
	if (signed) return 'SIGNED';
	if (notRecorded === null) return 'OPEN';
	return notApplicable ? 'CLOSED' : 'NOT RECORDED';
};

const signOff = (each: Snapshot['signOffs'][number]): Stated =>
	row(each.id, signedWord(each), [
		each.role,
		each.by,
		each.signed
			? null
			: (each.notRecorded ?? (each.blockedBy.length === 0 ? 'can be signed' : each.blockedBy.join('; '))),
	]);

export const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : ['', title, ...lines];

export const triggerAndHealthLines = ({triggers, endpoints, now}: Snapshot): readonly Line[] => [
	...section('Triggers', triggers.map(trigger)),
	...section(
		'Health',
		endpoints.map(each => endpoint(each, now)),
	),
];

/** `api  DOWN 22:28:05 to 22:35:15, 07:10`. */
export const outageLines = (outages: readonly MeasuredOutage[], now: number): readonly Stated[] =>
	outages.map(({endpoint: name, critical, since, until, seconds}) =>
		stated(
			`  ${name}  `,
			'DOWN',
			` ${cells([
				`${wallOn(since, now)} ${until === null ? 'until now' : `to ${wallOn(until, now)}`}`,
				clock(seconds === null ? (until ?? now) - since : seconds * 1000),
				critical ? null : 'not critical',
			])}`,
		),
	);

export function asLines(snapshot: Snapshot, {folder, watcher}: Pick<Opened, 'folder' | 'watcher'>): readonly Line[] {
	const {headline, now} = snapshot;
	const lines = [
		headed('', headline.word, headline.text),
		cells([snapshot.title, snapshot.ticket, snapshot.environment, snapshot.id]),
		cells([
			countdown(snapshot),
			snapshot.t0Started === null ? null : `T0 started ${wallOn(snapshot.t0Started, now)}`,
			`now ${wallAndZone(now)}`,
			`${snapshot.t0Started === null ? 'T0' : 'planned'} ${local(snapshot.t0)}`,
			snapshot.count > 1 ? `T0 moved ${times(snapshot.count - 1)}` : null,
		]),
		nextLine('NEXT', snapshot.next, now),
		...snapshot.calls.map(({name, contact}) => `CALL  ${name ?? 'on call'}  ${contact}`),
		nextLine('YOU ', snapshot.you, now),
		snapshot.bridge === null
			? null
			: cells(['BRIDGE', bridgeText(snapshot.bridge), snapshot.bridge.phone ? (snapshot.bridge.url ?? null) : null]),
		...(watcher() || snapshot.watchEnded !== null
			? []
			: [
					'NO WATCHER IS RUNNING: no clock, probe or rollback goes on. Open the screen or run a command: both start one.',
				]),
		snapshot.clockBehind === null
			? null
			: `CLOCK ${minutes(snapshot.clockBehind)} BEHIND the newest entry: time stands still until ${wall(now)}. See which clock is wrong, with cutover-tui doctor.`,
		...snapshot.notNotified.map(
			({channel, to, since, reason}) =>
				`${channel.toUpperCase()} NOT NOTIFIED since ${wallOn(since, now)}  ${to}: ${reason}`,
		),
		snapshot.durability?.text ?? null,
		...section(
			'Gates',
			snapshot.gates.map(each => gate(each, now)),
		),
		...section('Timeline', [...snapshot.stages.map(each => stage(each, now)), ...forecastLines(snapshot)]),
		...section('Change window', windowLines(snapshot)),
		...triggerAndHealthLines(snapshot),
		...section('Rollback', rollbackLines(snapshot)),
		...section('Sign-offs', snapshot.signOffs.map(signOff)),
		...section(
			'Relayed, not confirmed by the speaker',
			snapshot.unconfirmed.map(each => `  entry ${each.entry}  ${each.speaker}, by ${each.by}: "${each.words}"`),
		),
		'',
		`Folder ${folder}`,
	];
	return lines.filter(line => line !== null);
}

/** For a prompt: the problem or the state, the T clock, and what comes next. */
export const asOneLine = (snapshot: Snapshot): Stated =>
	headed(
		'',
		snapshot.headline.word,
		cells([countdown(snapshot), snapshot.id, snapshot.next === null ? null : `NEXT ${snapshot.next.text}`]),
	);
