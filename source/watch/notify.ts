/*
Sends what happens to the targets of `notify`, one notification at a time and in order. Whether one arrives changes nothing
of the cutover; one that did not is in the journal. What was sent is kept in a file, so that the next watcher continues; a
notification that was being sent when a watcher was lost is sent again.
*/
import {spawn} from 'node:child_process';
import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import {readyLine} from '../attempts/approved-run.ts';
import {numberOf} from '../attempts/fields.ts';
import {inOneLine} from '../attempts/job.ts';
import {storyOf} from '../attempts/playbook-api/story.ts';
import {passed, secretsOf} from '../attempts/processes/environment.ts';
import {signal as killGroup} from '../attempts/processes/process.ts';
import {type NotifyTarget, notifyTargetText} from '../cutover/model/notify.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Path, Runbook} from '../cutover/model/runbook.ts';
import type {Clock, Journal} from '../cutover/ports.ts';
import {type Notice, noticeOf, noticesNow} from '../cutover/snapshot/notices.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import type {Channel, ChannelContext, Message} from '../notifications/channel.ts';
import {channelOf} from '../notifications/channels.ts';
import {safe} from '../text/clean.ts';
import {Redactor, redactor} from '../text/redact.ts';
import {durationText} from '../text/time.ts';

export type NotifierWorld = {
	readonly folder: Path;
	readonly journal: Journal;
	readonly clock: Clock;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** In whose name a notice that did not arrive is journaled. */
	readonly by: Person;
};

/** `seq`: of the last entry that was sent. `names`: of notices that time brought. */
type Reported = {readonly seq: number; readonly names: readonly string[]};

const longestMs = 30_000;
/** Older events are not sent: someone watched them meanwhile, or they are over. */
const newsMs = 900_000;

const toldFile = (folder: Path): Path => join(folder, 'notified.json');

function toldIn(folder: Path): Reported {
	const {seq, names} = readRecord(toldFile(folder)) ?? {};
	return {seq: numberOf(seq) ?? 0, names: Array.isArray(names) ? names.map(String) : []};
}

/** Runs an approved command line in the workspace, its output in `notify.log`; how it ended, null where it ended well. */
const runner =
	({folder, journal, env}: NotifierWorld, runbook: Runbook, signal: AbortSignal): ChannelContext['run'] =>
	async (line, input, own) => {
		const ready = readyLine(folder, journal.state(), line);
		const changed = ready.changed('inPlace');
		if (changed !== null) return `not run: ${changed}`;
		const child = spawn('bash', ['-o', 'pipefail', '-c', ready.run], {
			cwd: journal.state().workspace,
			detached: true,
			stdio: ['pipe', 'pipe', 'pipe'],
			env: {...passed(env, runbook), ...own},
		});
		const output = new Redactor(secretsOf(env, runbook));
		const log = (bytes: string): void =>
			appendFileSync(join(folder, 'notify.log'), Buffer.from(bytes, 'latin1'), {mode: 0o600});
		for (const stream of [child.stdout, child.stderr])
			stream?.setEncoding('latin1').on('data', (chunk: string) => log(output.push(chunk)));
		child.once('close', () => log(output.end()));
		// A command that does not read its input ends it early.
		child.stdin?.on('error', () => {}).end(input);
		const kill = (): void => {
			if (child.pid !== undefined) killGroup(-child.pid, 'SIGKILL');
		};
		signal.addEventListener('abort', kill, {once: true});
		return new Promise(done => {
			child.once('error', error => done(inOneLine(error)));
			child.once('exit', (exit, ended) =>
				done(exit === 0 ? null : exit === null ? `killed by ${ended}` : `exit ${exit}`),
			);
		});
	};

/** The fields of a target, for its channel: a variable stands for its value. Throws the name of one that is not set. */
function valuesOf({fields}: Channel, {values}: NotifyTarget, env: NotifierWorld['env']): NotifyTarget['values'] {
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => {
			if (fields[key]?.kind !== 'variable') return [key, value];
			const found = env[String(value)] ?? '';
			if (found === '') throw new Error(`${String(value)} is not set`);
			return [key, found];
		}),
	);
}

function messageOf(notice: Notice, {journal, clock}: NotifierWorld, redact: (text: string) => string): Message {
	const state = journal.state();
	const clean = (text: string): string => safe(redact(text));
	return {
		id: `${state.id}/${notice.name}`,
		on: notice.on,
		text: clean(`${state.rehearsal === null ? '' : 'REHEARSAL: '}${notice.text}`),
		story: storyOf(state, clock.now(), journal.observed()).map(clean),
		at: notice.at,
		cutover: state.id,
		head: notice.head ?? journal.entries().at(-1)?.hash ?? '',
		rehearsal: state.rehearsal !== null,
	};
}

/** Why a notification did not arrive; null where it did. */
async function deliver(target: NotifyTarget, notice: Notice, world: NotifierWorld): Promise<string | null> {
	const {clock, env} = world;
	const {runbook, workspace} = world.journal.state();
	const channel = channelOf(target.to);
	if (runbook === null || channel === null) return `there is no channel ${target.to}`;
	const redact = redactor(secretsOf(env, runbook));
	const over = new AbortController();
	let stop = (): void => {};
	const late = new Promise<string>(done => {
		stop = clock.after(longestMs, () => {
			over.abort();
			done(`ended after ${durationText(longestMs / 1000)}`);
		});
	});
	const send = async (): Promise<string | null> =>
		channel.send(messageOf(notice, world, redact), valuesOf(channel, target, env), {
			workspace,
			env: passed(env, runbook),
			clock,
			signal: over.signal,
			run: runner(world, runbook, over.signal),
		});
	try {
		const reason = await Promise.race([send(), late]);
		return reason === null ? null : redact(reason);
	} catch (error) {
		return redact(inOneLine(error));
	} finally {
		stop();
	}
}

export type Notifier = {
	/** Begins to tell what is new. */
	look(): void;
	/** Tells what is left; never rejects. */
	finish(): Promise<void>;
};

export function notifier(world: NotifierWorld): Notifier {
	const {folder, journal, clock, by} = world;
	let reported = toldIn(folder);
	let telling = false;

	const keep = (next: Reported): void => {
		reported = next;
		replaceFile(toldFile(folder), Buffer.from(`${JSON.stringify(reported)}\n`));
	};

	const fresh = (): readonly Notice[] => {
		const now = clock.now();
		const entries = journal.entries().filter(({seq}) => seq > reported.seq);
		const noted = entries.map(noticeOf).filter(notice => notice !== null);
		const timely = noticesNow(snapshotOf(journal.state(), now, journal.observed(), null));
		return [...noted, ...timely.filter(({name}) => !reported.names.includes(name))].filter(
			({at}) => now - at <= newsMs,
		);
	};

	const tell = async (notice: Notice): Promise<void> => {
		for (const target of journal.state().runbook?.notify ?? []) {
			if (!target.on.includes(notice.on)) continue;
			const reason = await deliver(target, notice, world);
			if (reason === null) continue;
			const to = notifyTargetText(target);
			const id = `notify/${notice.name}/${to}`;
			await journal.decide({id, type: 'recordNotificationFailed', data: {on: notice.on, to, reason}}, by);
		}
	};

	const tellAll = async (): Promise<void> => {
		for (const notice of fresh()) {
			await tell(notice);
			const seq = Number(/^entry (\d+)$/.exec(notice.name)?.[1] ?? Number.NaN);
			keep(Number.isNaN(seq) ? {...reported, names: [...reported.names, notice.name]} : {...reported, seq});
		}
	};

	let doing: Promise<void> = Promise.resolve();
	return {
		async finish() {
			await doing;
			if ((journal.state().runbook?.notify ?? []).length > 0) await tellAll().catch(() => {});
		},
		look() {
			if (telling || (journal.state().runbook?.notify ?? []).length === 0) return;
			telling = true;
			// A full disk, or a journal that cannot be written now: the next look tells it.
			doing = tellAll()
				.catch(() => {})
				.finally(() => {
					telling = false;
				});
		},
	};
}
