/*
Runs the commands of `notify` for each event, one at a time and in order. They run outside: what they do, and whether they
fail, changes nothing of the cutover, but a failed notification is in the journal. What was sent is kept in a
file, so that the next watcher continues; a notification that was being sent when a watcher was lost is sent again.
*/
import {spawn} from 'node:child_process';
import {appendFileSync} from 'node:fs';
import {join} from 'node:path';
import {readyLine} from '../attempts/approved-run.ts';
import {numberOf} from '../attempts/fields.ts';
import {inOneLine} from '../attempts/job.ts';
import {storyOf} from '../attempts/playbook-api/story.ts';
import {passed, secretsOf} from '../attempts/processes/environment.ts';
import {signal} from '../attempts/processes/process.ts';
import type {Person} from '../cutover/model/person.ts';
import type {Path} from '../cutover/model/runbook.ts';
import type {Clock, Journal} from '../cutover/ports.ts';
import {type Notice, noticeOf, noticesNow} from '../cutover/snapshot/notices.ts';
import {snapshotOf} from '../cutover/snapshot/snapshot-of.ts';
import {readRecord, replaceFile} from '../disk/atomic-file.ts';
import {safe} from '../text/clean.ts';
import {Redactor, redactor} from '../text/redact.ts';
import {durationText, stamp} from '../text/time.ts';

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

/** How a command ended that did not end well; null where it did. */
function deliver(command: string, notice: Notice, world: NotifierWorld): Promise<string | null> {
	const {folder, journal, clock, env} = world;
	const {runbook, workspace, id, rehearsal} = journal.state();
	if (runbook === null) return Promise.resolve(null);
	const redact = redactor(secretsOf(env, runbook));
	const text = safe(redact(`${rehearsal === null ? '' : 'REHEARSAL: '}${notice.text}`));
	const story = storyOf(journal.state(), clock.now(), journal.observed()).map(line => safe(redact(line)));
	const ready = readyLine(folder, journal.state(), command);
	const changed = ready.changed('inPlace');
	if (changed !== null) return Promise.resolve(`not run: ${changed}`);
	const child = spawn('bash', ['-o', 'pipefail', '-c', ready.run], {
		cwd: workspace,
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
		env: {
			...passed(env, runbook),
			CUTOVER_EVENT: notice.on,
			CUTOVER_TEXT: text,
			CUTOVER_AT: stamp(notice.at),
			CUTOVER_ID: id,
			CUTOVER_HEAD: notice.head ?? journal.entries().at(-1)?.hash ?? '',
			...(rehearsal === null ? {} : {CUTOVER_REHEARSAL: '1'}),
		},
	});
	const output = new Redactor(secretsOf(env, runbook));
	const log = (bytes: string): void =>
		appendFileSync(join(folder, 'notify.log'), Buffer.from(bytes, 'latin1'), {mode: 0o600});
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('latin1').on('data', (chunk: string) => log(output.push(chunk)));
	child.once('close', () => log(output.end()));
	// A command that does not read its input ends it early.
	child.stdin?.on('error', () => {}).end(`${[text, '', ...story].join('\n')}\n`);
	return new Promise(done => {
		const stop = clock.after(longestMs, () => {
			if (child.pid !== undefined) signal(-child.pid, 'SIGKILL');
			done(`ended after ${durationText(longestMs / 1000)}`);
		});
		child.once('error', error => {
			stop();
			done(inOneLine(error));
		});
		child.once('exit', (exit, signal) => {
			stop();
			done(exit === 0 ? null : exit === null ? `killed by ${signal}` : `exit ${exit}`);
		});
	});
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
		for (const {on, command} of journal.state().runbook?.notify ?? []) {
			if (!on.includes(notice.on)) continue;
			const reason = await deliver(command, notice, world);
			if (reason === null) continue;
			const id = `notify/${notice.name}/${command}`;
			await journal.decide({id, type: 'recordNotificationFailed', data: {on: notice.on, command, reason}}, by);
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
