/*
Sends what happens to the targets of `notify`, each by a queue of its own and in order. Whether a message arrives changes nothing
of the cutover; one that did not is in the journal, and on the board until one does.
*/

import {type NotifyTarget, notifyTargetText} from '../cutover/model/notify.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Journal} from '../cutover/ports.ts';
import {type Notice, noticeOf, noticesNow, updateNow} from '../cutover/snapshot/notices.ts';
import {remindersNow} from '../cutover/snapshot/reminders.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import type {Answer, Message} from '../notifications/channel.ts';
import {channelOf} from '../notifications/channels.ts';
import {redaction} from '../processes/environment.ts';
import {pageLink} from '../processes/page-process.ts';
import {durationText, stamp} from '../text/time.ts';
import {type DeliveryWorld, deliver, logLine} from './deliver.ts';
import {messageOf} from './message.ts';
import {notifiedIn, placesOf} from './notified.ts';
import {type Queue, queue} from './queue.ts';

export type NotifierWorld = Omit<DeliveryWorld, 'state'> & {
	readonly journal: Journal;
	/** In whose name a notice that did not arrive is journaled. */
	readonly by: Person;
};

/** Older events are not sent: someone watched them meanwhile, or they are over. */
const newsMs = 900_000;
/** How long a watcher that has nothing left to watch waits for what has not arrived. */
const partingMs = 60_000;

export type Notifier = {
	/** Begins to tell what is new. */
	look(): void;
	/** Tells what is left; never rejects. */
	finish(): Promise<void>;
};

const isSome = (notices: readonly Notice[]): notices is readonly [Notice, ...Notice[]] => notices.length > 0;

function outcomeText(to: string, {on, text}: Message, answer: Answer, pause: number | null): string {
	const how = answer.arrived ? answer.said : `not arrived: ${answer.reason}`;
	const then = pause === null ? '' : `; again in ${durationText(pause / 1000)}`;
	return `${to}: ${on}: ${text} (${how}${then})`;
}

export function notifier(world: NotifierWorld): Notifier {
	const {folder, journal, clock, by, env} = world;
	const notified = notifiedIn(folder);
	const redact = redaction(env);
	const queues = new Map<string, Queue>();
	/** Entries of which nothing is to be sent, by target. */
	const passed = new Map<string, number>();

	const targets = (): ReadonlyMap<string, NotifyTarget> => placesOf(journal.state().runbook?.notify ?? []);

	const newsFor = (place: string) => {
		const target = targets().get(place);
		if (target === undefined) return null;
		const state = journal.state();
		const reported = notified.of(place);
		const from = Math.max(reported.seq, passed.get(place) ?? 0);
		const all = journal.entries();
		const entries = all.slice(all.findLastIndex(({seq}) => seq <= from) + 1);
		const isKnown = (name: string): boolean => reported.names.includes(name);
		const snapshot = snapshotOf(state, clock.now(), journal.observed(), null);
		const {everySeconds} = target;
		const update =
			everySeconds === undefined ? null : updateNow(snapshot, everySeconds, state.begun?.at ?? snapshot.now);
		const waiting = [
			...entries.map(noticeOf).filter(notice => notice !== null),
			...noticesNow(snapshot, isKnown),
			...remindersNow(snapshot, state, isKnown),
			...(update === null || isKnown(update.names[0]) ? [] : [update]),
		].filter(({on, at}) => snapshot.now - at <= newsMs && (on === 'update' || on === 'test' || target.on.includes(on)));
		const due = channelOf(target.to)?.each === true ? waiting.slice(0, 1) : waiting;
		const last = all.at(-1)?.seq ?? 0;
		if (!isSome(due)) {
			passed.set(place, last);
			return null;
		}
		const [first] = due;
		const seq = Number(/^entry (\d+)$/.exec(first.names[0])?.[1] ?? reported.seq);
		return {
			message: messageOf(due, {
				journal,
				snapshot,
				target,
				page: pageLink(folder, state),
				reported: reported.names,
				redact: text => redact(state.runbook, text),
			}),
			seq: due.length === waiting.length ? last : seq,
			names: due.flatMap(({names}) => names.filter(name => !name.startsWith('entry '))),
		};
	};

	const decide = async (command: Parameters<Journal['decide']>[0]): Promise<void> => {
		// A journal that cannot be written now is no reason to tell people nothing.
		await journal.decide(command, by).catch(() => {});
	};

	const queueOf = (place: string, {to: channel}: NotifyTarget, to: string): Queue =>
		queue({
			clock,
			reported: () => notified.of(place),
			keep: reported => notified.keep(place, reported),
			news: () => newsFor(place),
			async deliver(message) {
				const target = targets().get(place);
				return target === undefined
					? {arrived: false, reason: 'the settings name it no more', again: false}
					: deliver(target, message, {folder, state: journal.state, clock, now: world.now, env});
			},
			missed: ({id, on}, reason, since, again) =>
				decide({
					id: `notify/${id}/${to}${again ? '/late' : ''}`,
					type: 'recordNotificationFailed',
					data: {on, channel, to, reason, since: stamp(since), again},
				}),
			async restored() {
				const missed = journal.state().notNotified[to];
				if (missed === undefined) return;
				const since = stamp(missed.since);
				const data = {channel, to, since};
				await decide({id: `notified/${to}/${since}`, type: 'recordNotificationsRestored', data});
			},
			tried: (message, answer, pause) => logLine(world, stamp, outcomeText(to, message, answer, pause)),
		});

	const lookAll = (): void => {
		const places = targets();
		for (const [place, target] of places) {
			const own = queues.get(place) ?? queueOf(place, target, notifyTargetText(target));
			queues.set(place, own);
			own.look();
		}
	};

	return {
		look: lookAll,
		async finish() {
			lookAll();
			const own = [...queues.values()];
			const stop = clock.after(partingMs, () => {
				for (const each of own) each.end();
			});
			for (const each of own) each.hurry();
			await Promise.all(own.map(each => each.settled()));
			stop();
		},
	};
}
