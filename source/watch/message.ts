/* One message of what is to be reported: in words that people read without a screen, and without anything secret. */

import type {NotifyTarget} from '../cutover/model/notify.ts';
import {type Bridge, bridgeText} from '../cutover/model/reached.ts';
import type {State} from '../cutover/model/state.ts';
import type {Journal} from '../cutover/ports.ts';
import {calendarOf} from '../cutover/snapshot/calendar.ts';
import {nextText} from '../cutover/snapshot/next-step.ts';
import {endedBy, type Level, type Notice, nextUpdate} from '../cutover/snapshot/notices.ts';
import type {Snapshot} from '../cutover/snapshot/snapshot.ts';
import {storyOf} from '../cutover/snapshot/story.ts';
import type {Message} from '../notifications/channel.ts';
import {safe} from '../text/clean.ts';
import {wallShort, zone} from '../text/time.ts';

const gravity = {bad: 3, warning: 2, good: 1, info: 0} as const satisfies Record<Level, number>;

/** The newest of the gravest. */
const gravestOf = (first: Notice, others: readonly Notice[]): Notice =>
	others.reduce((found, notice) => (gravity[notice.level] >= gravity[found.level] ? notice : found), first);

type Field = Message['fields'][number];

const field = (name: string, value: string | null): readonly Field[] =>
	value === null || value === '' ? [] : [{name, value}];

const time = (ms: number): string => `${wallShort(ms)} ${zone(ms)}`;

/** With its address too, where the link of the message is that of the page. */
const bridgeIn = (bridge: Bridge, page: string | null): string =>
	page === null || bridge.url === undefined || bridge.phone === undefined
		? bridgeText(bridge)
		: `${bridgeText(bridge)} ${bridge.url}`;

function linkOf(page: string | null, {bridge}: Snapshot): Message['link'] {
	if (page !== null) return {text: 'Page', url: page};
	return bridge?.url === undefined ? null : {text: 'Bridge', url: bridge.url};
}

function fieldsOf(
	snapshot: Snapshot,
	{target: {everySeconds}, page}: Pick<Telling, 'target' | 'page'>,
): readonly Field[] {
	const {headline, t0, t0Started, ticket, environment, next, bridge} = snapshot;
	const update = everySeconds === undefined ? null : nextUpdate(snapshot, everySeconds);
	return [
		...field('Status', `${headline.word} ${headline.text}`.trimEnd()),
		...(t0Started === null ? field('T0 planned', time(t0)) : field('T0 started', time(t0Started))),
		...field('Ticket', ticket),
		...field('Environment', environment),
		...field('Next', next === null ? null : nextText(next)),
		...field('Bridge', bridge === null ? null : bridgeIn(bridge, page)),
		...field('Next update', update === null ? null : `by ${time(update)}`),
	];
}

export type Telling = {
	readonly journal: Pick<Journal, 'state' | 'entries' | 'observed'>;
	readonly snapshot: Snapshot;
	readonly target: Pick<NotifyTarget, 'everySeconds'>;
	/** Link of the page, which shows the cutover to whoever has it; null where it is not served. */
	readonly page: string | null;
	/** Names of notices that time brought and that were sent to it. */
	readonly reported: readonly string[];
	/** Takes secrets out. */
	redact(text: string): string;
};

/** Where the stages are news, or are off. */
const bringsCalendar = (on: Notice['on'], {abandoned}: Pick<State, 'abandoned'>): boolean =>
	on === 'began' || on === 't0' || (on === 'closed' && abandoned !== null);

/** Of one notice, or of several that are sent at once; in the order in which they happened. */
export function messageOf(
	notices: readonly [Notice, ...Notice[]],
	{journal, snapshot, target, page, reported, redact}: Telling,
): Message {
	const state = journal.state();
	const [first, ...others] = notices;
	const gravest = gravestOf(first, others);
	const clean = (text: string): string => safe(redact(text));
	const rehearsal = state.rehearsal !== null;
	const marked = (text: string): string => clean(`${rehearsal ? 'REHEARSAL: ' : ''}${text}`);
	const ticket = snapshot.ticket === null ? '' : `${snapshot.ticket} · `;
	return {
		id: `${state.id}/${first.names[0]}`,
		on: gravest.on,
		level: gravest.level,
		title: marked(`${ticket}${snapshot.title}`),
		text: marked(gravest.text),
		lines: others.length === 0 ? [] : notices.map(({at, text}) => clean(`${wallShort(at)} ${text}`)),
		fields: fieldsOf(snapshot, {target, page}).map(({name, value}) => ({name, value: clean(value)})),
		link: linkOf(page, snapshot),
		calendar: notices.some(({on}) => bringsCalendar(on, state)) ? calendarOf(snapshot, state) : null,
		ends: notices.flatMap(notice => endedBy(journal.entries(), notice, reported)).map(name => `${state.id}/${name}`),
		story: storyOf(state, snapshot.now, journal.observed()).map(clean),
		at: Math.max(...notices.map(({at}) => at)),
		cutover: state.id,
		head: notices.findLast(({head}) => head !== undefined)?.head ?? journal.entries().at(-1)?.hash ?? '',
		rehearsal,
	};
}
